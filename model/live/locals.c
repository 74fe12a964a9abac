/* SPDX-License-Identifier: MIT */
#include "model/live/locals.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	FUNCTIONS_MOST = 64,      /* whose names the selector begins with */
	GOROUTINES_MOST = 1 << 20, FRAMES_MOST = 256, BLOCKS_MOST = 16,
	STATUS_MASK = 0xfff,      /* without the collector's mark */
	RUNNING = 2, SYSCALL = 3, DEAD = 6,
};

/* A function that the selector may be of, as linked. */
struct function {
	uint64_t from, to;
	Dwarf_Die die;
	size_t name_len;          /* of the selector */
};

/* Where runtime.g has what is needed. */
struct g_layout {
	uint64_t sp, pc, syscall_sp, syscall_pc, status, id;
};

struct finding {
	struct live *l;
	const char *selector;
	struct function list[FUNCTIONS_MOST];
	size_t count;
	Dwarf_CFI *cfi;
	struct g_layout g;
	uint64_t all;             /* runtime.allgs, where it is */
	local_sink *sink;
	void *data;
};

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
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
			dwarf_formudata(&a, &at) == 0 && type_of(&part, of)) {
			*offset = at;
			while (dwarf_tag(of) == DW_TAG_typedef && type_of(of, &part))
				*of = part;
			return true;
		}
	} while (dwarf_siblingof(&part, &part) == 0);
	return false;
}

static bool lay_out(struct g_layout *g, Dwarf_Die *type)
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

static void take_function(struct finding *f, Dwarf_Die *die, const char *name)
{
	size_t n = strlen(name);
	struct function one = { .die = *die, .name_len = n };
	Dwarf_Addr from, to;

	if (f->count == FUNCTIONS_MOST || strncmp(f->selector, name, n) != 0 ||
		f->selector[n] != '.' || dwarf_lowpc(die, &from) != 0 ||
		dwarf_highpc(die, &to) != 0)
		return;
	one.from = from;
	one.to = to;
	f->list[f->count++] = one;
}

static void look_at(struct finding *f, Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);

	if (!name)
		return;
	switch (dwarf_tag(die)) {
	case DW_TAG_subprogram:
		take_function(f, die, name);
		break;
	case DW_TAG_variable:
		if (strcmp(name, "runtime.allgs") == 0)
			place_of(&f->l->program, die, &f->all);
		break;
	case DW_TAG_structure_type:
		if (strcmp(name, "runtime.g") == 0 && !lay_out(&f->g, die))
			f->g = (struct g_layout){ 0 };
		break;
	default:
		break;
	}
}

/* Types stand in a unit of their own. */
static void look_at_units(struct finding *f)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die top, die;

	while (dwarf_get_units(f->l->program.dwarf, unit, &unit, NULL, NULL, &top, NULL) == 0) {
		if (dwarf_child(&top, &die) != 0)
			continue;
		do
			look_at(f, &die);
		while (dwarf_siblingof(&die, &die) == 0);
	}
}

/* Frames */

/* The canonical frame address by the stack pointer; false where it is not told so. */
static bool frame_address(struct finding *f, uint64_t pc, uint64_t sp, uint64_t *cfa)
{
	Dwarf_Frame *frame;
	Dwarf_Op *ops;
	size_t n;
	bool ok;

	if (dwarf_cfi_addrframe(f->cfi, pc, &frame) != 0)
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

/* Where the expression leads in a frame: so far from its address. */
static bool evaluate(const Dwarf_Op *ops, size_t n, uint64_t cfa, uint64_t *addr)
{
	if (n == 1 && ops[0].atom == DW_OP_fbreg)
		*addr = cfa + ops[0].number;
	else if (n == 1 && ops[0].atom == DW_OP_call_frame_cfa)
		*addr = cfa;
	else if (n == 3 && ops[0].atom == DW_OP_call_frame_cfa && ops[2].atom == DW_OP_plus)
		*addr = cfa + ops[1].number;
	else
		return false;
	return true;
}

static bool local_place(Dwarf_Die *die, uint64_t pc, uint64_t cfa, uint64_t *addr)
{
	Dwarf_Attribute a;
	Dwarf_Block block;
	Dwarf_Op *ops;
	size_t n;

	if (!dwarf_attr(die, DW_AT_location, &a))
		return false;
	/* A plain block is no expression to libdw: DW_OP_call_frame_cfa, or DW_OP_fbreg N. */
	if (dwarf_whatform(&a) == DW_FORM_block1 && dwarf_formblock(&a, &block) == 0) {
		int64_t offset = 0;
		unsigned shift = 0;
		size_t i = 1;

		*addr = cfa;
		if (block.length == 1 && block.data[0] == DW_OP_call_frame_cfa)
			return true;
		if (block.length < 2 || block.length > 11 || block.data[0] != DW_OP_fbreg)
			return false;
		for (; i < block.length && shift < 63; i++, shift += 7)
			offset |= (int64_t)((uint64_t)(block.data[i] & 127) << shift);
		if (shift < 64 && block.data[i - 1] & 64)
			offset |= (int64_t)(UINT64_MAX << shift);
		*addr = cfa + (uint64_t)offset;
		return true;
	}
	return dwarf_getlocation_addr(&a, pc, &ops, &n, 1) == 1 && evaluate(ops, n, cfa, addr);
}

/* Whether a variable's name is what the selector goes on with; "&name" is one on the heap. */
static bool is_named(const char *name, const char *rest)
{
	size_t n;

	name += *name == '&';
	n = strlen(name);
	return n && strncmp(name, rest, n) == 0 && (!rest[n] || strchr(".[", rest[n]));
}

/* The innermost block's variable is the one that the name means: it comes last. */
static bool find_local(struct finding *f, const struct function *fn, Dwarf_Die *block, uint64_t pc,
	uint64_t cfa, unsigned depth, Dwarf_Die *found, uint64_t *addr)
{
	const char *rest = f->selector + fn->name_len + 1;
	bool any = false;
	Dwarf_Die die;

	if (depth == BLOCKS_MOST || dwarf_child(block, &die) != 0)
		return false;
	do {
		int tag = dwarf_tag(&die);
		const char *name = dwarf_diename(&die);
		uint64_t at;

		if (tag == DW_TAG_lexical_block && dwarf_haspc(&die, pc) == 1) {
			any |= find_local(f, fn, &die, pc, cfa, depth + 1, found, addr);
		} else if ((tag == DW_TAG_variable || tag == DW_TAG_formal_parameter) && name &&
			is_named(name, rest) && local_place(&die, pc, cfa, &at)) {
			*found = die;
			*addr = at;
			any = true;
		}
	} while (dwarf_siblingof(&die, &die) == 0);
	return any;
}

/* "main.worker.local" of the selector's beginning. */
static char *name_of(const struct finding *f, const struct function *fn)
{
	size_t n = fn->name_len + 1;

	n += strcspn(f->selector + n, ".[");
	return xstrndup(f->selector, n);
}

/* Whether the frame has the variable; it is told of then. */
static bool look_in_frame(struct finding *f, uint64_t id, uint64_t pc, uint64_t cfa)
{
	for (size_t i = 0; i < f->count; i++) {
		struct function *fn = &f->list[i];
		Dwarf_Die die, type;
		uint64_t addr;
		char *name;

		if (pc < fn->from || pc >= fn->to ||
			!find_local(f, fn, &fn->die, pc, cfa, 0, &die, &addr) ||
			!type_of(&die, &type))
			continue;
		name = name_of(f, fn);
		f->sink(f->data, id, name, addr & word_mask(f->l->program.target), &type);
		free(name);
		return true;
	}
	return false;
}

static void walk_frames(struct finding *f, uint64_t id, uint64_t pc, uint64_t sp)
{
	struct image *im = &f->l->image;
	uint64_t bias = f->l->module.bias, cfa;

	for (unsigned i = 0; i < FRAMES_MOST && pc; i++) {
		/* A caller stands behind the call. */
		uint64_t at = pc - bias - (i > 0);

		if (!frame_address(f, at, sp, &cfa) || cfa <= sp ||
			look_in_frame(f, id, at, cfa) ||
			!image_word(im, cfa - im->ptrsize, &pc))
			return;
		sp = cfa;
	}
}

static void look_at_goroutine(struct finding *f, uint64_t g)
{
	struct image *im = &f->l->image;
	uint64_t status, id, pc, sp;

	if (!image_uint(im, g + f->g.status, 4, &status) || !image_uint(im, g + f->g.id, 8, &id))
		return;
	status &= STATUS_MASK;
	if (status == 0 || status == RUNNING || status == DEAD)
		return;
	if (image_word(im, g + (status == SYSCALL ? f->g.syscall_pc : f->g.pc), &pc) &&
		image_word(im, g + (status == SYSCALL ? f->g.syscall_sp : f->g.sp), &sp))
		walk_frames(f, id, pc, sp);
}

void locals_find(struct live *l, const char *selector, local_sink *sink, void *data)
{
	struct finding f = { .l = l, .selector = selector, .sink = sink, .data = data };
	struct image *im = &l->image;
	uint64_t list, n, g;

	if (!l->program.dwarf)
		return;
	look_at_units(&f);
	f.cfi = f.count ? dwarf_getcfi(l->program.dwarf) : NULL;
	if (!f.cfi || !f.all || !f.g.sp || !image_word(im, f.all + l->module.bias, &list) ||
		!image_word(im, f.all + l->module.bias + im->ptrsize, &n))
		return;
	for (uint64_t i = 0; i < n && i < GOROUTINES_MOST; i++)
		if (image_word(im, list + i * im->ptrsize, &g) && g)
			look_at_goroutine(&f, g);
}
