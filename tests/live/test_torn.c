/* SPDX-License-Identifier: MIT */
/*
 * Maps that are in the midst of a write when they are looked at: the first so many reads of a place
 * have other bytes than it has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/live/aimed.h"
#include "model/live/capture.h"
#include "model/live/census.h"
#include "tests/live/cores.h"
#include "tests/live/stand_in.h"

#include <cmocka.h>

#define MAP "main.users"

/* In hmap: flags and B, then hash0; tophash bytes begin a bucket. */
enum { FLAGS = 8, BUCKETS = 16, EMPTY = 1, LIVE_LEAST = 5 };

/* Memory whose first reads of some bytes are torn. */
static struct tear {
	const struct image_kind *real;
	struct image_kind kind;
	uint64_t at;
	uint8_t bytes[2];
	size_t size;
	unsigned left;
} tear;

static void tear_bytes(uint64_t addr, uint8_t *to, size_t size)
{
	if (!tear.left || addr > tear.at || tear.at + tear.size > addr + size)
		return;
	memcpy(to + (tear.at - addr), tear.bytes, tear.size);
	tear.left--;
}

static size_t read_torn(const struct image *im, uint64_t addr, void *to, size_t size)
{
	size_t n = tear.real->read(im, addr, to, size);

	tear_bytes(addr, to, n);
	return n;
}

static void read_pages_torn(const struct image *im, const uint64_t *numbers, size_t count,
	uint8_t *to, bool *there)
{
	tear.real->read_pages(im, numbers, count, to, there);
	for (size_t i = 0; i < count; i++)
		if (there[i])
			tear_bytes(numbers[i] * IMAGE_PAGE, to + i * IMAGE_PAGE, IMAGE_PAGE);
}

static void begin_tear(struct live *l, uint64_t at, const uint8_t *bytes, size_t size,
	unsigned reads)
{
	tear = (struct tear){ .real = l->image.kind, .kind = *l->image.kind, .at = at,
		.size = size, .left = reads };
	memcpy(tear.bytes, bytes, size);
	tear.kind.read = read_torn;
	tear.kind.window = NULL;
	if (tear.real->read_pages)
		tear.kind.read_pages = read_pages_torn;
	l->image.kind = &tear.kind;
}

static void end_tear(struct live *l)
{
	l->image.kind = tear.real;
	image_forget(&l->image);
}

/* The flags of a header, and a B that no map has. */
static void tear_header(struct live *l, uint64_t head, uint8_t flags, unsigned reads)
{
	begin_tear(l, head + FLAGS, (uint8_t[]){ flags, 60 }, 2, reads);
}

/* The process, and its map that tells no type of torn memory. */
static void open_stand_in(struct live *l, uint64_t *head, uint64_t *type)
{
	struct error err;

	if (!stand_in.pid)
		skip();
	if (!live_open_process(l, stand_in.id, &err) || !aimed_find(l, MAP, head, type, &err))
		fail_msg("%s", err.msg);
}

static void test_aimed(void **state)
{
	uint64_t head, type, found;
	struct error err;
	struct live l;

	(void)state;
	open_stand_in(&l, &head, &type);
	tear_header(&l, head, 4, 6);
	if (!aimed_find(&l, MAP, &found, &type, &err))
		fail_msg("%s", err.msg);
	assert_true(found == head);
	assert_int_equal(tear.left, 0);
	/* And what is not there is looked for no longer than that. */
	assert_false(aimed_find(&l, "main.nothing", &found, &type, &err));
	end_tear(&l);
	live_close(&l);
}

/* What does not change is looked at once. */
static void test_aimed_core(void **state)
{
	uint64_t head, type, found;
	struct error err;
	struct live l;

	(void)state;
	assert_true(live_open_core(&l, cores.core[0], cores.exe[0], &err));
	assert_true(aimed_find(&l, MAP, &head, &type, &err));
	tear_header(&l, head, 4, 1);
	assert_false(aimed_find(&l, MAP, &found, &type, &err));
	assert_int_equal(tear.left, 0);
	end_tear(&l);
	live_close(&l);
}

/* A list has all its maps, though one is being written to; and the one that is asked for, though it
   does not look so. */
static void test_list(void **state)
{
	const struct {
		uint8_t flags;
		const char *map;
	} rows[] = { { 4, NULL }, { 0, MAP }, { 4, "main.nothing" } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct census_wish wish = { .map = rows[i].map };
		uint64_t head, type;
		struct census c;
		struct error err;
		struct live l;

		open_stand_in(&l, &head, &type);
		tear_header(&l, head, rows[i].flags, 2);
		assert_true(census_take(&c, &l, &wish, &err));
		assert_int_equal(tear.left, 0);
		assert_non_null(census_find(&c, MAP));
		assert_true(census_find(&c, MAP)->head.at == head);
		assert_null(census_find(&c, "main.nothing"));
		census_free(&c);
		end_tear(&l);
		live_close(&l);
	}
}

/* The place of an entry's tophash in the first bucket that has one. */
static uint64_t find_entry(struct live *l, uint64_t head)
{
	uint64_t at, top = 0;

	assert_true(image_word(&l->image, head + BUCKETS, &at));
	while (image_uint(&l->image, at, 1, &top) && top < LIVE_LEAST)
		at++;
	assert_true(top >= LIVE_LEAST);
	image_forget(&l->image);
	return at;
}

/* What was copied has not as many entries as it should; or the map looks like none, for longer than
   what is no map would be looked at. */
static void test_capture(void **state)
{
	for (unsigned i = 0; i < 2; i++) {
		struct capture_wish wish = { 0 };
		struct capture c;
		struct error err;
		struct live l;

		(void)state;
		open_stand_in(&l, &wish.head, &wish.type);
		if (i)
			tear_header(&l, wish.head, 4, 100);
		else
			begin_tear(&l, find_entry(&l, wish.head), (uint8_t[]){ EMPTY }, 1, 4);
		if (!capture_take(&c, &l, &wish, &err))
			fail_msg("%u: %s", i, err.msg);
		assert_int_equal(tear.left, 0);
		assert_false(c.writing);
		capture_free(&c);
		end_tear(&l);
		live_close(&l);
	}
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, stand_in_begin, stand_in_end)
	const struct CMUnitTest tests[] = {
		CASE(test_aimed),
		cmocka_unit_test(test_aimed_core),
		CASE(test_list),
		CASE(test_capture),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
