/* SPDX-License-Identifier: MIT */
/* The shape of chains against counts by hand, against lookups, and against chance. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "model/figures/classic/chains.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"

#include <cmocka.h>

static bool adds_up(struct session *s, const char *where, void *data)
{
	uint64_t chains = 0, entries = 0, links = 0;
	struct shape shape;

	(void)where;
	(void)data;
	shape_take(&s->world.map, &shape);
	for (unsigned i = 0; i < FILLS_BARS; i++) {
		chains += shape.counts[CHAINS_FILLS][i];
		entries += i * shape.counts[CHAINS_FILLS][i];
	}
	for (unsigned i = 0; i < LINKS_BARS; i++)
		links += shape.counts[CHAINS_LINKS][i];
	return chains == shape.homes && links == chains &&
	       shape.entries == map_get(&s->world.map, HMAP_COUNT) &&
	       (shape.counts[CHAINS_FILLS][FILLS_BARS - 1] > 0 || entries == shape.entries) &&
	       shape.hit_probes >= shape.entries;
}

static void every_entry_is_in_a_chain(void **state)
{
	(void)state;
	each_random("amd64", 20, adds_up, NULL);
	each_random("386", 20, adds_up, NULL);
	each_recorded(adds_up, NULL);
}

static void check_by_hand(const char *type, uint64_t miss_probes)
{
	struct shape shape;
	struct session s;

	rig_open(&s, type, NULL, true);
	rig_run(&s, "make 20 ; collide 1 10 ; collide 0 2");
	shape_take(&s.world.map, &shape);
	assert_int_equal(shape.homes, 4);
	assert_int_equal(shape.counts[CHAINS_FILLS][10], 1);
	assert_int_equal(shape.counts[CHAINS_FILLS][2], 1);
	assert_int_equal(shape.counts[CHAINS_FILLS][0], 2);
	assert_int_equal(shape.counts[CHAINS_LINKS][1], 1);
	assert_int_equal(shape.extra, 1);
	assert_int_equal(shape.hit_probes, 55 + 3);
	assert_int_equal(shape.miss_probes, miss_probes);
	session_close(&s);
}

/* A miss ends at the first emptyRest, which is looked at too; on the fast paths it does not. */
static void by_hand(void **state)
{
	(void)state;
	check_by_hand("map[int16]int", 11 + 3 + 1 + 1);
	check_by_hand("map[int]int", 16 + 8 + 8 + 8);
	check_by_hand("map[int32]int", 16 + 8 + 8 + 8);
	check_by_hand("map[string]int", 16 + 8 + 8 + 8);
}

/* The share of overflow buckets and the fills come out as Poisson says, within a few percent. */
static void a_good_hash_is_ideal(void **state)
{
	struct shape shape;
	struct session s;
	double off = 0;

	(void)state;
	rig_open(&s, NULL, NULL, false);
	rig_run(&s, "make 100000 ; fill 100000");
	shape_take(&s.world.map, &shape);
	for (unsigned k = 0; k < FILLS_BARS; k++)
		off += fabs((double)shape.counts[CHAINS_FILLS][k] - classic_shape.ideal(&shape, k));
	assert_true(off / (double)shape.homes < 0.05);
	off = chance_overflow(shape.entries, shape.homes) / (double)shape.extra;
	assert_true(off > 0.95 && off < 1.05);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand),
		cmocka_unit_test(every_entry_is_in_a_chain),
		cmocka_unit_test(a_good_hash_is_ideal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
