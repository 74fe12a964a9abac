/* SPDX-License-Identifier: MIT */
/* A look at memory that changes: what was read is of one moment, or is known not to be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/look.h"

#include <cmocka.h>

enum { PAGES = 3000, FIRST = 4096 };

/* Memory of so many pages from that one on, of which some are not there. */
struct fake {
	uint8_t bytes[PAGES][IMAGE_PAGE];
	bool gone[PAGES];
	unsigned reads;          /* of pages while it runs */
};

static bool is_there(const struct fake *f, uint64_t number)
{
	return number >= FIRST && number < FIRST + PAGES && !f->gone[number - FIRST];
}

static size_t read_fake(const struct image *im, uint64_t addr, void *to, size_t size)
{
	struct fake *f = im->source;
	uint8_t *at = to;
	size_t done;

	for (done = 0; done < size && is_there(f, (addr + done) / IMAGE_PAGE); done++)
		at[done] = f->bytes[(addr + done) / IMAGE_PAGE - FIRST][(addr + done) % IMAGE_PAGE];
	f->reads++;
	return done;
}

static void read_pages(const struct image *im, const uint64_t *numbers, size_t count, uint8_t *to,
	bool *there)
{
	const struct fake *f = im->source;

	for (size_t i = 0; i < count; i++) {
		there[i] = is_there(f, numbers[i]);
		if (there[i])
			memcpy(to + i * IMAGE_PAGE, f->bytes[numbers[i] - FIRST], IMAGE_PAGE);
	}
}

static void map_anew(struct image *im)
{
	if (!im->nmaps)
		image_add(im, (struct mapping){ .from = FIRST * IMAGE_PAGE, .read = true,
			.write = true, .to = (uint64_t)(FIRST + PAGES) * IMAGE_PAGE });
}

static void close_fake(struct image *im)
{
	free(im->source);
}

static const struct image_kind kind = { .read = read_fake, .close = close_fake,
	.read_pages = read_pages, .map_anew = map_anew };
static const struct image_kind fixed = { .read = read_fake, .close = close_fake };

static struct fake *open_fake(struct image *im, const struct image_kind *of)
{
	struct fake *f = xcalloc(1, sizeof *f);

	*im = (struct image){ .kind = of, .source = f, .name = xstrdup("fake"), .ptrsize = 8 };
	for (size_t i = 0; i < PAGES; i++)
		f->bytes[i][0] = (uint8_t)i;
	return f;
}

static uint64_t byte_of(struct image *im, uint64_t page)
{
	uint64_t value;

	return image_uint(im, (FIRST + page) * IMAGE_PAGE, 1, &value) ? value : 256;
}

static void take(struct look *k, bool wide)
{
	assert_true(look_prepare(k, wide));
	look_copy(k);
}

static void test_same(void **state)
{
	struct image im;
	struct look k;
	struct fake *f = open_fake(&im, &kind);

	(void)state;
	f->gone[9] = true;
	assert_true(look_begin(&k, &im));
	assert_int_equal(byte_of(&im, 3), 3);
	assert_int_equal(byte_of(&im, 9), 256);
	/* What was not read may change. */
	f->bytes[4][0] = 99;
	take(&k, false);
	assert_true(look_settle(&k));
	assert_false(look_lacks(&k));
	look_end(&k);
	assert_int_equal(byte_of(&im, 4), 99);
	image_close(&im);
}

/* Each page is read once; then there is what the copy has, and nothing else. */
static void test_changed(void **state)
{
	struct image im;
	struct look k;
	struct fake *f = open_fake(&im, &kind);

	(void)state;
	look_begin(&k, &im);
	assert_int_equal(byte_of(&im, 3), 3);
	f->bytes[3][0] = 77;
	assert_int_equal(byte_of(&im, 100), 100);
	assert_int_equal(byte_of(&im, 3), 3);
	take(&k, false);
	f->bytes[100][0] = 1;
	f->reads = 0;
	assert_false(look_settle(&k));
	assert_int_equal(byte_of(&im, 3), 77);
	assert_int_equal(byte_of(&im, 100), 100);
	assert_false(look_lacks(&k));
	assert_int_equal(byte_of(&im, 200), 256);
	assert_int_equal(byte_of(&im, 200), 256);
	assert_true(look_lacks(&k));
	assert_int_equal(f->reads, 0);
	/* What was missing is copied the next time, with what is near. */
	take(&k, true);
	f->bytes[200][0] = 5;
	assert_false(look_settle(&k));
	assert_int_equal(byte_of(&im, 200), 200);
	assert_int_equal(byte_of(&im, 201), 201);
	assert_int_equal(byte_of(&im, 100), 1);
	assert_false(look_lacks(&k));
	look_end(&k);
	image_close(&im);
}

/* What comes or goes has changed. */
static void test_gone(void **state)
{
	for (unsigned i = 0; i < 2; i++) {
		struct image im;
		struct look k;
		struct fake *f = open_fake(&im, &kind);

		(void)state;
		f->gone[50] = i;
		look_begin(&k, &im);
		assert_int_equal(byte_of(&im, 50), i ? 256 : 50);
		f->gone[50] = !i;
		take(&k, false);
		assert_false(look_settle(&k));
		assert_int_equal(byte_of(&im, 50), i ? 50 : 256);
		assert_false(look_lacks(&k));
		look_end(&k);
		image_close(&im);
	}
}

/* While it is held what is missing is read. */
static void test_held(void **state)
{
	struct image im;
	struct look k;
	struct fake *f = open_fake(&im, &kind);

	(void)state;
	look_begin(&k, &im);
	assert_int_equal(byte_of(&im, 3), 3);
	f->bytes[3][0] = 9;
	take(&k, false);
	look_settle_held(&k);
	assert_int_equal(byte_of(&im, 3), 9);
	assert_int_equal(byte_of(&im, 700), 700 % 256);
	assert_false(look_lacks(&k));
	look_end(&k);
	image_close(&im);
}

/* Runs of pages that are read at once do not read what is kept again. */
static void test_runs(void **state)
{
	struct image im;
	struct look k;
	struct fake *f = open_fake(&im, &kind);
	uint8_t bytes[40 * IMAGE_PAGE];

	(void)state;
	look_begin(&k, &im);
	assert_int_equal(byte_of(&im, 20), 20);
	f->bytes[20][0] = 1;
	/* Also what is so large that it would be read past the pages. */
	assert_true(image_read(&im, FIRST * IMAGE_PAGE, bytes, sizeof bytes));
	assert_int_equal(bytes[20 * IMAGE_PAGE], 20);
	assert_int_equal(bytes[39 * IMAGE_PAGE], 39);
	take(&k, false);
	assert_false(look_settle(&k));
	assert_true(image_read(&im, FIRST * IMAGE_PAGE, bytes, sizeof bytes));
	assert_int_equal(bytes[20 * IMAGE_PAGE], 1);
	look_end(&k);
	image_close(&im);
}

/* What does not change needs none. */
static void test_fixed(void **state)
{
	struct image im;
	struct look k;

	(void)state;
	open_fake(&im, &fixed);
	assert_false(look_begin(&k, &im));
	look_end(&k);
	image_close(&im);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same), cmocka_unit_test(test_changed),
		cmocka_unit_test(test_gone), cmocka_unit_test(test_held),
		cmocka_unit_test(test_runs), cmocka_unit_test(test_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
