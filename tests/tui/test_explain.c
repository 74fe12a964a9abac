/* SPDX-License-Identifier: MIT */
/*
 * What is said of whatever is under the cursor: fields of the header, slots, bytes, in each state
 * that they can be in, once. The golden is to be read as a text; that what it foretells comes true
 * is tested in test_look.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/view/design.h"
#include "tui/view/view.h"
#include "tui/view/explain.h"
#include "tui/view/find.h"

#include <cmocka.h>

#define GOLDEN_PATH "tests/tui/goldens/explained.txt"

/* As many as an array of four buckets takes. */
#define NANS5 "insert NaN ; insert NaN ; insert NaN ; insert NaN ; insert NaN"
#define NANS NANS5 " ; " NANS5 " ; " NANS5 " ; " NANS5 " ; " NANS5 " ; insert NaN"

struct scene {
	const char *type, *arch; /* NULL: the default */
	const char *lines;
	const char *places;      /* as one finds them, a blank between; "" for none */
	bool header;             /* each field of it */
	unsigned bytes;          /* of keys and elems every so many; 0: the first alone */
};

static const struct scene scenes[] = {
	/* The header, from nothing to large. */
	{ NULL, NULL, "make", "", true, 0 },
	{ NULL, NULL, "make ; fill 8", "@0 @0.7", true, 0 },
	{ "map[int]int", NULL, "fill 9 ; range", "", true, 0 },
	{ "map[int]int", NULL, "make 20 ; collide 1 12", "@1.7 @1+1.0 @1+1.7", true, 0 },
	{ "map[int]int", NULL, "make 400 ; collide 1 40", "", true, 0 },
	{ NULL, NULL, "make 400 ; range ; fill 417", "", true, 0 },
	{ "map[int]int", "386", "make 20 ; grow same", "", true, 0 },
	{ "map[uint16]struct{}", NULL, "make 427000 ; insert 1", "", true, 0 },

	/* Growing: what waits, what was moved, where to. */
	{ NULL, NULL, "fill 27", "@1.0 @7.6 old@1 old@1.2 old@1.5 old@2.0 old@0.0 old@0.5 old@0.7",
		true, 0 },
	{ "map[int]int", NULL, "fill 27", "old@0.0 old@0.7", false, 0 },
	{ "map[int]int", NULL, "fill 26 ; range ; insert 26", "old@0.0", true, 0 },
	{ "map[int]string", NULL, "fill 26 ; range ; insert 26", "old@0.0 old@2.0", false, 0 },
	{ "map[int]int", NULL, "make 400 ; grow same", "old@60.0 old@0.0", true, 0 },
	{ "map[int]int", NULL, "make 100 ; collide 5 20 ; grow", "old@5.7 old@5+1.0", true, 0 },
	{ NULL, NULL, "make 100 ; collide 5 20 ; grow", "old@5.7 old@5+1.0 old@0", false, 0 },
	{ "map[float64]int", NULL, "make 20 ; " NANS " ; insert NaN", "old@1.0 old@2.0 old@3.0",
		false, 0 },
	{ "map[float64]int", NULL, "make 20 ; " NANS " ; range ; insert NaN",
		"old@1.0 old@2.0 old@3.0", true, 0 },

	/* What deletes leave, on each path. */
	{ "map[int]string", NULL, "fill 20 ; delete 3", "tombstone", false, 0 },
	{ "map[string]int", NULL, "fill 20 ; delete \"key-3\"", "tombstone", false, 0 },
	{ "map[any]int", NULL, "fill 20 ; delete 3", "tombstone", false, 0 },
	{ "map[[200]byte]int", NULL, "fill 8 ; delete 3..4", "tombstone @0.0", false, 0 },
	{ "map[int][200]byte", NULL, "fill 8", "@0.0", false, 0 },
	{ "map[uint8]bool", NULL, "fill 20 ; delete 3", "@0.0 tombstone", false, 0 },
	{ "map[string]string", NULL, "fill 5", "@0.0 @0.5", false, 0 },

	/* What a byte is of. */
	{ "map[struct{ A int8; B int64; C string }]struct{ P *int; S []int8 }", NULL, "fill 1",
		"@0.0", false, 4 },
	{ "map[struct{ A int8; B int64 }][2]int16", "s390x", "fill 1", "@0.0", false, 1 },
	{ "map[any]error", "386", "insert 7", "@0.0", false, 4 },
	{ "map[complex64]float32", NULL, "insert (1+2i)", "@0.0", false, 4 },
};

static const char *const fields[] = { "count", "flags", "B", "noverflow", "hash0", "buckets",
	"oldbuckets", "nevacuate", "clearSeq", "extra", "overflow", "oldoverflow", "nextOverflow" };

/* What was said before is not said again. */
static void say(const struct look *l, const char *place, const char *what, struct text *out)
{
	struct text words = {0};

	explain(l, &words);
	while (words.s[words.len - 1] == ' ')
		words.s[--words.len] = '\0';
	if (!strstr(text_str(out), text_str(&words)))
		text_printf(out, "  %-7s %-12s %s\n", place, what, text_str(&words));
	text_free(&words);
}

static void say_bytes(struct look *l, const char *place, const char *name, uint32_t count,
	unsigned step, struct text *out)
{
	for (l->byte = 0; l->byte < count; l->byte += step ? step : count)
		say(l, place, name, out);
}

/* The slot, and the bytes that are its own. */
static void say_place(struct look *l, const char *place, unsigned step, struct text *out)
{
	const struct maptype *t = l->session->world.map.type;
	const struct {
		enum part part;
		const char *name;
		uint32_t size;
		unsigned step;
	} parts[] = {{PART_CONTROL, "tophash", 1, 0}, {PART_KEY, "key", t->keysize, step},
		{PART_ELEM, "elem", t->elemsize, step}, {PART_LINK, "overflow", 1, 0}};
	struct error err;

	if (!find_next(l, place, false, &err))
		fail_msg("%s: %s", place, err.msg);
	l->zoom = ZOOM_ROWS;
	say(l, place, "slot", out);
	l->zoom = ZOOM_BYTES;
	for (size_t i = 0; i < LENGTH(parts); i++) {
		l->part = parts[i].part;
		say_bytes(l, place, parts[i].name, parts[i].size, parts[i].step, out);
	}
}

static void say_scene(const struct scene *sc, struct text *out)
{
	char *places = xstrdup(sc->places);
	struct session s;
	struct look l;

	rig_open(&s, sc->type, sc->arch, true);
	rig_run(&s, sc->lines);
	look_init(&l, &s);
	text_printf(out, "%s%s %s: %s\n", out->len ? "\n" : "", s.world.map.type->asked,
		s.given.target->name, sc->lines);
	l.in_header = true;
	for (l.field = 0; sc->header && l.field < look_fields(&l); l.field++)
		if (look_design(&l)->header->row(&l, l.field) >= 0)
			say(&l, "", fields[l.field], out);
	l.in_header = false;
	for (char *at = NULL, *place = strtok_r(places, " ", &at); place;
		place = strtok_r(NULL, " ", &at))
		say_place(&l, place, sc->bytes, out);
	look_free(&l);
	session_close(&s);
	free(places);
}

static void test_all_is_explained(void **state)
{
	struct text out = {0};

	(void)state;
	for (size_t i = 0; i < LENGTH(scenes); i++)
		say_scene(&scenes[i], &out);
	assert_true(golden_equal(GOLDEN_PATH, text_str(&out), golden_wanted()));
	text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_is_explained)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
