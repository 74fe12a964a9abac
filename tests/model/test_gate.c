/* SPDX-License-Identifier: MIT */
/* Gates: what is read, what is refused and where, and when one holds. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "model/figures/gate.h"

#include <cmocka.h>

static enum gate_truth try(const char *text)
{
	static const struct gate_values v = { { [GATE_BYTES] = 2000, [GATE_ENTRIES] = 30,
		[GATE_SLOTS] = 120, [GATE_FREE] = 1000, [GATE_DEAD] = 100, [GATE_UNUSED] = 1100,
		[GATE_SAVES] = NAN, [GATE_MAPS] = 3, [GATE_EMPTY] = 0 } };
	struct gate g;
	struct error err;

	if (!gate_read(&g, text, &err))
		fail_msg("%s: %s", text, err.msg);
	return gate_try(&g, &v);
}

static void test_truth(void **state)
{
	static const struct {
		const char *text;
		enum gate_truth is;
	} rows[] = {
		{ "bytes < 2001", GATE_HOLDS }, { "bytes < 2k", GATE_FAILS },
		{ "bytes <= 2k", GATE_HOLDS }, { "bytes<=2kB", GATE_HOLDS },
		{ "bytes = 2000", GATE_HOLDS }, { "bytes == 2000", GATE_HOLDS },
		{ "bytes != 2000", GATE_FAILS }, { "bytes > 1.9k", GATE_HOLDS },
		{ "bytes >= 1.99Ki", GATE_FAILS }, { "bytes < 1Mi", GATE_HOLDS },
		{ "bytes < 1T", GATE_HOLDS }, { "bytes > 1.5 K", GATE_HOLDS },
		{ "dead = 5%", GATE_HOLDS }, { "free < 50 %", GATE_FAILS },
		{ "unused = 55%", GATE_HOLDS }, { "entries = 25%", GATE_HOLDS },
		{ "all maps = 3 and empty = 0", GATE_HOLDS },
		/* "and" before "or"; "not" before both. */
		{ "bytes = 1 and bytes = 1 or bytes = 2000", GATE_HOLDS },
		{ "bytes = 2000 or bytes = 1 and bytes = 1", GATE_HOLDS },
		{ "(bytes = 2000 or bytes = 1) and bytes = 1", GATE_FAILS },
		{ "not bytes = 1 and bytes = 2000", GATE_HOLDS },
		{ "not(bytes = 1 or bytes = 2000)", GATE_FAILS },
		{ "not not bytes = 2000", GATE_HOLDS },
		/* What is not known decides nothing that is decided without it. */
		{ "saves < 1M", GATE_UNKNOWN }, { "not saves < 1M", GATE_UNKNOWN },
		{ "saves < 10%", GATE_UNKNOWN },
		{ "saves < 1M or bytes = 2k", GATE_HOLDS },
		{ "saves < 1M and bytes = 2k", GATE_UNKNOWN },
		{ "bytes = 1 and saves < 1M", GATE_FAILS },
		{ "main.q entries < 10k", GATE_HOLDS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (try(rows[i].text) != rows[i].is)
			fail_msg("%s", rows[i].text);
}

/* Where, and what. */
static void test_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "", "at 1, \"\": a figure is expected: bytes, entries" },
		{ "  ", "at 3, \"\": a figure" },
		{ "bites < 3", "at 1, \"bites < 3\": a figure" },
		{ "main.q", "at 1, \"main.q\": a figure" },
		{ "main.q 3 < 4", "at 8, \"3 < 4\": a figure" },
		{ "main.q < 4", "at 1, \"main.q < 4\": a figure" },
		{ "bytes", "at 6, \"\": <, <=" },
		{ "bytes 3", "at 7, \"3\": <, <=" },
		{ "bytes ! 3", "at 7, \"! 3\": <, <=" },
		{ "bytes <", "at 8, \"\": a number" },
		{ "bytes < -3", "at 9, \"-3\": a number" },
		{ "bytes < x", "at 9, \"x\": a number" },
		{ "bytes < .", "at 9, \".\": a number" },
		{ "bytes < 11111111111111111111111111111111111", "a number" },
		{ "bytes < 3X", "at 10, \"X\": %, k, M" },
		{ "bytes < 3kk", "at 10, \"kk\": %" },
		{ "bytes < 3%", "at 10, \"%\": that figure is no part" },
		{ "bytes < 3 entries < 4", "at 11, \"entries < 4\": and, or" },
		{ "bytes < 3 and", "at 14, \"\": a figure" },
		{ "(bytes < 3", "at 11, \"\": )" },
		{ "bytes < 3)", "at 10, \")\": and, or" },
		{ "maps < 3", "at 1, \"maps < 3\": that is of all" },
		{ "main.q empty < 3", "that is of all" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gate g;
		struct error err;

		if (gate_read(&g, rows[i].text, &err) || !strstr(err.msg, rows[i].says))
			fail_msg("%s: %s", rows[i].text, err.msg);
	}
}

static void test_bounds(void **state)
{
	struct text deep = { 0 }, wide = { 0 };
	struct gate g;
	struct error err;

	(void)state;
	for (int i = 0; i < 5000; i++)
		text_add(&deep, i % 2 ? "(" : "not ");
	assert_false(gate_read(&g, text_str(&deep), &err));
	assert_non_null(strstr(err.msg, "too deep"));
	text_add(&wide, "bytes < 1");
	for (int i = 0; i < 5000; i++)
		text_add(&wide, " or bytes < 1");
	assert_false(gate_read(&g, text_str(&wide), &err));
	assert_non_null(strstr(err.msg, "too long"));
	text_free(&deep);
	text_free(&wide);
}

static void test_names(void **state)
{
	static const struct {
		const char *text, *name;
		bool meant;
	} rows[] = {
		{ "bytes < 3", "main.q", true }, { "bytes < 3", NULL, true },
		{ "main.q bytes < 3", "main.q", true }, { "main.q bytes < 3", "main.qq", false },
		{ "main.q bytes < 3", NULL, false },
		{ "0xc000 bytes < 3", "0xc000", true },
		{ "main.pod[*].labels bytes < 3", "main.pod[17].labels", true },
		{ "main.pod[*].labels bytes < 3", "main.pod[17].label", false },
		{ "main.pod[*].labels bytes < 3", "main.podx.labels", false },
		{ "* bytes < 3", "main.q", true }, { "main.? bytes < 3", "main.q", false },
		{ "main.m[\"a b\"] not bytes < 3", "main.m[\"a b\"]", true },
		{ "main.m[\"a<\"] (bytes < 3)", "main.m[\"a<\"]", true },
		{ "all bytes < 3", "main.q", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gate g;
		struct error err;

		if (!gate_read(&g, rows[i].text, &err))
			fail_msg("%s: %s", rows[i].text, err.msg);
		if (gate_means(&g, rows[i].name) != rows[i].meant)
			fail_msg("%s: %s", rows[i].text, rows[i].name ? rows[i].name : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truth),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
