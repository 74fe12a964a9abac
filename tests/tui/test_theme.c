/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/carried.h"
#include "config/ini.h"
#include "model/base/mem.h"
#include "tests/tui/scratch.h"
#include "themes/color.h"
#include "themes/theme.h"

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const shipped[] = {"colorblind", "dark", "default", "light", "mono"};

static struct theme load(const char *name)
{
	struct theme theme;
	struct error err;

	if (!theme_load(&theme, name, &err))
		fail_msg("%s", err.msg);
	return theme;
}

static void check_same_styles(const struct theme *a, const struct theme *b)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		const struct style *x = &a->styles[i], *y = &b->styles[i];

		if (x->fg != y->fg || x->bg != y->bg || x->fg_few != y->fg_few ||
			x->bg_few != y->bg_few || x->attrs != y->attrs)
			fail_msg("%s and %s differ in %s", a->name, b->name,
				role_name((enum role)i));
	}
}

static void test_roles(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		enum role role = (enum role)i;
		char letter = role_letter(role);

		assert_int_equal(role_find(role_name(role)), role);
		assert_true(letter > ' ' && letter <= '~');
		assert_true(*role_what(role));
		for (int k = 0; k < i; k++)
			assert_int_not_equal(letter, role_letter((enum role)k));
	}
	assert_int_equal(role_find("nothing"), ROLE_COUNT);
}

static void check_same_entries(const struct ini *a, const struct ini *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct ini_entry *x = &a->entries[i], *y = &b->entries[i];

		assert_string_equal(x->section, y->section);
		assert_string_equal(x->key, y->key);
		assert_string_equal(x->written, y->written);
		assert_string_equal(x->value, y->value);
		assert_int_equal(x->line, y->line);
	}
}

/* What the program carries of ini files reads as the library reads the files. */
static void test_carried_as_files(void **state)
{
	int seen = 0;

	(void)state;
	for (const struct carried *file = carried_files; file->name; file++) {
		const char *ending = strrchr(file->name, '.');
		char *carried = xasprintf(CARRIED "%s", file->name);
		char *path = xasprintf(
			"%s%s", strchr(file->name, '/') ? "" : "config/", file->name);
		struct error err;
		struct ini a, b;

		if (ending && !strcmp(ending, ".ini")) {
			assert_true(ini_load(&a, carried, &err));
			assert_true(ini_load(&b, path, &err));
			check_same_entries(&a, &b);
			assert_true(a.count > 5);
			ini_free(&a);
			ini_free(&b);
			seen++;
		}
		free(carried);
		free(path);
	}
	assert_int_equal(seen, COUNT(shipped) + 1);
}

static void test_files_agree_with_built_in(void **state)
{
	struct theme file, built_in;

	(void)state;
	theme_default(&built_in);
	file = load("themes/default.ini");
	check_same_styles(&file, &built_in);
	assert_string_equal(file.name, built_in.name);
	assert_string_equal(file.about, built_in.about);
	theme_mono(&built_in);
	file = load("themes/mono.ini");
	check_same_styles(&file, &built_in);
	assert_string_equal(file.about, built_in.about);
}

/* Each shipped file names every role, in the table's order. */
static void test_files_are_complete(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(shipped); i++) {
		char *path = xasprintf("themes/%s.ini", shipped[i]);
		struct theme theme = load(path);
		FILE *in = fopen(path, "r");
		char line[256];
		int role = 0;
		bool roles = false;

		assert_string_equal(theme.name, shipped[i]);
		assert_true(*theme.about);
		while (fgets(line, sizeof line, in)) {
			char *equals = strstr(line, " = ");

			if (roles && equals) {
				*equals = '\0';
				assert_true(role < ROLE_COUNT);
				assert_string_equal(line, role_name((enum role)role++));
			}
			roles = roles || !strcmp(line, "[roles]\n");
		}
		assert_int_equal(role, ROLE_COUNT);
		fclose(in);
		free(path);
	}
}

/* Overlays must change something, or the cursor would be lost. */
static void test_overlays_show(void **state)
{
	static const enum role overlays[] = {ROLE_CHANGED, ROLE_LINKED, ROLE_MATCH, ROLE_CURSOR};

	(void)state;
	for (size_t i = 0; i < COUNT(shipped); i++) {
		char *path = xasprintf("themes/%s.ini", shipped[i]);
		struct theme theme = load(path);

		for (size_t k = 0; k < COUNT(overlays); k++) {
			const struct style *style = &theme.styles[overlays[k]];

			assert_true(style->attrs || style->bg >= 0);
		}
		free(path);
	}
}

static void test_colors(void **state)
{
	static const struct {
		const char *text;
		int color; /* -2: refused */
	} rows[] = {
		{"default", -1},
		{"red", 1},
		{"bright-red", 9},
		{"bright-white", 15},
		{"0", 0},
		{"208", 208},
		{"255", 255},
		{"ff8700", 208},
		{"FF8700", 208},
		{"000000", 16},
		{"ffffff", 231},
		{"808080", 244},
		{"5f87af", 67},
		{"fe8801", 208},
		{"256", -2},
		{"-1", -2},
		{"+1", -2},
		{"1x", -2},
		{"", -2},
		{"ff87", -2},
		{"gggggg", -2},
		{"Red", -2},
		{"bright-", -2},
		{"#ff8700", -2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int color = -2;

		color_parse(rows[i].text, &color);
		if (color != rows[i].color)
			fail_msg("%s: %d", rows[i].text, color);
	}
	assert_int_equal(color_few(-1), -1);
	assert_int_equal(color_few(9), 9);
	assert_int_equal(color_few(16), 0);
	assert_int_equal(color_few(196), 9);
	assert_int_equal(color_few(231), 15);
	assert_int_equal(color_few(244), 8);
}

static void test_styles(void **state)
{
	static const struct {
		const char *value;
		struct style style;
	} rows[] = {
		{"default", {-1, -1, -1, -1, 0}},
		{"bold", {-1, -1, -1, -1, ATTR_BOLD}},
		{"208", {208, -1, 3, -1, 0}},
		{"208/yellow", {208, -1, 3, -1, 0}},
		{"208/red on 16/blue", {208, 16, 1, 4, 0}},
		{"on 236/black", {-1, 236, -1, 0, 0}},
		{"208/default on default dim  reverse\tunderline italic bold",
			{208, -1, -1, -1, 31}},
	};

	(void)state;
	scratch_make(&scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *text = xasprintf("[roles]\nkey = %s\n", rows[i].value);
		char *path = scratch_write(&scratch, "own.ini", text, strlen(text));
		struct theme theme = load(path), rest;
		struct style made = theme.styles[ROLE_KEY];

		/* Roles that are left out look as in the built-in theme. */
		theme_default(&rest);
		rest.styles[ROLE_KEY] = made;
		check_same_styles(&theme, &rest);
		if (memcmp(&made, &rows[i].style, sizeof made))
			fail_msg("%s: %d/%d on %d/%d %d", rows[i].value, made.fg, made.fg_few,
				made.bg, made.bg_few, made.attrs);
		free(path);
		free(text);
	}
	scratch_remove(&scratch);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *says; /* after the path */
	} rows[] = {
		{ "[roles]\ntophsh = red\n", ":2: [roles]: tophsh: unknown role" },
		{ "[role]\nkey = red\n", ":1: [role]: unknown section" },
		{ "[roles]\nkey = rot\n",
			":2: [roles]: key: rot: neither a colour nor an attribute" },
		{ "[roles]\nkey = red bald\n", ":2: [roles]: key: bald: not an attribute" },
		{ "[roles]\nkey = red blue\n", ":2: [roles]: key: blue: not an attribute" },
		{ "[roles]\nkey = red on\n", ":2: [roles]: key: on: no colour after it" },
		{ "[roles]\nkey = bold red\n", ":2: [roles]: key: red: not an attribute" },
		{ "[roles]\nkey = red/208\n",
			":2: [roles]: key: 208: not one of the 16 basic colours" },
		{ "[roles]\nkey = red/\n", ":2: [roles]: key: : not one of the 16 basic colours" },
		{ "[roles]\nkey = #ff0000\n",
			":2: [roles]: key: empty; write default, and colours without #" },
		{ "[theme]\nauthor = me\n", ":2: [theme]: author: unknown key" },
		{ "key = red\n[roles]\n", ":1: key: stands before the first [section]" },
		{ "[roles]\nkey\n", ":2: neither [section] nor key = value" },
		{ "[roles:x]\nkey = red\n", ":1: [roles:x]: unknown section" },
	};
	struct theme theme, expected;
	struct error err;

	(void)state;
	theme_default(&expected);
	scratch_make(&scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *path = scratch_write(&scratch, "bad.ini", rows[i].text, strlen(rows[i].text));

		assert_false(theme_load(&theme, path, &err));
		assert_memory_equal(err.msg, path, strlen(path));
		assert_string_equal(err.msg + strlen(path), rows[i].says);
		check_same_styles(&theme, &expected);
		free(path);
	}
	assert_false(theme_load(&theme, "no-such-theme", &err));
	assert_string_equal(err.msg, "no-such-theme: no such theme");
	assert_false(theme_load(&theme, "./missing.ini", &err));
	assert_string_equal(err.msg, "./missing.ini: No such file or directory");
	scratch_remove(&scratch);
}

/* The user's own themes come first, under their names. */
static void test_search(void **state)
{
	static const char text[] = "[roles]\nkey = 99\n";
	struct share_names names;
	struct theme theme;
	bool found = false;

	(void)state;
	scratch_make(&scratch);
	free(scratch_write(&scratch, "hmapview/themes/mine.ini", text, sizeof text - 1));
	free(scratch_write(&scratch, "hmapview/themes/mono.ini", text, sizeof text - 1));
	setenv("XDG_CONFIG_HOME", scratch.path, 1);
	theme = load("mine");
	assert_string_equal(theme.name, "mine");
	assert_int_equal(theme.styles[ROLE_KEY].fg, 99);
	theme = load("mono");
	assert_int_equal(theme.styles[ROLE_KEY].fg, 99);
	names = theme_list();
	for (size_t i = 0; i < names.count; i++) {
		found = found || !strcmp(names.names[i], "mine");
		if (i)
			assert_true(strcmp(names.names[i - 1], names.names[i]) < 0);
	}
	assert_true(found);
	share_names_free(&names);
	/* Without any file there are still two. */
	setenv("XDG_CONFIG_HOME", "/proc/nonexistent", 1);
	load("default");
	load("mono");
	unsetenv("XDG_CONFIG_HOME");
	scratch_remove(&scratch);
}

/* A colour of the palette in linear light. */
struct light {
	double c[3];
};

static struct light light_of(int color)
{
	unsigned rgb = color_rgb(color);
	struct light l;

	for (int i = 0; i < 3; i++) {
		double v = (rgb >> (16 - 8 * i) & 0xff) / 255.0;

		l.c[i] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
	}
	return l;
}

/* As WCAG 2 has it: 1 for no difference, 21 for black on white. */
static double contrast(int color, double ground)
{
	struct light l = light_of(color);
	double y = 0.2126 * l.c[0] + 0.7152 * l.c[1] + 0.0722 * l.c[2];

	return y > ground ? (y + 0.05) / (ground + 0.05) : (ground + 0.05) / (y + 0.05);
}

static void check_contrast(const char *name, double ground, double least)
{
	struct theme theme = load(name);

	for (int i = 0; i < ROLE_COUNT; i++) {
		const struct style *style = &theme.styles[i];

		if (style->fg >= 0 && style->bg < 0 && contrast(style->fg, ground) < least)
			fail_msg("%s: %s: %.2f on the ground", name, role_name((enum role)i),
				contrast(style->fg, ground));
	}
}

/* Everything can be read: text on the ground that a theme is for, and on both where it is for
   both. */
static void test_contrast(void **state)
{
	(void)state;
	check_contrast("themes/light.ini", 1, 4.5);
	check_contrast("themes/dark.ini", 0, 4.5);
	for (int white = 0; white < 2; white++) {
		check_contrast("themes/default.ini", white, 3);
		check_contrast("themes/colorblind.ini", white, 3);
	}
}

/*
 * What eyes without red or green cones see of a colour (Machado, Oliveira, Fernandes 2009), in the
 * coordinates of CIELAB, where distances are as large as they look.
 */
static void seen_by(const double eye[3][3], int color, double lab[3])
{
	static const double to_xyz[3][3] = {{0.4339, 0.3762, 0.1899}, {0.2126, 0.7152, 0.0722},
		{0.0177, 0.1095, 0.8728}}; /* of white: 1 1 1 */
	struct light l = light_of(color), s;
	double f[3];

	for (int i = 0; i < 3; i++) {
		s.c[i] = eye[i][0] * l.c[0] + eye[i][1] * l.c[1] + eye[i][2] * l.c[2];
		s.c[i] = s.c[i] < 0 ? 0 : s.c[i] > 1 ? 1 : s.c[i];
	}
	for (int i = 0; i < 3; i++) {
		double v = to_xyz[i][0] * s.c[0] + to_xyz[i][1] * s.c[1] + to_xyz[i][2] * s.c[2];

		f[i] = v > 0.008856 ? cbrt(v) : 7.787 * v + 16.0 / 116;
	}
	lab[0] = 116 * f[1] - 16;
	lab[1] = 500 * (f[0] - f[1]);
	lab[2] = 200 * (f[1] - f[2]);
}

/* In the theme that is for them, what lies side by side differs in colour or in its attributes. */
static void test_colour_blind(void **state)
{
	static const double eyes[2][3][3] = {
		{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
			{-0.003882, -0.048116, 1.051998}},
		{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
			{-0.011820, 0.042940, 0.968881}},
	};
	static const enum role pairs[][2] = { { ROLE_KEY, ROLE_ELEM },
		{ ROLE_TOPHASH, ROLE_TOMBSTONE }, { ROLE_TOPHASH, ROLE_EMPTY },
		{ ROLE_TOPHASH, ROLE_OVERFLOW }, { ROLE_EVACUATED_X, ROLE_EVACUATED_Y },
		{ ROLE_EVACUATED_X, ROLE_TOPHASH }, { ROLE_HASH_INDEX, ROLE_HASH_TOP },
		{ ROLE_HASH_TOP, ROLE_HASH_REST }, { ROLE_LOAD, ROLE_LOAD_FREE },
		{ ROLE_HEAT_0, ROLE_HEAT_1 }, { ROLE_HEAT_1, ROLE_HEAT_2 },
		{ ROLE_HEAT_2, ROLE_HEAT_3 }, { ROLE_HEAT_3, ROLE_HEAT_4 },
		{ ROLE_TIMELINE, ROLE_TIMELINE_NOW } };
	struct theme theme = load("themes/colorblind.ini");

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++)
		for (int eye = 0; eye < 2; eye++) {
			const struct style *a = &theme.styles[pairs[i][0]],
					   *b = &theme.styles[pairs[i][1]];
			double x[3], y[3], d;

			if (((a->attrs ^ b->attrs) & (ATTR_REVERSE | ATTR_UNDERLINE)) ||
				a->fg < 0 || b->fg < 0)
				continue;
			seen_by(eyes[eye], a->fg, x);
			seen_by(eyes[eye], b->fg, y);
			d = sqrt(pow(x[0] - y[0], 2) + pow(x[1] - y[1], 2) + pow(x[2] - y[2], 2));
			if (d < 8)
				fail_msg("%s and %s: %.1f", role_name(pairs[i][0]),
					role_name(pairs[i][1]), d);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_carried_as_files),
		cmocka_unit_test(test_files_agree_with_built_in),
		cmocka_unit_test(test_files_are_complete),
		cmocka_unit_test(test_overlays_show),
		cmocka_unit_test(test_colors),
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_colour_blind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
