/* SPDX-License-Identifier: MIT */
/*
 * The laws of Swiss maps: the check is silent on every state of random runs and of recordings,
 * names each fault that is planted and its place, and survives whatever the bytes are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/figures/swiss/laws.h"
#include "model/map/swiss/rules.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"

#include <cmocka.h>

static bool is_sound(struct session *s, const char *where, void *data)
{
	struct check c;
	bool ok = check_map(&s->world.map, &c);

	(void)where;
	(void)data;
	for (unsigned i = 0; i < c.count; i++)
		fprintf(stderr, "%s: %s\n", c.book->laws[c.list[i].law].name,
			text_str(&c.list[i].says));
	ok = ok && c.cells == map_count(&s->world.map) &&
		c.units == map_extent(&s->world.map).units;
	check_free(&c);
	return ok;
}

static void silent_on_random_runs(void **state)
{
	(void)state;
	each_random_swiss(60, is_sound, NULL);
}

/* Deletes and inserts by turns leave tombstones, which are reused and pruned. */
static void silent_on_queues(void **state)
{
	(void)state;
	for (unsigned r = 0; r < SWISS_RELEASES; r++) {
		struct session s;

		rig_open_go(&s, r % 2 ? "map[[2]int]string" : "map[int]int", NULL,
			swiss_releases[r], false);
		rig_run(&s, "insert 0..99");
		for (unsigned i = 100; i < 1500; i++) {
			char line[64];

			snprintf(line, sizeof line, "insert %u..%u", i, i);
			rig_run(&s, line);
			snprintf(line, sizeof line, "delete %u..%u", i - 100, i - 100);
			rig_run(&s, line);
			if (i % 16 == 0 && !is_sound(&s, "", NULL))
				fail_msg("Go %s, key %u", swiss_releases[r], i);
		}
		rig_run(&s, "clear");
		assert_true(is_sound(&s, "", NULL));
		session_close(&s);
	}
}

static void silent_on_large_maps(void **state)
{
	struct session s;

	(void)state;
	rig_open_go(&s, "map[int]int", NULL, "1.27", false);
	rig_run(&s, "fill 100000 ; delete 1000..80000");
	assert_true(is_sound(&s, "", NULL));
	session_close(&s);
}

/* Where things are */

static uint64_t table(const struct map *m, uint64_t i)
{
	return directory_at(m, i);
}

/* A slot with a control byte that is as wanted, from group 0 on, in table 0 or the small map. */
static struct place find_slot(const struct map *m, bool full)
{
	struct groups g = swiss_array(m, 0);
	struct place at = { 0 };

	for (; at.unit <= g.mask; at.unit++) {
		at.addr = group_addr(m, &g, at.unit);
		for (at.slot = 0; at.slot < SLOTS; at.slot++)
			if ((*control_at(m, at.addr, at.slot) <= CONTROL_FULL_MOST) == full)
				return at;
	}
	fail_msg("there is no such slot");
	return at;
}

static void copy_cell(struct map *m, struct place from, struct place to)
{
	const struct maptype *t = m->type;

	*control_at(m, to.addr, to.slot) = *control_at(m, from.addr, from.slot);
	memcpy(map_at(m, to.addr + unit_key(&t->unit, to.slot)),
		map_at(m, from.addr + unit_key(&t->unit, from.slot)), t->keysize);
	memcpy(map_at(m, to.addr + unit_elem(&t->unit, to.slot)),
		map_at(m, from.addr + unit_elem(&t->unit, from.slot)), t->elemsize);
}

/* Faults to plant */

static void wild_header(struct map *m) { m->header = 0x10; }
static void wild_directory(struct map *m) { swiss_set(m, SWISS_DIR_PTR, 0x123400); }
static void wild_table(struct map *m) { put_word(m, swiss_get(m, SWISS_DIR_PTR), 0x40); }
static void wild_groups(struct map *m) { table_set(m, table(m, 0), TABLE_GROUPS, 0x7fffff00); }
static void is_writing(struct map *m) { swiss_set(m, SWISS_WRITING, 1); }
static void used_off(struct map *m) { add_used(m, 1); }
static void table_used_off(struct map *m) { table_add(m, table(m, 1), TABLE_USED, 1); }
static void small_depth(struct map *m) { swiss_set(m, SWISS_GLOBAL_DEPTH, 1); }
static void depth_off(struct map *m) { swiss_set(m, SWISS_GLOBAL_DEPTH, 3); }
static void huge_depth(struct map *m) { swiss_set(m, SWISS_GLOBAL_DEPTH, 200); }
static void shift_off(struct map *m) { swiss_set(m, SWISS_GLOBAL_SHIFT, 7); }
static void index_off(struct map *m) { table_set(m, table(m, 1), TABLE_INDEX, 0); }
static void replaced(struct map *m) { table_set(m, table(m, 1), TABLE_INDEX, UINT64_MAX); }
static void capacity_off(struct map *m) { table_set(m, table(m, 0), TABLE_CAPACITY, 513); }
static void mask_off(struct map *m) { table_set(m, table(m, 0), TABLE_LENGTH_MASK, 1 << 20); }
static void growth_off(struct map *m) { table_add(m, table(m, 1), TABLE_GROWTH_LEFT, -1); }
static void depth_of_table(struct map *m) { table_set(m, table(m, 1), TABLE_LOCAL_DEPTH, 0); }
static void deep_table(struct map *m) { table_set(m, table(m, 1), TABLE_LOCAL_DEPTH, 9); }

static void same_entry(struct map *m)
{
	put_word(m, swiss_get(m, SWISS_DIR_PTR) + m->type->target->ptrsize, table(m, 0));
}

static void same_groups(struct map *m)
{
	table_set(m, table(m, 1), TABLE_GROUPS, table_get(m, table(m, 0), TABLE_GROUPS));
}

static void strange_control(struct map *m)
{
	struct place at = find_slot(m, false);

	*control_at(m, at.addr, at.slot) = 0xff;
}

static void mixed_group(struct map *m)
{
	struct groups g = swiss_array(m, 0);
	uint64_t addr = g.addr;
	slots empty;

	while (count_slots(empty = match_empty(control_word(m, addr))) < 2)
		addr += m->type->unit.size;
	*control_at(m, addr, first_slot(empty)) = CONTROL_DELETED;
}

static void not_possible(struct map *m) { swiss_set(m, SWISS_TOMBSTONE_POSSIBLE, 0); }

static void other_h2(struct map *m)
{
	struct place at = find_slot(m, true);

	*control_at(m, at.addr, at.slot) ^= 1;
}

/* A cell of the last table stands in the first one. */
static void other_table(struct map *m)
{
	struct groups last = swiss_array(m, swiss_arrays(m) - 1);
	struct place from = { 0 }, to = find_slot(m, false);

	for (from.addr = last.addr; *control_at(m, from.addr, 0) > CONTROL_FULL_MOST;)
		from.addr += m->type->unit.size;
	copy_cell(m, from, to);
}

/* A cell stands in a free slot of a group that no search for it comes by. */
static void off_the_way(struct map *m)
{
	struct place from = find_slot(m, true), to = { 0 };
	struct groups g = swiss_array(m, 0);

	for (to.unit = g.mask;; to.unit--) {
		slots empty = match_empty(control_word(m, group_addr(m, &g, to.unit)));

		if (to.unit == from.unit || !empty)
			continue;
		to.addr = group_addr(m, &g, to.unit);
		to.slot = first_slot(empty);
		copy_cell(m, from, to);
		*control_at(m, from.addr, from.slot) = CONTROL_EMPTY;
		return;
	}
}

static void key_twice(struct map *m)
{
	struct place from = find_slot(m, true), to = from;

	to.slot = first_slot(match_empty(control_word(m, from.addr)));
	copy_cell(m, from, to);
}

static void wild_key(struct map *m)
{
	struct place at = find_slot(m, true);

	put_word(m, at.addr + unit_key(&m->type->unit, at.slot), 0x77777770);
}

static void wild_elem(struct map *m)
{
	struct place at = find_slot(m, true);

	put_word(m, at.addr + unit_elem(&m->type->unit, at.slot), 0x77777770);
}

static void stale_elem(struct map *m)
{
	struct place at = find_slot(m, false);

	map_at(m, at.addr)[unit_elem(&m->type->unit, at.slot)] = 1;
}

static void stale_key(struct map *m)
{
	struct place at = find_slot(m, false);

	map_at(m, at.addr)[unit_key(&m->type->unit, at.slot)] = 1;
}

static void nothing_is_missed(void **state)
{
	static const char small[] = "fill 5", one[] = "fill 60", two[] = "make 898 ; fill 500",
			  tombs[] = "make 14 ; collide 0 9 ; delete 0..100000";
	static const struct {
		const char *type, *lines;
		void (*plant)(struct map *m);
		enum swiss_law law;
	} rows[] = {
		{ NULL, small, wild_header, SWISS_LAW_HEADER },
		{ NULL, small, wild_directory, SWISS_LAW_HEADER },
		{ NULL, two, wild_directory, SWISS_LAW_HEADER },
		{ NULL, two, wild_table, SWISS_LAW_HEADER },
		{ NULL, two, wild_groups, SWISS_LAW_HEADER },
		{ NULL, two, is_writing, SWISS_LAW_WRITING },
		{ NULL, small, used_off, SWISS_LAW_USED },
		{ NULL, two, used_off, SWISS_LAW_USED },
		{ NULL, two, table_used_off, SWISS_LAW_USED },
		{ NULL, small, small_depth, SWISS_LAW_SMALL },
		{ NULL, two, depth_off, SWISS_LAW_DEPTH },
		{ NULL, two, huge_depth, SWISS_LAW_DEPTH },
		{ NULL, two, shift_off, SWISS_LAW_DEPTH },
		{ NULL, two, depth_of_table, SWISS_LAW_DIRECTORY },
		{ NULL, two, deep_table, SWISS_LAW_DIRECTORY },
		{ NULL, two, same_entry, SWISS_LAW_DIRECTORY },
		{ NULL, two, index_off, SWISS_LAW_INDEX },
		{ NULL, two, replaced, SWISS_LAW_INDEX },
		{ NULL, two, capacity_off, SWISS_LAW_CAPACITY },
		{ NULL, two, mask_off, SWISS_LAW_CAPACITY },
		{ NULL, two, same_groups, SWISS_LAW_SHARED },
		{ NULL, two, growth_off, SWISS_LAW_GROWTH },
		{ NULL, one, strange_control, SWISS_LAW_CONTROL },
		{ NULL, one, mixed_group, SWISS_LAW_TOMBSTONES },
		{ NULL, small, mixed_group, SWISS_LAW_TOMBSTONES },
		{ NULL, tombs, not_possible, SWISS_LAW_POSSIBLE },
		{ NULL, small, other_h2, SWISS_LAW_H2 },
		{ "map[string]int", one, other_h2, SWISS_LAW_H2 },
		{ NULL, two, other_table, SWISS_LAW_TABLE },
		{ NULL, one, off_the_way, SWISS_LAW_PROBE },
		{ NULL, small, key_twice, SWISS_LAW_TWICE },
		{ NULL, two, key_twice, SWISS_LAW_TWICE },
		{ "map[string]int", small, wild_key, SWISS_LAW_POINTERS },
		{ "map[[150]byte]int", small, wild_key, SWISS_LAW_POINTERS },
		{ "map[int][200]byte", one, wild_elem, SWISS_LAW_POINTERS },
		{ NULL, one, stale_elem, SWISS_LAW_STALE },
		{ "map[string]int", one, stale_key, SWISS_LAW_STALE },
	};
	static const char *const archs[] = { "amd64", "386", "s390x" };
	unsigned seen = 0;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows) * LENGTH(archs); i++) {
		size_t r = i / LENGTH(archs);
		struct session s;
		struct check c;

		rig_open_go(&s, rows[r].type, archs[i % LENGTH(archs)],
			i % 2 ? "1.27-X:mapsplitgroup" : "1.25", false);
		rig_run(&s, rows[r].lines);
		if (!is_sound(&s, "", NULL))
			fail_msg("row %zu: not sound before", r);
		rows[r].plant(&s.world.map);
		if (check_map(&s.world.map, &c) || c.broken[rows[r].law] == 0)
			fail_msg("row %zu on %s is not found: %s", r, archs[i % LENGTH(archs)],
				c.count ? c.book->laws[c.list[0].law].name : "nothing is");
		assert_true(c.count > 0 && c.list[0].says.len > 0);
		seen |= 1u << rows[r].law;
		check_free(&c);
		session_close(&s);
	}
	assert_int_equal(seen, (1u << SWISS_LAWS) - 1);
}

/* In a script the command stops at a fault, with its name and place. */
static void places_are_named(void **state)
{
	struct session s;
	struct place at;

	(void)state;
	rig_open_go(&s, NULL, NULL, "1.26", true);
	rig_run(&s, "check ; fill 3 ; check ; fill 20 ; check");
	at = find_slot(&s.world.map, false);
	*control_at(&s.world.map, at.addr, at.slot) = 0xf0;
	rig_fails(&s, "check", "check: 1 fault, the first: control: table 0 group 0 slot 2: f0");
	session_close(&s);
}

/* Any bytes: the check ends and touches nothing that is not there. */
static void any_bytes(void **state)
{
	static const char *const types[] = { "map[int]string", "map[any]int", "map[int]int",
		"map[[150]byte]string", "map[struct{ A string; B any }][]string" };
	unsigned long faults = 0;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		struct rig_dice d = { .state = i + 1 };
		struct session s;
		struct check c;
		uint64_t base, bytes;

		rig_open_go(&s, types[i % LENGTH(types)], i % 2 ? "386" : "amd64",
			swiss_releases[i % SWISS_RELEASES], false);
		rig_run(&s, i % 3 ? "fill 54" : "make 898 ; fill 5");
		base = s.world.heap.base + 0x12000;
		bytes = s.world.heap.state.next_page - base;
		for (uint64_t n = 1 + rig_below(&d, 40); n > 0; n--)
			*heap_at(&s.world.heap, base + rig_below(&d, bytes)) = (uint8_t)rig_roll(
				&d);
		for (uint64_t n = rig_below(&d, 4); n > 0; n--)
			map_at(&s.world.map, s.world.map.header)[rig_below(&d, 32)] =
				(uint8_t)rig_below(&d, 20);
		check_map(&s.world.map, &c);
		faults += c.faults > 0;
		check_free(&c);
		session_close(&s);
	}
	printf("%lu of 1000 were found faulty\n", faults);
	assert_true(faults > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(silent_on_random_runs),
		cmocka_unit_test(silent_on_queues),
		cmocka_unit_test(silent_on_large_maps),
		cmocka_unit_test(nothing_is_missed),
		cmocka_unit_test(places_are_named),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
