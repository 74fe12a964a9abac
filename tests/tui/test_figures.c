/* SPDX-License-Identifier: MIT */
/* The pages of figures against pictures: ledger, check, shape, lifecycle, diff, types. */
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/figures/cell.h"
#include "model/figures/figures.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "model/session/loads.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"
#include "tui/page/page.h"

#include <cmocka.h>

static char *print(const struct canvas *canvas)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_true(canvas_print(canvas, out));
	fclose(out);
	return text;
}

static void pages(void **state)
{
	static const struct {
		const char *view, *file, *type, *arch, *lines;
		int width;
		bool ascii;
	} rows[] = {
		{ "ledger", "growing-80", NULL, NULL,
			"fill 26 ; delete 3..5 ; insert 30..40 ; grow", 80, false },
		{ "ledger", "emptied-80", NULL, NULL, "fill 1000 ; delete 0..994", 80, false },
		{ "ledger", "hinted-100", "map[int32]int8", "386", "make 500 ; fill 12", 100,
			false },
		{ "ledger", "apart-60", "map[string][20]int64", NULL, "fill 30", 60, true },
		{ "ledger", "empty-80", NULL, NULL, "make", 80, false },
		{ "check", "sound-80", NULL, NULL, "fill 30", 80, false },
		{ "shape", "1000-80", NULL, NULL, "make 1000 ; fill 1000", 80, false },
		{ "shape", "chains-60", "map[int]int", NULL, "make 20 ; collide 1 40", 60, true },
		{ "shape", "empty-80", NULL, NULL, "make", 80, false },
		{ "lifecycle", "80", NULL, NULL, "fill 300 ; delete 0..299 ; gc ; clear", 80,
			false },
		{ "lifecycle", "made-60", NULL, NULL, "make", 60, true },
		{ "beside", "140", NULL, NULL, "fill 26 ; caption \"the 27th\" ; insert 26", 140,
			false },
		{ "beside", "narrow-60", NULL, "386", "go 1.27 ; fill 3 ; beside 1.20", 60, false },
		{ "compare", "80", NULL, NULL,
			"compare 1000 map[int]int, map[int]*[128]byte, "
			"map[string]string, map[bool]int",
			80, false },
		{ "compare", "swiss-110", NULL, "386",
			"go 1.27 ; fill 1000 ; compare map[int]*int, "
			"map[int]int, map[int]struct{ A int8; B int64; C int8 }",
			110, true },
		{ "compare", "usual-60", "map[int64]int64", NULL, "fill 20", 60, false },
		{ "diff", "snapshots-80", NULL, "386",
			"fill 12 ; snapshot ; insert 3 \"new\" ; "
			"delete 5 ; insert 20..23 ; snapshot",
			80, false },
		{ "diff", "chosen-60", "map[string]int", NULL, "fill 20 ; clear ; diff 21 22", 60,
			true },
		{ "diff", "same-80", NULL, NULL, "fill 3 ; diff 2 2", 80, false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		struct canvas *page;
		struct error err;
		char path[128], *text;

		rig_open(&s, rows[i].type, rows[i].arch, true);
		rig_run(&s, rows[i].lines);
		page = page_draw(&s, &(struct page_options){ .view = rows[i].view,
			.width = rows[i].width, .ascii = rows[i].ascii }, &err);
		assert_non_null(page);
		text = print(page);
		snprintf(path, sizeof path, "tests/tui/goldens/%s-%s.txt", rows[i].view,
			rows[i].file);
		if (!golden_equal(path, text, golden_wanted()))
			fail_msg("%s", path);
		free(text);
		canvas_free(page);
		session_close(&s);
	}
}

static void table_of_types(void **state)
{
	struct session s;
	struct error err;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	rig_open(&s, "map[uint16]float32", NULL, true);
	assert_true(page_tables(&s, "types", FORMAT_TABLE, out, &err));
	fclose(out);
	if (!golden_equal("tests/tui/goldens/types.txt", text, golden_wanted()))
		fail_msg("types");
	free(text);
	out = open_memstream(&text, &len);
	rig_run(&s, "go 1.27");
	assert_true(page_tables(&s, "types", FORMAT_TABLE, out, &err));
	fclose(out);
	if (!golden_equal("tests/tui/goldens/types-swiss.txt", text, golden_wanted()))
		fail_msg("types of Swiss maps");
	free(text);
	session_close(&s);
}

/* What a full Swiss map is said to take is what one with room for as many takes. */
static void full_swiss_maps_take_that(void **state)
{
	static const char *const types[] = { "map[int]int", "map[string]bool", "map[int32]struct{}",
		"map[int16][129]byte", "map[[200]byte]int" };
	static const char *const arches[] = { "amd64", "386" };

	(void)state;
	for (size_t i = 0; i < LENGTH(types) * LENGTH(arches); i++) {
		const struct maptype *t;
		struct session s;
		double bytes;

		rig_open(&s, types[i % LENGTH(types)], arches[i / LENGTH(types)], false);
		rig_run(&s, "go 1.26 ; make 7168");
		t = s.world.map.type;
		bytes = (double)(map_reached(&s.world.map).bytes + 7168 * cell_apart_bytes(t));
		assert_true(fabs(figures_of_type(t)->each(t, 1) * 7168 - bytes) < 0.5);
		session_close(&s);
	}
}

/* What the runtime's authors found by simulation, at some of the loads; half a point either way. */
static void loads_are_those_of_the_runtime(void **state)
{
	static const struct {
		double load, overflow, bytes, hit, miss;
	} known[] = {
		{ 4, 2.13, 20.77, 3, 4 }, { 5, 6.85, 14.77, 3.5, 5 }, { 6, 15.27, 11.67, 4, 6 },
		{ 6.5, 20.90, 10.79, 4.25, 6.5 },
	};
	struct session s;
	struct error err;
	char *text = NULL;
	size_t len, found = 0;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	rig_open(&s, "map[int64]int64", NULL, true);
	assert_true(page_tables(&s, "loads", FORMAT_TABLE, out, &err));
	fclose(out);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		double load, overflow, bytes, hit, miss;

		if (sscanf(line, "| %lf | %lf | %lf | %lf | %lf", &load, &overflow, &bytes, &hit,
			    &miss) != 5)
			continue;
		for (size_t i = 0; i < LENGTH(known); i++) {
			if (fabs(known[i].load - load) > 0.01)
				continue;
			assert_true(fabs(overflow - known[i].overflow) < 0.5);
			assert_true(fabs(bytes - known[i].bytes) < 0.5);
			assert_true(fabs(hit - known[i].hit) < 0.1);
			assert_true(fabs(miss - known[i].miss) < 0.1);
			found++;
		}
	}
	assert_int_equal(found, LENGTH(known));
	free(text);
	session_close(&s);
}

/* Of a Swiss map: more is looked at as it is fuller, and what is thrown at random fills as many. */
static void loads_of_swiss_maps(void **state)
{
	struct session s;
	struct error err;
	const struct loads *l;

	(void)state;
	rig_open(&s, "map[int64]int64", NULL, true);
	rig_run(&s, "go 1.27");
	l = session_loads(&s, &err);
	assert_non_null(l);
	assert_int_equal(l->count, 13);
	for (unsigned i = 0; i < l->count; i++) {
		const struct load_row *row = &l->rows[i];

		assert_true(fabs(row->load - (2 + i) / 2.0) < 1e-9);
		/* A group is 136 bytes, a cell 16. */
		assert_true(fabs(row->bytes - (136 / row->load - 16)) < 1e-9);
		assert_true(row->hit >= 1 && row->miss >= row->hit);
		if (i > 0)
			assert_true(row->hit >= row[-1].hit && row->miss >= row[-1].miss);
	}
	/* With 4 in each at random 5.1 % of the groups would have 8 and more: what is over goes
	   on. */
	assert_true(fabs(l->rows[6].passed - 5.5) < 0.7);
	session_close(&s);
}

static void loads_need_keys(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[uint8]int", NULL, true);
	assert_false(page_tables(&s, "loads", FORMAT_TABLE, stdout, &err));
	assert_string_equal(err.msg, "uint8 has too few keys to fill 16384 buckets");
	session_close(&s);
}

/* A broken map: what is wrong, and where. */
static void findings(void **state)
{
	struct session s;
	struct canvas *page;
	struct error err;
	char *text;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 30");
	map_at(&s.world.map, map_bucket(&s.world.map, false, 0))[0] = 0x99;
	map_set(&s.world.map, HMAP_COUNT, 29);
	page = page_draw(&s, &(struct page_options){ .view = "check", .width = 80 }, &err);
	assert_non_null(page);
	text = print(page);
	if (!golden_equal("tests/tui/goldens/check-broken-80.txt", text, golden_wanted()))
		fail_msg("check-broken");
	free(text);
	canvas_free(page);
	session_close(&s);
}

/* Whatever the width: no figure is cut off, since a cut figure is another figure. */
static void figures_are_whole(void **state)
{
	struct session s;
	char total[40];

	(void)state;
	rig_open(&s, "map[string]int", NULL, false);
	rig_run(&s, "fill 200000");
	snprintf(total, sizeof total, " %s ", count_text(map_reached(&s.world.map).bytes).s);
	for (int width = 40; width <= 130; width += 3) {
		struct canvas *canvas = canvas_new(width, 100, false);
		struct pane p = canvas_pane(canvas);
		char *text;

		page_view_draw(&page_views[VIEW_LEDGER], &(struct present){ .session = &s }, &p);
		text = print(canvas);
		if (!strstr(text, total))
			fail_msg("width %d: no%s", width, total);
		for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
			if (line[0] == ' ' && line[strlen(line) - 1] == ',' &&
				!strpbrk(line, "abcdefgh"))
				fail_msg("width %d: \"%s\"", width, line);
		free(text);
		canvas_free(canvas);
	}
	session_close(&s);
}

/*
 * The figures of a line of a table, each as it must be: digits with their thousands apart, at most
 * three before the first comma. Two that touched would be longer, one that was cut would begin
 * with a comma or have a group too few. And each is one that the widest picture has.
 */
static void check_figures(const char *line, const char *wide, const char *view, int width)
{
	/* How many operations a column of a chart stands for, the width says. */
	const char *end = strstr(line, " ops");

	for (const char *at = line; *at && !end;) {
		size_t n = strspn(at, "0123456789,"), group;
		char *figure;

		if (n == 0) {
			at++;
			continue;
		}
		for (group = strcspn(at, ","); group < n; group += 4)
			if (group == 0 || strspn(at + group + 1, "0123456789") != 3)
				break;
		if (group < n && at[n - 1] != ',')
			fail_msg("%s, width %d: \"%s\"", view, width, line);
		figure = xasprintf("%.*s", (int)(at[n - 1] == ',' ? n - 1 : n), at);
		if (!strstr(wide, figure))
			fail_msg(
				"%s, width %d: %s is no figure: \"%s\"", view, width, figure, line);
		free(figure);
		at += n;
	}
}

static char *picture_of(struct session *s, enum view_id view, int width)
{
	struct canvas *canvas = canvas_new(width, 400, false);
	struct pane p = canvas_pane(canvas);
	struct look look;
	char *text;

	look_init(&look, s);
	page_view_draw(&page_views[view],
		&(struct present){ .session = s, .look = &look, .to = UINT64_MAX }, &p);
	look_free(&look);
	text = print(canvas);
	canvas_free(canvas);
	return text;
}

/* Whatever the figures and the width, none touches another and none loses a digit. */
static void figures_never_touch(void **state)
{
	static const struct {
		const char *type, *lines;
		int step; /* of the widths: where drawing takes long, not each */
	} maps[] = {
		{ "map[int][128]byte", "make 8000000 ; insert 1", 2 },
		{ NULL, "make 3407873 ; insert 1", 5 },
		{ NULL, "fill 1000000", 36 },
	};
	static const enum view_id views[] = { VIEW_LEDGER, VIEW_LIFE, VIEW_SHAPE, VIEW_DIFF,
		VIEW_TYPES };

	(void)state;
	for (size_t i = 0; i < LENGTH(maps); i++) {
		struct session s;

		rig_open(&s, maps[i].type, NULL, true);
		rig_run(&s, maps[i].lines);
		for (size_t v = 0; v < LENGTH(views); v++) {
			const char *name = page_views[views[v]].name;
			char *wide = picture_of(&s, views[v], 400);

			for (int width = 20; width <= 200; width += maps[i].step) {
				char *text = picture_of(&s, views[v], width);

				for (char *line = strtok(text, "\n"); line;
					line = strtok(NULL, "\n"))
					check_figures(line, wide, name, width);
				free(text);
			}
			free(wide);
		}
		session_close(&s);
	}
}

static json_t *json_of(struct session *s, const char *view)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct error err;
	json_error_t je;
	json_t *json;

	if (!page_json(s, &(struct page_options){ .view = view }, out, &err))
		fail_msg("%s: %s", view, err.msg);
	fclose(out);
	json = json_loads(text, 0, &je);
	if (!json)
		fail_msg("%s: %s", view, je.text);
	assert_string_equal(json_string_value(json_object_get(json, "view")), view);
	free(text);
	return json;
}

static json_int_t sum_of(const json_t *list, const char *field)
{
	json_int_t sum = 0;
	json_t *each;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, each)
		sum += json_integer_value(json_object_get(each, field));
	return sum;
}

static json_int_t at(const json_t *json, const char *field)
{
	return json_integer_value(json_object_get(json, field));
}

/* Programs get the figures of each page under names that stay. */
static void figures_as_json(void **state)
{
	static const char *const fields[][2] = {
		{ "ledger",
			"bytes objects entries referred_bytes causes beyond slots growth "
			"next_growth "
			"growths_ahead verdicts hints" },
		{ "lifecycle", "events samples beyond" },
		{ "shape",
			"entries chains overflow overflow_by_chance fills links hit_probes "
			"miss_probes" },
		{ "check", "sound live_cells buckets faults laws first_faults" },
		{ "diff", "of bytes_before bytes_after causes cells buckets list" },
		{ "layout", "layouts types" },
		{ "loads", "buckets loads" },
	};
	struct session s;

	(void)state;
	rig_open(&s, "map[string]string", NULL, true);
	rig_run(&s,
		"fill 30 ; snapshot ; delete \"key-3\" ; insert \"\\xff|\" \"a\\nb\" ; fill 26 ; "
		"grow");
	for (size_t i = 0; i < LENGTH(fields); i++) {
		json_t *json = json_of(&s, fields[i][0]);
		char names[160], *name, *rest = names;

		snprintf(names, sizeof names, "%s", fields[i][1]);
		while ((name = strsep(&rest, " ")) != NULL)
			if (!json_object_get(json, name))
				fail_msg("%s has no \"%s\"", fields[i][0], name);
		if (i == 0)
			assert_int_equal(sum_of(json_object_get(json, "causes"), "bytes"),
				at(json, "bytes"));
		if (i == 2)
			assert_int_equal(sum_of(json_object_get(json, "fills"), "chains"),
				at(json, "chains"));
		if (i == 4)
			assert_int_equal(sum_of(json_object_get(json, "causes"), "change"),
				at(json, "bytes_after") - at(json, "bytes_before"));
		json_decref(json);
	}
	session_close(&s);
}

/* Figures of Swiss maps: they add up, and are drawn. */
static void figures_of_tables(void **state)
{
	static const char *const views[] = { "ledger", "shape", "check", "lifecycle", "summary" };

	(void)state;
	for (size_t r = 0; r < SWISS_RELEASES; r++) {
		struct session s;
		json_t *json;

		rig_open_go(&s, NULL, r % 2 ? "386" : NULL, swiss_releases[r], true);
		rig_run(&s, "fill 950 ; delete 0..99 ; insert 2000..2003");
		json = json_of(&s, "ledger");
		assert_int_equal(
			sum_of(json_object_get(json, "causes"), "bytes"), at(json, "bytes"));
		assert_int_equal(sum_of(json_object_get(json, "causes"), "groups") +
			sum_of(json_object_get(json, "causes"), "frame"), at(json, "bytes"));
		json_decref(json);
		json = json_of(&s, "shape");
		assert_int_equal(
			sum_of(json_object_get(json, "homes"), "groups"), at(json, "groups"));
		assert_int_equal(sum_of(json_object_get(json, "probes"), "entries"), 854);
		json_decref(json);
		json = json_of(&s, "check");
		assert_true(json_is_true(json_object_get(json, "sound")));
		assert_int_equal(at(json, "live_cells"), 854);
		json_decref(json);
		for (size_t v = 0; v < LENGTH(views); v++) {
			struct error err;
			struct canvas *page = page_draw(
				&s, &(struct page_options){ .view = views[v], .width = 80 }, &err);

			if (!page)
				fail_msg("%s: %s", views[v], err.msg);
			assert_true(canvas_used(page) > 3);
			canvas_free(page);
		}
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages),
		cmocka_unit_test(findings),
		cmocka_unit_test(table_of_types),
		cmocka_unit_test(full_swiss_maps_take_that),
		cmocka_unit_test(figures_as_json),
		cmocka_unit_test(figures_of_tables),
		cmocka_unit_test(loads_are_those_of_the_runtime),
		cmocka_unit_test(loads_of_swiss_maps),
		cmocka_unit_test(loads_need_keys),
		cmocka_unit_test(figures_are_whole),
		cmocka_unit_test(figures_never_touch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
