/* SPDX-License-Identifier: MIT */
/*
 * Maps that do not escape: what they allocate is what the real runtime counted (stacked.tsv) and
 * what has been published; what is on the stack is in no account, and is there in every other way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/text.h"
#include "model/figures/ledger.h"
#include "model/session/books.h"
#include "model/session/stacked.h"
#include "model/session/trial.h"
#include "tests/model/rig.h"

#include <cmocka.h>

enum { MAKES = 100 }; /* maps of which the mean is taken, where chance decides */

static void open_on_stack(struct session *s, const char *type, const char *arch, const char *go)
{
	char lines[64];

	rig_open(s, type, arch, false);
	snprintf(lines, sizeof lines, "go %s ; escape no", go);
	rig_run(s, lines);
}

struct mean {
	double bytes, objects;
};

/* Of maps that are made and filled, one after the other: each has a seed of its own. */
static struct mean mean_of(struct session *s, const char *hint, unsigned n, unsigned makes)
{
	struct mean sum = { 0 };
	char lines[64];

	snprintf(lines, sizeof lines, "make %s ; fill %u", hint, n);
	for (unsigned i = 0; i < makes; i++) {
		rig_run(s, lines);
		sum.bytes += (double)s->world.heap.state.alloc_bytes / makes;
		sum.objects += (double)s->world.heap.state.alloc_objects / makes;
	}
	return sum;
}

static bool near(double is, double real, double part, double more)
{
	double off = is > real ? is - real : real - is;

	return off <= real * part + more;
}

/* The counts of the real runtime have a byte or two of its own in them. */
static void check_mean(struct session *s, const char *row, const char *hint, unsigned n,
	struct mean real)
{
	bool chance = s->given.release->engine == ENGINE_CLASSIC && n > SLOTS;
	struct mean is = mean_of(s, hint, n, chance ? MAKES : 1);
	double part = chance ? 0.05 : 0;

	if (!near(is.bytes, real.bytes, part, 2) ||
		!near(is.objects, real.objects, part, chance ? 0.3 : 0.1))
		fail_msg("%s: %u entries: %.0f bytes in %.2f objects, really %.0f in %.2f", row, n,
			is.bytes, is.objects, real.bytes, real.objects);
}

static void check_row(const char *line)
{
	static const unsigned counts[] = { 0, 1, 8, 9, 14, 500 };
	char go[8], arch[8], type[32], hint[8];
	struct mean real[6];
	struct session s;

	assert_int_equal(
		sscanf(line, "%7s %7s %31s %7s %lf/%lf %lf/%lf %lf/%lf %lf/%lf %lf/%lf %lf/%lf", go,
			arch, type, hint, &real[0].bytes, &real[0].objects, &real[1].bytes,
			&real[1].objects, &real[2].bytes, &real[2].objects, &real[3].bytes,
			&real[3].objects, &real[4].bytes, &real[4].objects, &real[5].bytes,
			&real[5].objects),
		16);
	hint[strcspn(hint, "v-")] = '\0';
	open_on_stack(&s, type, arch, go);
	for (size_t i = 0; i < 6; i++)
		check_mean(&s, line, hint, counts[i], real[i]);
	session_close(&s);
}

static void each_row_is_the_runtimes(void **state)
{
	FILE *in = fopen("tests/model/stacked.tsv", "r");
	char line[256];
	unsigned rows = 0;

	(void)state;
	assert_non_null(in);
	while (fgets(line, sizeof line, in))
		if (*line != '#') {
			check_row(line);
			rows++;
		}
	fclose(in);
	assert_int_equal(rows, 224);
}

/* golang/go#51362, dolthub/swiss#11, golang/go#54766: what `go test -benchmem` printed there. */
static void published_figures_are_these(void **state)
{
	static const struct {
		const char *type, *go, *hint;
		unsigned n;
		struct mean real;
		double part;
	} rows[] = {
		{ "map[int]bool", "1.18", "", 8, { 0, 0 }, 0 },
		{ "map[int]bool", "1.18", "", 9, { 176, 1 }, 0.01 },
		{ "map[int]bool", "1.18", "", 14, { 567, 3 }, 0.05 },
		{ "map[int]bool", "1.23", "", 8, { 0, 0 }, 0 },
		{ "map[int]bool", "1.23", "", 9, { 176, 1 }, 0.01 },
		{ "map[int]int", "1.19", "500", 0, { 20504, 2 }, 0 },
		{ "map[int]int", "1.19", "", 500, { 43173, 42 }, 0.05 },
		{ "map[string]int", "1.19", "", 12, { 446, 1 }, 0.08 },
		{ "map[string]int", "1.19", "", 64, { 7760, 6 }, 0.08 },
		{ "map[string]int", "1.19", "", 128, { 16100, 9 }, 0.08 },
		{ "map[string]int", "1.19", "", 1024, { 122000, 30 }, 0.03 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct session s;
		struct mean is;

		open_on_stack(&s, rows[i].type, "amd64", rows[i].go);
		is = mean_of(&s, rows[i].hint, rows[i].n, MAKES);
		if (!near(is.bytes, rows[i].real.bytes, rows[i].part, 0.5))
			fail_msg("%s of %u: %.0f bytes, really %.0f", rows[i].type, rows[i].n,
				is.bytes, rows[i].real.bytes);
		session_close(&s);
	}
}

/* What is said of a map on the heap is what the same map on the stack comes to. */
static void what_would_be_is_what_is(void **state)
{
	static const char *const scripts[] = { "make", "insert 1", "fill 8", "fill 9", "fill 14",
		"make 8 ; fill 9", "make 9", "make 100 ; fill 20", "fill 9 ; delete 0..8 ; clear",
		"fill 300 ; make ; fill 3" };

	(void)state;
	for (size_t i = 0; i < 2 * sizeof scripts / sizeof *scripts; i++) {
		struct stacked would, is;
		struct session s;

		rig_open(&s, "map[int]string", i % 4 < 2 ? "amd64" : "386", true);
		rig_run(&s, i % 2 ? "go 1.27" : "go 1.19");
		rig_run(&s, scripts[i / 2]);
		assert_true(session_stacked(&s, &would));
		assert_false(would.stays);
		rig_run(&s, "escape no");
		assert_true(session_stacked(&s, &is));
		assert_true(is.stays);
		assert_int_equal(is.in_use.bytes, would.in_use.bytes);
		assert_int_equal(is.in_use.objects, would.in_use.objects);
		assert_int_equal(is.allocated.bytes, would.allocated.bytes);
		assert_int_equal(is.allocated.objects, would.allocated.objects);
		assert_int_equal(session_ledger(&s)->total, is.in_use.bytes);
		rig_run(&s, "check");
		session_close(&s);
	}
}

/* Header and first unit stand in memory, and in the ledger, in a place of their own. */
static void the_ledger_has_the_stack(void **state)
{
	struct session s;
	const struct ledger *l;

	(void)state;
	for (int swiss = 0; swiss < 2; swiss++) {
		open_on_stack(&s, "map[int]bool", "amd64", swiss ? "1.27" : "1.19");
		rig_run(&s, "fill 5");
		l = session_ledger(&s);
		assert_int_equal(l->total, 0);
		assert_int_equal(l->objects, 0);
		assert_int_equal(ledger_stack_bytes(l), swiss ? 48 + 136 : 48 + 88);
		assert_int_equal(l->live, 5);
		session_close(&s);
	}
}

/* The script has the command, and the snapshot the member that keep it. */
static void check_files(struct session *s)
{
	struct text script = { 0 };
	FILE *out = text_stream(&script), *in;
	char *json = rig_document(s), *again;
	struct session opened;
	struct error err;

	session_write(s, out);
	fclose(out);
	assert_non_null(strstr(text_str(&script), "\nescape no\n"));
	text_free(&script);
	assert_non_null(strstr(json, "\"escape\": \"no\""));
	rig_open(&opened, NULL, NULL, true);
	in = fmemopen(json, strlen(json), "r");
	assert_true(session_open_stream(&opened, in, "-", &err));
	fclose(in);
	assert_null(opened.world.map.fixed);
	again = rig_document(&opened);
	assert_string_equal(again, json);
	session_close(&opened);
	free(again);
	free(json);
}

/* A growth off the stack; the way back and forth; a script and a snapshot that say so. */
static void time_and_files_keep_it(void **state)
{
	(void)state;
	for (int swiss = 0; swiss < 2; swiss++) {
		struct session s;
		struct error err;
		uint64_t first;

		rig_open(&s, "map[int]string", "amd64", true);
		rig_run(&s, swiss ? "go 1.27 ; escape no" : "go 1.19 ; escape no");
		rig_run(&s, "make ; fill 8");
		first = s.world.map.header;
		assert_true(map_on_stack(&s.world.map, first));
		rig_run(&s, "fill 20");
		assert_int_not_equal(map_reached(&s.world.map).bytes, 0);
		assert_true(session_goto(&s, 9, &err));
		assert_int_equal(map_reached(&s.world.map).bytes, 0);
		assert_int_equal(map_count(&s.world.map), 8);
		assert_int_equal(s.world.map.header, first);
		check_files(&s);
		session_close(&s);
	}
}

/* Plans of what hints would come to leave out the same. */
static void plans_leave_it_out(void **state)
{
	struct session s;
	struct trial heap, stack;

	(void)state;
	rig_open(&s, "map[int]bool", "amd64", false);
	assert_true(trial_plan(s.world.map.type, false, 0, 5, &heap));
	assert_true(trial_plan(s.world.map.type, true, 0, 5, &stack));
	assert_int_equal(heap.map.in_use.bytes, 48 + 96);
	assert_int_equal(stack.map.in_use.bytes, 0);
	assert_true(trial_plan(s.world.map.type, true, 0, 500, &stack));
	assert_true(trial_plan(s.world.map.type, false, 0, 500, &heap));
	assert_int_equal(heap.map.in_use.bytes - stack.map.in_use.bytes, 48);
	assert_int_equal(heap.map.allocated.bytes - stack.map.allocated.bytes, 48 + 96);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_is_the_runtimes),
		cmocka_unit_test(published_figures_are_these),
		cmocka_unit_test(what_would_be_is_what_is),
		cmocka_unit_test(the_ledger_has_the_stack),
		cmocka_unit_test(time_and_files_keep_it),
		cmocka_unit_test(plans_leave_it_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
