/* SPDX-License-Identifier: MIT */
/* Segments of a program's memory, and faults between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/memory/heap.h"
#include "model/memory/memory.h"

#include <cmocka.h>

static void test_segments(void **state)
{
	struct memory m = { 0 };
	uint8_t bytes[64];

	(void)state;
	assert_null(memory_at(&m, 0x1000, 1));
	assert_true(memory_add(&m, 0x2000, 16, bytes + 32));
	assert_true(memory_add(&m, 0x1000, 16, bytes));
	assert_true(memory_add(&m, UINT64_MAX - 8, 8, bytes + 56));
	assert_int_equal(m.count, 3);
	assert_ptr_equal(memory_at(&m, 0x1000, 16), bytes);
	assert_ptr_equal(memory_at(&m, 0x200f, 1), bytes + 47);
	assert_null(memory_at(&m, 0x2008, 9));
	assert_null(memory_at(&m, 0xfff, 1));
	assert_null(memory_at(&m, 0x1010, 1));
	assert_null(memory_at(&m, 0x1008, UINT64_MAX));
	assert_null(memory_at(&m, UINT64_MAX - 4, 8));
	memory_free(&m);
}

/* What touches is read across; what is there already is refused. */
static void test_neighbours(void **state)
{
	struct memory m = { 0 };
	uint8_t bytes[64];

	(void)state;
	assert_true(memory_add(&m, 0x1000, 16, bytes));
	assert_null(memory_at(&m, 0x1008, 16));
	assert_true(memory_add(&m, 0x1010, 16, bytes + 16));
	assert_ptr_equal(memory_at(&m, 0x1008, 16), bytes + 8);
	assert_int_equal(m.count, 1);
	assert_false(memory_add(&m, 0x101f, 1, bytes));
	assert_false(memory_add(&m, 0xfff, 2, bytes));
	assert_false(memory_add(&m, 0x800, 0x1000, bytes));
	assert_false(memory_add(&m, UINT64_MAX - 1, 4, bytes));
	assert_true(memory_add(&m, 0x1020, 8, bytes));
	assert_null(memory_at(&m, 0x101f, 2));
	memory_free(&m);
}

static bool is_resident(const struct heap *h, uint64_t addr)
{
	unsigned char there = 0;

	assert_int_equal(mincore(heap_at(h, addr / 4096 * 4096), 4096, &there), 0);
	return there & 1;
}

/* Garbage is zero at once. A page of the host's goes back once all on it is garbage, not before. */
static void test_discarded(void **state)
{
	struct journal journal = { 0 };
	struct error err;
	struct heap h;
	uint64_t first, second, third;

	(void)state;
	assert_true(heap_open(&h, target_find("amd64", &err), release_find("1.27", &err), &journal,
		&err));
	/* Three in a span of 8 KiB pages, so that they share pages of 4 KiB. They are smaller than
	   their size class, and lie behind a header. */
	first = heap_alloc(&h, 25600, true, &err);
	second = heap_alloc(&h, 25600, true, &err);
	third = heap_alloc(&h, 25600, true, &err);
	assert_int_equal(second, first + 27264);
	assert_int_equal(third, second + 27264);
	assert_int_equal(first % 4096, 8);
	assert_int_not_equal(second % 4096, 8);
	memset(heap_at(&h, first), 1, 3 * 27264);
	heap_discard(&h, first, 25600, true);
	assert_int_equal(*heap_at(&h, first), 0);
	assert_int_equal(*heap_at(&h, second - 9), 0);
	assert_int_equal(*heap_at(&h, second), 1);
	assert_true(is_resident(&h, second));
	heap_discard(&h, second, 25600, true);
	assert_false(is_resident(&h, second));
	assert_int_equal(*heap_at(&h, second - 1), 0);
	assert_int_equal(*heap_at(&h, second), 0);
	assert_int_equal(*heap_at(&h, third), 1);
	/* Nothing lies behind the last one of a span. */
	heap_discard(&h, third, 25600, true);
	assert_int_equal(*heap_at(&h, third + 25599), 0);
	/* With a journal too, which brings it back. */
	memset(heap_at(&h, first), 1, 25600);
	journal.on = true;
	heap_discard(&h, first, 25600, true);
	assert_int_equal(*heap_at(&h, first), 0);
	assert_int_equal(*heap_at(&h, first + 25599), 0);
	journal_move(&journal, 0);
	assert_int_equal(*heap_at(&h, first), 1);
	assert_int_equal(*heap_at(&h, first + 25599), 1);
	journal_free(&journal);
	heap_close(&h);
}

enum { SHOWN = 1 << 17 };

/* Bytes of a file, all 7. */
static uint8_t *make_file(struct memory *m)
{
	int fd = memfd_create("test", 0);
	uint8_t *bytes;

	assert_true(fd > 0);
	assert_int_equal(ftruncate(fd, SHOWN), 0);
	bytes = mmap(NULL, SHOWN, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_ptr_not_equal(bytes, MAP_FAILED);
	memset(bytes, 7, SHOWN);
	*m = (struct memory){ .file = fd, .file_bytes = bytes };
	return bytes;
}

/* A heap shows a file's bytes without a copy of them; what it changes stays its own, and what is
   zero does not become the file's again. */
static void test_shown(void **state)
{
	struct journal journal = { 0 };
	struct memory known;
	struct error err;
	struct heap h;
	uint8_t *bytes = make_file(&known);
	uint64_t at;

	(void)state;
	assert_true(heap_open(&h, target_find("amd64", &err), release_find("1.27", &err), &journal,
		&err));
	at = h.base + (1 << 20);
	assert_true(memory_add(&known, at, SHOWN, bytes));
	assert_true(heap_capture(&h, &known, &err));
	assert_true(h.files_to == at + SHOWN && h.files_from == at);
	assert_int_equal(*heap_at(&h, at - 1), 0);
	assert_int_equal(*heap_at(&h, at), 7);
	assert_int_equal(*heap_at(&h, at + SHOWN - 1), 7);
	*heap_at(&h, at + 5) = 1;
	assert_int_equal(bytes[5], 7);
	heap_discard(&h, at, SHOWN / 2, false);
	assert_int_equal(*heap_at(&h, at), 0);
	assert_int_equal(*heap_at(&h, at + 8192), 0);
	assert_int_equal(*heap_at(&h, at + SHOWN / 2), 7);
	journal.on = true;
	*heap_at(&h, at + SHOWN - 1) = 2;
	assert_true(heap_capture(&h, &known, &err));
	assert_int_equal(*heap_at(&h, at + SHOWN - 1), 7);
	journal_move(&journal, 0);
	assert_int_equal(*heap_at(&h, at), 0);
	assert_int_equal(*heap_at(&h, at + SHOWN - 1), 2);
	assert_int_equal(bytes[SHOWN - 1], 7);
	heap_reset(&h);
	assert_int_equal(*heap_at(&h, at + SHOWN - 1), 0);
	journal_free(&journal);
	heap_close(&h);
	close(known.file);
	munmap(bytes, SHOWN);
	memory_free(&known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_segments),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_discarded),
		cmocka_unit_test(test_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
