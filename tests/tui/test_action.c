/* SPDX-License-Identifier: MIT */
/* The table of actions, the keys made from it, and the shipped configuration that lists them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tui/canvas/glyph.h"
#include "tui/screen/action.h"

#include <cmocka.h>

static void defaults_make_a_keymap(void **state)
{
	struct config c;
	struct keymap map;
	struct error err;
	char keys[128];

	(void)state;
	config_init(&c);
	assert_true(keymap_make(&map, &c, &err));
	for (int i = 0; i < ACTIONS_END; i++) {
		keymap_keys(&map, (enum action)i, keys, sizeof keys);
		assert_string_equal(keys, actions[i].keys);
	}
	keymap_free(&map);
	config_free(&c);
}

static void the_shipped_file_lists_every_action(void **state)
{
	static char text[65536];
	FILE *in = fopen("config/hmapview.ini", "r");
	char line[256];

	(void)state;
	assert_non_null(in);
	text[fread(text, 1, sizeof text - 1, in)] = '\0';
	fclose(in);
	for (int i = 0; i < ACTIONS_END; i++) {
		snprintf(line, sizeof line, "\n; %s = %s ", actions[i].name, actions[i].keys);
		if (!strstr(text, line))
			fail_msg("config/hmapview.ini does not say \"%s\"", line + 1);
	}
}

static void what_a_configuration_may_name(void **state)
{
	(void)state;
	assert_true(action_known("zoom_in"));
	assert_true(action_known("fill 100"));
	assert_false(action_known("fil 100"));
	assert_false(action_known("zoom"));
}

static void a_configured_key_replaces_the_defaults(void **state)
{
	const char *keys[] = { "F5" };
	struct binding b = { .action = "undo", .keys = (char **)(uintptr_t)keys, .count = 1,
		.line = 7 };
	struct config c;
	struct keymap map;
	struct error err;
	struct key key;
	char text[64];

	(void)state;
	config_init(&c);
	c.bindings = &b;
	c.binding_count = 1;
	assert_true(keymap_make(&map, &c, &err));
	keymap_keys(&map, ACTION_UNDO, text, sizeof text);
	assert_string_equal(text, "F5");
	assert_true(key_parse("[", &key, &err));
	assert_null(keymap_find(&map, key));
	keymap_free(&map);
	keys[0] = "q"; /* quit has it */
	assert_false(keymap_make(&map, &c, &err));
	assert_string_equal(err.msg, "configuration:7: [keys]: undo: q: is the key of quit: "
				     "give that another one, or none");
	c.bindings = NULL;
	c.binding_count = 0;
	config_free(&c);
}

/* Makes a keymap of two lines of [keys], each with one key. */
static void check_refused(const char *action, const char *key, const char *other,
	const char *its_key, const char *says)
{
	char *keys[] = { xstrdup(key), xstrdup(its_key) };
	struct binding b[] = {
		{ .action = xstrdup(action), .keys = &keys[0], .count = *key != 0, .line = 3 },
		{ .action = xstrdup(other), .keys = &keys[1], .count = *its_key != 0, .line = 5 },
	};
	struct config c;
	struct keymap map;
	struct error err = { "" };

	config_init(&c);
	c.bindings = b;
	c.binding_count = 2;
	if (keymap_make(&map, &c, &err))
		keymap_free(&map);
	assert_string_equal(err.msg, says);
	for (int i = 0; i < 2; i++) {
		free(b[i].action);
		free(keys[i]);
	}
	c.bindings = NULL;
	c.binding_count = 0;
	config_free(&c);
}

static void what_is_refused(void **state)
{
	(void)state;
	check_refused("undo", "F5", "redo", "F5",
		"configuration:5: [keys]: redo: F5: is the key of undo, in line 3");
	check_refused("undo", "F5", "fill 100", "x",
		"configuration:5: [keys]: fill 100: x: is the key of explain: give that another "
		"one, or none");
	check_refused(
		"undo", "C-i", "redo", "F5", "configuration:3: [keys]: undo: C-i: the same as Tab");
	check_refused("quit", "", "command", "",
		"configuration: [keys]: neither quit nor command has a key: there is no way out");
	check_refused("quit", "", "undo", "F5", "");
	check_refused("command", "", "quit", "F5", "");
}

/* Every key has a place for any action: what a terminal sends as one key is one key. */
static void any_key_will_do(void **state)
{
	static const char *const names[] = { "F2", "F12", "S-F3", "C-F4", "M-F5", "C-a", "C-Space",
		"C-_", "C-\\", "C-]", "M-a", "M-A", "M-Enter", "M-C-a", "C-Left", "S-Up", "C-S-End",
		"M-PageDown", "Escape", "Insert", "Quote", "Hash", "Semicolon", "Backslash", "é",
		"漢" };

	(void)state;
	for (int i = 0; i < ACTIONS_END; i++)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			check_refused(actions[i].name, names[k], i ? "left" : "right", "F11", "");
}

/* One line of [keys] with very many keys: every character that is wide enough, and each with M-. */
static void give_characters(struct binding *b, size_t most)
{
	size_t cap = 0;

	for (char32_t ch = 0x4e00; b->count < most && ch <= 0x10ffff; ch++) {
		char utf8[UTF8_MOST + 1] = "";

		if (glyph_width(ch) < 1)
			continue;
		utf8[utf8_write(ch, utf8)] = '\0';
		for (int alt = 0; alt < 2; alt++) {
			b->keys = xroom(b->keys, &cap, b->count, sizeof *b->keys);
			b->keys[b->count++] = xasprintf("%s%s", alt ? "M-" : "", utf8);
		}
	}
}

/* A key is found at once, however many there are: one after another they would take minutes. */
static void many_keys_are_found_at_once(void **state)
{
	enum { MANY = 240000 };
	struct binding b = { .action = xstrdup("fill 7"), .line = 3 };
	struct config c;
	struct keymap map;
	struct error err;
	struct key key;

	(void)state;
	config_init(&c);
	give_characters(&b, MANY);
	assert_int_equal(b.count, MANY);
	c.bindings = &b;
	c.binding_count = 1;
	alarm(60);
	assert_true(keymap_make(&map, &c, &err));
	for (size_t i = 0; i < b.count; i++) {
		assert_true(key_parse(b.keys[i], &key, &err));
		assert_ptr_equal(keymap_find(&map, key), &map.entries[i]);
	}
	assert_true(key_parse("C-x", &key, &err));
	assert_null(keymap_find(&map, key));
	keymap_free(&map);
	free(b.keys[MANY - 1]);
	b.keys[MANY - 1] = xstrdup(b.keys[1]);
	assert_false(keymap_make(&map, &c, &err));
	assert_string_equal(
		err.msg, "configuration:3: [keys]: fill 7: M-\u4e00: the same key twice");
	alarm(0);
	for (size_t i = 0; i < b.count; i++)
		free(b.keys[i]);
	free(b.keys);
	free(b.action);
	c.bindings = NULL;
	c.binding_count = 0;
	config_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_make_a_keymap),
		cmocka_unit_test(the_shipped_file_lists_every_action),
		cmocka_unit_test(what_a_configuration_may_name),
		cmocka_unit_test(a_configured_key_replaces_the_defaults),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(any_key_will_do),
		cmocka_unit_test(many_keys_are_found_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
