/* SPDX-License-Identifier: MIT */
/* Differences between points, and the figures along the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/diff.h"
#include "model/lifecycle.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void kinds(void **state)
{
	struct session s;
	struct diff d;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 20 ; insert 1 10 ; insert 2 20 ; insert 3 30"); /* points 1 to 4 */
	rig_run(&s, "delete 2 ; insert 3 33 ; insert 4 40");              /* 5 to 7 */
	assert_true(diff_points(&s, 4, 7, &d, &err));
	assert_int_equal(s.now, 7);
	assert_int_equal(d.kinds[DIFF_CAME], 1);
	assert_int_equal(d.kinds[DIFF_WENT], 1);
	assert_int_equal(d.kinds[DIFF_CHANGED], 1);
	assert_int_equal(d.kinds[DIFF_STAYED], 1);
	assert_int_equal(d.count, 3);
	assert_string_equal(d.cells[0].key, "4");
	assert_null(d.cells[0].elem[0]);
	assert_string_equal(d.cells[0].elem[1], "40");
	assert_string_equal(d.cells[1].key, "2");
	assert_null(d.cells[1].elem[1]);
	assert_string_equal(d.cells[2].key, "3");
	assert_string_equal(d.cells[2].elem[0], "30");
	assert_string_equal(d.cells[2].elem[1], "33");
	diff_free(&d);
	session_close(&s);
}

/* After a growth all cells have moved; before and after it none came or went. */
static void growth_moves(void **state)
{
	struct session s;
	struct diff d;
	struct error err;

	(void)state;
	rig_open(&s, "map[string]int", "386", true);
	rig_run(&s, "fill 53 ; evacuate 8");
	assert_true(diff_points(&s, 54, s.total, &d, &err));
	assert_int_equal(d.kinds[DIFF_CAME] + d.kinds[DIFF_WENT] + d.kinds[DIFF_CHANGED], 0);
	assert_true(d.kinds[DIFF_MOVED] > 20);
	assert_true(d.sides[1].ledger.total < d.sides[0].ledger.total);
	diff_free(&d);
	session_close(&s);
}

/* The sums of the buckets are those of the cells. */
static void buckets_add_up(void **state)
{
	struct session s;
	struct diff d;
	struct error err;
	struct diff_bucket *list, sum = { 0 };
	size_t count;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 30 ; insert 3 33 ; delete 5..9 ; insert 40..70");
	assert_true(diff_points(&s, 20, s.total, &d, &err));
	list = diff_buckets(&d, &count);
	for (size_t i = 0; i < count; i++) {
		sum.came += list[i].came;
		sum.went += list[i].went;
		sum.changed += list[i].changed;
		sum.in += list[i].in;
		sum.out += list[i].out;
		if (i)
			assert_true(list[i].old || list[i].bucket > list[i - 1].bucket);
	}
	assert_int_equal(sum.came, d.kinds[DIFF_CAME]);
	assert_int_equal(sum.went, d.kinds[DIFF_WENT]);
	assert_int_equal(sum.changed, d.kinds[DIFF_CHANGED]);
	assert_int_equal(sum.in, sum.out);
	assert_in_range(sum.in, d.kinds[DIFF_MOVED], d.kinds[DIFF_MOVED] + sum.changed);
	assert_true(d.kinds[DIFF_MOVED] > 0 && sum.changed == 1);
	free(list);
	diff_free(&d);
	session_close(&s);
}

/* The other way round, what came has gone. */
static void backwards(void **state)
{
	struct session s;
	struct diff ab, ba;
	struct error err;

	(void)state;
	rig_open(&s, "map[float64]string", NULL, true);
	rig_run(&s, "fill 40 ; insert NaN ; insert NaN ; delete 3..9");
	assert_true(diff_points(&s, 5, s.total, &ab, &err));
	assert_true(diff_points(&s, s.total, 5, &ba, &err));
	assert_int_equal(ab.kinds[DIFF_CAME], ba.kinds[DIFF_WENT]);
	assert_int_equal(ab.kinds[DIFF_WENT], ba.kinds[DIFF_CAME]);
	assert_int_equal(ab.kinds[DIFF_MOVED], ba.kinds[DIFF_MOVED]);
	assert_int_equal(ab.sides[1].entries, 35);
	diff_free(&ab);
	diff_free(&ba);
	session_close(&s);
}

static void refused(void **state)
{
	struct session s;
	struct diff d;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 3 ; map map[string]int ; fill 2");
	assert_false(diff_points(&s, 3, s.total, &d, &err));
	assert_string_equal(err.msg, "map[int]int and map[string]int cannot be compared");
	diff_free(&d);
	/* Before the first map there is nothing, which can be compared with anything. */
	assert_true(diff_points(&s, 0, s.total, &d, &err));
	assert_int_equal(d.kinds[DIFF_CAME], 2);
	diff_free(&d);
	session_close(&s);
}

/* Lifecycle */

static void what_happened(void **state)
{
	static const char *const want[] = { "made", "the first entry", "a doubling starts", "cleared",
		"collected", "the end" };
	struct lifecycle life;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 12 ; clear ; gc ; insert 1 ; insert 2");
	assert_true(lifecycle_take(&s, &life, &err));
	assert_int_equal(s.now, s.total);
	for (size_t i = 0, k = 0; i < life.nevents && k < LENGTH(want); i++)
		if (strcmp(life.events[i].what, want[k]) == 0 && ++k == LENGTH(want))
			assert_int_equal(i, life.nevents - 1);
	assert_int_equal(life.nsamples, s.total + 1);
	lifecycle_free(&life);
	session_close(&s);
}

/* Each sample's figures are those of a session that ran only so far. */
static void samples_are_true(void **state)
{
	struct lifecycle life;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 2000");
	assert_true(lifecycle_take(&s, &life, &err));
	assert_int_equal(life.nsamples, LIFE_SAMPLES);
	assert_int_equal(life.samples[LIFE_SAMPLES - 1].op, s.total);
	for (size_t i = 1; i < life.nsamples; i += 40) {
		struct session t;
		char line[32];
		struct account in_use;

		rig_open(&t, NULL, NULL, false);
		snprintf(line, sizeof line, "fill %llu", (unsigned long long)life.samples[i].op - 1);
		rig_run(&t, life.samples[i].op > 1 ? line : "make");
		in_use = map_reached(&t.map);
		assert_int_equal(life.samples[i].in_use.bytes, in_use.bytes);
		assert_int_equal(life.samples[i].in_use.objects, in_use.objects);
		assert_int_equal(life.samples[i].allocated.bytes, t.heap.state.alloc_bytes);
		session_close(&t);
	}
	lifecycle_free(&life);
	session_close(&s);
}

static void too_long(void **state)
{
	struct lifecycle life;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, false);
	rig_run(&s, "fill 200001");
	assert_false(lifecycle_take(&s, &life, &err));
	lifecycle_free(&life);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(growth_moves),
		cmocka_unit_test(buckets_add_up),
		cmocka_unit_test(backwards),
		cmocka_unit_test(refused),
		cmocka_unit_test(what_happened),
		cmocka_unit_test(samples_are_true),
		cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
