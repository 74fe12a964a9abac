/* SPDX-License-Identifier: MIT */
/* The manual page says what the tables say, all of it and nothing else, and is well formed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/config.h"
#include "model/base/mem.h"
#include "model/session/command.h"
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"
#include "themes/theme.h"
#include "tui/cli/choice.h"
#include "tui/cli/manual_text.h"
#include "tui/cli/options.h"
#include "tui/screen/action.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static char *config_home, *page;

static int print_page(void **state)
{
	struct outcome o;

	(void)state;
	scratch_make(&scratch);
	scratch_link_share(&scratch);
	config_home = xasprintf("XDG_CONFIG_HOME=%s", scratch.path);
	o = program_run(
		&(struct program){ .args = ARGS("--print", "man"), .env = ARGS(config_home) });
	assert_int_equal(o.status, 0);
	assert_string_equal(o.err, "");
	page = o.out;
	free(o.err);
	return 0;
}

static int forget_page(void **state)
{
	(void)state;
	free(config_home);
	free(page);
	scratch_remove(&scratch);
	return 0;
}

/* The lines of a section that begin so, each up to the end that is named, joined by "|". */
static char *items(const char *section, const char *begin, const char *ends)
{
	char *heading = xasprintf("\n.Sh %s\n", section);
	const char *at = strstr(page, heading), *end;
	struct text t = { 0 };

	if (!at)
		fail_msg("there is no section %s", section);
	at += strlen(heading);
	end = strstr(at, "\n.Sh ");
	for (; at < end; at += strcspn(at, "\n") + 1) {
		if (strncmp(at, begin, strlen(begin)) != 0)
			continue;
		at += strlen(begin);
		text_addn(&t, at, strcspn(at, ends));
		text_add(&t, "|");
	}
	free(heading);
	text_add(&t, "");
	return t.s;
}

static void check_items(
	const char *section, const char *begin, const char *ends, struct text *expected)
{
	char *got = items(section, begin, ends);

	assert_string_equal(got, text_str(expected));
	free(got);
	text_free(expected);
}

static void add(void *data, const char *word, const char *help)
{
	(void)help;
	text_printf(data, "%s|", word);
}

static void test_options(void **state)
{
	struct text t = { 0 };

	(void)state;
	for (unsigned i = 0; option_at(i); i++) {
		const struct option_row *o = option_at(i);

		if (o->letter)
			text_printf(&t, "%c%s%s , Fl ", o->letter, o->arg ? " Ar " : "",
				o->arg ? o->arg : "");
		text_printf(&t, "\\-%s%s%s|", o->name, o->arg ? " Ar " : "", o->arg ? o->arg : "");
	}
	check_items("DESCRIPTION", ".It Fl ", "\n", &t);
}

static void test_commands(void **state)
{
	struct text t = { 0 };

	(void)state;
	for (unsigned i = 0; command_at(i); i++)
		text_printf(&t, "%s|", command_at(i)->name);
	check_items("COMMANDS", ".It Cm ", " \n", &t);
}

static void test_choices(void **state)
{
	static const char *const sections[][2] = {
		{ "EXPORT FORMATS", "FORMAT" }, { "THE VIEWS", "VIEW" } };

	(void)state;
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		struct text t = { 0 };

		choice_find(sections[i][1])->each(add, &t);
		check_items(sections[i][0], ".It Cm ", "\n", &t);
	}
}

/* Those that ship. */
static void test_scenes_and_themes(void **state)
{
	struct text t = { 0 };
	char *got;

	(void)state;
	text_add(&t,
		"growth|overflow|tombstones|queue|emptied|hint|pointers|padding|flood|range|"
		"strings|"
		"swiss|probe|tables|split|cost|loops|groups|designs|");
	check_items("SCENES", ".It Cm ", "\n", &t);
	got = items("THEMES", ".It Cm ", "\n");
	assert_non_null(strstr(got, "default|"));
	assert_non_null(strstr(got, "mono|"));
	free(got);
}

static void test_configuration(void **state)
{
	struct text t = { 0 };

	(void)state;
	for (size_t i = 0; config_option(i); i++)
		text_printf(&t, "%s|", config_option(i)->name);
	check_items("CONFIGURATION", ".It Cm ", " \n", &t);
}

/* No words about what is no longer there. */
static void test_notes(void **state)
{
	(void)state;
	for (const struct manual_note *n = manual_options; n->of; n++) {
		unsigned i = 0;

		while (option_at(i) && strcmp(option_at(i)->name, n->of) != 0)
			i++;
		if (!option_at(i))
			fail_msg("there is no option %s", n->of);
	}
	for (const struct manual_note *n = manual_commands; n->of; n++) {
		const char *args;
		struct error unused;

		if (!command_find(n->of, &args, &unused))
			fail_msg("there is no command %s", n->of);
	}
}

/* All keys of all actions, and what they do. */
static void test_keys(void **state)
{
	char *got = items("KEYS", ".It ", "\n"), *all = got;
	int count = 0;

	(void)state;
	for (int t = 0; t < TOPICS; t++) {
		char *heading = xasprintf("\n.Ss %s\n", topics[t].title);

		assert_non_null(strstr(page, heading));
		free(heading);
	}
	for (; *got; got += strcspn(got, "|") + 1)
		count++;
	assert_int_equal(count, ACTIONS_END);
	free(all);
}

/* No formatter has anything to complain of. One that is not installed is passed over. */
static void check_with(const char *program, const char *line)
{
	char *path = scratch_write(&scratch, "hmapview.1", page, strlen(page));
	char *command = xasprintf("command -v %s >/dev/null || exit 77; cd '%s'; %s", program,
		scratch.path, line);
	int status = system(command);

	if (WEXITSTATUS(status) == 77)
		print_message("%s is not installed: the page was not checked with it\n", program);
	else
		assert_int_equal(status, 0);
	free(command);
	free(path);
}

static void test_lint(void **state)
{
	(void)state;
	/* Which other manuals are installed here is no matter of this one. */
	check_with("mandoc",
		"said=$(mandoc -T lint hmapview.1 | grep -v ': referenced manual not found: '); "
		"[ -z \"$said\" ] || { echo \"$said\" >&2; exit 1; }");
	check_with("groff",
		"for l in C C.UTF-8; do for w in 60 80 200; do said=$(LC_ALL=$l groff -ww -mandoc "
		"-Tutf8 -K utf8 -rLL=${w}n -z hmapview.1 2>&1); "
		"[ -z \"$said\" ] || { echo \"$said\" >&2; exit 1; }; done; done");
	check_with("man",
		"said=$(LC_ALL=C MANWIDTH=80 man --warnings ./hmapview.1 2>&1 >/dev/null); "
		"[ -z \"$said\" ] || { echo \"$said\" >&2; exit 1; }");
}

/* What is in it depends on nothing else. */
static void test_is_the_same_everywhere(void **state)
{
	struct outcome o = program_run(&(struct program){.args = ARGS("--print", "man"),
		.env = ARGS(config_home, "LC_ALL=C", "TERM", "NO_COLOR=1", "COLUMNS=40")});

	(void)state;
	assert_string_equal(o.out, page);
	for (const char *c = page; *c; c++)
		assert_true(*c == '\n' || (*c >= ' ' && *c < 127));
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_scenes_and_themes),
		cmocka_unit_test(test_configuration),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_lint),
		cmocka_unit_test(test_is_the_same_everywhere),
	};

	return cmocka_run_group_tests(tests, print_page, forget_page);
}
