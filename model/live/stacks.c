/* SPDX-License-Identifier: MIT */
#include "model/live/stacks.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

enum {
	GOROUTINES_MOST = 1 << 20, FRAMES_MOST = 256,
	STATUS_MASK = 0xfff,      /* without the collector's mark */
	RUNNING = 2, SYSCALL = 3, DEAD = 6,
};

bool dwarf_type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute a;

	return dwarf_attr_integrate(die, DW_AT_type, &a) && dwarf_formref_die(&a, type);
}

/* A member of a struct by its name: where it is, and its type. */
static bool member(Dwarf_Die *type, const char *name, uint64_t *offset, Dwarf_Die *of)
{
	Dwarf_Attribute a;
	Dwarf_Word at;
	Dwarf_Die part;

	if (dwarf_child(type, &part) != 0)
		return false;
	do {
		const char *is = dwarf_diename(&part);

		if (dwarf_tag(&part) == DW_TAG_member && is && strcmp(is, name) == 0 &&
			dwarf_attr(&part, DW_AT_data_member_location, &a) &&
			dwarf_formudata(&a, &at) == 0 && dwarf_type_of(&part, of)) {
			*offset = at;
			while (dwarf_tag(of) == DW_TAG_typedef && dwarf_type_of(of, &part))
				*of = part;
			return true;
		}
	} while (dwarf_siblingof(&part, &part) == 0);
	return false;
}

static bool lay_out(struct stacks *g, Dwarf_Die *type)
{
	uint64_t sched, sp, pc;
	Dwarf_Die of, unused;

	if (!member(type, "sched", &sched, &of) || !member(&of, "sp", &sp, &unused) ||
		!member(&of, "pc", &pc, &unused) ||
		!member(type, "syscallsp", &g->syscall_sp, &unused) ||
		!member(type, "syscallpc", &g->syscall_pc, &unused) ||
		!member(type, "atomicstatus", &g->status, &unused) ||
		!member(type, "goid", &g->id, &unused))
		return false;
	g->sp = sched + sp;
	g->pc = sched + pc;
	return true;
}

/* Where a variable of a package lies, as linked. */
static bool place_of(const struct executable *p, Dwarf_Die *die, uint64_t *addr)
{
	unsigned w = p->target->ptrsize;
	Dwarf_Attribute a;
	Dwarf_Block block;

	if (!dwarf_attr(die, DW_AT_location, &a) || dwarf_formblock(&a, &block) != 0 ||
		block.length != 1 + w || block.data[0] != DW_OP_addr)
		return false;
	*addr = 0;
	memcpy(addr, block.data + 1, w);
	return true;
}

void stacks_see(struct stacks *s, struct live *l, Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);
	struct stacks all = *s;

	if (!name || strncmp(name, "runtime.", 8) != 0)
		return;
	if (dwarf_tag(die) == DW_TAG_variable && strcmp(name, "runtime.allgs") == 0)
		place_of(&l->program, die, &s->all);
	if (dwarf_tag(die) == DW_TAG_structure_type && strcmp(name, "runtime.g") == 0 &&
		lay_out(&all, die))
		*s = all;
}

/* A walk over all of them. */
struct walking {
	struct stacks *s;
	struct live *l;
	Dwarf_CFI *cfi;
	frame_sink *sink;
	void *data;
};

/* The canonical frame address by the stack pointer; false where it is not told so. */
static bool frame_address(struct walking *w, uint64_t pc, uint64_t sp, uint64_t *cfa)
{
	Dwarf_Frame *frame;
	Dwarf_Op *ops;
	size_t n;
	bool ok;

	if (dwarf_cfi_addrframe(w->cfi, pc, &frame) != 0)
		return false;
	ok = dwarf_frame_cfa(frame, &ops, &n) == 0 && n == 1;
	if (ok && ops[0].atom == DW_OP_bregx)
		*cfa = sp + ops[0].number2;
	else if (ok && ops[0].atom >= DW_OP_breg0 && ops[0].atom <= DW_OP_breg31)
		*cfa = sp + ops[0].number;
	else
		ok = false;
	free(frame);
	return ok;
}

static void walk_frames(struct walking *w, uint64_t id, uint64_t pc, uint64_t sp)
{
	struct image *im = &w->l->image;
	uint64_t bias = w->l->module.bias;
	struct frame f = { .goroutine = id, .pc = pc - bias, .sp = sp };
	bool more = frame_address(w, f.pc, f.sp, &f.cfa) && f.cfa > f.sp;

	for (unsigned i = 0; i < FRAMES_MOST && more; i++) {
		/* A caller stands behind the call. */
		more = image_word(im, f.cfa - im->ptrsize, &pc) && pc &&
			frame_address(w, pc - bias - 1, f.cfa, &f.caller_cfa) &&
			f.caller_cfa > f.cfa;
		if (!more)
			f.caller_cfa = f.cfa;
		if (!w->sink(w->data, &f))
			return;
		f.pc = pc - bias - 1;
		f.sp = f.cfa;
		f.cfa = f.caller_cfa;
	}
}

static void walk_goroutine(struct walking *w, uint64_t g)
{
	const struct stacks *s = w->s;
	struct image *im = &w->l->image;
	uint64_t status, id, pc, sp;

	if (!image_uint(im, g + s->status, 4, &status) || !image_uint(im, g + s->id, 8, &id))
		return;
	status &= STATUS_MASK;
	if (status == RUNNING) {
		w->s->running++;
		w->s->runs = id;
	}
	if (status == 0 || status == RUNNING || status == DEAD)
		return;
	if (image_word(im, g + (status == SYSCALL ? s->syscall_pc : s->pc), &pc) &&
		image_word(im, g + (status == SYSCALL ? s->syscall_sp : s->sp), &sp))
		walk_frames(w, id, pc, sp);
}

void stacks_walk(struct stacks *s, struct live *l, frame_sink *sink, void *data)
{
	struct walking w = { .s = s, .l = l, .sink = sink, .data = data };
	struct image *im = &l->image;
	uint64_t list, n, g, all = s->all + l->module.bias;

	w.cfi = s->all && s->sp ? dwarf_getcfi(l->program.dwarf) : NULL;
	if (!w.cfi || !image_word(im, all, &list) || !image_word(im, all + im->ptrsize, &n))
		return;
	for (uint64_t i = 0; i < n && i < GOROUTINES_MOST; i++)
		if (image_word(im, list + i * im->ptrsize, &g) && g)
			walk_goroutine(&w, g);
}
