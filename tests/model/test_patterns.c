/* SPDX-License-Identifier: MIT */
/* Patterns of keys are counted exactly, in bounded memory. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/figures/patterns.h"

#include <cmocka.h>

static void learn_and_count(struct patterns *p, char (*texts)[64], size_t n)
{
	for (size_t i = 0; i < n; i++)
		patterns_learn(p, texts[i], strlen(texts[i]), 0);
	for (size_t i = 0; i < n; i++)
		patterns_count(p, texts[i], strlen(texts[i]), 0);
	patterns_sort(p);
}

static void check(const struct patterns *p, size_t i, const char *text, uint64_t count)
{
	assert_true(i < p->count);
	assert_string_equal(p->list[i].text, text);
	assert_int_equal(p->list[i].count[0], count);
}

static void test_mixed(void **state)
{
	static char texts[1000][64];
	struct patterns p = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		snprintf(texts[i], sizeof *texts, i < 700 ? "\"sess:%x:tok\"" : i < 900 ?
			"\"user/%d/%s\"" : "-%d", i * 7919, i % 2 ? "name" : "mail");
	for (int i = 900; i < 1000; i++)
		snprintf(texts[i], sizeof *texts, "-%d", i);
	learn_and_count(&p, texts, 1000);
	assert_int_equal(p.count, 4);
	check(&p, 0, "sess:*:tok", 700);
	check(&p, 1, "minus a number of 3 digits", 100);
	check(&p, 2, "user/*/mail", 100);
	check(&p, 3, "user/*/name", 100);
	assert_int_equal(p.all[0], 1000);
	assert_int_equal(p.others[0], 0);
	patterns_free(&p);
}

/* Whatever comes is in a pattern or among the others, and memory does not grow with it. */
static void test_bounded(void **state)
{
	static char texts[4000][64];
	struct patterns p = { 0 };
	uint64_t random = 1, sum;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		size_t len = 1 + (random >> 60);

		for (size_t k = 0; k < len; k++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			texts[i][k] = (char)(33 + (random >> 33) % 90);
		}
		texts[i][len] = '\0';
	}
	learn_and_count(&p, texts, 4000);
	assert_int_equal(p.nshapes, PATTERN_SHAPES);
	assert_true(p.count <= PATTERNS_MOST && p.others[0] > 0);
	sum = p.others[0];
	for (size_t i = 0; i < p.count; i++)
		sum += p.list[i].count[0];
	assert_int_equal(sum, 4000);
	patterns_free(&p);
}

static void test_edges(void **state)
{
	static char texts[8][64] = { "", "\"\"", "\"", "-", "a",
		"::", "a.b.c.d.e.f.g.h.i.j.k.l.m.n", "a.b.c.d.e.f.g.h.i.j.k.l.other" };
	struct patterns p = { 0 };

	(void)state;
	learn_and_count(&p, texts, 8);
	check(&p, 0, "", 2);
	check(&p, 1, "a.b.c.d.e.f.g.h.i.j.k.l.*", 2);
	assert_int_equal(p.all[0], 8);
	assert_int_equal(p.others[0], 0);
	patterns_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mixed),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
