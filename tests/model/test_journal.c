/* SPDX-License-Identifier: MIT */
/*
 * The journal. Its law: however one comes to a position, by single steps or in one jump, every
 * byte is what it was when the position was the present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/memory/journal.h"
#include "tests/model/rig.h"

#include <cmocka.h>

enum { MEMORY = 2048, WRITES = 400 };

/* Memory that is written to, and what it was at each position. */
struct written {
	struct journal j;
	uint8_t memory[MEMORY], past[WRITES + 1][MEMORY];
};

/* Pieces of all sizes, many of them over what was written just before. */
static void write_some(struct written *w, struct rig_dice *dice)
{
	size_t len = rig_below(dice, 4) ? (size_t)rig_below(dice, 40) + 1
					: (size_t)rig_below(dice, 700) + 1;
	size_t at = (size_t)rig_below(dice, rig_below(dice, 2) ? 64 : MEMORY - 700);

	journal_save(&w->j, w->memory + at, len);
	for (size_t i = 0; i < len; i++)
		w->memory[at + i] = (uint8_t)rig_below(dice, 256);
	memcpy(w->past[w->j.at], w->memory, MEMORY);
}

static struct written *write_all(struct rig_dice *dice)
{
	struct written *w = xcalloc(1, sizeof *w);

	journal_init(&w->j);
	for (int i = 0; i < WRITES; i++)
		write_some(w, dice);
	assert_int_equal(w->j.at, WRITES);
	return w;
}

static void written_free(struct written *w)
{
	journal_free(&w->j);
	free(w);
}

static void jumps_lead_where_steps_do(void **state)
{
	struct rig_dice dice = { 1 };
	struct written *w = write_all(&dice);

	(void)state;
	for (size_t p = WRITES; p-- > 0;) {
		journal_move(&w->j, p);
		assert_memory_equal(w->memory, w->past[p], MEMORY);
	}
	for (size_t p = 0; p <= WRITES; p++) {
		journal_move(&w->j, p);
		assert_memory_equal(w->memory, w->past[p], MEMORY);
	}
	for (int i = 0; i < 2000; i++) {
		size_t p = (size_t)rig_below(&dice, WRITES + 1);

		journal_move(&w->j, p);
		assert_int_equal(w->j.at, p);
		assert_memory_equal(w->memory, w->past[p], MEMORY);
	}
	written_free(w);
}

static void what_follows_is_cut_by_a_write(void **state)
{
	struct rig_dice dice = { 2 };
	struct written *w = write_all(&dice);

	(void)state;
	for (int i = 0; i < 300; i++) {
		size_t p = w->j.count > 20 ? w->j.count - 1 - (size_t)rig_below(&dice, 20)
					   : w->j.count;

		journal_move(&w->j, p);
		write_some(w, &dice);
		assert_int_equal(w->j.count, p + 1);
		p = (size_t)rig_below(&dice, w->j.count + 1);
		journal_move(&w->j, p);
		assert_memory_equal(w->memory, w->past[p], MEMORY);
		journal_move(&w->j, w->j.count);
		assert_memory_equal(w->memory, w->past[w->j.count], MEMORY);
	}
	written_free(w);
}

static void what_was_long_ago_is_forgotten(void **state)
{
	struct rig_dice dice = { 3 };
	struct written *w = write_all(&dice);
	size_t forgotten = 0;

	(void)state;
	while (w->j.count > 30) {
		size_t from = 1 + (size_t)rig_below(&dice, 30), p;

		journal_forget(&w->j, from);
		forgotten += from;
		assert_int_equal(w->j.count, WRITES - forgotten);
		p = (size_t)rig_below(&dice, w->j.count + 1);
		journal_move(&w->j, p);
		assert_memory_equal(w->memory, w->past[forgotten + p], MEMORY);
		journal_move(&w->j, w->j.count);
	}
	assert_memory_equal(w->memory, w->past[WRITES], MEMORY);
	written_free(w);
}

static void go(struct session *s, uint64_t p)
{
	struct error err;

	assert_true(session_goto(s, p, &err));
}

/* Keys, elems, overflow buckets and what they point to, in sizes of every kind. */
static void every_byte_of_a_heap(void **state)
{
	static const char *const types[] = { "map[int]string", "map[string]int",
		"map[[64]byte][200]byte", "map[[150]byte]struct{a int8; b string}",
		"map[uint8]struct{}", "map[float64][3]int16" };

	(void)state;
	for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
		struct rig_dice dice = { 4 };
		uint64_t sums[400];
		struct session s;

		rig_open(&s, types[t], NULL, true);
		rig_run(&s, "fill 150");
		rig_run(&s, "delete 20..90");
		rig_run(&s, "insert 30..110");
		for (uint64_t p = s.time.total; p > 0; p--) {
			go(&s, p);
			sums[p] = rig_memory(&s);
		}
		for (int i = 0; i < 300; i++) {
			go(&s, 1 + rig_below(&dice, s.time.total));
			assert_int_equal(rig_memory(&s), sums[s.time.now]);
		}
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jumps_lead_where_steps_do),
		cmocka_unit_test(what_follows_is_cut_by_a_write),
		cmocka_unit_test(what_was_long_ago_is_forgotten),
		cmocka_unit_test(every_byte_of_a_heap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
