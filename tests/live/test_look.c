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

/* A look at it. */
struct looking {
	struct image im;
	struct look k;
	struct fake *f;
};

static void begin(struct looking *l)
{
	l->f = open_fake(&l->im, &kind);
	assert_true(look_begin(&l->k, &l->im));
}

static void end(struct looking *l)
{
	assert_false(look_lacks(&l->k));
	look_end(&l->k);
	image_close(&l->im);
}

static uint64_t byte_of(struct looking *l, uint64_t page)
{
	uint64_t value;

	return image_uint(&l->im, (FIRST + page) * IMAGE_PAGE, 1, &value) ? value : 256;
}

static void take(struct looking *l, bool wide)
{
	assert_true(look_prepare(&l->k, wide));
	look_copy(&l->k);
}

static void test_same(void **state)
{
	struct looking l;

	(void)state;
	begin(&l);
	l.f->gone[9] = true;
	assert_int_equal(byte_of(&l, 3), 3);
	assert_int_equal(byte_of(&l, 9), 256);
	/* What was not read may change. */
	l.f->bytes[4][0] = 99;
	take(&l, false);
	assert_true(look_settle(&l.k));
	look_end(&l.k);
	assert_int_equal(byte_of(&l, 4), 99);
	image_close(&l.im);
}

/* Each page is read once; then there is what the copy has, and nothing else. */
static void test_changed(void **state)
{
	struct looking l;

	(void)state;
	begin(&l);
	assert_int_equal(byte_of(&l, 3), 3);
	l.f->bytes[3][0] = 77;
	assert_int_equal(byte_of(&l, 100), 100);
	assert_int_equal(byte_of(&l, 3), 3);
	take(&l, false);
	l.f->bytes[100][0] = 1;
	l.f->reads = 0;
	assert_false(look_settle(&l.k));
	assert_int_equal(byte_of(&l, 3), 77);
	assert_int_equal(byte_of(&l, 100), 100);
	assert_false(look_lacks(&l.k));
	assert_int_equal(byte_of(&l, 200), 256);
	assert_int_equal(byte_of(&l, 200), 256);
	assert_true(look_lacks(&l.k));
	assert_int_equal(l.f->reads, 0);
	/* What was missing is copied the next time, with what is near. */
	take(&l, true);
	l.f->bytes[200][0] = 5;
	assert_false(look_settle(&l.k));
	assert_int_equal(byte_of(&l, 200), 200);
	assert_int_equal(byte_of(&l, 201), 201);
	assert_int_equal(byte_of(&l, 100), 1);
	end(&l);
}

/* What comes or goes has changed. */
static void test_gone(void **state)
{
	for (unsigned i = 0; i < 2; i++) {
		struct looking l;

		(void)state;
		begin(&l);
		l.f->gone[50] = i;
		assert_int_equal(byte_of(&l, 50), i ? 256 : 50);
		l.f->gone[50] = !i;
		take(&l, false);
		assert_false(look_settle(&l.k));
		assert_int_equal(byte_of(&l, 50), i ? 50 : 256);
		end(&l);
	}
}

/* While it is held what is missing is read. */
static void test_held(void **state)
{
	struct looking l;

	(void)state;
	begin(&l);
	assert_int_equal(byte_of(&l, 3), 3);
	l.f->bytes[3][0] = 9;
	take(&l, false);
	look_settle_held(&l.k);
	assert_int_equal(byte_of(&l, 3), 9);
	assert_int_equal(byte_of(&l, 700), 700 % 256);
	end(&l);
}

/* Runs of pages that are read at once do not read what is kept again. */
static void test_runs(void **state)
{
	struct looking l;
	uint8_t bytes[40 * IMAGE_PAGE];

	(void)state;
	begin(&l);
	assert_int_equal(byte_of(&l, 20), 20);
	l.f->bytes[20][0] = 1;
	/* Also what is so large that it would be read past the pages. */
	assert_true(image_read(&l.im, FIRST * IMAGE_PAGE, bytes, sizeof bytes));
	assert_int_equal(bytes[20 * IMAGE_PAGE], 20);
	assert_int_equal(bytes[39 * IMAGE_PAGE], 39);
	take(&l, false);
	assert_false(look_settle(&l.k));
	assert_true(image_read(&l.im, FIRST * IMAGE_PAGE, bytes, sizeof bytes));
	assert_int_equal(bytes[20 * IMAGE_PAGE], 1);
	end(&l);
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
