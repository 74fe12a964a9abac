/* SPDX-License-Identifier: MIT */
/*
 * What hints are worth: the steps of the hint calculator against maps that are really made, of both
 * designs, and against what the real runtime counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/figures/figures.h"
#include "tests/model/rig.h"

#include <cmocka.h>

enum { STEPS = 6 };

/* The step that a hint belongs to. */
static const struct hint_step *step_of(const struct hint_step *list, unsigned n, uint64_t hint)
{
	for (unsigned i = 0; i < n; i++)
		if (list[i].from <= hint && hint <= list[i].to)
			return &list[i];
	return NULL;
}

/* make with that hint comes to what its step says. */
static void check_made(const char *type, const char *arch, const char *go, uint64_t hint)
{
	const struct hint_step *step;
	struct hint_step list[STEPS];
	struct hinted made = { 0 };
	struct account in_use;
	struct session s;
	char line[64];
	unsigned n;

	rig_open_go(&s, type, arch, go, false);
	snprintf(line, sizeof line, "make %llu", (unsigned long long)hint);
	rig_run(&s, line);
	in_use = map_reached(&s.world.map);
	figures_of(&s.world.map)->hints->take(&s.world.map, &made);
	n = hint_steps(s.world.map.type, hint, list, STEPS);
	step = step_of(list, n, hint);
	if (!step || step->map.in_use.bytes != in_use.bytes ||
		step->map.in_use.objects != in_use.objects ||
		memcmp(step->map.parts, made.parts, sizeof made.parts) != 0)
		fail_msg("%s %s Go %s, make %llu: %llu bytes in %llu, not as its step says", type,
			arch, go, (unsigned long long)hint, (unsigned long long)in_use.bytes,
			(unsigned long long)in_use.objects);
	for (unsigned i = 1; i < n; i++) {
		assert_int_equal(list[i].from, list[i - 1].to + 1);
		assert_memory_not_equal(
			list[i].map.parts, list[i - 1].map.parts, sizeof made.parts);
	}
	assert_int_equal(n, STEPS);
	session_close(&s);
}

static void steps_are_as_made(void **state)
{
	static const char *const types[] = { "map[int]string", "map[int8]struct{}",
		"map[string][200]byte", "map[int64]int8" };
	static const char *const releases[] = { "1.18", "1.19", "1.23", "1.24", "1.27",
		"1.27-X:mapsplitgroup" };
	static const char *const arches[] = { "amd64", "386", "s390x" };
	struct rig_dice dice = { 5 };

	(void)state;
	for (size_t t = 0; t < LENGTH(types); t++)
		for (size_t r = 0; r < LENGTH(releases); r++)
			for (uint64_t i = 0, hint = 0; i < 24;
				i++, hint = rig_below(&dice, i < 12 ? 40 : 9000))
				check_made(types[t], arches[i % LENGTH(arches)], releases[r], hint);
}

/* Where it jumps: as measured with the real runtimes, 64 and 32 bit. */
static void steps_are_the_runtimes(void **state)
{
	static const struct {
		const char *arch, *go;
		uint64_t hint, bytes, objects;
	} real[] = {
		{ "amd64", "1.23", 8, 48, 1 }, { "amd64", "1.27", 8, 48, 1 },
		{ "386", "1.23", 8, 32, 1 }, { "386", "1.27", 8, 32, 1 },
		{ "amd64", "1.23", 9, 464, 2 }, { "amd64", "1.27", 9, 504, 4 },
		{ "386", "1.23", 9, 256, 2 }, { "386", "1.27", 9, 288, 4 },
		{ "amd64", "1.23", 100, 4168, 3 }, { "amd64", "1.27", 100, 3544, 4 },
		{ "386", "1.23", 100, 2096, 3 }, { "386", "1.27", 100, 1856, 4 },
		{ "amd64", "1.27", 896, 27352, 4 }, { "amd64", "1.27", 897, 27264, 6 },
		{ "amd64", "1.27", 898, 54656, 6 }, { "386", "1.27", 896, 13632, 4 },
		{ "386", "1.27", 897, 13656, 6 }, { "386", "1.27", 898, 27224, 6 },
		{ "amd64", "1.23", 100000, 3620936, 3 }, { "amd64", "1.27", 100000, 3495088, 258 },
		{ "386", "1.23", 1000000, 30081072, 3 }, { "386", "1.27", 1000000, 27845920, 4098 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(real); i++) {
		const struct hint_step *step;
		struct hint_step list[STEPS];
		struct session s;
		unsigned n;

		rig_open_go(&s, "map[int]string", real[i].arch, real[i].go, false);
		rig_run(&s, "make");
		n = hint_steps(s.world.map.type, real[i].hint, list, STEPS);
		step = step_of(list, n, real[i].hint);
		assert_non_null(step);
		assert_int_equal(step->map.in_use.bytes, real[i].bytes);
		assert_int_equal(step->map.in_use.objects, real[i].objects);
		session_close(&s);
	}
}

/* Each row of what the runtime counted that was made with a hint and did not grow. */
static void rows_are_the_runtimes(void **state)
{
	FILE *in = fopen("tests/model/swiss_figures.tsv", "r");
	char line[256], arch[16], type[64];
	unsigned rows = 0;

	(void)state;
	assert_non_null(in);
	while (fgets(line, sizeof line, in)) {
		unsigned long long count, hint, made, objects, bytes, left;
		struct hint_step list[STEPS];
		const struct hint_step *step;
		struct session s;

		if (sscanf(line, "%15[^\t]\t%63[^\t]\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu", arch,
			    type, &count, &hint, &made, &objects, &bytes, &left) != 8 ||
			made != bytes || hint <= 8)
			continue;
		rig_open_go(&s, type, arch, "1.27", false);
		rig_run(&s, "make");
		step = step_of(list, hint_steps(s.world.map.type, hint, list, STEPS), hint);
		assert_non_null(step);
		if (!s.world.map.type->indirect_key && !s.world.map.type->indirect_elem) {
			assert_int_equal(step->map.in_use.bytes, bytes);
			assert_int_equal(step->map.in_use.objects, left);
			rows++;
		}
		session_close(&s);
	}
	fclose(in);
	assert_true(rows > 40);
}

/* Behind the last hint that is meant there is no step. */
static void large_hints_have_none(void **state)
{
	static const char *const releases[] = { "1.19", "1.27" };

	(void)state;
	for (size_t i = 0; i < LENGTH(releases); i++) {
		struct hint_step list[STEPS];
		struct session s;

		rig_open_go(&s, "map[int]string", "386", releases[i], false);
		rig_run(&s, "make");
		assert_int_equal(hint_steps(s.world.map.type, UINT64_MAX, list, STEPS), 0);
		assert_int_equal(hint_steps(s.world.map.type, INT64_MAX, list, STEPS), 0);
		assert_in_range(hint_steps(s.world.map.type, 20000000, list, STEPS), 1, STEPS);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_as_made),
		cmocka_unit_test(steps_are_the_runtimes),
		cmocka_unit_test(rows_are_the_runtimes),
		cmocka_unit_test(large_hints_have_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
