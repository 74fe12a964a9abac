/* SPDX-License-Identifier: MIT */
/* Java's figures are those of a real Java: hash codes, and bytes as JOL measured them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/figures/java.h"
#include "model/map/classic/reading.h"
#include "model/session/growths.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* OpenJDK 17: what hashCode() says. */
static const struct {
	const char *type, *key, *class;
	uint32_t code;
} codes[] = {
	{ "map[string]int", "\"gopher\"", "String", 0xb613d58d },
	{ "map[string]int", "\"x\"", "String", 0x78 },
	{ "map[string]int", "\"key-0\"", "String", 0x06138842 },
	{ "map[string]int", "\"\"", "String", 0 },
	/* Two UTF-16 units: 0xd83d * 31 + 0xde00. */
	{ "map[string]int", "\"\xf0\x9f\x98\x80\"", "String", 0xd83d * 31 + 0xde00 },
	{ "map[int64]int", "0x123456789abcdef0", "Long", 0x88888888 },
	{ "map[int64]int", "-1", "Long", 0 },
	{ "map[int32]int", "-2", "Integer", 0xfffffffe },
	{ "map[int8]int", "-2", "Integer", 0xfffffffe },
	{ "map[uint8]int", "254", "Integer", 254 },
	{ "map[float64]int", "1.5", "Double", 0x3ff80000 },
	{ "map[float32]int", "1.5", "Float", 0x3fc00000 },
	{ "map[bool]int", "true", "Boolean", 1231 },
	{ "map[bool]int", "false", "Boolean", 1237 },
	{ "map[[2]int]int", "{1, 2}", NULL, 0 },
};

/* The one key of a map. */
static const uint8_t *only_key(const struct map *m)
{
	return map_key(m, map_bucket(m, false, 0), 0);
}

static void test_codes(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(codes); i++)
		for (int a = 0; a < 2; a++) {
			struct session s;
			struct java_key k;
			char line[100];

			rig_open(&s, codes[i].type, a ? "386" : NULL, true);
			snprintf(line, sizeof line, "make ; insert %s 1", codes[i].key);
			rig_run(&s, line);
			k = java_key_of(&s.world.map, only_key(&s.world.map));
			if (!codes[i].class != !k.class ||
				(k.class &&
					(strcmp(k.class, codes[i].class) ||
						k.code != codes[i].code ||
						k.spread != (k.code ^ k.code >> 16))))
				fail_msg("%s: %s %08x", codes[i].key, k.class ? k.class : "none",
					k.code);
			session_close(&s);
		}
}

/* JOL 0.17, OpenJDK 17 and 25: maps of so many entries, without keys and values. */
static void test_bytes(void **state)
{
	static const uint64_t measured[][2] = { { 0, 48 }, { 1, 160 }, { 8, 384 }, { 12, 512 },
		{ 13, 608 }, { 14, 640 }, { 24, 960 }, { 25, 1120 }, { 27, 1184 }, { 48, 1856 },
		{ 49, 2144 }, { 100, 4288 }, { 1000, 40256 }, { 100000, 4248640 },
		{ 1000000, 40388672 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(measured); i++)
		assert_int_equal(java_bytes(measured[i][0]), measured[i][1]);
}

static void expect(const char *go, const uint64_t (*rows)[3], unsigned count)
{
	struct growth_row grown[GROWTHS_SHOWN];
	struct session s;
	struct error err;
	unsigned n;

	rig_open_go(&s, NULL, NULL, go, true);
	rig_run(&s, "make ; fill 3");
	assert_true(session_growths(&s, grown, &n, &err));
	assert_int_equal(n, count);
	for (unsigned i = 0; i < n; i++) {
		assert_int_equal(grown[i].entries, rows[i][0]);
		assert_int_equal(grown[i].slots, rows[i][1]);
		if (rows[i][2])
			assert_int_equal(grown[i].bytes, rows[i][2]);
	}
	session_close(&s);
}

/* Both series, and bytes that the runtime's own maps have. */
static void test_growths(void **state)
{
	static const uint64_t classic[][3] = { { 1, 8, 256 }, { 9, 16, 464 }, { 14, 32, 944 },
		{ 27, 64, 1840 }, { 53, 128, 4168 }, { 105, 256, 0 }, { 209, 512, 0 },
		{ 417, 1024, 0 }, { 833, 2048, 0 }, { 1665, 4096, 0 } };
	static const uint64_t swiss[][3] = { { 1, 8, 256 }, { 9, 16, 504 }, { 15, 32, 984 },
		{ 29, 64, 1880 }, { 57, 128, 3544 }, { 113, 256, 0 }, { 225, 512, 0 },
		{ 449, 1024, 27352 }, { 897, 2048, 54656 } };
	struct growth_row grown[GROWTHS_SHOWN];
	struct session s;
	struct error err;
	unsigned n;

	(void)state;
	expect("1.23", classic, 10);
	rig_open_go(&s, NULL, NULL, "1.27", true);
	rig_run(&s, "make");
	assert_true(session_growths(&s, grown, &n, &err) && n >= LENGTH(swiss));
	for (unsigned i = 0; i < LENGTH(swiss); i++) {
		assert_int_equal(grown[i].entries, swiss[i][0]);
		assert_int_equal(grown[i].slots, swiss[i][1]);
		if (swiss[i][2])
			assert_int_equal(grown[i].bytes, swiss[i][2]);
	}
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_growths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
