/* SPDX-License-Identifier: MIT */
/*
 * Completion in real shells: what they offer is what the tables say, and what Tab makes of a line
 * at a terminal. A shell that is not installed is passed over, but for bash.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "tests/cli/program.h"
#include "tests/screen/pty.h"
#include "tests/tui/scratch.h"
#include "tui/cli/choice.h"
#include "tui/cli/options.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

/* A folder with files to be completed, the completions, and the program by its name. */
static char *path_env, *config_env, *home_env;

static int prepare(void **state)
{
	static const char *const files[] = { "one.hm", "my script.hm", "two.json", "other.txt",
		"mine.ini", "notes.md", "sub/three.hm" };
	char *link, *line, *folder;

	(void)state;
	scratch_make(&scratch);
	scratch_link_share(&scratch);
	for (size_t i = 0; i < LENGTH(files); i++)
		free(scratch_write(&scratch, files[i], "", 0));
	free(scratch_write(&scratch, "bin/x", "", 0));
	link = xasprintf("%s/bin/hmapview", scratch.path);
	assert_int_equal(symlink(program_path(), link), 0);
	folder = xasprintf("%s/bin", scratch.path);
	path_env = xasprintf("PATH=%s:%s", folder, getenv("PATH"));
	config_env = xasprintf("XDG_CONFIG_HOME=%s", scratch.path);
	home_env = xasprintf("HOME=%s", scratch.path); /* fish writes there */
	line = xasprintf("cd '%s' && for s in bash zsh fish; do bin/hmapview --print $s > $s.comp "
			 "|| exit 1; done",
		scratch.path);
	assert_int_equal(system(line), 0);
	free(line);
	free(folder);
	free(link);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	free(path_env);
	free(config_env);
	free(home_env);
	scratch_remove(&scratch);
	return 0;
}

static bool have(const char *shell)
{
	char *line = xasprintf("command -v %s >/dev/null", shell);
	bool there = system(line) == 0;

	free(line);
	if (!there)
		print_message("%s is not installed: its completion was not tried\n", shell);
	return there;
}

/* What a script prints that a shell runs in the folder. */
static char *run(const char *shell, const char *script)
{
	char *line = xasprintf("cd '%s' && env -i %s %s LC_ALL=C.UTF-8 %s %s script 2>&1",
		scratch.path, path_env, home_env, config_env, shell);
	struct text out = {0};
	char bytes[4096];
	size_t n;
	FILE *in;

	free(scratch_write(&scratch, "script", script, strlen(script)));
	in = popen(line, "r");
	assert_non_null(in);
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
		text_addn(&out, bytes, n);
	assert_int_equal(pclose(in), 0);
	free(line);
	text_add(&out, "");
	return out.s;
}

/* A line's last word is completed; what is offered comes sorted, "|" behind each. */
static char *offered(const char *shell, const char *line)
{
	bool bash = strcmp(shell, "bash") == 0;
	char *script = bash
		? xasprintf("source bash.comp; compopt() { :; }\n"
			    "COMP_WORDS=(%s) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
			    "_hmapview hmapview \"${COMP_WORDS[COMP_CWORD]}\" "
			    "\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
			    "printf '%%s|\\n' \"${COMPREPLY[@]}\" | LC_ALL=C sort | tr -d '\\n'\n",
			  line)
		: xasprintf("source fish.comp\ncomplete -C \"%s\" | cut -f1 | sed 's/$/|/' | "
			    "LC_ALL=C sort | "
			    "tr -d '\\n'\n",
			  line);
	char *out = run(shell, script);

	free(script);
	return out;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct list {
	char *words[64];
	size_t count;
};

static void add(void *data, const char *word, const char *help)
{
	struct list *list = data;

	(void)help;
	assert_true(list->count < LENGTH(list->words));
	list->words[list->count++] = xasprintf("%s|", word);
}

static char *join(struct list *list)
{
	struct text t = {0};

	qsort(list->words, list->count, sizeof *list->words, by_text);
	for (size_t i = 0; i < list->count; i++) {
		text_add(&t, list->words[i]);
		free(list->words[i]);
	}
	text_add(&t, "");
	return t.s;
}

static void check_offered(const char *shell, const char *line, struct list *expected)
{
	char *got = offered(shell, line), *want = join(expected);

	if (strcmp(got, want) != 0)
		fail_msg("%s: %s: offered %s, expected %s", shell, line, got, want);
	free(got);
	free(want);
}

/* The options, all and none else. */
static void test_all_options(void **state)
{
	static const char *const shells[] = {"bash", "fish"};

	(void)state;
	for (size_t s = 0; s < LENGTH(shells); s++) {
		struct list list = {0};

		for (unsigned i = 0; option_at(i); i++)
			list.words[list.count++] = xasprintf("--%s|", option_at(i)->name);
		if (s == 0 || have(shells[s]))
			check_offered(shells[s], "hmapview --", &list);
		else
			free(join(&list));
	}
}

/* What each option's argument may be, as far as it is a closed list. */
static void check_arguments(const char *shell)
{
	for (unsigned i = 0; option_at(i); i++) {
		const struct choice *c = option_at(i)->arg ? choice_find(option_at(i)->arg) : NULL;
		struct list list = {0};
		char *line;

		if (!c || !c->each || c->print)
			continue;
		c->each(add, &list);
		line = xasprintf(
			"hmapview --%s %s", option_at(i)->name, strcmp(shell, "bash") ? "" : "''");
		check_offered(shell, line, &list);
		free(line);
	}
}

static void test_all_arguments(void **state)
{
	(void)state;
	check_arguments("bash");
	if (have("fish"))
		check_arguments("fish");
}

/* zsh keeps what it offers to itself, so the text is looked through. */
static void test_zsh_knows_all(void **state)
{
	char *path = xasprintf("%s/zsh.comp", scratch.path), *text = file_read(path, NULL);
	size_t count = 0, options = 0;

	(void)state;
	assert_memory_equal(text, "#compdef hmapview\n", 18);
	for (unsigned i = 0; option_at(i); i++, options++) {
		const struct option_row *o = option_at(i);
		char *spec = o->letter
			? xasprintf("-%c%s,--%s", o->letter, o->arg ? "+" : "", o->name)
			: xasprintf("'--%s", o->name);

		if (!strstr(text, spec))
			fail_msg("%s is not offered", spec);
		free(spec);
	}
	for (const char *at = text; (at = strstr(at, "' \\\n")); at++)
		count++;
	assert_int_equal(count, options);
	free(text);
	free(path);
}

/* At a terminal */

struct shell {
	const char *name;
	const char *argv[8];
	const char *setup; /* typed first */
};

static const struct shell shells[] = {
	{ "bash", { "bash", "--norc", "--noprofile", "-i" },
		" PS1='$ '; bind 'set bell-style none'; source ./bash.comp; clear\n" },
	{ "zsh", { "zsh", "-f", "-i" },
		" PS1='$ '; autoload -U compinit; compinit -D -u; source ./zsh.comp; setopt "
		"no_beep; clear\n" },
	{ "fish", { "fish", "--no-config", "-i" },
		" function fish_prompt; echo '$ '; end; source ./fish.comp; clear\n" },
};

/* What is typed before Tab, and what the line becomes. */
static const char *const lines[][2] = {
	{"hmapview --expo", "$ hmapview --export"},
	{"hmapview --expe", "$ hmapview --expect"},
	{"hmapview -x summ", "$ hmapview -x summary"},
	{"hmapview --arch=am", "$ hmapview --arch=amd64"},
	{"hmapview --scene=tomb", "$ hmapview --scene=tombstones"},
	{"hmapview --theme mon", "$ hmapview --theme mono"},
	{"hmapview --view led", "$ hmapview --view ledger"},
	{"hmapview -t 'map[any", "$ hmapview -t 'map[any]string'"},
	{"hmapview --type=map\\[any", "$ hmapview --type=map\\[any\\]string"},
	{"hmapview on", "$ hmapview one.hm"},
	{"hmapview tw", "$ hmapview two.json"},
	{"hmapview my", "$ hmapview my\\ script.hm"},
	{"hmapview su", "$ hmapview sub/"},
	{"hmapview --update no", "$ hmapview --update notes.md"},
	{"hmapview -c min", "$ hmapview -c mine.ini"},
	{"hmapview -T min", "$ hmapview -T mine.ini"},
};

static struct pty *start(const struct shell *shell)
{
	const char *env[] = {path_env, config_env, home_env, "TERM=xterm", NULL};
	char *folder = xasprintf("cd '%s' && exec \"$@\"", scratch.path);
	const char *argv[12] = {"sh", "-c", folder, "sh"};
	struct pty *pty;

	for (size_t i = 0; shell->argv[i]; i++)
		argv[4 + i] = shell->argv[i];
	pty = pty_start(&(struct pty_options){.w = 100, .h = 24, .env = env, .argv = argv});
	free(folder);
	pty_settle(pty, 200);
	pty_type(pty, shell->setup);
	pty_wait_row(pty, 0, "$");
	return pty;
}

static void test_tab(void **state)
{
	(void)state;
	for (size_t s = 0; s < LENGTH(shells); s++) {
		struct pty *pty;

		if (s > 0 && !have(shells[s].name))
			continue;
		pty = start(&shells[s]);
		for (size_t i = 0; i < LENGTH(lines); i++) {
			pty_type(pty, lines[i][0]);
			pty_key(pty, "Tab");
			pty_wait(pty, lines[i][1]);
			pty_key(pty, "C-u");
			pty_wait_row(pty, 0, "$");
		}
		/* For a number nothing is offered, no files either. */
		pty_type(pty, "hmapview -n on");
		pty_key(pty, "Tab");
		pty_settle(pty, 500);
		assert_memory_equal(pty_row(pty, 0), "$ hmapview -n on", 16);
		assert_false(pty_shows(pty, "one.hm"));
		pty_free(pty);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_options),
		cmocka_unit_test(test_all_arguments),
		cmocka_unit_test(test_zsh_knows_all),
		cmocka_unit_test(test_tab),
	};

	return cmocka_run_group_tests(tests, prepare, finish);
}
