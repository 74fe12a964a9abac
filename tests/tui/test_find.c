/* SPDX-License-Identifier: MIT */
/* Finding on maps of the model: what is found, in which order, and what is said of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tui/view/find.h"
#include "tui/view/look.h"

#include <cmocka.h>

struct scene {
	struct session s;
	struct look l;
};

static struct scene *begin(const char *type, const char *lines)
{
	struct scene *sc = calloc(1, sizeof *sc);

	rig_open(&sc->s, type, "amd64", true);
	rig_run(&sc->s, lines);
	look_init(&sc->l, &sc->s);
	look_put(&sc->l, (struct place){ 0 });
	return sc;
}

static void end(struct scene *sc)
{
	look_free(&sc->l);
	session_close(&sc->s);
	free(sc);
}

/* What is found is "[old ]BUCKET[+CHAIN].SLOT", or the error. */
static void check(struct scene *sc, const char *what, bool back, enum found expected,
	const char *says)
{
	struct error err = { "" };
	enum found found = find_next(&sc->l, what, back, &err);
	const struct place *c = &sc->l.cursor;
	char text[600], chain[16] = "";

	if (c->link)
		snprintf(chain, sizeof chain, "+%u", c->link);
	if (found)
		snprintf(text, sizeof text, "%s%llu%s.%u", c->array ? "old " : "",
			(unsigned long long)c->unit, chain, c->slot);
	else
		snprintf(text, sizeof text, "%s", err.msg);
	if (found != expected || strcmp(text, says) != 0)
		fail_msg("%s: %d %s, not %d %s", what, (int)found, text, (int)expected, says);
}

/* One bucket of eight, with two tombstones in it. */
static void slots_come_one_by_one(void **state)
{
	struct scene *sc = begin("map[int]string",
		"fill 8\ninsert 3 \"v3\"\ndelete 2\ndelete 5\ninsert 6 \"x\"\ninsert 7 \"x\"");

	(void)state;
	check(sc, "tombstone", false, FOUND, "0.2");
	check(sc, "tombstones", false, FOUND, "0.5");
	check(sc, "emptyOne", false, FOUND_AROUND, "0.2");
	check(sc, "tombstone", true, FOUND_AROUND, "0.5");
	check(sc, "tombstone", true, FOUND, "0.2");
	check(sc, "=\"x\"", false, FOUND, "0.6");
	check(sc, "\"x\"", false, FOUND, "0.7");
	check(sc, "\"x\"", false, FOUND_AROUND, "0.6");
	check(sc, "\"v3\"", false, FOUND_AROUND, "0.3");
	check(sc, "\"v3\"", false, FOUND_SAME, "0.3");
	check(sc, "4", false, FOUND, "0.4");
	check(sc, "4", false, FOUND_SAME, "0.4");
	end(sc);
}

/* Where it is found all the same, if there it is. */
static void elsewhere_is_told(void **state)
{
	struct scene *sc = begin("map[int]string", "insert 3 \"v3\"");

	(void)state;
	check(sc, "v3", false, FOUND_NOT, "there is no key v3; an elem has it: =\"v3\" finds it");
	check(sc, "v33", false, FOUND_NOT, "key v33 is no int: it is written as 42 or 0x2a");
	end(sc);
	sc = begin("map[string]int", "fill 8");
	check(sc, "key-3", false, FOUND_NOT, "key-3 is no literal; there is a key \"key-3\"");
	end(sc);
	sc = begin("map[int]int", "insert 3 70");
	check(sc, "70", false, FOUND_NOT, "there is no key 70; an elem has it: =70 finds it");
	end(sc);
}

static void what_is_not_there_is_named(void **state)
{
	struct scene *sc = begin("map[int]int", "fill 8");

	(void)state;
	check(sc, "99", false, FOUND_NOT, "there is no key 99; =99 looks for an elem");
	check(sc, "=99", false, FOUND_NOT, "there is no elem 99");
	check(sc, "=0", false, FOUND, "0.1");
	check(sc, "tombstone", false, FOUND_NOT,
		"tombstone finds a deleted slot (emptyOne): there is none");
	check(sc, "waiting", false, FOUND_NOT,
		"waiting finds an old bucket that was not evacuated yet: there is none");
	check(sc, "longest", false, FOUND_NOT,
		"longest finds the end of a longest chain: no bucket has an overflow bucket");
	check(sc, "tomb", false, FOUND_NOT, "key tomb is no int: it is written as 42 or 0x2a");
	check(sc, "@1", false, FOUND_NOT, "there is no bucket 1: the array has 1");
	check(sc, "0xc0deadbeef", false, FOUND_NOT,
		"nothing of the map is at address 0xc0deadbeef");
	assert_int_equal(sc->l.cursor.slot, 1);
	end(sc);
}

/* In the midst of a growth the old array follows the new one; and from its end one begins anew. */
static void both_arrays_are_gone_over(void **state)
{
	struct scene *sc = begin("map[int]int", "fill 27");

	(void)state;
	check(sc, "waiting", false, FOUND, "old 1.0");
	check(sc, "unevacuated", false, FOUND, "old 2.0");
	check(sc, "waiting", false, FOUND_AROUND, "old 1.0");
	check(sc, "waiting", true, FOUND_AROUND, "old 2.0");
	check(sc, "waiting", true, FOUND, "old 1.0");
	check(sc, "full", false, FOUND, "old 2.0");
	check(sc, "full", true, FOUND_SAME, "old 2.0");
	check(sc, "empty", false, FOUND_AROUND, "1.0");
	check(sc, "empty", false, FOUND, "2.0");
	check(sc, "evacuatedX", false, FOUND, "old 0.5");
	check(sc, "evacuatedX", true, FOUND_AROUND, "old 3.1");
	check(sc, "evacuatedY", true, FOUND, "old 3.0");
	check(sc, "evacuatedEmpty", false, FOUND, "old 3.6");
	check(sc, "@2", false, FOUND, "2.0");
	check(sc, "old@1.4", false, FOUND, "old 1.4");
	check(sc, "emptyRest", true, FOUND, "7.7");
	check(sc, "9", false, FOUND, "old 1.2");
	end(sc);
}

static void chains_are_gone_along(void **state)
{
	struct scene *sc = begin("map[int]int", "make 100\ncollide 1 20\ncollide 2 12");

	(void)state;
	check(sc, "overflow", false, FOUND, "1+1.0");
	check(sc, "overflow", false, FOUND, "1+2.0");
	check(sc, "overflow", false, FOUND, "2+1.0");
	check(sc, "overflow", false, FOUND_AROUND, "1+1.0");
	check(sc, "overflow", true, FOUND_AROUND, "2+1.0");
	check(sc, "overflow", true, FOUND, "1+2.0");
	check(sc, "longest", true, FOUND_SAME, "1+2.0");
	check(sc, "@1+1.3", false, FOUND, "1+1.3");
	check(sc, "full", true, FOUND, "1.0");
	check(sc, "emptyRest", true, FOUND, "0.7");
	end(sc);
}

/* An address behind the pointer in that slot's elem. */
static void check_pointed(struct scene *sc, unsigned slot)
{
	const struct map *m = &sc->s.world.map;
	uint64_t elem = map_bucket(m, false, 0) + unit_elem(&m->type->unit, slot);
	char text[32], says[16];

	snprintf(text, sizeof text, "0x%llx", (unsigned long long)map_load_word(m, elem) + 3);
	snprintf(says, sizeof says, "0.%u", slot);
	check(sc, text, false, FOUND, says);
}

/* The header has addresses, too; NaN keys are found by no lookup. */
static void odd_places(void **state)
{
	struct scene *sc = begin("map[float64]int", "insert NaN 1\ninsert NaN 2\ninsert 3.5 3");
	struct error err;
	char text[32];

	(void)state;
	assert_int_equal(find_next(&sc->l, "0xc000012010", false, &err), FOUND);
	assert_true(sc->l.in_header);
	assert_int_equal(sc->l.field, HMAP_BUCKETS);
	assert_true(find_next(&sc->l, "NaN", false, &err));
	assert_false(sc->l.in_header);
	check(sc, "3.5", false, FOUND, "0.2");
	check(sc, "=2", false, FOUND_AROUND, "0.1");
	end(sc);
	/* What a string's data pointer leads to, and what an indirect elem's does. */
	sc = begin("map[int]string", "insert 1 \"first\"\ninsert 2 \"second\"");
	check_pointed(sc, 1);
	end(sc);
	sc = begin("map[int][200]byte", "insert 1\ninsert 2");
	check_pointed(sc, 1);
	end(sc);
	/* A number is a key first, and then an address. */
	sc = begin("map[int]int", "arch 386\ninsert 1\ninsert 0x10");
	check(sc, "0x10", false, FOUND, "0.1");
	snprintf(text, sizeof text, "0x%llx", (unsigned long long)map_bucket(&sc->s.world.map,
		false, 0));
	check(sc, text, false, FOUND, "0.0");
	check(sc, "0x11", false, FOUND_NOT, "there is no key 0x11; =0x11 looks for an elem");
	end(sc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slots_come_one_by_one),
		cmocka_unit_test(elsewhere_is_told),
		cmocka_unit_test(what_is_not_there_is_named),
		cmocka_unit_test(both_arrays_are_gone_over),
		cmocka_unit_test(chains_are_gone_along),
		cmocka_unit_test(odd_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
