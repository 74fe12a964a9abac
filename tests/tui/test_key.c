/* SPDX-License-Identifier: MIT */
/* Key names, and the way from a terminal's bytes to events, without a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/term/input.h"
#include "tui/term/key.h"

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_names_read_back(void **state)
{
	static const char *const names[] = {"q", "Q", "?", "[", "]", "-", "C", "M-x", "M-X", "C-c",
		"C-Space", "C-M-x", "C-\\", "Left", "S-Tab", "C-S-Left", "PageUp", "F1", "F12",
		"Space", "Semicolon", "Hash", "Quote", "Backslash", "Escape", "Enter", "Backspace",
		"\u00e9", "M--", "C-_"};
	char name[KEY_NAME_MAX];
	struct error err;
	struct key key;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *expected = strcmp(names[i], "C-\\") ? names[i] : "C-Backslash";

		if (!key_parse(names[i], &key, &err))
			fail_msg("%s", err.msg);
		assert_string_equal(key_name(key, name), expected);
	}
}

static void test_names_refused(void **state)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
		{"", ": no such key"},
		{"left", "left: no such key"},
		{"F13", "F13: no such key"},
		{"F0", "F0: no such key"},
		{"qq", "qq: no such key"},
		{"Esc", "Esc: no such key"},
		{"<C-c>", "<C-c>: no such key"},
		{"C-", "C-: no such key"},
		{"C-C-c", "C-C-c: no such key"},
		{"S-a", "S-a: write the shifted letter itself"},
		{"C-i", "C-i: the same as Tab"},
		{"C-M", "C-M: the same as Enter"},
		{"C-[", "C-[: the same as Escape"},
		{"C-h", "C-h: the same as Backspace"},
		{"C-1", "C-1: no such control key"},
		{"\x1b", "\\x1b: no such key"},
		{"\xff", "\\xff: no such key"},
		{"\u0301", "\u0301: no such key"},
	};
	struct error err;
	struct key key;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_false(key_parse(rows[i].name, &key, &err));
		assert_string_equal(err.msg, rows[i].says);
	}
}

/* Bytes that every terminal sends, and what they are. */
static const struct {
	const char *bytes;
	size_t len;
	const char *key; /* NULL: nothing comes of it */
} common[] = {
#define ROW(bytes, key)                                                                            \
	{                                                                                          \
		bytes, sizeof bytes - 1, key                                                       \
	}
	ROW("q", "q"),
	ROW(" ", "Space"),
	ROW("\x03", "C-c"),
	ROW("\x1a", "C-z"),
	ROW("\x00", "C-Space"),
	ROW("\x1c", "C-Backslash"),
	ROW("\x08", "Backspace"),
	ROW("\x7f", "Backspace"),
	ROW("\t", "Tab"),
	ROW("\r", "Enter"),
	ROW("\033[A", "Up"),
	ROW("\033[B", "Down"),
	ROW("\033[C", "Right"),
	ROW("\033[D", "Left"),
	ROW("\033OA", "Up"),
	ROW("\033[H", "Home"),
	ROW("\033[F", "End"),
	ROW("\033[Z", "S-Tab"),
	ROW("\033[1~", "Home"),
	ROW("\033[4~", "End"),
	ROW("\033[5~", "PageUp"),
	ROW("\033[6~", "PageDown"),
	ROW("\033[2~", "Insert"),
	ROW("\033[3~", "Delete"),
	ROW("\033[15~", "F5"),
	ROW("\033[24~", "F12"),
	ROW("\033OP", "F1"),
	ROW("\033[1;5C", "C-Right"),
	ROW("\033[1;2D", "S-Left"),
	ROW("\033[1;3A", "M-Up"),
	ROW("\033[5;5~", "C-PageUp"),
	ROW("\033x", "M-x"),
	ROW("\xc3\xa9", "\u00e9"),
	ROW("\xe6\xbc\xa2", "\u6f22"),
	ROW("\xf0\x9f\x98\x80", "\U0001f600"),
	ROW("\033[120;5u", "C-x"),
	ROW("\033[I", NULL),
	ROW("\033[O", NULL),
	ROW("\033[?1;2c", NULL),
#undef ROW
};

static const char *const types[] = {"xterm-256color", "tmux-256color", "linux", "vt100"};

static struct input *open_input(const char *type)
{
	struct error err;
	struct input *input = input_new(-1, type, true, &err);

	if (!input)
		fail_msg("%s: %s", type, err.msg);
	return input;
}

static void check_key(struct input *input, const char *expected, const char *what)
{
	char name[KEY_NAME_MAX];
	struct event event;

	if (expected) {
		if (input_next(input, &event) != INPUT_EVENT || event.type != EVENT_KEY)
			fail_msg("%s: no key came, not %s", what, expected);
		assert_string_equal(key_name(event.key, name), expected);
	}
	assert_int_equal(input_next(input, &event), INPUT_EMPTY);
}

static void test_bytes(void **state)
{
	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		struct input *input = open_input(types[t]);

		for (size_t i = 0; i < COUNT(common); i++) {
			input_feed(input, common[i].bytes, common[i].len);
			check_key(input, common[i].key, types[t]);
		}
		input_free(input);
	}
}

/* The bytes that are there are the beginning of something, as only a terminal sends it or not. */
static void check_waits(struct input *input, const char *bytes, size_t len)
{
	bool sent = len > 2 && bytes[1] == '[' && bytes[2] >= '0' && bytes[2] <= '9';
	struct event event;

	for (int i = 0; i < 2; i++)
		assert_int_equal(input_next(input, &event), sent ? INPUT_SENT : INPUT_PARTIAL);
}

/* However a sequence is cut up, nothing comes before its end, and then the same. */
static void test_every_prefix_waits(void **state)
{
	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		struct input *input = open_input(types[t]);

		for (size_t i = 0; i < COUNT(common); i++) {
			for (size_t n = 1; n < common[i].len; n++) {
				input_feed(input, common[i].bytes, n);
				check_waits(input, common[i].bytes, n);
				input_feed(input, common[i].bytes + n, common[i].len - n);
				check_key(input, common[i].key, common[i].bytes + 1);
			}
		}
		input_free(input);
	}
}

static void test_escape(void **state)
{
	struct input *input = open_input("xterm-256color");
	struct event event;

	(void)state;
	input_feed(input, "\033", 1);
	assert_int_equal(input_next(input, &event), INPUT_PARTIAL);
	input_force(input);
	check_key(input, "Escape", "forced");
	input_feed(input, "\033[", 2);
	assert_int_equal(input_next(input, &event), INPUT_PARTIAL);
	input_force(input);
	check_key(input, "M-[", "forced");
	input_feed(input, "\033\033", 2);
	assert_int_equal(input_next(input, &event), INPUT_PARTIAL);
	input_feed(input, "[A", 2);
	check_key(input, "M-Up", "escape before a key");
	input_free(input);
}

static void check_mouse(const struct event *event, enum mouse_type type, int button, int x, int y)
{
	assert_int_equal(event->type, EVENT_MOUSE);
	assert_int_equal(event->mouse.type, type);
	assert_int_equal(event->mouse.button, button);
	assert_int_equal(event->mouse.x, x);
	assert_int_equal(event->mouse.y, y);
}

static void test_mouse(void **state)
{
	struct event event;

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		struct input *input = open_input(types[t]);

		input_feed(input, "\033[<0;1;1M\033[<32;500;200M\033[<0;3;4m\033[<65;2;2M", 42);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		check_mouse(&event, MOUSE_PRESS, 1, 0, 0);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		check_mouse(&event, MOUSE_DRAG, 1, 499, 199);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		check_mouse(&event, MOUSE_RELEASE, 1, 2, 3);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		check_mouse(&event, MOUSE_WHEEL, 0, 1, 1);
		assert_int_equal(event.mouse.wheel, 1);
		assert_int_equal(input_next(input, &event), INPUT_EMPTY);
		input_free(input);
	}
}

static void check_paste(struct input *input, const char *text, size_t len)
{
	struct event event;

	assert_int_equal(input_next(input, &event), INPUT_EVENT);
	assert_int_equal(event.type, EVENT_PASTE);
	assert_int_equal(event.paste.len, len);
	assert_memory_equal(event.paste.text, text, len + 1);
	assert_false(event.paste.cut);
}

/* Bytes between the marks come out as they went in, however they arrive. */
static void test_paste(void **state)
{
	static const char stream[] = "a\033[200~q\033[A\0\033[200~\xff\033[201\033[201~b";
	static const char text[] = "q\033[A\0\033[200~\xff\033[201";
	const size_t len = sizeof stream - 1;

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		for (size_t step = 1; step <= len; step++) {
			struct input *input = open_input(types[t]);
			char log[64] = "", name[KEY_NAME_MAX];
			struct event event;

			for (size_t at = 0; at < len; at += step) {
				input_feed(input, stream + at, len - at < step ? len - at : step);
				while (input_next(input, &event) == INPUT_EVENT) {
					if (event.type == EVENT_KEY) {
						strcat(log, key_name(event.key, name));
						continue;
					}
					strcat(log, "<paste>");
					assert_int_equal(event.type, EVENT_PASTE);
					assert_int_equal(event.paste.len, sizeof text - 1);
					assert_memory_equal(event.paste.text, text, sizeof text);
				}
			}
			assert_string_equal(log, "a<paste>b");
			input_free(input);
		}
	}
}

static void test_paste_ends(void **state)
{
	struct input *input = open_input("xterm-256color");
	struct event event;

	(void)state;
	input_feed(input, "\033[200~\033[201~", 12);
	check_paste(input, "", 0);
	input_feed(input, "\033[200~abc", 9);
	assert_int_equal(input_next(input, &event), INPUT_PASTING);
	input_force(input);
	check_paste(input, "abc", 3);
	input_feed(input, "x\033[201~y", 8);
	check_key(input, "y", "what comes late up to the end is no key");
	input_feed(input, "\033[201~z", 7);
	check_key(input, "z", "a stray end is nothing");
	input_free(input);
}

/* Some terminals send the end's mark as it stands in the text: what follows is not typed,
   either. */
static void test_paste_holds_its_end(void **state)
{
	struct input *input = open_input("xterm-256color");

	(void)state;
	input_feed(input, "\033[200~a\033[201~q\033[201~k", 21);
	check_paste(input, "a\033[201~q", 8);
	check_key(input, "k", "after the last end");
	input_feed(input, "\033[200~a\033[201~\033[200~b\033[201~k", 27);
	check_paste(input, "a", 1);
	check_paste(input, "b", 1);
	check_key(input, "k", "after two pastes");
	input_free(input);
}

/* A line that stalls in the middle of a paste: what comes later is not typed. */
static void test_paste_goes_on_late(void **state)
{
	struct input *input = open_input("xterm-256color");
	struct event event;

	(void)state;
	input_feed(input, "\033[200~abc", 9);
	assert_int_equal(input_next(input, &event), INPUT_PASTING);
	input_force(input);
	check_paste(input, "abc", 3);
	input_feed(input, "q:clear\rqqqq", 12);
	assert_int_equal(input_next(input, &event), INPUT_EMPTY);
	input_feed(input, "gggggggg q\033[201~k", 17);
	check_key(input, "k", "after the end");
	input_feed(input, "\033[200~abc", 9);
	input_force(input);
	check_paste(input, "abc", 3);
	input_feed(input, "q", 1);
	check_key(input, "q", "the keyboard is not dead");
	input_feed(input, "gggggggggggg", 12);
	for (int i = 0; i < 11; i++)
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
	check_key(input, "g", "that paste is over");
	input_free(input);
}

/* A slow line cuts a report in two anywhere; its halves are no keys. */
static void test_mouse_cut(void **state)
{
	static const char report[] = "\033[<0;11;39M";
	const size_t len = sizeof report - 1;
	struct event event;

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		struct input *input = open_input(types[t]);

		for (size_t n = 1; n < len; n++) {
			input_feed(input, report, n);
			/* Only what could be Escape or M-[ counts as typed when time is over. */
			if (input_next(input, &event) == INPUT_PARTIAL) {
				assert_true(n <= 2);
				input_force(input);
				check_key(input, n == 1 ? "Escape" : "M-[", "forced");
			} else {
				assert_int_equal(input_next(input, &event), INPUT_SENT);
			}
			input_feed(input, report + n, len - n);
			assert_int_equal(input_next(input, &event), INPUT_EVENT);
			check_mouse(&event, MOUSE_PRESS, 1, 10, 38);
			assert_int_equal(input_next(input, &event), INPUT_EMPTY);
		}
		input_free(input);
	}
}

/* The beginning of a paste, too; and arrows. But who types, types one at a time. */
static void test_cut_after_escape(void **state)
{
	struct input *input = open_input("xterm-256color");

	(void)state;
	for (size_t n = 1; n <= 2; n++) {
		input_feed(input, "\033[", n);
		input_force(input);
		check_key(input, n == 1 ? "Escape" : "M-[", "forced");
		input_feed(input, &"\033[200~q\033[201~"[n], 13 - n);
		check_paste(input, "q", 1);
	}
	input_feed(input, "\033", 1);
	input_force(input);
	check_key(input, "Escape", "forced");
	input_feed(input, "[A", 2);
	check_key(input, "Up", "its letter came late");
	input_feed(input, "\033", 1);
	input_force(input);
	check_key(input, "Escape", "forced");
	input_feed(input, "[", 1);
	check_key(input, "[", "typed");
	input_feed(input, "A", 1);
	check_key(input, "A", "typed");
	input_free(input);
}

/* What is typed counts, and takes what was typed before it along; what is pasted does not. */
static void test_drop_to(void **state)
{
	struct input *input = open_input("xterm-256color");

	(void)state;
	input_feed(input, "ab\003c", 4);
	assert_true(input_drop_to(input, '\003'));
	check_key(input, "c", "behind it");
	input_feed(input, "a\033[200~q\003q\033[201~b", 17);
	assert_false(input_drop_to(input, '\003'));
	input_feed(input, "\003k", 2);
	assert_true(input_drop_to(input, '\003'));
	check_key(input, "k", "the paste is gone with what was typed before");
	input_feed(input, "\033[200~q", 7);
	assert_int_equal(input_next(input, &(struct event){0}), INPUT_PASTING);
	input_feed(input, "\003", 1);
	assert_false(input_drop_to(input, '\003'));
	input_feed(input, "\033[201~", 6);
	check_paste(input, "q\003", 2);
	input_free(input);
}

/* Old reports have one byte for a column: what is past the last one says nothing. */
static void test_old_mouse(void **state)
{
	struct event event;

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		struct input *input = open_input(types[t]);

		input_feed(input, "\033[M \xff\x21\033[M#\x85\xc3\033[Ma!!", 18);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		check_mouse(&event, MOUSE_PRESS, 1, 222, 0);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		check_mouse(&event, MOUSE_RELEASE, 0, 100, 162);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		assert_int_equal(event.mouse.type, MOUSE_WHEEL);
		assert_int_equal(input_next(input, &event), INPUT_EMPTY);
		input_feed(input, "\033[M \0!\033[M !\0\033[M\n!!", 18);
		assert_int_equal(input_next(input, &event), INPUT_EMPTY);
		input_free(input);
	}
}

static void test_paste_is_bounded(void **state)
{
	struct input *input = open_input("xterm-256color");
	char block[1024];
	struct event event;

	(void)state;
	for (size_t extra = 0; extra < 8; extra++) {
		input_feed(input, "\033[200~", 6);
		memset(block, 'q', sizeof block);
		for (size_t i = 0; i < PASTE_MAX / sizeof block; i++) {
			input_feed(input, block, sizeof block);
			assert_int_equal(input_next(input, &event), INPUT_PASTING);
		}
		input_feed(input, block, extra);
		input_feed(input, "\033[201~", 6);
		assert_int_equal(input_next(input, &event), INPUT_EVENT);
		assert_int_equal(event.paste.len, PASTE_MAX);
		assert_int_equal(event.paste.cut, extra > 0);
		assert_int_equal(event.paste.text[PASTE_MAX - 1], 'q');
		assert_int_equal(event.paste.text[PASTE_MAX], '\0');
	}
	input_free(input);
}

/* Reads all events; the decoder must come to an end and to rest. */
static void drain(struct input *input)
{
	struct event event;
	enum input_state last;

	for (int round = 0; round < 4; round++) {
		while ((last = input_next(input, &event)) == INPUT_EVENT)
			continue;
		if (last == INPUT_EMPTY)
			return;
		input_force(input);
	}
	fail_msg("input never came to rest");
}

static void test_hostile_bytes(void **state)
{
	static const char *const starts[] = {"\033]", "\033P", "\033[", "\033[<", "\033O", "\033_"};
	struct input *input = open_input("xterm-256color");
	char block[1024];

	(void)state;
	/* Strings without an end, more bytes than the decoder holds. */
	for (size_t i = 0; i < COUNT(starts); i++) {
		memset(block, '5', sizeof block);
		memcpy(block, starts[i], strlen(starts[i]));
		input_feed(input, block, sizeof block);
		drain(input);
	}
	/* More parameters than the library has room for. */
	for (size_t i = 0; i < sizeof block; i += 2)
		memcpy(block + i, "1;", 2);
	memcpy(block, "\033[", 2);
	for (size_t n = 20; n < 250; n += 7) {
		input_feed(input, block, n);
		input_feed(input, "m", 1);
		drain(input);
	}
	input_feed(input, "q", 1);
	check_key(input, "q", "after all that");
	input_free(input);
}

static void test_random_bytes(void **state)
{
	static const char likely[] = "\033\033\033[[[;;0123456789<~MmOP]_\\?u\x07\xc3\xa9q";
	uint32_t random = 1;

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		struct input *input = open_input(types[t]);

		for (int i = 0; i < 20000; i++) {
			char bytes[16];
			size_t n = 1 + (size_t)i % sizeof bytes;

			for (size_t k = 0; k < n; k++) {
				random = random * 1664525u + 1013904223u;
				bytes[k] = i % 3 ? likely[(random >> 8) % (sizeof likely - 1)]
						 : (char)(random >> 24);
			}
			input_feed(input, bytes, n);
			drain(input);
		}
		input_free(input);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_read_back),
		cmocka_unit_test(test_names_refused),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_every_prefix_waits),
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_paste_ends), cmocka_unit_test(test_paste_goes_on_late),
		cmocka_unit_test(test_paste_holds_its_end),
		cmocka_unit_test(test_mouse_cut), cmocka_unit_test(test_cut_after_escape),
		cmocka_unit_test(test_old_mouse), cmocka_unit_test(test_drop_to),
		cmocka_unit_test(test_paste_is_bounded),
		cmocka_unit_test(test_hostile_bytes),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
