/* SPDX-License-Identifier: MIT */
/* What is found, and how: keys, elems, buckets, addresses, states; the list of all entries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/app.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_find(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "/");
	pty_wait_row(pty, 39, "/");
	app_type(pty, "#3");
	pty_wait(pty, "╭ bucket 3 · 0x");
	pty_key(pty, "/");
	app_type(pty, "12");
	pty_wait(pty, "╭ bucket 7 · 0x");
	pty_wait(pty, "key 1 ");
	pty_key(pty, "/");
	app_type(pty, "1000");
	app_wait_in(pty, -2, "there is no key 1000");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
	pty_key(pty, "/");
	app_type(pty, "waiting");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	pty_key(pty, "n");
	pty_wait(pty, "╭ old bucket 2 · 0x");
	pty_key(pty, "N");
	pty_wait(pty, "╭ old bucket 1 · 0x");
}

/* One is told when the search began anew, and when there is nothing else. */
static void test_find_goes_round(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "/");
	app_type(pty, "waiting");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	app_wait_in(pty, -1, "q quit");
	pty_key(pty, "n");
	pty_wait(pty, "╭ old bucket 2 · 0x");
	pty_key(pty, "n");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	app_wait_in(pty, -1, "waiting: on from the beginning, past the end");
	pty_key(pty, "N");
	pty_wait(pty, "╭ old bucket 2 · 0x");
	app_wait_in(pty, -1, "waiting: on from the end, past the beginning");
	pty_key(pty, "/");
	app_type(pty, "\"v13\"");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	pty_key(pty, "n");
	app_wait_in(pty, -1, "\"v13\": here, and nowhere else");
}

/* What may be typed is shown, and completed: words for states, keys, elems. */
static void test_find_completes(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "/");
	pty_wait(pty, "tombstone  overflow  longest  waiting  full  empty  @  old@  =");
	pty_type(pty, "tom");
	pty_key(pty, "Tab");
	pty_wait_row(pty, 39, "/ tombstone");
	pty_key(pty, "C-u");
	pty_type(pty, "=\"v1");
	pty_key(pty, "Tab");
	app_wait_in(pty, -2, "=\"v12\"");
	pty_type(pty, "2");
	pty_key(pty, "Tab");
	pty_wait_row(pty, 39, "/ =\"v12\"");
	pty_key(pty, "Enter");
	pty_wait(pty, "╭ bucket 7 · 0x");
}

/* The header's fields have addresses, too. */
static void test_find_in_header(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "x");
	pty_key(pty, "/");
	app_type(pty, "0xc000012009");
	pty_wait(pty, "2^B is the number of buckets");
}

static void test_find_nothing_yet(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "n");
	app_wait_in(pty, -1, "nothing was searched for yet: / does");
}

/* Looked at byte by byte, its key is marked. */
static bool cursor_is_on(struct pty *pty, const void *key)
{
	char mark[32];

	snprintf(mark, sizeof mark, "▸%s ", (const char *)key);
	return pty_shows(pty, mark);
}

/* In a map of 64 buckets of strings, with chains in two of them and a tombstone. */
static struct pty *open_chains(void **state)
{
	struct pty *pty = app_open_args(
		state, ARGS("-n", "0", "-t", "map[string]int", "--hint", "400"));

	app_commands(pty, "collide 3 20;collide 9 12;delete 0..60");
	app_wait_in(pty, 0, "op 94/94");
	return pty;
}

/* What is typed behind the slash, one after the other, and where the cursor is then. */
static void test_find_each(void **state)
{
	static const struct {
		const char *what, *title, *slot;
	} finds[] = {
		{"@0", "╭ bucket 0 · 0x", "key 0"},
		{"longest", "╭ bucket 3, overflow 2 · 0x", "key 0"},
		{"overflow", "╭ bucket 9, overflow 1 · 0x", "key 0"},
		{"tombstone", "╭ bucket 3 · 0x", "key 0"},
		{"@40", "╭ bucket 40 · 0x", "key 0"},
		{"@3+1", "╭ bucket 3, overflow 1 · 0x", "key 0"},
		{"@9+1.2", "╭ bucket 9, overflow 1 · 0x", "key 2"},
		{"\"key-1238\"", "╭ bucket 3, overflow 2 · 0x", "key 3"},
	};
	struct pty *pty = open_chains(state);

	pty_key(pty, "z");
	for (size_t i = 0; i < sizeof finds / sizeof *finds; i++) {
		pty_key(pty, "/");
		app_type(pty, finds[i].what);
		pty_wait(pty, finds[i].title);
		app_wait_cursor(pty, false);
		app_wait_until(pty, cursor_is_on, finds[i].slot, finds[i].slot);
	}
}

/* The address in the title of a bucket. */
static unsigned long long address_of(struct pty *pty, const char *title)
{
	const char *row;

	pty_wait(pty, title);
	row = pty_row(pty, app_find(pty, title, NULL));
	return strtoull(strstr(row, title) + strlen(title), NULL, 16);
}

/* An address is one of a bucket's bytes, in either array; which slot it is of is known. */
static void test_find_address(void **state)
{
	static const char *const buckets[][2] = {
		{"@1", "╭ bucket 1 · 0x"}, {"old@1", "╭ old bucket 1 · 0x"}};
	struct pty *pty = app_open_args(state, ARGS("-n", "27", "-t", "map[string]int"));

	for (int i = 0; i < 2; i++) {
		char line[32];

		pty_key(pty, "/");
		app_type(pty, buckets[i][0]);
		/* Behind the tophash bytes and the first key lies the second. */
		snprintf(line, sizeof line, "0x%llx", address_of(pty, buckets[i][1]) + 8 + 16);
		pty_key(pty, "Home");
		pty_wait_gone(pty, buckets[i][1]);
		pty_key(pty, "/");
		app_type(pty, line);
		pty_wait(pty, buckets[i][1]);
		app_wait_until(pty, cursor_is_on, "key 1", "key 1");
	}
}

/* What is not there is told with the reason, and the line stays to be mended. */
static void test_find_fails(void **state)
{
	static const struct {
		const char *what, *says;
	} fails[] = {
		{ "@64", "there is no bucket 64: the array has 64" },
		{ "@3+9", "bucket 3 has no overflow bucket 9" },
		{ "@3.8", "there is no slot 8" },
		{ "old@0", "there is no old array" },
		{ "0xc0000000ff", "nothing of the map is at address 0xc0000000ff" },
		{ "0xzz", "no address" },
		{ "waiting",
			"waiting finds an old bucket that was not evacuated yet: there is none" },
		{ "\"nobody\"", "there is no key \"nobody\"" },
	};
	struct pty *pty = open_chains(state);

	for (size_t i = 0; i < sizeof fails / sizeof *fails; i++) {
		pty_key(pty, "/");
		app_type(pty, fails[i].what);
		pty_wait(pty, fails[i].says);
		app_wait_in(pty, -1, fails[i].what);
		pty_key(pty, "C-g");
		app_wait_in(pty, -1, "q quit");
	}
}

static void test_entries(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "E");
	pty_wait(pty, "27 of 27 entries");
	pty_key(pty, "/");
	app_type(pty, "v13");
	pty_wait(pty, "1 of 27 entries");
	pty_key(pty, "Enter");
	pty_wait(pty, "old bucket 1 ·");
}

static bool is_selected(struct pty *pty, const void *key)
{
	char *row = app_under_cursor(pty);
	size_t len = strlen(key);
	bool is = strncmp(row, key, len) == 0 && row[len] == ' ';

	free(row);
	return is;
}

static void wait_selected(struct pty *pty, const char *key)
{
	app_wait_until(pty, is_selected, key, key);
}

/* In the list, by numbers in their order; a page of it is as much as is seen, less a few. */
static void test_entries_keys(void **state)
{
	enum { UP = 4, DOWN = 5 };
	static const struct {
		const char *press, *selects;
	} keys[] = { { "Down", "1" }, { "j", "2" }, { "Up", "1" }, { "k", "0" }, { "Up", "0" },
		{ "PageDown", "36" }, { "Space", "72" }, { "PageUp", "36" }, { "Down", "37" },
		{ "PageUp", "1" }, { "PageUp", "0" }, { "End", "199" }, { "Down", "199" },
		{ "Home", "0" } };
	struct pty *pty = app_open_args(state, ARGS("-n", "200"));

	pty_key(pty, "E");
	pty_wait(pty, "200 of 200 entries");
	wait_selected(pty, "0");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		pty_key(pty, keys[i].press);
		wait_selected(pty, keys[i].selects);
	}
	pty_mouse(pty, 5, 5, DOWN, true);
	wait_selected(pty, "3");
	pty_mouse(pty, 5, 5, UP, true);
	wait_selected(pty, "0");
	/* Gone to; and away from the list without. */
	pty_key(pty, "End");
	pty_key(pty, "Enter");
	pty_wait(pty, " stays with key 199 ");
	pty_key(pty, "E");
	pty_wait(pty, "200 of 200 entries");
	pty_key(pty, "Escape");
	pty_wait(pty, " stays with key 199 ");
	/* Nothing is left of it: there is nothing to go to. */
	pty_key(pty, "E");
	pty_key(pty, "/");
	app_type(pty, "nobody");
	pty_wait(pty, "0 of 200 entries");
	app_press(pty, "Down End PageUp Enter");
	pty_wait(pty, " stays with key 199 ");
}

/* However many there are, all are in the list, in their order, and can be found by a part. */
static void test_entries_of_many(void **state)
{
	struct pty *pty = app_open_args(state, ARGS("-n", "300000"));

	pty_key(pty, "E");
	pty_wait(pty, "300,000 of 300,000 entries");
	wait_selected(pty, "0");
	pty_key(pty, "End");
	wait_selected(pty, "299999");
	pty_key(pty, "/");
	app_type(pty, "299998");
	pty_wait(pty, "1 of 300,000 entries · with 299998");
	pty_key(pty, "Enter");
	pty_wait(pty, " stays with key 299998 ");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_find),
		TEST(test_find_goes_round),
		TEST(test_find_completes),
		TEST(test_find_in_header),
		TEST(test_find_nothing_yet),
		TEST(test_find_each),
		TEST(test_find_address),
		TEST(test_find_fails),
		TEST(test_entries),
		TEST(test_entries_keys),
		TEST(test_entries_of_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
