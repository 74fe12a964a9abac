/* SPDX-License-Identifier: MIT */
/* The cursor: it stays with its key, or follows; what is said of what it stands on is true. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tui/screen/layout.h"
#include "tui/view/design.h"
#include "tui/view/explain.h"
#include "tui/view/find.h"
#include "tui/view/follow.h"
#include "tui/view/view.h"

#include <cmocka.h>

struct scene {
	struct session s;
	struct look l;
};

static struct scene *begin(const char *type, const char *arch, const char *lines)
{
	struct scene *sc = calloc(1, sizeof *sc);

	rig_open(&sc->s, type, arch, true);
	rig_run(&sc->s, lines);
	look_init(&sc->l, &sc->s);
	follow(&sc->l);
	return sc;
}

static void end(struct scene *sc)
{
	look_free(&sc->l);
	session_close(&sc->s);
	free(sc);
}

/* Puts the cursor where a user would: on what is found. */
static void put_on(struct scene *sc, const char *what)
{
	struct error err;

	if (!find_next(&sc->l, what, false, &err))
		fail_msg("%s: %s", what, err.msg);
	follow_not(&sc->l);
}

static void step(struct scene *sc, const char *lines)
{
	rig_run(&sc->s, lines);
	follow_step(&sc->l);
}

/* The key under the cursor; "" where there is none. */
static const char *key_there(const struct scene *sc, struct text *out)
{
	const struct map *m = &sc->s.world.map;
	const struct place *c = &sc->l.cursor;

	text_clear(out);
	if (c->addr && map_at(m, c->addr)[c->slot] >= MIN_TOPHASH)
		value_format(m->heap, m->type->key, map_key(m, c->addr, c->slot), out, 0);
	return text_str(out);
}

static void check_words(const struct scene *sc, const char *words)
{
	struct text t = { 0 };

	follow_words(&sc->l, &t);
	assert_string_equal(text_str(&t), words);
	text_free(&t);
}

static void check_says(const struct scene *sc, const char *part)
{
	struct text words = { 0 };

	explain(&sc->l, &words);
	if (!strstr(text_str(&words), part))
		fail_msg("\"%s\" is not in: %s", part, text_str(&words));
	text_free(&words);
}

/* All the way through growths, forth and back, at every event. */
static void test_stays_with_its_key(void **state)
{
	struct scene *sc = begin(NULL, NULL, "make ; fill 100");
	struct text key = { 0 };
	struct error err;
	unsigned moves = 0, shown = 0;

	(void)state;
	put_on(sc, "5");
	check_words(sc, "stays with key 5");
	while (session_step_event(&sc->s, false, &err) && sc->s.time.now > 7) {
		struct place was = sc->l.cursor;

		follow_step(&sc->l);
		shown++;
		assert_false(sc->l.lost);
		moves += was.addr != sc->l.cursor.addr;
		assert_string_equal(key_there(sc, &key), "5");
	}
	assert_true(moves == 4 && shown > 300);
	assert_true(session_goto(&sc->s, 101, &err));
	follow_step(&sc->l);
	assert_string_equal(key_there(sc, &key), "5");
	/* Whatever the others do, it does not go to them. */
	step(sc, "insert 1000");
	step(sc, "grow");
	step(sc, "evacuate 2");
	assert_string_equal(key_there(sc, &key), "5");
	assert_true(session_set_arch(&sc->s, "386", &err));
	follow_step(&sc->l);
	assert_string_equal(key_there(sc, &key), "5");
	text_free(&key);
	end(sc);
}

static void test_waits_for_a_deleted_key(void **state)
{
	struct scene *sc = begin("map[string]int", NULL, "make ; fill 30");
	struct text key = { 0 };

	(void)state;
	put_on(sc, "\"key-7\"");
	step(sc, "delete \"key-7\"");
	assert_string_equal(key_there(sc, &key), "");
	check_words(sc, "waits for key \"key-7\"");
	step(sc, "undo");
	assert_string_equal(key_there(sc, &key), "\"key-7\"");
	step(sc, "redo");
	step(sc, "fill 60");
	step(sc, "clear");
	step(sc, "insert \"key-7\"");
	assert_string_equal(key_there(sc, &key), "\"key-7\"");
	check_words(sc, "stays with key \"key-7\"");
	/* With another type there is no such key. */
	step(sc, "map map[int]int");
	assert_true(sc->l.lost);
	text_free(&key);
	end(sc);
}

/* The same byte of the elem, where the key goes. */
static void test_stays_with_its_byte(void **state)
{
	struct scene *sc = begin(NULL, NULL, "make ; fill 8");

	(void)state;
	put_on(sc, "3");
	sc->l.part = PART_ELEM;
	sc->l.byte = 9;
	step(sc, "fill 60");
	assert_int_equal(sc->l.part, PART_ELEM);
	assert_int_equal(sc->l.byte, 9);
	end(sc);
}

static void test_follows_until_moved(void **state)
{
	struct scene *sc = begin(NULL, NULL, "make ; fill 5");
	struct text key = { 0 };

	(void)state;
	check_words(sc, "follows the steps");
	step(sc, "insert 77");
	assert_string_equal(key_there(sc, &key), "77");
	step(sc, "undo");
	assert_string_equal(key_there(sc, &key), "4");
	/* Put on a free slot it stays there. */
	look_put(&sc->l, (struct place){ .slot = 7 });
	follow_not(&sc->l);
	check_words(sc, "stays here");
	step(sc, "insert 77");
	assert_int_equal(sc->l.cursor.slot, 7);
	follow(&sc->l);
	assert_string_equal(key_there(sc, &key), "77");
	check_words(sc, "follows the steps");
	text_free(&key);
	end(sc);
}

/* A NaN equals nothing, so nothing can be waited for; the cursor stays where it is. */
static void test_nan(void **state)
{
	struct scene *sc = begin("map[float64]int", NULL, "make ; insert NaN ; insert 1");

	(void)state;
	look_put(&sc->l, (struct place){ .slot = 0 });
	follow_not(&sc->l);
	check_words(sc, "stays here");
	step(sc, "insert 2");
	assert_int_equal(sc->l.cursor.slot, 0);
	sc->l.zoom = ZOOM_BYTES;
	sc->l.part = PART_CONTROL;
	check_says(sc, "the key is a NaN");
	check_says(sc, "a range loop has begun in it");
	sc->l.zoom = ZOOM_ROWS;
	check_says(sc, "no lookup, update or delete ever finds it");
	sc->l.zoom = ZOOM_BYTES;
	look_put_offset(&sc->l, sc->s.world.map.type->unit.elems +
		sc->l.cursor.slot * sc->s.world.map.type->elemsize);
	check_says(sc, "no update or delete finds this slot");
	end(sc);
}

/* Every byte of a bucket is reached by its offset and leads back to it. */
static void test_offsets(void **state)
{
	static const char *const types[] = { "map[int]string", "map[string]struct{}",
		"map[struct{}]int", "map[[200]byte]int8", "map[int64]struct{A int8; B int64}",
		"map[uint8]bool" };

	(void)state;
	for (size_t i = 0; i < LENGTH(types); i++)
		for (int wide = 0; wide < 2; wide++) {
			struct scene *sc = begin(types[i], wide ? "amd64" : "386", "make ; fill 1");

			for (uint32_t at = 0; at < sc->s.world.map.type->unit.size; at++) {
				struct text words = { 0 };

				look_put_offset(&sc->l, at);
				assert_int_equal(look_offset(&sc->l), at);
				look_design(&sc->l)->explain.byte(&sc->l, &words);
				assert_true(words.len > 40);
				text_free(&words);
			}
			end(sc);
		}
}

static void check_field(struct scene *sc, int field, const char *part)
{
	sc->l.in_header = true;
	sc->l.field = field;
	check_says(sc, part);
	sc->l.in_header = false;
}

/* What is foretold of a cell comes true: where it moves, and what a delete leaves. */
static void test_foretold(void **state)
{
	struct scene *sc = begin(NULL, NULL, "make ; fill 13 ; insert 13");
	struct text words = { 0 }, key = { 0 };
	struct error err;

	(void)state;
	for (int i = 0; i < 13; i++) {
		char name[16];
		uint64_t to;
		const char *at;

		snprintf(name, sizeof name, "%d", i);
		put_on(sc, name);
		if (!sc->l.cursor.array)
			continue;
		text_clear(&words);
		explain_slot(&sc->l, &words);
		at = strstr(text_str(&words), "to bucket ");
		assert_non_null(at);
		to = strtoull(at + strlen("to bucket "), NULL, 10);
		step(sc, "evacuate 4");
		assert_false(sc->l.cursor.array);
		assert_int_equal(sc->l.cursor.unit, to);
		assert_string_equal(key_there(sc, &key), name);
		assert_true(session_goto(&sc->s, sc->s.time.now - 1, &err));
		follow_step(&sc->l);
	}
	text_free(&words);
	text_free(&key);
	end(sc);
}

static void test_deletes_foretold(void **state)
{
	struct scene *sc = begin("map[int]int", NULL, "make ; fill 8");

	(void)state;
	for (int i = 0; i < 8; i++) {
		uint8_t top;
		struct text words = { 0 };
		bool tombstone;
		char line[32];

		look_put(&sc->l, (struct place){ .slot = (unsigned)i });
		explain_slot(&sc->l, &words);
		tombstone = strstr(text_str(&words), "leaves a tombstone") != NULL;
		assert_true(tombstone || strstr(text_str(&words), "leaves it free"));
		snprintf(line, sizeof line, "delete %d", i);
		rig_run(&sc->s, line);
		top = map_at(&sc->s.world.map, sc->l.cursor.addr)[i];
		assert_int_equal(top, tombstone ? EMPTY_ONE : EMPTY_REST);
		rig_run(&sc->s, "undo");
		text_free(&words);
	}
	end(sc);
}

static void test_bytes_explained(void **state)
{
	struct scene *sc = begin("map[string]struct{A int8; B int64; C string}", NULL,
		"make ; insert \"abc\" {1, 2, \"x\"} ; insert \"d\" ; delete \"abc\"");

	(void)state;
	sc->l.zoom = ZOOM_BYTES;
	sc->l.cursor.slot = 0;
	sc->l.part = PART_KEY;
	sc->l.byte = 0;
	check_says(sc, "bits 0 to 7 of the pointer");
	sc->l.byte = 8;
	check_says(sc, "bits 0 to 7 of the length. The slot is free, and this is left over");
	sc->l.part = PART_ELEM;
	sc->l.byte = 1;
	check_says(sc, "padding, which no field uses. The slot is free, and all of it is zero");
	sc->l.cursor.slot = 1;
	sc->l.byte = 0;
	check_says(sc, "the int8 .A. An update writes it; a delete zeroes it");
	sc->l.byte = 31;
	check_says(sc, "bits 56 to 63 of the length of .C.");
	sc->l.part = PART_KEY;
	sc->l.byte = 9;
	check_says(sc,
		"An update writes the key again, as equal keys can differ in bytes; a delete "
		"leaves it");
	sc->l.part = PART_CONTROL;
	check_says(sc, "the top byte of the hash of \"d\"");
	sc->l.part = PART_LINK;
	sc->l.byte = 0;
	check_says(sc, "It is nil, so the chain ends here. With one bucket it stays nil");
	end(sc);
}

static void test_fields_explained(void **state)
{
	struct scene *sc = begin("map[int]int", NULL, "make ; fill 8");

	(void)state;
	check_field(sc, HMAP_COUNT, "The array is full: the next new key doubles it.");
	check_field(sc, HMAP_B, "So every key goes to the only one.");
	check_field(sc, HMAP_NEVACUATE, "No growth has ended here");
	check_field(sc, HMAP_EXTRA, "as buckets without pointers need it");
	step(sc, "fill 26 ; grow");
	check_field(sc, HMAP_COUNT, "While this growth is under way no other starts.");
	check_field(sc, HMAP_OLDBUCKETS, "the array from before the growth, 4 buckets");
	step(sc, "make 100 ; fill 100 ; range");
	check_field(sc, HMAP_FLAGS, "flags 3: iterator (1)");
	check_field(sc, HMAP_BUCKETS, "16 buckets of 144 bytes, and behind them 2 spare ones");
	step(sc, "collide 3 30");
	check_field(sc, HMAP_NOVERFLOW, "From 32 on the next new key starts a growth");
	check_field(sc, HMAP_FIELDS + EXTRA_OVERFLOW, "overflow lists the overflow buckets");
	end(sc);
	sc = begin(NULL, NULL, "make 200 ; insert 1");
	check_field(sc, HMAP_FIELDS + EXTRA_NEXTOVERFLOW, "index 32 of the array");
	check_field(
		sc, HMAP_FIELDS + EXTRA_OVERFLOW, "overflow is nil: these buckets hold pointers");
	end(sc);
}

static void test_cells_explained(void **state)
{
	struct scene *sc = begin("map[int]int", NULL, "make 40 ; collide 3 10 ; delete 0..40");

	(void)state;
	put_on(sc, "@3");
	sc->l.zoom = ZOOM_ATLAS;
	check_says(sc, "Bucket 3: ");
	check_says(sc, " 1 overflow bucket. A bar of the atlas");
	end(sc);
}

/* The panels stay where they are while a few overflow buckets come, and with an own one. */
static void test_panels_stay(void **state)
{
	struct scene *sc = begin(NULL, NULL, "make 40");
	struct canvas *canvas = canvas_new(120, 40, false);
	struct prompt prompt = { 0 };
	struct keymap keymap = { 0 };
	struct screen_state st = {
		.look = &sc->l, .prompt = &prompt, .keymap = &keymap, .message = ""
	};
	int x, y, first = -1;

	(void)state;
	rig_run(&sc->s, "fill 10 ; collide 3 9 ; collide 4 9");
	while (sc->s.time.now > 2) {
		canvas_clear(canvas);
		layout_draw(&st, canvas, &x, &y);
		if (first < 0)
			first = st.bytes.y;
		assert_int_equal(st.bytes.y, first);
		step(sc, "undo");
	}
	canvas_free(canvas);
	end(sc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stays_with_its_key),
		cmocka_unit_test(test_waits_for_a_deleted_key),
		cmocka_unit_test(test_stays_with_its_byte),
		cmocka_unit_test(test_follows_until_moved),
		cmocka_unit_test(test_nan),
		cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_foretold),
		cmocka_unit_test(test_deletes_foretold),
		cmocka_unit_test(test_bytes_explained),
		cmocka_unit_test(test_fields_explained),
		cmocka_unit_test(test_cells_explained),
		cmocka_unit_test(test_panels_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
