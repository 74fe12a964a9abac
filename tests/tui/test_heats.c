/* SPDX-License-Identifier: MIT */
/* Heats are kept from frame to frame: whatever happens, a frame is as if they were not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tui/cells.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tui/view/follow.h"
#include "tui/view/view.h"

#include <cmocka.h>

enum { ROUNDS = 500, WIDTH = 60, HEIGHT = 12 };

static struct canvas *draw(struct look *l, int w, int h)
{
	struct canvas *canvas = canvas_new(w, 2 * h + 1, false);
	struct pane all = canvas_pane(canvas), atlas = pane_sub(&all, 0, 0, w, h);
	struct pane old = pane_sub(&all, 0, h + 1, w, h), minimap = pane_sub(&all, 0, h, w, 1);

	view_atlas(l, &atlas, false);
	if (units_both(&l->units))
		view_atlas(l, &old, true);
	view_minimap(l, &minimap);
	return canvas;
}

/* The arrays of units are kept too: whether they are those that there are. */
static bool units_same(const struct units *kept)
{
	struct units fresh = { 0 };
	bool equal;

	units_read(&fresh, kept->map);
	equal = fresh.count == kept->count && fresh.main == kept->main;
	for (size_t i = 0; equal && i < fresh.count; i++) {
		uint64_t unit = 0, last = fresh.list[i].units - 1;
		bool aside;

		equal = memcmp(&fresh.list[i], &kept->list[i], sizeof *fresh.list) == 0 &&
			units_find(kept, fresh.list[i].addr + last * kept->map->type->unit.size,
				&aside, &unit) &&
			unit == fresh.list[i].first + last && aside == (i >= fresh.main);
	}
	units_free(&fresh);
	return equal;
}

/* What is kept, beside what a look draws that keeps nothing yet. */
static bool same(struct look *l, int w, int h)
{
	struct look fresh = *l;
	struct canvas *kept = draw(l, w, h), *measured;
	bool equal;

	fresh.atlas[0] = fresh.atlas[1] = fresh.minimap = (struct heats){ 0 };
	measured = draw(&fresh, w, h);
	equal = canvas_equal(kept, measured);
	heats_free(&fresh.atlas[0]);
	heats_free(&fresh.atlas[1]);
	heats_free(&fresh.minimap);
	canvas_free(kept);
	canvas_free(measured);
	return equal && units_same(&l->units);
}

enum { BACK = 6 }; /* lines that lead back, and turn the journal on for that */

static const char *const lines[] = { "undo", "undo 5", "undo 60", "redo", "redo 9", "redo 80",
	"fill 200", "fill 7", "delete 1..30", "insert 1..60", "clear", "collide 3 12", "evacuate",
	"evacuate", "grow same", "insert 9001", "delete 9001", "arch 386", "arch s390x",
	"arch amd64", "seed 7", "seed 8", "hash wyhash", "lookup 5", "range 3", "next 2", "make",
	"make 300", "map map[string]int", "map map[int]int", "insert 77", "delete 77", "go 1.22",
	"go 1.19", "gc", "random 20", "go 1.27", "fill 3000", "insert 1000..6000", "grow split",
	"delete 1..3000" };

static void change(struct look *l, struct rig_dice *dice)
{
	struct session *s = l->session;
	size_t from = s->time.history ? 0 : BACK;
	struct error unused;

	switch (rig_below(dice, 5)) {
	case 0:
		if (s->time.history)
			session_step_event(s, rig_below(dice, 2), &unused);
		break;
	case 1:
		l->metric = (enum heat_metric)rig_below(dice, METRICS);
		break;
	case 2:
		look_next_panel(l, false);
		break;
	default: /* it may fail: then all is as it was */
		session_run(s, lines[from + rig_below(dice, LENGTH(lines) - from)], &unused);
		break;
	}
	look_refresh(l);
	if (rig_below(dice, 2))
		follow_step(l);
}

static void walk(const char *release, bool history)
{
	struct rig_dice dice = { 7 + history };
	int w = WIDTH, h = HEIGHT;
	struct session s;
	struct look l;

	rig_open(&s, "map[int]int", NULL, history);
	rig_run(&s, release);
	look_init(&l, &s);
	for (int i = 0; i < ROUNDS; i++) {
		change(&l, &dice);
		if (rig_below(&dice, 8) == 0) {
			w = 1 + (int)rig_below(&dice, WIDTH);
			h = ATLAS_LEGEND + (int)rig_below(&dice, HEIGHT);
		}
		assert_true(history || !s.world.journal.on);
		if (s.world.map.header && !same(&l, w, h))
			fail_msg("round %d: not what is there, at point %d", i, (int)s.time.now);
	}
	look_free(&l);
	session_close(&s);
}

static void test_frames_are_exact(void **state)
{
	(void)state;
	walk("go 1.19", true);
	walk("go 1.27", true);
}

/* Nobody knows then what changes: nothing is kept. */
static void test_without_history(void **state)
{
	(void)state;
	walk("go 1.19", false);
	walk("go 1.27", false);
}

static uint64_t cost(struct look *l)
{
	uint64_t before = l->atlas[0].cost + l->minimap.cost;

	assert_true(same(l, WIDTH, HEIGHT));
	return l->atlas[0].cost + l->minimap.cost - before;
}

/* However many tables there are, a step costs what it changed. */
static void test_cost_of_tables(void **state)
{
	struct session s;
	struct look l;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "go 1.27");
	rig_run(&s, "fill 100000");
	look_init(&l, &s);
	assert_true(l.units.count > 100);
	assert_true(cost(&l) > 2);
	rig_run(&s, "delete 5");
	look_refresh(&l);
	assert_int_equal(cost(&l), 2);
	rig_run(&s, "undo");
	look_refresh(&l);
	assert_int_equal(cost(&l), 2);
	look_free(&l);
	session_close(&s);
}

/* What nothing is written for costs nothing, and a step what it changed; a new future all. */
static void test_cost(void **state)
{
	uint64_t all;
	struct session s;
	struct look l;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 5000");
	look_init(&l, &s);
	all = cost(&l);
	assert_int_equal(all, l.atlas[0].wish.cells + l.minimap.wish.cells);
	rig_run(&s, "lookup 5");
	look_move_unit(&l, 3);
	assert_int_equal(cost(&l), 0);
	for (int i = 0; i < 50; i++) {
		rig_run(&s, i % 2 ? "insert 5" : "delete 5");
		assert_in_range(cost(&l), 0, 2);
	}
	rig_run(&s, "undo 5");
	assert_true(cost(&l) < 14);
	rig_run(&s, "redo 4");
	assert_true(cost(&l) < 12);
	rig_run(&s, "insert 70001");
	assert_int_equal(cost(&l), all);
	l.metric = METRIC_DEAD;
	assert_int_equal(cost(&l), l.atlas[0].wish.cells);
	look_free(&l);
	session_close(&s);
}

/* Also what happens in an overflow bucket, and in one that is linked or given up. */
static void test_chains(void **state)
{
	struct session s;
	struct look l;
	uint64_t before;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make 40");
	rig_run(&s, "collide 3 40");
	look_init(&l, &s);
	l.metric = METRIC_CHAIN;
	assert_true(same(&l, WIDTH, HEIGHT));
	before = l.atlas[0].cost;
	for (int i = 0; i < 40; i++) {
		rig_run(&s, "undo");
		assert_true(same(&l, WIDTH, HEIGHT));
	}
	rig_run(&s, "redo 13");
	assert_true(same(&l, WIDTH, HEIGHT));
	assert_in_range(l.atlas[0].cost - before, 5, 60);
	look_free(&l);
	session_close(&s);
}

/* Where nothing arrives in a new bucket, its old one tells that it has moved. */
static void test_moved(void **state)
{
	struct session s;
	struct look l;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make 100");
	rig_run(&s, "grow same");
	look_init(&l, &s);
	l.metric = METRIC_MOVED;
	for (int i = 0; i < 5; i++) {
		assert_true(same(&l, WIDTH, HEIGHT));
		rig_run(&s, "evacuate");
	}
	look_free(&l);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frames_are_exact), cmocka_unit_test(test_without_history),
		cmocka_unit_test(test_cost),
		cmocka_unit_test(test_cost_of_tables), cmocka_unit_test(test_chains),
		cmocka_unit_test(test_moved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
