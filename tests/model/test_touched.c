/* SPDX-License-Identifier: MIT */
/* Each byte of a linked object leads to its owner, and no other byte does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "model/figures/touched.h"
#include "tests/model/rig.h"

#include <cmocka.h>

enum { OBJECTS = 300, MOST = OBJECTS * 400 };

static void check_bytes(uint64_t size, uint64_t seed)
{
	static uint64_t owners[MOST];
	struct rig_dice d = { seed };
	uint64_t at[OBJECTS], addr = 1000;
	struct links l;

	links_init(&l, size);
	for (size_t i = 0; i < MOST; i++)
		owners[i] = 0;
	for (uint64_t i = 0; i < OBJECTS; i++) {
		addr += rig_below(&d, 3) ? 0 : rig_below(&d, 90);
		at[i] = addr;
		links_add(&l, addr, i + 1);
		addr += size;
	}
	for (uint64_t i = 0; i < OBJECTS; i++) {
		if (rig_below(&d, 3) == 0) {
			links_drop(&l, at[i]);
			continue;
		}
		for (uint64_t k = 0; k < size; k++)
			owners[at[i] - 1000 + k] = i + 1;
	}
	for (uint64_t byte = 1000; byte < addr + size; byte++)
		assert_int_equal(links_owner(&l, byte), owners[byte - 1000]);
	links_free(&l);
}

static void owners_of_bytes(void **state)
{
	static const uint64_t sizes[] = { 1, 8, 24, 63, 64, 65, 127, 144, 208, 272 };

	(void)state;
	for (size_t i = 0; i < LENGTH(sizes); i++)
		check_bytes(sizes[i], i + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(owners_of_bytes) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
