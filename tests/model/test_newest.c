/* SPDX-License-Identifier: MIT */
/*
 * What the newest release would take is what it takes: run under it, the same operations come to as
 * many bytes; where they are too many, about as many by chance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "model/session/newest.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static uint64_t bytes_under_newest(const char *type, const char *lines)
{
	const struct session_options o = {
		.type = type, .release = release_newest()->name, .seed = SESSION_SEED
	};
	struct session s;
	struct error err;
	uint64_t bytes;

	assert_true(session_open(&s, &o, &err));
	rig_run(&s, lines);
	bytes = map_reached(&s.world.map).bytes;
	session_close(&s);
	return bytes;
}

static void test_the_same_is_run_again(void **state)
{
	static const struct {
		const char *type, *lines;
	} runs[] = {
		{ NULL, "make" },
		{ NULL, "fill 8" },
		{ NULL, "make 900 ; fill 2000 ; delete 3..900" },
		{ "map[string][200]byte", "fill 100 ; clear ; fill 20" },
		{ "map[int8]struct{}", "make 100 ; fill 120" },
		{ NULL, "hash wyhash ; fill 1000 ; map map[int32]int8 ; fill 3000" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(runs); i++) {
		struct session s;
		struct newest n;

		rig_open(&s, runs[i].type, NULL, true);
		rig_run(&s, runs[i].lines);
		assert_true(session_newest(&s, true, &n));
		assert_false(n.about);
		assert_int_equal(n.bytes, bytes_under_newest(runs[i].type, runs[i].lines));
		session_close(&s);
	}
}

static void test_named_types_are_known(void **state)
{
	struct session s;
	struct newest n;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "type ID int32 ; map map[ID]ID ; fill 100");
	assert_true(session_newest(&s, true, &n));
	assert_false(n.about);
	assert_int_equal(n.bytes, bytes_under_newest("map[int32]int32", "fill 100"));
	session_close(&s);
}

/* In the past as it was then; under a release that was chosen there is nothing to be said. */
static void test_when_it_is_said(void **state)
{
	struct session s;
	struct newest n;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	assert_false(session_newest(&s, true, &n));
	rig_run(&s, "fill 500");
	assert_true(session_goto(&s, 101, &err));
	assert_true(session_newest(&s, false, &n));
	assert_int_equal(n.bytes, bytes_under_newest(NULL, "fill 100"));
	rig_run(&s, "go 1.19");
	assert_false(session_newest(&s, true, &n));
	session_close(&s);
}

static void test_of_many_about(void **state)
{
	struct session s;
	struct newest n;
	double exact = (double)bytes_under_newest("map[int]int", "fill 20000");

	(void)state;
	rig_open(&s, "map[int]int", NULL, false);
	rig_run(&s, "fill 20000");
	assert_true(session_newest(&s, false, &n));
	assert_true(n.about);
	assert_true((double)n.bytes > 0.98 * exact && (double)n.bytes < 1.02 * exact);
	assert_true(session_newest(&s, true, &n));
	assert_false(n.about);
	assert_true((double)n.bytes == exact);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_same_is_run_again),
		cmocka_unit_test(test_named_types_are_known),
		cmocka_unit_test(test_when_it_is_said),
		cmocka_unit_test(test_of_many_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
