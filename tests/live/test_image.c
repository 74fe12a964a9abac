/* SPDX-License-Identifier: MIT */
/* Images: pages that are kept, and those that cannot be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/image.h"

#include <cmocka.h>

enum { PAGE = 4096, PAGES = 2000 };

/* Each word is its own address; every third page cannot be read. */
static size_t read_some(const struct image *im, uint64_t addr, void *to, size_t size)
{
	size_t n = 0;

	(void)im;
	for (; n + 8 <= size && (addr + n) / PAGE % 3 != 2; n += 8) {
		uint64_t at = addr + n;

		memcpy((uint8_t *)to + n, &at, 8);
	}
	return n;
}

static void close_nothing(struct image *im)
{
	(void)im;
}

static const struct image_kind kind = { .read = read_some, .close = close_nothing };

/* What is read next to a page that cannot be is right, however many are kept. */
static void test_faults(void **state)
{
	struct image im = { .kind = &kind, .ptrsize = 8 };
	uint64_t value;

	(void)state;
	for (uint64_t page = 3; page < PAGES; page += 3) {
		uint64_t at = page * PAGE;

		assert_true(image_word(&im, at, &value));
		assert_int_equal(value, at);
		assert_false(image_word(&im, at + 2 * PAGE, &value));
		assert_true(image_word(&im, at + 8, &value));
		assert_int_equal(value, at + 8);
		assert_true(image_word(&im, at + PAGE, &value));
		assert_int_equal(value, at + PAGE);
	}
	image_close(&im);
}

/* Registers by how many there are: of 64 bits, of 32, of neither. */
static void test_threads(void **state)
{
	struct image im = { .kind = &kind, .ptrsize = 8 };
	uint64_t words[40] = { 0 };
	uint32_t narrow[17] = { 0 };

	(void)state;
	words[19] = 0x7000;
	narrow[15] = 0x6000;
	image_add_thread(&im, (const uint8_t *)words, 27 * 8);
	image_add_thread(&im, (const uint8_t *)words, sizeof words);
	image_add_thread(&im, (const uint8_t *)words, 34 * 4);
	im.ptrsize = 4;
	image_add_thread(&im, (const uint8_t *)narrow, sizeof narrow);
	assert_int_equal(im.nthreads, 4);
	assert_int_equal(im.threads[0].sp, 0x7000);
	assert_int_equal(im.threads[1].count, REGISTERS_MOST);
	assert_int_equal(im.threads[1].sp, 0);
	assert_int_equal(im.threads[2].sp, 0);
	assert_int_equal(im.threads[3].sp, 0x6000);
	image_close(&im);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
