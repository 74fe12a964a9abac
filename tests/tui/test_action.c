/* SPDX-License-Identifier: MIT */
/* The table of actions, the keys made from it, and the shipped configuration that lists them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tui/app/action.h"

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
	struct binding b = { .action = "undo", .keys = (char **)(uintptr_t)keys, .count = 1 };
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
	assert_non_null(strstr(err.msg, "key q is bound to undo and to quit"));
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
