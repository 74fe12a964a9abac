/* SPDX-License-Identifier: MIT */
/* Looking changes nothing: after every view, export and search all is as it was before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/model/rig.h"
#include "themes/theme.h"
#include "tui/export/export.h"
#include "tui/view/find.h"
#include "tui/view/look.h"

#include <cmocka.h>

/* Memory, chance, and where the timeline stands. */
static char *state_of(const struct session *s)
{
	struct text out = { 0 };
	size_t step, all;

	rig_state(s, &out);
	step = session_step(s, &all);
	text_printf(&out, " now %llu of %llu, step %zu of %zu, %zu commands, edition %llu",
		(unsigned long long)s->time.now, (unsigned long long)s->time.total, step, all,
		s->time.nentries, (unsigned long long)s->time.edition);
	return out.s;
}

static void expect_same(const struct session *s, const char *before, const char *what)
{
	char *now = state_of(s);

	if (strcmp(before, now) != 0)
		fail_msg("%s changed\n%s\nto\n%s", what, before, now);
	free(now);
}

static void export_all(struct session *s, const char *before)
{
	struct theme theme;
	struct error err;

	assert_true(theme_load(&theme, "default", &err));
	for (unsigned f = 0; export_format_at(f); f++)
		for (unsigned v = 0; page_view_at(v); v++) {
			struct export_options o = { .theme = &theme,
				.page = { .view = page_view_at(v)->name, .width = 100,
					.cursor = "NaN" } };
			FILE *out = fopen("/dev/null", "w");
			char what[96];

			snprintf(what, sizeof what, "%s of %s", export_format_at(f)->name,
				page_view_at(v)->name);
			/* What does not go together fails, and changes nothing either. */
			export_write(s, export_format_at(f), &o, out, &err);
			fclose(out);
			expect_same(s, before, what);
		}
}

static void find_all(struct session *s, const char *before)
{
	static const char *const sought[] = { "NaN", "1", "5", "=1", "tombstone", "0.3", "changed",
		"overflow", "old", "header", "nothing of that name", "NaN+1" };
	const char *word;
	struct error err;
	struct look l;

	look_init(&l, s);
	for (unsigned i = 0; i < sizeof sought / sizeof *sought; i++) {
		find_next(&l, sought[i], false, &err);
		find_next(&l, sought[i], true, &err);
		find_key(&l, sought[i], &err);
		expect_same(s, before, sought[i]);
	}
	for (unsigned i = 0; find_word(&s->world.map, i, &word); i++) {
		find_next(&l, find_word(&s->world.map, i, &word), false, &err);
		expect_same(s, before, find_word(&s->world.map, i, &word));
	}
	look_free(&l);
}

static void looking_changes_nothing(void **state)
{
	static const struct {
		const char *type, *lines;
		size_t step; /* of what was done last; 0: all of it is shown */
	} maps[] = {
		{ "map[float64]int", "insert NaN 1 ; insert NaN 2 ; insert 5 3", 0 },
		{ "map[float64]int", "insert NaN 1 ; fill 40 ; insert NaN 2 ; delete 3..9 ; "
			"insert NaN ; snapshot \"here\"", 0 },
		{ "map[complex128]string", "insert (NaN+1i) \"x\" ; fill 13 ; undo 3", 0 },
		{ "map[any]int", "insert float64(NaN) 1 ; insert float64(NaN) 2", 0 },
		{ "map[struct{ A float32; B string }]int", "insert {NaN,\"x\"} 7 ; range 1", 0 },
		{ "map[float64]int", "fill 104 ; insert NaN ; insert NaN ; evacuate", 0 },
		{ "map[float64]int", "fill 14", 5 },
		{ "map[float64]int", "go 1.27 ; insert NaN ; fill 14", 9 },
		{ "map[float64]int", "fill 20 ; lookup 7", 0 },
		{ "map[float64]int", "go 1.27 ; fill 30 ; lookup 7", 2 },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof maps / sizeof *maps; i++) {
		struct session s;
		char *before;

		rig_open(&s, maps[i].type, "amd64", true);
		rig_run(&s, maps[i].lines);
		if (maps[i].step)
			session_goto_step(&s, maps[i].step);
		before = state_of(&s);
		export_all(&s, before);
		find_all(&s, before);
		free(before);
		session_close(&s);
	}
}

/* What is searched for between two inserts is not seen in the second one's memory. */
static void a_search_draws_nothing(void **state)
{
	char *ends[2];

	(void)state;
	for (int searched = 0; searched < 2; searched++) {
		struct session s;
		struct error err;
		struct look l;

		rig_open(&s, "map[float64]int", "amd64", true);
		rig_run(&s, "insert NaN 1 ; insert NaN 2");
		look_init(&l, &s);
		if (searched)
			assert_true(find_key(&l, "NaN", &err));
		rig_run(&s, "insert NaN 3");
		ends[searched] = state_of(&s);
		look_free(&l);
		session_close(&s);
	}
	assert_string_equal(ends[0], ends[1]);
	free(ends[0]);
	free(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looking_changes_nothing),
		cmocka_unit_test(a_search_draws_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
