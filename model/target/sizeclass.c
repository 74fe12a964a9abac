/* SPDX-License-Identifier: MIT */
#include "model/target/sizeclass.h"

/* Bytes and pages of each class: the figures of runtime/sizeclasses.go. */
const struct sizeclass sizeclasses[SIZE_CLASSES] = {
	{ 0, 0 }, { 8, 1 }, { 16, 1 }, { 24, 1 }, { 32, 1 }, { 48, 1 },
	{ 64, 1 }, { 80, 1 }, { 96, 1 }, { 112, 1 }, { 128, 1 }, { 144, 1 },
	{ 160, 1 }, { 176, 1 }, { 192, 1 }, { 208, 1 }, { 224, 1 }, { 240, 1 },
	{ 256, 1 }, { 288, 1 }, { 320, 1 }, { 352, 1 }, { 384, 1 }, { 416, 1 },
	{ 448, 1 }, { 480, 1 }, { 512, 1 }, { 576, 1 }, { 640, 1 }, { 704, 1 },
	{ 768, 1 }, { 896, 1 }, { 1024, 1 }, { 1152, 1 }, { 1280, 1 }, { 1408, 2 },
	{ 1536, 1 }, { 1792, 2 }, { 2048, 1 }, { 2304, 2 }, { 2688, 1 }, { 3072, 3 },
	{ 3200, 2 }, { 3456, 3 }, { 4096, 1 }, { 4864, 3 }, { 5376, 2 }, { 6144, 3 },
	{ 6528, 4 }, { 6784, 5 }, { 6912, 6 }, { 8192, 1 }, { 9472, 7 }, { 9728, 6 },
	{ 10240, 5 }, { 10880, 4 }, { 12288, 3 }, { 13568, 5 }, { 14336, 7 }, { 16384, 2 },
	{ 18432, 9 }, { 19072, 7 }, { 20480, 5 }, { 21760, 8 }, { 24576, 3 }, { 27264, 10 },
	{ 28672, 7 }, { 32768, 4 },
};

unsigned sizeclass_of(uint64_t size)
{
	unsigned low = 1, high = SIZE_CLASSES - 1;

	if (size > MAX_SMALL_SIZE)
		return 0;
	while (low < high) {
		unsigned mid = (low + high) / 2;

		if (sizeclasses[mid].size < size)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/*
 * Up to 512 bytes (64 words) the span holds the pointer bits itself; above, the object has a
 * header, except in the window where the header would push it out of the small classes.
 */
unsigned malloc_header(const struct release *r, unsigned ptrsize, uint64_t size, bool pointers)
{
	uint64_t in_span = (uint64_t)ptrsize * ptrsize * 8;

	if (!r->malloc_header || !pointers || size <= in_span)
		return 0;
	return size <= MAX_SMALL_SIZE - MALLOC_HEADER ? MALLOC_HEADER : 0;
}

uint64_t alloc_size(const struct release *r, unsigned ptrsize, uint64_t size, bool pointers)
{
	uint64_t all = size + malloc_header(r, ptrsize, size, pointers);
	unsigned limit = r->malloc_header ? MAX_SMALL_SIZE - MALLOC_HEADER : MAX_SMALL_SIZE;

	/*
	 * roundupsize rounds 32 KiB itself to pages, where it comes to the same; since 1.22 all
	 * of the last 8 bytes below 32 KiB go to spans of their own.
	 */
	if (size <= limit)
		return sizeclasses[sizeclass_of(all)].size;
	return (size + PAGE_SIZE_GO - 1) / PAGE_SIZE_GO * PAGE_SIZE_GO;
}

uint64_t roundupsize(const struct release *r, unsigned ptrsize, uint64_t size, bool pointers)
{
	return alloc_size(r, ptrsize, size, pointers) - malloc_header(r, ptrsize, size, pointers);
}
