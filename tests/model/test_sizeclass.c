/* SPDX-License-Identifier: MIT */
/*
 * Size classes against runtime.roundupsize: each table is what the real function of Go 1.22.12
 * gave for every size from 1 to 41000, as the sizes at which its result changes. For objects
 * without pointers, and for all objects before Go 1.22, it is the table `plain`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "model/target/sizeclass.h"
#include "tests/model/rig.h"

#include <cmocka.h>

struct step {
	uint64_t from, size;
};

static const struct step plain[] = {
	{ 1, 8 }, { 9, 16 }, { 17, 24 }, { 25, 32 }, { 33, 48 },
	{ 49, 64 }, { 65, 80 }, { 81, 96 }, { 97, 112 }, { 113, 128 },
	{ 129, 144 }, { 145, 160 }, { 161, 176 }, { 177, 192 }, { 193, 208 },
	{ 209, 224 }, { 225, 240 }, { 241, 256 }, { 257, 288 }, { 289, 320 },
	{ 321, 352 }, { 353, 384 }, { 385, 416 }, { 417, 448 }, { 449, 480 },
	{ 481, 512 }, { 513, 576 }, { 577, 640 }, { 641, 704 }, { 705, 768 },
	{ 769, 896 }, { 897, 1024 }, { 1025, 1152 }, { 1153, 1280 }, { 1281, 1408 },
	{ 1409, 1536 }, { 1537, 1792 }, { 1793, 2048 }, { 2049, 2304 }, { 2305, 2688 },
	{ 2689, 3072 }, { 3073, 3200 }, { 3201, 3456 }, { 3457, 4096 }, { 4097, 4864 },
	{ 4865, 5376 }, { 5377, 6144 }, { 6145, 6528 }, { 6529, 6784 }, { 6785, 6912 },
	{ 6913, 8192 }, { 8193, 9472 }, { 9473, 9728 }, { 9729, 10240 }, { 10241, 10880 },
	{ 10881, 12288 }, { 12289, 13568 }, { 13569, 14336 }, { 14337, 16384 }, { 16385, 18432 },
	{ 18433, 19072 }, { 19073, 20480 }, { 20481, 21760 }, { 21761, 24576 }, { 24577, 27264 },
	{ 27265, 28672 }, { 28673, 32768 }, { 32769, 40960 }, { 40961, 49152 },
};

static const struct step headers64[] = {
	{ 1, 8 }, { 9, 16 }, { 17, 24 }, { 25, 32 }, { 33, 48 },
	{ 49, 64 }, { 65, 80 }, { 81, 96 }, { 97, 112 }, { 113, 128 },
	{ 129, 144 }, { 145, 160 }, { 161, 176 }, { 177, 192 }, { 193, 208 },
	{ 209, 224 }, { 225, 240 }, { 241, 256 }, { 257, 288 }, { 289, 320 },
	{ 321, 352 }, { 353, 384 }, { 385, 416 }, { 417, 448 }, { 449, 480 },
	{ 481, 512 }, { 513, 568 }, { 569, 632 }, { 633, 696 }, { 697, 760 },
	{ 761, 888 }, { 889, 1016 }, { 1017, 1144 }, { 1145, 1272 }, { 1273, 1400 },
	{ 1401, 1528 }, { 1529, 1784 }, { 1785, 2040 }, { 2041, 2296 }, { 2297, 2680 },
	{ 2681, 3064 }, { 3065, 3192 }, { 3193, 3448 }, { 3449, 4088 }, { 4089, 4856 },
	{ 4857, 5368 }, { 5369, 6136 }, { 6137, 6520 }, { 6521, 6776 }, { 6777, 6904 },
	{ 6905, 8184 }, { 8185, 9464 }, { 9465, 9720 }, { 9721, 10232 }, { 10233, 10872 },
	{ 10873, 12280 }, { 12281, 13560 }, { 13561, 14328 }, { 14329, 16376 }, { 16377, 18424 },
	{ 18425, 19064 }, { 19065, 20472 }, { 20473, 21752 }, { 21753, 24568 }, { 24569, 27256 },
	{ 27257, 28664 }, { 28665, 32760 }, { 32761, 32768 }, { 32769, 40960 }, { 40961, 49152 },
};

static const struct step headers32[] = {
	{ 1, 8 }, { 9, 16 }, { 17, 24 }, { 25, 32 }, { 33, 48 },
	{ 49, 64 }, { 65, 80 }, { 81, 96 }, { 97, 112 }, { 113, 128 },
	{ 129, 136 }, { 137, 152 }, { 153, 168 }, { 169, 184 }, { 185, 200 },
	{ 201, 216 }, { 217, 232 }, { 233, 248 }, { 249, 280 }, { 281, 312 },
	{ 313, 344 }, { 345, 376 }, { 377, 408 }, { 409, 440 }, { 441, 472 },
	{ 473, 504 }, { 505, 568 }, { 569, 632 }, { 633, 696 }, { 697, 760 },
	{ 761, 888 }, { 889, 1016 }, { 1017, 1144 }, { 1145, 1272 }, { 1273, 1400 },
	{ 1401, 1528 }, { 1529, 1784 }, { 1785, 2040 }, { 2041, 2296 }, { 2297, 2680 },
	{ 2681, 3064 }, { 3065, 3192 }, { 3193, 3448 }, { 3449, 4088 }, { 4089, 4856 },
	{ 4857, 5368 }, { 5369, 6136 }, { 6137, 6520 }, { 6521, 6776 }, { 6777, 6904 },
	{ 6905, 8184 }, { 8185, 9464 }, { 9465, 9720 }, { 9721, 10232 }, { 10233, 10872 },
	{ 10873, 12280 }, { 12281, 13560 }, { 13561, 14328 }, { 14329, 16376 }, { 16377, 18424 },
	{ 18425, 19064 }, { 19065, 20472 }, { 20473, 21752 }, { 21753, 24568 }, { 24569, 27256 },
	{ 27257, 28664 }, { 28665, 32760 }, { 32761, 32768 }, { 32769, 40960 }, { 40961, 49152 },
};

static const struct {
	const char *name, *release;
	unsigned ptrsize;
	bool pointers;
	const struct step *steps;
	size_t count;
} tables[] = {
	{ "1.19, no pointers", "1.19", 8, false, plain, LENGTH(plain) },
	{ "1.19, pointers", "1.19", 8, true, plain, LENGTH(plain) },
	{ "1.19, 32 bit", "1.19", 4, true, plain, LENGTH(plain) },
	{ "1.22, no pointers", "1.22", 8, false, plain, LENGTH(plain) },
	{ "1.22, 32 bit, no pointers", "1.22", 4, false, plain, LENGTH(plain) },
	{ "1.22, pointers", "1.22", 8, true, headers64, LENGTH(headers64) },
	{ "1.22, 32 bit, pointers", "1.22", 4, true, headers32, LENGTH(headers32) },
	{ "1.23, pointers", "1.23", 8, true, headers64, LENGTH(headers64) },
};

static const struct release *release(const char *name)
{
	struct error err;
	const struct release *r = release_find(name, &err);

	if (!r)
		fail_msg("%s", err.msg);
	return r;
}

static void rounds_up_as_the_runtime(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(tables); i++) {
		const struct release *r = release(tables[i].release);
		size_t step = 0;

		for (uint64_t size = 1; size <= 41000; size++) {
			uint64_t got = roundupsize(r, tables[i].ptrsize, size, tables[i].pointers);

			if (step + 1 < tables[i].count && tables[i].steps[step + 1].from <= size)
				step++;
			if (got != tables[i].steps[step].size)
				fail_msg("%s: %llu bytes round up to %llu, not %llu",
					tables[i].name, (unsigned long long)size,
					(unsigned long long)got,
					(unsigned long long)tables[i].steps[step].size);
		}
	}
}

static void large_ones_take_pages(void **state)
{
	static const uint64_t sizes[][2] = { { 65536, 65536 }, { 65537, 73728 },
		{ (1 << 20) + 1, 1056768 }, { 1ull << 40, 1ull << 40 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(tables); i++)
		for (size_t k = 0; k < LENGTH(sizes); k++)
			assert_int_equal(roundupsize(release(tables[i].release), tables[i].ptrsize,
						 sizes[k][0], tables[i].pointers), sizes[k][1]);
}

/* What a profile counts includes the header; what is usable does not. */
static void headers_are_paid_for(void **state)
{
	static const struct {
		const char *release;
		unsigned ptrsize;
		bool pointers;
		uint64_t size;
		unsigned header;
		uint64_t taken;
	} rows[] = {
		{ "1.19", 8, true, 1000, 0, 1024 },
		{ "1.22", 8, false, 1000, 0, 1024 },
		{ "1.22", 8, true, 512, 0, 512 },
		{ "1.22", 8, true, 513, 8, 576 },
		{ "1.22", 4, true, 128, 0, 128 },
		{ "1.22", 4, true, 129, 8, 144 },
		{ "1.22", 8, true, 1016, 8, 1024 },
		{ "1.22", 8, true, 1017, 8, 1152 },
		{ "1.22", 8, true, 32760, 8, 32768 },
		{ "1.22", 8, true, 32761, 0, 32768 },
		{ "1.22", 8, true, 32769, 0, 40960 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct release *r = release(rows[i].release);
		uint64_t taken = alloc_size(r, rows[i].ptrsize, rows[i].size, rows[i].pointers);
		unsigned header = malloc_header(r, rows[i].ptrsize, rows[i].size, rows[i].pointers);

		if (header != rows[i].header || taken != rows[i].taken)
			fail_msg("row %zu: header %u, %llu bytes taken", i, header,
				(unsigned long long)taken);
	}
}

static void classes_ascend_and_fit_their_spans(void **state)
{
	(void)state;
	for (unsigned i = 1; i < SIZE_CLASSES; i++) {
		unsigned span = sizeclasses[i].pages * PAGE_SIZE_GO;

		assert_true(sizeclasses[i].size > sizeclasses[i - 1].size);
		assert_true(span >= sizeclasses[i].size);
		/* mksizeclasses.go: at most an eighth is wasted at a span's end. */
		assert_true(span % sizeclasses[i].size <= span / 8);
		assert_int_equal(sizeclass_of(sizeclasses[i].size), i);
		assert_int_equal(sizeclass_of(sizeclasses[i - 1].size + 1u), i);
	}
	assert_int_equal(sizeclass_of(MAX_SMALL_SIZE + 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rounds_up_as_the_runtime),
		cmocka_unit_test(large_ones_take_pages),
		cmocka_unit_test(headers_are_paid_for),
		cmocka_unit_test(classes_ascend_and_fit_their_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
