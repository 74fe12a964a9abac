/* SPDX-License-Identifier: MIT */
/* What snapshots keep of units: it comes out as it went in, and is shared where it is alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/source/imprint.h"

#include <cmocka.h>

enum { SIZE = 24, CHAINS = 3 * IMPRINT_CHAINS + 7 };

/* A unit made of two numbers: some of its literals are left out, one is long. */
struct made {
	uint8_t raw[SIZE];
	char words[2 * SLOTS][400];
	struct imprint unit;
};

static void make(struct made *m, uint32_t chain, uint32_t link)
{
	for (unsigned i = 0; i < SIZE; i++)
		m->raw[i] = (uint8_t)(chain * 7 + link * 31 + i * i);
	m->unit.raw = m->raw;
	for (unsigned i = 0; i < 2 * SLOTS; i++) {
		unsigned kind = (chain + link + i) % 5;

		m->words[i][0] = '\0';
		if (kind != 1)
			snprintf(m->words[i], sizeof m->words[i], kind == 2 ? "%0300u" : "%u",
				chain * 100 + link * 20 + i);
		m->unit.literals[i] = kind == 0 ? NULL : m->words[i];
	}
}

static uint32_t links(uint32_t chain)
{
	return chain % 11 == 3 ? 1 + chain % 4 : 1;
}

/* All chains; that of number `other` is another one. */
static void fill(struct imprint_packer *p, struct imprint_array *a,
	const struct imprint_array *like, uint32_t other)
{
	struct made m;

	imprint_pack(p, a, like);
	for (uint32_t i = 0; i < CHAINS; i++)
		for (uint32_t k = 0; k < links(i); k++) {
			make(&m, i == other ? i + 1000 : i, k);
			imprint_add(p, &m.unit, k == 0);
		}
	imprint_pack_end(p);
}

static void check(const struct imprint_array *a, uint32_t other)
{
	struct imprint_reader r;
	struct made m;

	imprint_reader_open(&r, SIZE);
	assert_int_equal(a->count, CHAINS);
	/* Twice: a reader may begin anew. */
	for (int n = 0; n < 2; n++) {
		imprint_read(&r, a);
		for (uint32_t i = 0; i < CHAINS; i++) {
			assert_int_equal(imprint_links(a, i), links(i));
			for (uint32_t k = 0; k < links(i); k++) {
				const struct imprint *unit = imprint_next(&r);

				make(&m, i == other ? i + 1000 : i, k);
				assert_memory_equal(unit->raw, m.raw, SIZE);
				for (unsigned w = 0; w < 2 * SLOTS; w++) {
					assert_int_equal(!unit->literals[w], !m.unit.literals[w]);
					if (unit->literals[w])
						assert_string_equal(unit->literals[w],
							m.unit.literals[w]);
				}
			}
		}
	}
	imprint_reader_close(&r);
}

static void test_out_as_in(void **state)
{
	struct imprint_packer p;
	struct imprint_array a = { 0 };

	(void)state;
	imprint_packer_open(&p, SIZE);
	fill(&p, &a, NULL, UINT32_MAX);
	check(&a, UINT32_MAX);
	imprint_array_free(&a);
	imprint_packer_close(&p);
}

/* Of two arrays all blocks are the same but the one that has another unit. */
static void test_sharing(void **state)
{
	struct imprint_packer p;
	struct imprint_array a = { 0 }, b = { 0 }, c = { 0 };

	(void)state;
	imprint_packer_open(&p, SIZE);
	fill(&p, &a, NULL, UINT32_MAX);
	fill(&p, &b, &a, IMPRINT_CHAINS + 5);
	assert_int_equal(a.nblocks, 4);
	for (size_t i = 0; i < a.nblocks; i++) {
		assert_int_equal(a.blocks[i] == b.blocks[i], i != 1);
		imprint_array_hold(&c, i == 1 ? &b : &a, i);
	}
	imprint_array_free(&a);
	check(&b, IMPRINT_CHAINS + 5);
	imprint_array_free(&b);
	check(&c, IMPRINT_CHAINS + 5);
	imprint_array_free(&c);
	imprint_packer_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_out_as_in),
		cmocka_unit_test(test_sharing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
