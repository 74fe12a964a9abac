/* SPDX-License-Identifier: MIT */
/* Every scene makes what its captions say, on 64 and on 32 bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tests/tui/scratch.h"
#include "tui/canvas/wrap.h"
#include "tui/scenes/scene.h"

#include <cmocka.h>

static const char *const archs[] = { "amd64", "386" };
/* The scenes of this checkout are those of a user; wherever the tests were built. */
static int find_scenes(void **state)
{
	(void)state;
	scratch_make(&scratch);
	scratch_link_share(&scratch);
	return setenv("XDG_CONFIG_HOME", scratch.path, 1);
}

static int forget_scenes(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

static void begin(struct session *s, const char *arch, const char *name)
{
	struct error err;

	rig_open(s, NULL, arch, true);
	if (!scene_run(s, name, &err))
		fail_msg("%s on %s: %s", name, arch, err.msg);
	assert_string_equal(s->given.target->name, strcmp(name, "flood") ? arch : "amd64");
}

/* The point whose caption begins like that. */
static void go_to(struct session *s, const char *caption)
{
	struct error err;

	for (size_t i = 0; i < s->time.ncaptions; i++) {
		if (strncmp(s->time.captions[i].text, caption, strlen(caption)) != 0)
			continue;
		assert_true(session_goto(s, s->time.captions[i].point, &err));
		return;
	}
	fail_msg("no caption says \"%s\"", caption);
}

/* How often that kind of event happened up to now. */
static unsigned events(const struct session *s, unsigned kind)
{
	const struct point *p = session_point(s);
	unsigned n = 0;

	for (size_t i = 0; p && i < p->trace; i++)
		n += s->time.window.trace.list[i].kind == kind;
	return n;
}

static unsigned chain(const struct map *m, bool old, uint64_t bucket)
{
	unsigned n = 0;

	for (uint64_t a = map_bucket(m, old, bucket); a; a = map_overflow(m, a))
		n++;
	return n;
}

static unsigned longest(const struct map *m)
{
	unsigned most = 0;

	for (uint64_t i = 0; i < 1u << map_get(m, HMAP_B); i++)
		if (chain(m, false, i) > most)
			most = chain(m, false, i);
	return most;
}

static uint64_t field(const struct session *s, enum hmap_field f)
{
	return map_get(&s->world.map, f);
}

static void check_growth(struct session *s)
{
	go_to(s, "A new map");
	assert_int_equal(field(s, HMAP_BUCKETS), 0);
	go_to(s, "Eight entries");
	assert_int_equal(events(s, CLASSIC_GROW), 0);
	go_to(s, "9 would be");
	assert_int_equal(field(s, HMAP_B), 1);
	assert_false(map_growing(&s->world.map));
	go_to(s, "The 14th");
	assert_int_equal(events(s, CLASSIC_GROW), 2);
	assert_false(map_growing(&s->world.map));
	go_to(s, "26 entries");
	assert_int_equal(field(s, HMAP_B), 2);
	assert_int_equal(field(s, HMAP_COUNT), 26);
	assert_false(map_growing(&s->world.map));
	go_to(s, "8 new");
	assert_true(map_growing(&s->world.map));
	assert_in_range(events(s, CLASSIC_EVACUATED), 4, 5);
	go_to(s, "Every insert");
	assert_true(map_growing(&s->world.map));
	go_to(s, "All is moved");
	assert_false(map_growing(&s->world.map));
	assert_int_equal(events(s, CLASSIC_GROW), 3);
	go_to(s, "52 entries");
	assert_int_equal(field(s, HMAP_B), 3);
	rig_run(s, "insert 53");
	assert_int_equal(field(s, HMAP_B), 4);
}

static void check_overflow(struct session *s)
{
	go_to(s, "Eight keys");
	assert_int_equal(chain(&s->world.map, false, 1), 1);
	go_to(s, "The ninth");
	assert_int_equal(chain(&s->world.map, false, 1), 2);
	assert_int_equal(field(s, HMAP_NOVERFLOW), 1);
	go_to(s, "A chain of three");
	assert_int_equal(chain(&s->world.map, false, 1), 3);
	go_to(s, "25 entries");
	assert_int_equal(chain(&s->world.map, false, 1), 4);
	assert_int_equal(s->world.map.type->unit.size, s->given.target->ptrsize == 8 ? 144 : 76);
	assert_int_equal(chain(&s->world.map, false, 0), 1);
	assert_int_equal(*map_at(&s->world.map, map_bucket(&s->world.map, false, 3)), EMPTY_REST);
	go_to(s, "The 27th");
	assert_true(map_growing(&s->world.map));
	go_to(s, "Two deletes");
	assert_false(map_growing(&s->world.map));
	assert_in_range(chain(&s->world.map, false, 1) + chain(&s->world.map, false, 5), 4, 6);
	assert_in_range(longest(&s->world.map), 2, 3);
}

static void expect_tophash(struct session *s, const char *caption, const char *marks)
{
	const uint8_t *top;

	go_to(s, caption);
	top = map_at(&s->world.map, map_bucket(&s->world.map, false, 0));
	for (int i = 0; i < 8; i++) {
		char mark = top[i] == EMPTY_REST ? '.' : top[i] == EMPTY_ONE ? 'x' : '#';

		if (mark != marks[i])
			fail_msg("\"%s\": slot %d is %c", caption, i, mark);
	}
}

static void check_tombstones(struct session *s)
{
	expect_tophash(s, "Eight entries", "########");
	expect_tophash(s, "A tombstone", "###x####");
	assert_memory_equal(map_key(&s->world.map, map_bucket(&s->world.map, false, 0), 3),
		"\3\0\0", 3);
	expect_tophash(s, "The last slot", "###x###.");
	expect_tophash(s, "Now 6", "###x##..");
	expect_tophash(s, "Another", "###xx#..");
	expect_tophash(s, "With 5", "###.....");
	expect_tophash(s, "A new key", "###.....");
	assert_memory_equal(map_key(&s->world.map, map_bucket(&s->world.map, false, 0), 1),
		"\10\0\0", 3);
	go_to(s, "Another map");
	assert_int_equal(chain(&s->world.map, false, 2), 2);
	assert_int_equal(field(s, HMAP_COUNT), 10);
	go_to(s, "Tombstones turn");
	assert_int_equal(field(s, HMAP_COUNT), 0);
	assert_int_equal(chain(&s->world.map, false, 2), 2);
	assert_int_equal(*map_at(&s->world.map, map_bucket(&s->world.map, false, 2)), EMPTY_REST);
}

static void check_queue(struct session *s)
{
	go_to(s, "Keys come");
	assert_int_equal(field(s, HMAP_COUNT), 26);
	assert_int_equal(events(s, CLASSIC_GROW), 0);
	go_to(s, "Hundreds");
	assert_int_equal(events(s, CLASSIC_GROW), 1);
	assert_true(field(s, HMAP_FLAGS) & FLAG_SAME_SIZE);
	assert_int_equal(field(s, HMAP_B), 2);
	assert_int_equal(field(s, HMAP_COUNT), 26);
	assert_true(s->time.now > 200);
	go_to(s, "flags had");
	assert_false(map_growing(&s->world.map));
	assert_int_equal(field(s, HMAP_B), 2);
}

static void check_emptied(struct session *s)
{
	uint64_t buckets, hash0;

	go_to(s, "200");
	assert_int_equal(field(s, HMAP_B), 5);
	buckets = field(s, HMAP_BUCKETS);
	hash0 = field(s, HMAP_HASH0);
	go_to(s, "199");
	assert_int_equal(field(s, HMAP_HASH0), hash0);
	go_to(s, "The last key");
	assert_int_not_equal(field(s, HMAP_HASH0), hash0);
	hash0 = field(s, HMAP_HASH0);
	go_to(s, "The garbage");
	assert_int_equal(field(s, HMAP_COUNT), 0);
	assert_int_equal(field(s, HMAP_BUCKETS), buckets);
	go_to(s, "clear");
	assert_int_equal(field(s, HMAP_BUCKETS), buckets);
	assert_int_not_equal(field(s, HMAP_HASH0), hash0);
	assert_int_equal(field(s, HMAP_NOVERFLOW), 0);
	go_to(s, "What helps");
	assert_int_equal(field(s, HMAP_BUCKETS), 0);
}

static void check_hint(struct session *s)
{
	bool wide = s->given.target->ptrsize == 8;
	static const struct {
		const char *caption;
		unsigned growths, B, count;
	} rows[] = {
		{ "100 entries", 4, 4, 100 },
		{ "With the hint", 4, 4, 0 },
		{ "Memory comes", 4, 4, 1 },
		{ "100 inserts", 4, 4, 100 },
		{ "16 buckets", 4, 5, 0 },
		{ "A hint ten", 4, 8, 100 },
		{ "A hint of up to 8", 4, 0, 0 },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		go_to(s, rows[i].caption);
		assert_int_equal(events(s, CLASSIC_GROW), rows[i].growths);
		assert_int_equal(field(s, HMAP_B), rows[i].B);
		assert_int_equal(field(s, HMAP_COUNT), rows[i].count);
	}
	assert_int_equal(field(s, HMAP_BUCKETS), 0);
	go_to(s, "Memory comes");
	assert_int_equal(maptype_array_buckets(s->world.map.type, 4), 16 + 1 + (wide ? 2 : 1));
	go_to(s, "100 inserts");
	assert_int_equal(map_reached(&s->world.map).bytes, wide ? 4168 : 2096);
	assert_int_equal(map_reached(&s->world.map).objects, 3);
}

static void check_pointers(struct session *s)
{
	unsigned word = s->given.target->ptrsize;

	go_to(s, "An elem");
	assert_int_equal(s->world.map.type->elemsize, 128);
	go_to(s, "One byte");
	assert_int_equal(s->world.map.type->elemsize, word);
	go_to(s, "Each object");
	assert_int_equal(field(s, HMAP_COUNT), 8);
	go_to(s, "Keys likewise");
	assert_int_equal(s->world.map.type->keysize, word);
	assert_int_equal(field(s, HMAP_COUNT), 1);
}

static void check_padding(struct session *s)
{
	bool wide = s->given.target->ptrsize == 8;

	go_to(s, "8 keys");
	assert_int_equal(s->world.map.type->unit.size, 8 + 64 + 8 + s->given.target->ptrsize);
	go_to(s, "Both machines");
	assert_int_equal(s->world.map.type->elemsize, wide ? 24 : 16);
	go_to(s, "The same fields");
	assert_int_equal(s->world.map.type->elemsize, wide ? 16 : 12);
}

static void check_flood(struct session *s)
{
	go_to(s, "Nine");
	assert_int_equal(chain(&s->world.map, false, 0), 2);
	go_to(s, "32 keys");
	assert_int_equal(chain(&s->world.map, false, 0), 4);
	assert_int_equal(field(s, HMAP_COUNT), 32);
	go_to(s, "They are");
	assert_int_equal(longest(&s->world.map), 1);
	assert_int_equal(field(s, HMAP_COUNT), 32);
	assert_int_equal(events(s, CLASSIC_GROW), 0);
}

/* Whether something other than zeros is left of the keys of an old bucket. */
static bool keys_left(const struct session *s, uint64_t bucket)
{
	const uint8_t *keys = map_key(&s->world.map, map_bucket(&s->world.map, true, bucket), 0);

	for (unsigned i = 0; i < 8 * s->world.map.type->keysize; i++)
		if (keys[i])
			return true;
	return false;
}

static void check_range(struct session *s)
{
	bool moved[4];
	unsigned evacuated, waits = 0;
	size_t n;
	const struct map_event *e;

	go_to(s, "It begins");
	assert_int_equal(s->world.map.loop.yielded, 9);
	assert_false(map_growing(&s->world.map));
	go_to(s, "By the language");
	assert_true(map_growing(&s->world.map));
	assert_int_equal(field(s, HMAP_FLAGS), FLAG_OLD_ITERATOR);
	go_to(s, "The loop goes on");
	assert_true(s->world.map.loop.over);
	assert_true(events(s, EVENT_YIELD) > 0);
	assert_int_equal(s->world.map.loop.yielded, 26);
	go_to(s, "A loop begun");
	assert_int_equal(s->world.map.loop.yielded, 27);
	e = session_trace(s, &n);
	for (size_t i = 0; i < n; i++)
		waits += e[i].kind == CLASSIC_BUCKET &&
			classic_of(&e[i]).bucket.why == CHOICE_TURN_WAITS;
	assert_true(waits > 0);
	evacuated = events(s, CLASSIC_EVACUATED);
	go_to(s, "Another map");
	assert_true(map_growing(&s->world.map));
	assert_int_equal(events(s, CLASSIC_EVACUATED) - evacuated, 3 + 2);
	for (unsigned i = 0; i < 4; i++)
		moved[i] = map_evacuated(&s->world.map, map_bucket(&s->world.map, true, i));
	go_to(s, "A loop starts");
	assert_int_equal(field(s, HMAP_FLAGS), FLAG_ITERATOR | FLAG_OLD_ITERATOR);
	go_to(s, "Now an old");
	for (unsigned i = 0; i < 4; i++)
		if (map_evacuated(&s->world.map, map_bucket(&s->world.map, true, i)))
			assert_int_equal(keys_left(s, i), !moved[i]);
	go_to(s, "The growth");
	assert_false(map_growing(&s->world.map));
	assert_int_equal(field(s, HMAP_FLAGS), FLAG_ITERATOR | FLAG_OLD_ITERATOR);
}

static void check_strings(struct session *s)
{
	static const uint8_t zeros[32], stale[8] = "\x22\x22\x22\x22\x22\x22\x22\x22";

	go_to(s, "The pointer");
	assert_memory_equal(map_key(&s->world.map, map_bucket(&s->world.map, false, 0), 0), zeros,
		s->given.target->ptrsize);
	go_to(s, "No pointers");
	assert_memory_equal(map_key(&s->world.map, map_bucket(&s->world.map, false, 0), 1), stale,
		8);
	assert_memory_equal(map_elem(&s->world.map, map_bucket(&s->world.map, false, 0), 1), zeros,
		8);
	go_to(s, "They are gone");
	assert_true(memcmp(map_key(&s->world.map, map_bucket(&s->world.map, false, 0), 1), stale,
		8));
}

static const struct {
	const char *name;
	void (*check)(struct session *s);
} lessons[] = {
	{ "growth", check_growth }, { "overflow", check_overflow },
	{ "tombstones", check_tombstones }, { "queue", check_queue },
	{ "emptied", check_emptied }, { "hint", check_hint }, { "pointers", check_pointers },
	{ "padding", check_padding }, { "flood", check_flood }, { "range", check_range },
	{ "strings", check_strings },
};

static void test_lessons(void **state)
{
	struct scenes scenes = scenes_find();

	(void)state;
	/* What is listed is what is tested, in the order of the lessons. */
	assert_true(scenes.count >= LENGTH(lessons));
	for (size_t i = 0; i < LENGTH(lessons); i++) {
		assert_string_equal(scenes.list[i].name, lessons[i].name);
		assert_int_equal(scenes.list[i].number, i + 1);
		assert_true(strlen(scenes.list[i].title) > 10);
	}
	scenes_free(&scenes);
	for (size_t i = 0; i < LENGTH(lessons) * LENGTH(archs); i++) {
		struct session s;

		begin(&s, archs[i % 2], lessons[i / 2].name);
		print_message("%s on %s\n", lessons[i / 2].name, archs[i % 2]);
		assert_true(rig_sound(&s));
		lessons[i / 2].check(&s);
		session_close(&s);
	}
}

/* Captions go into two rows of an ordinary terminal, and none speaks of a map that is not there. */
static void test_captions(void **state)
{
	struct canvas *canvas = canvas_new(78, 24, true);
	struct pane p = canvas_pane(canvas);

	(void)state;
	for (size_t i = 0; i < LENGTH(lessons) * LENGTH(archs); i++) {
		struct session s;

		begin(&s, archs[i % 2], lessons[i / 2].name);
		assert_true(s.time.ncaptions >= 4);
		assert_int_equal(s.time.captions[s.time.ncaptions - 1].point, s.time.total);
		for (size_t k = 0; k < s.time.ncaptions; k++) {
			go_to(&s, s.time.captions[k].text);
			assert_true(s.world.map.header);
			if (wrap_text(&p, 0, 0, ROLE_CAPTION, s.time.captions[k].text) > 2)
				fail_msg("%s: too long: %s", lessons[i / 2].name,
					s.time.captions[k].text);
		}
		session_close(&s);
	}
	canvas_free(canvas);
}

static void test_load(void **state)
{
	struct session s;
	struct text got = { 0 }, want = { 0 };
	struct error err;

	(void)state;
	begin(&s, "386", "overflow");
	assert_true(scene_begin(&s, &err));
	rig_state(&s, &want);
	session_close(&s);
	rig_open(&s, "map[string]string", "386", true);
	s.hooks.scene = scene_load;
	rig_run(&s, "fill 50 ; caption x ; scene overflow");
	rig_state(&s, &got);
	assert_string_equal(text_str(&got), text_str(&want));
	assert_int_equal(s.time.now, 1);
	assert_memory_equal(session_caption(&s), "make(", 5);
	rig_fails(&s, "scene", "scene: a name is missing, such as tombstones");
	assert_false(session_run(&s, "scene nowhere", &err).ok);
	assert_memory_equal(
		err.msg, "scene: unknown scene \"nowhere\": one of growth, overflow, ", 56);
	assert_false(session_run(&s, "scene ../scenes/growth", &err).ok);
	assert_memory_equal(err.msg, "scene: unknown scene \"../scenes/growth\"", 39);
	text_free(&got);
	text_free(&want);
	session_close(&s);
}

/* One that fails, or would load itself again and again, leaves all as it was. */
static void test_broken(void **state)
{
	static const char bad[] = "fill 3\ninsret 1\n", again[] = "fill 3\nscene again\n";
	struct scratch other;
	struct session s;
	char *path;

	(void)state;
	scratch_make(&other);
	free(scratch_write(&other, "hmapview/scenes/bad.hm", bad, sizeof bad - 1));
	free(scratch_write(&other, "hmapview/scenes/again.hm", again, sizeof again - 1));
	setenv("XDG_CONFIG_HOME", other.path, 1);
	rig_open(&s, NULL, NULL, true);
	s.hooks.scene = scene_load;
	rig_run(&s, "fill 5 ; caption stays");
	path = xasprintf("scene: %s/hmapview/scenes/bad.hm:2: unknown command \"insret\"; did you "
			 "mean \"insert\"?",
		other.path);
	rig_fails(&s, "scene bad", path);
	free(path);
	path = xasprintf(
		"scene: %s/hmapview/scenes/again.hm:2: scene: there are no scenes to load here",
		other.path);
	rig_fails(&s, "scene again", path);
	free(path);
	assert_string_equal(session_caption(&s), "stays");
	session_close(&s);
	setenv("XDG_CONFIG_HOME", scratch.path, 1);
	scratch_remove(&other);
}

/* Each scene runs, whatever release and target was asked for, and ends the same under each load
 * factor. */
static void test_every_release(void **state)
{
	struct scenes scenes = scenes_find();
	struct error err;

	(void)state;
	for (size_t i = 0; i < scenes.count; i++)
		for (unsigned r = 0; release_at(r); r++)
			for (unsigned a = 0; a < LENGTH(archs); a++) {
				struct session_options o = { .arch = archs[a],
					.release = release_at(r)->name,
					.seed = SESSION_SEED,
					.history = true };
				struct session s;

				assert_true(session_open(&s, &o, &err));
				if (!scene_run(&s, scenes.list[i].name, &err))
					fail_msg("%s, Go %s: %s", scenes.list[i].name, o.release,
						err.msg);
				session_close(&s);
			}
	for (unsigned a = 0; a < LENGTH(archs); a++) {
		struct session_options o = {
			.arch = archs[a], .release = "1.21", .seed = SESSION_SEED, .history = true
		};
		struct session s;

		assert_true(session_open(&s, &o, &err) && scene_run(&s, "growth", &err));
		go_to(&s, "All is moved");
		assert_false(map_growing(&s.world.map));
		assert_int_equal(map_get(&s.world.map, HMAP_B), 3);
		session_close(&s);
	}
	scenes_free(&scenes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_release),
		cmocka_unit_test(test_lessons),
		cmocka_unit_test(test_captions),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, find_scenes, forget_scenes);
}
