/* SPDX-License-Identifier: MIT */
/* Values by number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/value.h"
#include "tests/model/bench.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const struct {
	const char *type;
	uint64_t variety; /* 0: more than anyone asks for */
	const char *zero, *seventh;
} numbered[] = {
	{ "int", 0, "0", "7" },
	{ "uint8", 256, "0", "7" },
	{ "int8", 256, "0", "7" },
	{ "uint16", 65536, "0", "7" },
	{ "int64", 0, "0", "7" },
	{ "bool", 2, "false", NULL },
	{ "string", 0, "\"key-0\"", "\"key-7\"" },
	{ "float32", 1 << 24, "0", "7" },
	{ "float64", 1ull << 53, "0", "7" },
	{ "complex64", 1 << 24, "(0+0i)", "(7+0i)" },
	{ "complex128", 1ull << 53, "(0+0i)", "(7+0i)" },
	{ "any", 0, "0", "7" },
	{ "error", 1, "nil", NULL },
	{ "struct{}", 1, "{}", NULL },
	{ "[0]int", 1, "{}", NULL },
	{ "*int", 0, "0x1000000", "0x1000070" },
	{ "[2]int", 0, "{0, 0}", "{7, 7}" },
	{ "[2]string", 0, "{\"key-0\", \"key-0\"}", "{\"key-7\", \"key-7\"}" },
	{ "[2]bool", 4, "{false, false}", NULL },
	{ "[3]bool", 8, "{false, false, false}", "{true, true, true}" },
	{ "[12]bool", 4096, NULL, NULL },
	{ "[2]int8", 16384, "{0, 0}", "{7, 0}" },
	{ "struct{ A int8; B bool }", 256, "{0, false}", "{7, false}" },
	{ "[2]uint8", 65536, "{0, 0}", "{7, 0}" },
	{ "struct{ A uint8; B bool; C uint8 }", 131072, "{0, false, 0}", "{7, false, 0}" },
	{ "struct{ A bool; S string }", 0, "{false, \"key-0\"}", "{true, \"key-7\"}" },
	{ "struct{ A int; _ int; B int }", 0, "{0, 0, 0}", "{7, 0, 7}" },
	{ "struct{ _ bool; B bool }", 2, "{false, false}", NULL },
	{ "struct{ _ string; A, B bool }", 4, "{\"\", false, false}", NULL },
	{ "[4]error", 1, "{nil, nil, nil, nil}", NULL },
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void generated_keys_are_distinct(void **state)
{
	enum { MOST = 20000 };

	(void)state;
	for (size_t i = 0; i < LENGTH(numbered); i++) {
		struct bench b;
		uint64_t variety, count;
		char **made;

		bench_open(&b, numbered[i].type, "amd64");
		b.home.scratch = true;
		variety = value_variety(b.type);
		if (numbered[i].variety ? variety != numbered[i].variety : variety < 1 << 30)
			fail_msg("%s has a variety of %llu", numbered[i].type,
				(unsigned long long)variety);
		/* Signed parts are made from 0 up, so of int8 one half only. */
		count = variety < MOST ? variety : MOST;
		if (strcmp(numbered[i].type, "int8") == 0)
			count = 128;
		made = xcalloc(count, sizeof *made);
		for (uint64_t k = 0; k < count; k++) {
			heap_scratch_reset(&b.s.world.heap);
			memset(b.value, 0, b.type->size);
			if (!value_generate(&b.home, b.type, (int64_t)k, b.value, &b.err))
				fail_msg("%s %llu: %s", numbered[i].type, (unsigned long long)k,
					b.err.msg);
			made[k] = bench_write(&b, b.value);
		}
		if (numbered[i].zero)
			assert_string_equal(made[0], numbered[i].zero);
		if (numbered[i].seventh)
			assert_string_equal(made[7], numbered[i].seventh);
		qsort(made, count, sizeof *made, by_text);
		for (uint64_t k = 1; k < count; k++)
			if (strcmp(made[k], made[k - 1]) == 0)
				fail_msg("%s: %s twice", numbered[i].type, made[k]);
		for (uint64_t k = 0; k < count; k++)
			free(made[k]);
		free(made);
		bench_close(&b);
	}
}

#define POINTS_TO_MUCH ": a value of type [1000000]string is too large: its 16000000 bytes point " \
	"to more than the 4194304 that hmapview takes"

static void numbers_that_make_no_key(void **state)
{
	static const struct {
		const char *type, *line, *says;
	} rows[] = {
		{ "map[uint8]int", "insert 0..256", "insert: key 256 does not fit uint8" },
		{ "map[uint8]int", "insert -1..3", "insert: key -1 does not fit uint8" },
		{ "map[int8]int", "fill 129", "fill: key 128 does not fit int8" },
		{ "map[bool]int", "fill 3", "fill: key 2 does not fit bool: it has 2 values" },
		{ "map[bool]int", "insert -1..0", "insert: key -1 does not fit bool" },
		{ "map[struct{}]int", "fill 2",
			"fill: key 1 does not fit struct {}: it has 1 value" },
		{ "map[error]int", "fill 2", "fill: key 1 does not fit error: it has 1 value" },
		{ "map[[2]bool]int", "fill 5",
			"fill: key 4 does not fit [2]bool: it has 4 values" },
		{ "map[float32]int", "fill 16777217",
			"fill: key 16777216 does not fit float32: it has 16777216 values" },
		{ "map[[1000000]string]int", "fill 2", "fill" POINTS_TO_MUCH },
		{ "map[[1000000]string]int", "lookup 0..1", "lookup" POINTS_TO_MUCH },
		{ "map[[1000000]any]int", "insert 0..1",
			"insert: a value of type [1000000]interface "
			"{} is too large: its 16000000 bytes point to more than the 4194304 that "
			"hmapview takes" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;

		rig_open(&s, rows[i].type, NULL, true);
		rig_fails(&s, rows[i].line, rows[i].says);
		session_close(&s);
	}
}

/* What looks for keys of its own says what is wrong with them, not that there are none. */
static void fresh_keys_that_are_too_large(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[[1000000]string]int", NULL, true);
	rig_run(&s, "make");
	rig_fails(&s, "grow", "grow" POINTS_TO_MUCH);
	rig_fails(&s, "grow same", "grow" POINTS_TO_MUCH);
	rig_fails(&s, "collide 0", "collide" POINTS_TO_MUCH);
	session_close(&s);
	rig_open(&s, "map[int8]int", NULL, true);
	rig_run(&s, "fill 128");
	rig_fails(
		&s, "collide 0 1", "collide: no more keys of type int8 were found for that bucket");
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(generated_keys_are_distinct),
		cmocka_unit_test(numbers_that_make_no_key),
		cmocka_unit_test(fresh_keys_that_are_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
