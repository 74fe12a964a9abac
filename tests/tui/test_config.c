/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "config/config.h"
#include "model/base/mem.h"
#include "tests/tui/scratch.h"
#include "tui/term/key.h"

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool known_action(const char *name)
{
	return !strcmp(name, "quit") || !strcmp(name, "step_back") || !strcmp(name, "insert 5") ||
		!strcmp(name, "insert \"Bob\"");
}

static bool known_key(const char *name, struct error *err)
{
	struct key key;

	return key_parse(name, &key, err);
}

static const struct config_names names = {known_action, known_key};

static void check_defaults(const struct config *config)
{
	assert_string_equal(config->theme, "default");
	assert_string_equal(config->type, "map[int]string");
	assert_string_equal(config->arch, "amd64");
	assert_string_equal(config->release, "default");
	assert_int_equal(config->seed, 1);
	assert_int_equal(config->color, COLOR_AUTO);
	assert_int_equal(config->charset, CHARSET_AUTO);
	assert_int_equal(config->escape_ms, 50);
	assert_true(config->mouse);
	assert_int_equal(config->binding_count, 0);
}

static void test_defaults(void **state)
{
	struct config config;

	(void)state;
	config_init(&config);
	check_defaults(&config);
	assert_null(config.path);
	config_free(&config);
	config_free(&config);
}

/* The shipped file says what is built in, and names every option once. */
static void test_shipped_file(void **state)
{
	struct config config;
	struct error err;
	char line[256];
	FILE *in = fopen("config/hmapview.ini", "r");
	size_t i = 0;

	(void)state;
	config_init(&config);
	if (!config_load(&config, "config/hmapview.ini", &names, &err))
		fail_msg("%s", err.msg);
	check_defaults(&config);
	assert_string_equal(config.path, "config/hmapview.ini");
	config_free(&config);
	while (fgets(line, sizeof line, in) && strcmp(line, "[keys]\n")) {
		char *equals = strstr(line, " = ");

		if (*line == ';' || !equals)
			continue;
		*equals = '\0';
		assert_non_null(config_option(i));
		assert_string_equal(line, config_option(i)->name);
		line[strcspn(equals + 3, " ") + (size_t)(equals + 3 - line)] = '\0';
		assert_string_equal(equals + 3, config_option(i)->value);
		i++;
	}
	assert_null(config_option(i));
	fclose(in);
}

static bool load_text(struct config *config, const char *text, size_t len, struct error *err)
{
	char *path;
	bool ok;

	scratch_make(&scratch);
	path = scratch_write(&scratch, "x.ini", text, len);
	ok = config_load(config, path, &names, err);
	if (!ok && !strncmp(err->msg, path, strlen(path)))
		memmove(err->msg, err->msg + strlen(path), strlen(err->msg + strlen(path)) + 1);
	free(path);
	scratch_remove(&scratch);
	return ok;
}

static void test_values(void **state)
{
	static const char text[] = "[options]\r\n"
				   "Theme = ./own.ini\n"
				   "type = map[string][3]int32 ; with a comment\n"
				   "seed = 18446744073709551615\n"
				   "color = never\n"
				   "charset = utf-8\n"
				   "escape_ms = 0\n"
				   "mouse = no\n"
				   "[keys]\n"
				   "Quit = q C-c  Semicolon\n"
				   "step_back = [ Left ]\n"
				   "insert 5 = none\n"
				   "insert \"Bob\" = M-b\n";
	struct config config;
	struct error err;

	(void)state;
	config_init(&config);
	if (!load_text(&config, text, sizeof text - 1, &err))
		fail_msg("%s", err.msg);
	assert_string_equal(config.theme, "./own.ini");
	assert_string_equal(config.type, "map[string][3]int32");
	assert_true(config.seed == UINT64_MAX);
	assert_int_equal(config.color, COLOR_NEVER);
	assert_int_equal(config.charset, CHARSET_UTF8);
	assert_int_equal(config.escape_ms, 0);
	assert_false(config.mouse);
	assert_int_equal(config.binding_count, 4);
	assert_string_equal(config.bindings[0].action, "quit");
	assert_int_equal(config.bindings[0].count, 3);
	assert_string_equal(config.bindings[0].keys[1], "C-c");
	assert_string_equal(config.bindings[0].keys[2], "Semicolon");
	assert_string_equal(config.bindings[1].action, "step_back");
	assert_string_equal(config.bindings[1].keys[0], "[");
	assert_string_equal(config.bindings[1].keys[2], "]");
	assert_string_equal(config.bindings[2].action, "insert 5");
	assert_int_equal(config.bindings[2].count, 0);
	assert_int_equal(config.bindings[2].line, 12);
	assert_string_equal(config.bindings[3].action, "insert \"Bob\"");
	config_free(&config);
}

static void test_refused(void **state)
{
#define ROW(text, says)                                                                            \
	{                                                                                          \
		text, sizeof text - 1, says                                                        \
	}
	static const struct {
		const char *text;
		size_t len;
		const char *says;
	} rows[] = {
		ROW("[options]\nthme = x\n",
			":2: [options]: thme: unknown option; did you mean \"theme\"?"),
		ROW("[option]\n", ":1: [option]: unknown section"),
		ROW("[a:b]\n", ":1: [a:b]: unknown section"),
		ROW("[options]\nescape_ms = 12abc\n",
			":2: [options]: escape_ms: 12abc: must be a number from 0 to 10000"),
		ROW("[options]\nescape_ms = 10001\n",
			":2: [options]: escape_ms: 10001: must be a number from 0 to 10000"),
		ROW("[options]\nescape_ms = -1\n",
			":2: [options]: escape_ms: -1: must be a number from 0 to 10000"),
		ROW("[options]\nescape_ms = 0x10\n",
			":2: [options]: escape_ms: 0x10: must be a number from 0 to 10000"),
		ROW("[options]\nseed = 18446744073709551616\n",
			":2: [options]: seed: 18446744073709551616: must be a whole number below "
			"2^64"),
		ROW("[options]\nmouse = yellow\n",
			":2: [options]: mouse: yellow: must be yes or no"),
		ROW("[options]\ncolor = Auto\n",
			":2: [options]: color: Auto: must be auto, always or never"),
		ROW("[options]\ntheme =\n",
			":2: [options]: theme: nothing: must be a name or a file"),
		ROW("[keys]\nquiet = q\n", ":2: [keys]: quiet: unknown action"),
		ROW("[keys]\nquit = Esc\n", ":2: [keys]: quit: Esc: no such key"),
		ROW("[keys]\nquit = q none\n", ":2: [keys]: quit: none: no such key"),
		ROW("[keys]\nquit = ;\n",
			":2: [keys]: quit: no key; write none, or Semicolon and Hash for ; and #"),
		ROW("[keys]\nquit = C-m\n", ":2: [keys]: quit: C-m: the same as Enter"),
		ROW("[keys]\nquit = q\n\nQuit = x\n", ":4: Quit: a second time, after line 2"),
		ROW("[keys]\nquit = q\n[options]\n[Keys]\n",
			":4: [Keys]: a second time, after line 1"),
		ROW("[options]\ntype = a \\\n b\n; c \\\ntype = d\ntype = e\n",
			":6: type: a second time, after line 2"),
		ROW("[options]\n[]\n", ":2: []: unknown section"),
		ROW("theme = x\n[options]\n", ":1: theme: stands before the first [section]"),
		ROW("[options]\nmouse = yes\nnonsense\n", ":3: neither [section] nor key = value"),
		ROW("[options]\n\nmouse = y\0es\n", ":3: holds a NUL byte"),
		ROW("\xef\xbb\xbf[options]\n",
			":1: begins with a byte order mark: save it without"),
		ROW("[options]\nmouse = \x1b[31m\n",
			":2: [options]: mouse: \\x1b[31m: must be yes or no"),
	};
#undef ROW
	struct config config;
	struct error err;

	(void)state;
	config_init(&config);
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (load_text(&config, rows[i].text, rows[i].len, &err))
			fail_msg("accepted: %s", rows[i].text);
		assert_string_equal(err.msg, rows[i].says);
		check_defaults(&config);
	}
	config_free(&config);
}

static void test_long_line(void **state)
{
	struct config config;
	struct error err;
	char text[3000] = "[options]\n";

	(void)state;
	config_init(&config);
	memset(text + strlen(text), 'x', 2000);
	strcat(text, "\n");
	assert_false(load_text(&config, text, strlen(text), &err));
	assert_string_equal(err.msg, ":2: the line is too long");
	config_free(&config);
}

static void check_file_refused(const char *path, const char *says)
{
	struct config config;
	struct error err;

	config_init(&config);
	assert_false(config_load(&config, path, &names, &err));
	assert_memory_equal(err.msg, path, strlen(path));
	assert_string_equal(err.msg + strlen(path), says);
	config_free(&config);
}

static void test_files(void **state)
{
	char *path, *large;

	(void)state;
	scratch_make(&scratch);
	check_file_refused("/proc/nonexistent/x.ini", ": No such file or directory");
	check_file_refused(scratch.path, ": is a directory");
	path = xasprintf("%s/fifo", scratch.path);
	assert_int_equal(mkfifo(path, 0600), 0);
	check_file_refused(path, ": is not a file");
	free(path);
	large = xmalloc(2 << 20);
	memset(large, '\n', 2 << 20);
	path = scratch_write(&scratch, "large.ini", large, 2 << 20);
	check_file_refused(path, ": larger than 1048576 bytes");
	free(path);
	path = scratch_write(&scratch, "long.ini", large, 1 << 15);
	check_file_refused(path, ": more than 32768 lines");
	free(path);
	free(large);
	scratch_remove(&scratch);
}

static void test_default_file(void **state)
{
	static const char text[] = "[options]\nescape_ms = 77\n", bad[] = "[oops]\n";
	struct config config;
	struct error err;

	(void)state;
	scratch_make(&scratch);
	config_init(&config);
	setenv("XDG_CONFIG_HOME", scratch.path, 1);
	setenv("HOME", scratch.path, 1);
	assert_true(config_load(&config, NULL, &names, &err));
	check_defaults(&config);
	free(scratch_write(&scratch, ".config/hmapview/hmapview.ini", text, sizeof text - 1));
	assert_true(config_load(&config, NULL, &names, &err));
	check_defaults(&config);
	/* A relative XDG_CONFIG_HOME does not count. */
	setenv("XDG_CONFIG_HOME", "relative", 1);
	assert_true(config_load(&config, NULL, &names, &err));
	assert_int_equal(config.escape_ms, 77);
	config_free(&config);
	config_init(&config);
	setenv("XDG_CONFIG_HOME", scratch.path, 1);
	free(scratch_write(&scratch, "hmapview/hmapview.ini", bad, sizeof bad - 1));
	assert_false(config_load(&config, NULL, &names, &err));
	assert_non_null(strstr(err.msg, "/hmapview/hmapview.ini:1: [oops]: unknown section"));
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	assert_true(config_load(&config, NULL, &names, &err));
	config_free(&config);
	scratch_remove(&scratch);
}

static void test_random_files(void **state)
{
	static const char likely[] = "[]=;#\"\\\n\n \tkeysoptions0123:";
	struct config config;
	struct error err;
	uint32_t random = 3;

	(void)state;
	config_init(&config);
	for (int i = 0; i < 2000; i++) {
		char text[200];
		size_t len = (size_t)i % sizeof text;

		for (size_t k = 0; k < len; k++) {
			random = random * 1664525u + 1013904223u;
			text[k] = i % 4 ? likely[(random >> 16) % (sizeof likely - 1)]
					: (char)(random >> 24);
		}
		if (i % 2 && len > 10)
			memcpy(text, i % 3 ? "[options]\n" : "[keys]\nq =", 10);
		load_text(&config, text, len, &err);
	}
	config_free(&config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_shipped_file),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_default_file),
		cmocka_unit_test(test_random_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
