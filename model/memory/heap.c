/* SPDX-License-Identifier: MIT */
#include "model/memory/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "model/base/mem.h"

#define RESERVE_MOST (1ull << 40)
#define RESERVE_LEAST (1ull << 26)
#define STEP (1ull << 26) /* memory becomes usable in steps of so many bytes */
/* Where spans start: a program that reaches main has some in use already. */
#define FIRST_SPAN 0x12000u
#define HUGE (4u << 20)   /* objects of this size and more are worth large pages */
#define SPREAD (16u << 20) /* and a heap beyond so many bytes, whatever is in it; */
#define APART (128u << 20) /* not beyond these: of small ones that die one by one, as tables do
			      that are split, a large page is kept until the last has died */
#define TINY_BLOCK 16u    /* runtime/malloc.go: maxTinySize, */
#define TINY_CLASS 2      /* and the class of that size */
#define HOST_PAGE 4096u
#define SHOWN_LEAST (1u << 16) /* smaller segments of a program's memory are copied, */
#define SHOWN_MOST 8192        /* and what is left when there are so many: the host has a bound */
#define FRAME_ALIGN 16u

bool heap_open_at(struct heap *h, const struct target *t, const struct release *r,
	struct journal *j, uint64_t base, struct error *err)
{
	uint64_t room = t->max_alloc > base ? t->max_alloc - base : 0;
	uint64_t size = room < RESERVE_MOST ? room : RESERVE_MOST;

	*h = (struct heap){ .target = t, .release = r, .journal = j, .base = base };
	for (;; size /= 2) {
		if (size < RESERVE_LEAST)
			return fail(err, "no address space for the simulated heap: "
					 "is there a limit on virtual memory (ulimit -v)?");
		h->map = mmap(NULL, size + HEAP_UNKNOWN_BELOW, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (h->map != MAP_FAILED)
			break;
	}
	h->reserved = size + HEAP_UNKNOWN_BELOW;
	h->limit = h->base + size;
	h->host = h->map - (h->base - HEAP_UNKNOWN_BELOW);
	if (mprotect(h->map, HEAP_UNKNOWN, PROT_READ) != 0 ||
		mprotect(heap_at(h, h->base - HEAP_SCRATCH), HEAP_SCRATCH,
			PROT_READ | PROT_WRITE) != 0) {
		heap_close(h);
		return fail(err, "no memory for the simulated heap");
	}
	h->state.next_page = h->base + FIRST_SPAN;
	heap_scratch_reset(h);
	return true;
}

bool heap_open(struct heap *h, const struct target *t, const struct release *r,
	struct journal *j, struct error *err)
{
	return heap_open_at(h, t, r, j, t->heap_base, err);
}

void heap_close(struct heap *h)
{
	if (h->map)
		munmap(h->map, h->reserved);
	h->map = NULL;
	free(h->dead);
	h->dead = NULL;
	h->dead_pages = 0;
	if (h->types)
		h->free_types(h->types);
	h->types = NULL;
}

/* The addresses are used again. */
static void forget_dead(struct heap *h)
{
	if (h->dead)
		memset(h->dead, 0, h->dead_pages * sizeof *h->dead);
}

/* No host memory shows a file any more; what did is zero. */
static void hide_files(struct heap *h)
{
	uint64_t size = h->files_to - h->files_from;

	if (size && mmap(heap_at(h, h->files_from), size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED)
		abort();
	h->files_from = h->files_to = 0;
}

void heap_reset(struct heap *h)
{
	h->captured = (struct heap_captured){ 0 };
	hide_files(h);
	forget_dead(h);
	if (h->usable)
		madvise(heap_at(h, h->base), h->usable, MADV_DONTNEED);
	h->state = (struct heap_state){ .next_page = h->base + FIRST_SPAN };
	h->life = ++h->lives;
	heap_scratch_reset(h);
}

static void wipe(struct heap *h, uint64_t from, uint64_t to)
{
	if (to <= from)
		return;
	journal_save(h->journal, heap_at(h, from), to - from);
	memset(heap_at(h, from), 0, to - from);
}

/* What lies between the parts of a program's memory was never touched. */
static void wipe_all(struct heap *h)
{
	const struct memory *known = h->captured.known;
	uint64_t end = h->usable ? h->state.next_page : h->base;

	if (!known) {
		wipe(h, h->base, end);
		return;
	}
	for (size_t i = 0; i < known->count; i++)
		wipe(h, known->list[i].addr, known->list[i].addr + known->list[i].size);
	wipe(h, h->captured.to, end);
}

void heap_clear(struct heap *h)
{
	wipe_all(h);
	journal_save(h->journal, &h->captured, sizeof h->captured);
	h->captured = (struct heap_captured){ 0 };
	forget_dead(h);
	journal_save(h->journal, &h->life, sizeof h->life);
	h->life = ++h->lives;
	journal_save(h->journal, &h->state, sizeof h->state);
	h->state = (struct heap_state){ .next_page = h->base + FIRST_SPAN };
	heap_scratch_reset(h);
}

/* Bytes that the host could still give. */
static uint64_t host_room(void)
{
	unsigned long long kib = 0;
	char line[128];
	FILE *f = fopen("/proc/meminfo", "r");

	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "MemAvailable: %llu", &kib) == 1)
			break;
	if (f)
		fclose(f);
	if (kib == 0) {
		struct sysinfo info;

		if (sysinfo(&info) == 0)
			return (uint64_t)info.freeram * info.mem_unit;
	}
	return kib << 10;
}

bool heap_has_room(const struct heap *h, uint64_t bytes, struct error *err)
{
	uint64_t room = h->limit - h->state.next_page;

	if (bytes > room)
		return fail(err,
			"out of memory: %llu bytes needed, %llu left of the address space of %s",
			(unsigned long long)bytes, (unsigned long long)room, h->target->name);
	if (bytes < STEP)
		return true;
	room = host_room();
	if (bytes > room)
		return fail(err, "out of memory: %llu bytes needed, %llu free on this machine",
			(unsigned long long)bytes, (unsigned long long)room);
	return true;
}

/* A large map is read all over: without large pages most reads would miss the TLB. */
static void advise_large(uint8_t *from, uint8_t *to)
{
	from -= (uintptr_t)from % HOST_PAGE;
	if (from < to)
		madvise(from, (size_t)(to - from), MADV_HUGEPAGE);
}

/* Makes the memory below `end` usable; large pages are no good where it is used here and there. */
static bool make_usable(struct heap *h, uint64_t end, bool dense, struct error *err)
{
	uint64_t want = (end - h->base + STEP - 1) / STEP * STEP;
	uint8_t *from = heap_at(h, h->base + h->usable);

	if (want <= h->usable)
		return true;
	if (want > h->limit - h->base)
		want = h->limit - h->base;
	if (mprotect(from, want - h->usable, PROT_READ | PROT_WRITE) != 0)
		return fail(err, "out of memory: the system gives no more");
	if (dense && h->usable < APART)
		advise_large(heap_at(h, h->base + (h->usable ? h->usable : SPREAD)),
			heap_at(h, h->base + want));
	h->usable = want;
	return true;
}

static uint64_t take_pages(struct heap *h, uint64_t pages, struct error *err)
{
	uint64_t addr = h->state.next_page;
	uint64_t room = (h->limit - addr) / PAGE_SIZE_GO;

	if (pages > room || pages * PAGE_SIZE_GO > STEP) {
		uint64_t bytes = pages > room ? UINT64_MAX : pages * PAGE_SIZE_GO;

		if (!heap_has_room(h, bytes, err))
			return 0;
	}
	if (!make_usable(h, addr + pages * PAGE_SIZE_GO, true, err))
		return 0;
	if (pages * PAGE_SIZE_GO >= HUGE)
		advise_large(heap_at(h, addr), heap_at(h, addr + pages * PAGE_SIZE_GO));
	journal_save(h->journal, &h->state.next_page, sizeof h->state.next_page);
	h->state.next_page = addr + pages * PAGE_SIZE_GO;
	return addr;
}

/* Bytes of a page are garbage too; whether all of it is by now. */
static bool page_dies(struct heap *h, uint64_t addr, uint64_t bytes)
{
	uint64_t page = (addr - h->base) / HOST_PAGE;

	if (page >= h->dead_pages) {
		uint64_t pages = 2 * page + 16;

		h->dead = xrealloc(h->dead, pages * sizeof *h->dead);
		memset(h->dead + h->dead_pages, 0, (pages - h->dead_pages) * sizeof *h->dead);
		h->dead_pages = pages;
	}
	h->dead[page] = (uint16_t)(h->dead[page] + bytes);
	return h->dead[page] == HOST_PAGE;
}

/* Whole pages; not all machines have them of that size. A file's would show its bytes again. */
static void give_back(struct heap *h, uint64_t from, uint64_t to)
{
	if (sysconf(_SC_PAGESIZE) != HOST_PAGE || (from < h->files_to && to > h->files_from) ||
		madvise(heap_at(h, from), to - from, MADV_DONTNEED) != 0)
		memset(heap_at(h, from), 0, to - from);
}

/* Nothing needs these bytes any more; those of pages that others share are zero. */
static void waste(struct heap *h, uint64_t addr, uint64_t size)
{
	uint64_t end = addr + size, from = addr / HOST_PAGE * HOST_PAGE,
		to = end / HOST_PAGE * HOST_PAGE;

	if (h->journal->on || size == 0)
		return;
	if (from == to) {
		to += page_dies(h, from, size) ? HOST_PAGE : 0;
	} else {
		if (from < addr && !page_dies(h, from, from + HOST_PAGE - addr))
			from += HOST_PAGE;
		if (to < end && page_dies(h, to, end - to))
			to += HOST_PAGE;
	}
	if (to > from)
		give_back(h, from, to);
}

static uint64_t take_object(struct heap *h, unsigned class, bool pointers, struct error *err)
{
	struct heap_span *span = &h->state.spans[class][pointers];
	unsigned size = sizeclasses[class].size;
	uint64_t addr, tail;

	journal_save(h->journal, span, sizeof *span);
	if (span->next + size > span->end || span->end == 0) {
		addr = take_pages(h, sizeclasses[class].pages, err);
		if (!addr)
			return 0;
		span->next = addr;
		span->end = addr + (uint64_t)sizeclasses[class].pages * PAGE_SIZE_GO;
		/* No object has the end, so its page goes with the last one. */
		tail = (span->end - addr) % size;
		if (size >= HOST_PAGE)
			waste(h, span->end - tail, tail);
	}
	addr = span->next;
	span->next += size;
	return addr;
}

static uint64_t take(struct heap *h, uint64_t size, bool pointers, struct error *err)
{
	unsigned header = malloc_header(h->release, h->target->ptrsize, size, pointers);
	uint64_t all = alloc_size(h->release, h->target->ptrsize, size, pointers);
	uint64_t addr;

	if (size > h->target->max_alloc) {
		fail(err, "out of memory: %llu bytes are more than %s can address",
			(unsigned long long)size, h->target->name);
		return 0;
	}
	if (all > MAX_SMALL_SIZE || all % PAGE_SIZE_GO == 0)
		addr = take_pages(h, all / PAGE_SIZE_GO, err);
	else
		addr = take_object(h, sizeclass_of(all), pointers, err);
	return addr ? addr + header : 0;
}

/* What is held only grows by what is allocated. */
static void note_most(struct heap *h)
{
	uint64_t held = heap_held(h);

	if (held <= h->state.most_bytes)
		return;
	journal_save(h->journal, &h->state.most_bytes, sizeof h->state.most_bytes);
	h->state.most_bytes = held;
}

uint64_t heap_alloc(struct heap *h, uint64_t size, bool pointers, struct error *err)
{
	uint64_t addr = take(h, size, pointers, err);

	if (!addr)
		return 0;
	journal_save(h->journal, &h->state.alloc_objects, 2 * sizeof h->state.alloc_objects);
	h->state.alloc_objects++;
	h->state.alloc_bytes += alloc_size(h->release, h->target->ptrsize, size, pointers);
	note_most(h);
	return addr;
}

void heap_keep(struct heap *h)
{
	journal_save(h->journal, &h->state.beside_bytes, sizeof h->state.beside_bytes);
	h->state.beside_bytes = heap_held(h);
}

void heap_drop(struct heap *h)
{
	heap_lose_bytes(h, h->state.beside_bytes);
	journal_save(h->journal, &h->state.beside_bytes, sizeof h->state.beside_bytes);
	h->state.beside_bytes = 0;
}

void heap_begin_most(struct heap *h)
{
	journal_save(h->journal, &h->state.most_bytes, sizeof h->state.most_bytes);
	h->state.most_bytes = heap_held(h);
}

/* Alignment of a tiny object: runtime/malloc.go, the tiny allocator. */
static uint64_t tiny_align(uint64_t size)
{
	if (size % 8 == 0)
		return 8;
	if (size % 4 == 0)
		return 4;
	return size % 2 == 0 ? 2 : 1;
}

/* Objects without pointers below 16 bytes share blocks of 16. */
static uint64_t take_tiny(struct heap *h, uint64_t size, struct error *err)
{
	uint64_t align = tiny_align(size);
	uint64_t addr = (h->state.tiny + align - 1) & ~(align - 1);

	journal_save(h->journal, &h->state.tiny, 2 * sizeof h->state.tiny);
	if (h->state.tiny == 0 || addr + size > h->state.tiny_end) {
		addr = take_object(h, TINY_CLASS, false, err);
		if (!addr)
			return 0;
		h->state.tiny_end = addr + TINY_BLOCK;
	}
	h->state.tiny = addr + size;
	return addr;
}

uint64_t heap_alloc_data(struct heap *h, uint64_t size, bool pointers, struct error *err)
{
	bool tiny = size < TINY_BLOCK && !pointers;
	uint64_t addr = tiny ? take_tiny(h, size ? size : 1, err) : take(h, size, pointers, err);

	if (!addr)
		return 0;
	journal_save(h->journal, &h->state.data_bytes, sizeof h->state.data_bytes);
	h->state.data_bytes += size;
	return addr;
}

uint64_t heap_alloc_frame(struct heap *h, uint64_t size, struct error *err)
{
	struct heap_state *s = &h->state;
	uint64_t all = (size + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;
	uint64_t pages = (all + PAGE_SIZE_GO - 1) / PAGE_SIZE_GO, low;

	journal_save(h->journal, &s->stack, 4 * sizeof s->stack);
	if (s->stack - s->stack_low < all) {
		low = take_pages(h, pages, err);
		if (!low)
			return 0;
		s->stack_low = low;
		s->stack = low + pages * PAGE_SIZE_GO;
	}
	s->stack -= all;
	s->frame = s->stack;
	s->frame_end = s->stack + all;
	return s->frame;
}

uint64_t heap_alloc_scratch(struct heap *h, uint64_t size)
{
	uint64_t addr = (h->scratch + 7) / 8 * 8;

	if (size > h->base - addr)
		return 0;
	memset(heap_at(h, addr), 0, size);
	h->scratch = addr + size;
	return addr;
}

/* What waste() leaves: of whole pages without a journal nothing. */
static void make_zero(struct heap *h, uint64_t addr, uint64_t end)
{
	uint64_t from = (addr + HOST_PAGE - 1) / HOST_PAGE * HOST_PAGE,
		 to = end / HOST_PAGE * HOST_PAGE;

	if (from >= to) {
		memset(heap_at(h, addr), 0, end - addr);
		return;
	}
	memset(heap_at(h, addr), 0, from - addr);
	memset(heap_at(h, to), 0, end - to);
	if (h->journal->on)
		give_back(h, from, to);
}

void heap_discard(struct heap *h, uint64_t addr, uint64_t size, bool pointers)
{
	unsigned word = h->target->ptrsize;

	/* What was captured lies as it may, and a frame has no size classes: only the bytes that
	   are told of are known to be its. */
	if (addr >= h->captured.to && !heap_on_stack(h, addr)) {
		addr -= malloc_header(h->release, word, size, pointers);
		size = alloc_size(h->release, word, size, pointers);
	}
	journal_save(h->journal, heap_at(h, addr), size);
	make_zero(h, addr, addr + size);
	waste(h, addr, size);
}

bool heap_holds(const struct heap *h, uint64_t addr, uint64_t size)
{
	if (addr < h->base)
		return addr >= h->base - HEAP_SCRATCH && addr <= h->scratch &&
			size <= h->scratch - addr;
	return addr >= h->base && addr <= h->state.next_page && size <= h->state.next_page - addr &&
		!heap_missing(h, addr, size);
}

/* The segment's bytes at its address, from the file that they lie in: false where that cannot
   be. */
static bool show_file(struct heap *h, const struct memory *known, const struct segment *s)
{
	uint64_t offset = (uint64_t)(s->host - known->file_bytes);
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	uint8_t *to = heap_at(h, s->addr);

	if (!known->file || s->size < SHOWN_LEAST || (uintptr_t)to % page || offset % page ||
		s->size % page || mmap(to, s->size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_NORESERVE | MAP_FIXED, known->file, (off_t)offset) == MAP_FAILED)
		return false;
	if (!h->files_to || s->addr < h->files_from)
		h->files_from = s->addr;
	if (s->addr + s->size > h->files_to)
		h->files_to = s->addr + s->size;
	return true;
}

bool heap_capture(struct heap *h, const struct memory *known, struct error *err)
{
	const struct segment *last = known->count ? &known->list[known->count - 1] : NULL;
	uint64_t from = last ? known->list[0].addr : h->base;
	uint64_t to = last ? last->addr + last->size : h->base;
	uint64_t end = (to + PAGE_SIZE_GO - 1) / PAGE_SIZE_GO * PAGE_SIZE_GO;
	bool blank = h->state.next_page == h->base + FIRST_SPAN;
	unsigned shown = 0;

	if (from < h->base || end < to || end > h->limit)
		return fail(err, "memory from 0x%llx to 0x%llx is no heap of %s",
			(unsigned long long)from, (unsigned long long)to, h->target->name);
	if (!make_usable(h, end, false, err))
		return false;
	heap_clear(h);
	journal_save(h->journal, &h->captured, sizeof h->captured);
	h->captured = (struct heap_captured){ known, from, to };
	for (size_t i = 0; i < known->count; i++) {
		const struct segment *s = &known->list[i];

		/* Where nothing was, nobody goes back to: see heap.h. */
		if (!blank)
			journal_save(h->journal, heap_at(h, s->addr), s->size);
		if (shown < SHOWN_MOST && show_file(h, known, s))
			shown++;
		else
			memcpy(heap_at(h, s->addr), s->host, s->size);
	}
	journal_save(h->journal, &h->state.next_page, sizeof h->state.next_page);
	if (end > h->state.next_page)
		h->state.next_page = end;
	return true;
}
