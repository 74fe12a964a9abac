/* SPDX-License-Identifier: MIT */
#include "tests/model/peek.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"

#include <cmocka.h>

uint64_t peek(const struct session *s, enum hmap_field f)
{
	return map_get(&s->world.map, f);
}

void peek_tops(const struct session *s, uint64_t addr, const char *want)
{
	char got[SLOTS + 1] = "";

	for (unsigned i = 0; i < SLOTS; i++) {
		uint8_t top = map_at(&s->world.map, addr)[i];

		got[i] = top >= MIN_TOPHASH ? '#' : ".oxye"[top];
	}
	assert_string_equal(got, want);
}

uint64_t peek_chain(const struct session *s, uint64_t bucket)
{
	uint64_t n = 0;

	for (uint64_t addr = map_bucket(&s->world.map, false, bucket); addr; n++)
		addr = map_overflow(&s->world.map, addr);
	return n;
}

uint64_t peek_overflow(const struct session *s)
{
	uint64_t n = 0;

	for (uint64_t i = 0; i < 1ull << peek(s, HMAP_B); i++)
		n += peek_chain(s, i) - 1;
	return n;
}
