/* SPDX-License-Identifier: MIT */
#include "model/live/locals.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/live/frames.h"

enum {
	BLOCKS_MOST = 16,
	CLOSURE_OFFSET = 0x2907,  /* DW_AT_go_closure_offset, since 1.23 */
	FRAME_MOST = 1 << 16,     /* bytes of one that are looked through */
	SPILLED_MOST = 9,         /* words behind a frame where its arguments were put away */
};

/* A function: one that was compiled, or one that was made a part of others. */
struct dwarf_function {
	uint64_t from, to;        /* as linked; of what is a part of others 0 */
	Dwarf_Off die;
	size_t name_len;          /* of the selector; 0: it is none that begins it */
};

struct finding {
	struct live *l;
	const char *selector;
	struct dwarf_function *list;    /* owned; sorted by where they begin, the parts first */
	size_t count, cap, parts;
	struct functions functions;
	uint64_t goroutine;       /* whose stack is walked */
	struct locals_miss *miss;
	local_sink *sink;
	void *data;
};

/* A place in a stack that a variable is looked for in. */
struct frame {
	uint64_t pc;              /* as linked; of a caller, within the call */
	uint64_t sp, cfa;         /* what it has of the stack is between them */
};

/* The type of a variable, its own or that of what it is an instance of. */
static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute a;

	return dwarf_attr_integrate(die, DW_AT_type, &a) && dwarf_formref_die(&a, type);
}

static void note(struct finding *f, enum locals_why why, size_t name_len)
{
	struct locals_miss *m = f->miss;

	if (name_len < m->name_len || (name_len == m->name_len && why <= m->why))
		return;
	*m = (struct locals_miss){ why, name_len, f->goroutine };
}

static void take_function(struct finding *f, Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);
	struct dwarf_function one = { .die = dwarf_dieoffset(die) };
	Dwarf_Addr from = 0, to = 0;
	size_t n = name ? strlen(name) : 0;

	if (n && strncmp(f->selector, name, n) == 0 && f->selector[n] == '.')
		one.name_len = n;
	if (dwarf_lowpc(die, &from) != 0 || dwarf_highpc(die, &to) != 0)
		from = to = 0;
	if (!one.name_len && !to)
		return;
	one.from = from;
	one.to = to;
	if (one.name_len)
		note(f, LOCALS_NOBODY, n);
	xadd(f->list, f->count, f->cap, one);
}

static void look_at_units(struct finding *f)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die top, die;

	while (dwarf_get_units(f->l->program.dwarf, unit, &unit, NULL, NULL, &top, NULL) == 0) {
		if (dwarf_child(&top, &die) != 0)
			continue;
		do
			if (dwarf_tag(&die) == DW_TAG_subprogram)
				take_function(f, &die);
		while (dwarf_siblingof(&die, &die) == 0);
	}
	ranks_sort(f->list, f->count, sizeof *f->list);
	while (f->parts < f->count && !f->list[f->parts].to)
		f->parts++;
}

/* The function that was compiled to that place. */
static const struct dwarf_function *function_at(const struct finding *f, uint64_t pc)
{
	const struct dwarf_function *last = ranks_last(f->list, sizeof *f->list, f->parts,
		f->count, pc);

	return last && pc < last->to ? last : NULL;
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

/* The operand of DW_OP_fbreg, if that is all of the block. */
static bool read_fbreg(const Dwarf_Block *b, int64_t *offset)
{
	unsigned shift = 0;
	size_t i = 1;

	if (b->length < 2 || b->length > 11 || b->data[0] != DW_OP_fbreg)
		return false;
	for (*offset = 0; i < b->length && shift < 63; i++, shift += 7)
		*offset |= (int64_t)((uint64_t)(b->data[i] & 127) << shift);
	if (shift < 64 && b->data[i - 1] & 64)
		*offset |= (int64_t)(UINT64_MAX << shift);
	return true;
}

/* Where the variable is in the frame; else why it cannot be told. */
static enum locals_why local_place(Dwarf_Die *die, const struct frame *at, uint64_t *addr)
{
	Dwarf_Attribute a;
	Dwarf_Block block;
	Dwarf_Op *ops;
	int64_t offset;
	size_t n;

	if (!dwarf_attr(die, DW_AT_location, &a))
		return LOCALS_NOWHERE;
	/* A plain block is no expression to libdw: DW_OP_call_frame_cfa, or DW_OP_fbreg N. */
	if (dwarf_whatform(&a) == DW_FORM_block1 && dwarf_formblock(&a, &block) == 0) {
		*addr = at->cfa;
		if (block.length == 1 && block.data[0] == DW_OP_call_frame_cfa)
			return LOCALS_FOUND;
		if (!read_fbreg(&block, &offset))
			return LOCALS_NOWHERE;
		*addr += (uint64_t)offset;
		return LOCALS_FOUND;
	}
	if (dwarf_getlocation_addr(&a, at->pc, &ops, &n, 1) != 1 || n == 0)
		return LOCALS_NOWHERE;
	if ((ops[0].atom >= DW_OP_reg0 && ops[0].atom <= DW_OP_reg31) || ops[0].atom == DW_OP_regx)
		return LOCALS_REGISTER;
	return evaluate(ops, n, at->cfa, addr) ? LOCALS_FOUND : LOCALS_NOWHERE;
}

/* Where the frame of the caller ends; the frame's own end where that is not told. */
static uint64_t caller_cfa(struct finding *f, const struct frame *at)
{
	unsigned w = f->l->image.ptrsize;
	struct function fn;
	uint64_t pc, taken;

	return image_word(&f->l->image, at->cfa - w, &pc) &&
		functions_find(&f->functions, pc - 1, &fn) &&
		functions_taken(&f->functions, &fn, pc - 1, &taken) ? at->cfa + taken + w : at->cfa;
}

/*
 * What a closure has caught lies in its context, a func value, whose first word is where its code
 * begins. A word of the frame leads there while the function goes on with what it has caught, or
 * one of its caller's, which may call it again. Of two contexts nobody knows which it is.
 */
static bool caught_place(struct finding *f, Dwarf_Die *die, const struct dwarf_function *fn,
	const struct frame *at, uint64_t *addr)
{
	struct image *im = &f->l->image;
	uint64_t word, code, context = 0, end = caller_cfa(f, at) + SPILLED_MOST * im->ptrsize;
	Dwarf_Attribute a;
	Dwarf_Word offset;

	if (!fn->to || !dwarf_attr(die, CLOSURE_OFFSET, &a) || dwarf_formudata(&a, &offset) != 0)
		return false;
	for (uint64_t p = at->sp; p < end && p - at->sp < FRAME_MOST; p += im->ptrsize) {
		if (!image_word(im, p, &word) || word % im->ptrsize || !word || word == context ||
			!image_word(im, word, &code) || code != fn->from + f->l->module.bias)
			continue;
		if (context)
			return false;
		context = word;
	}
	*addr = context + offset;
	return context != 0;
}

/* Whether a variable's name is what the selector goes on with; "&name" is one on the heap. */
static bool is_named(const char *name, const char *rest)
{
	size_t n;

	name += *name == '&';
	n = strlen(name);
	return n && strncmp(name, rest, n) == 0 && (!rest[n] || strchr(".[", rest[n]));
}

/* "main.worker.local" of the selector's beginning. */
static char *name_of(const struct finding *f, const struct dwarf_function *fn)
{
	size_t n = fn->name_len + 1;

	n += strcspn(f->selector + n, ".[");
	return xstrndup(f->selector, n);
}

/* What is found in a frame. */
struct found {
	bool any;
	Dwarf_Die die;
	uint64_t addr;
};

static void look_at_variable(struct finding *f, const struct dwarf_function *fn, Dwarf_Die *die,
	const struct frame *at, struct found *found)
{
	const char *name = dwarf_diename(die);
	enum locals_why why;
	uint64_t addr;

	if (!name || !is_named(name, f->selector + fn->name_len + 1))
		return;
	why = local_place(die, at, &addr);
	if (why != LOCALS_FOUND && caught_place(f, die, fn, at, &addr))
		why = LOCALS_FOUND;
	if (why == LOCALS_FOUND)
		*found = (struct found){ true, *die, addr };
	else
		note(f, why, fn->name_len);
}

/* The innermost block's variable is the one that the name means: it comes last. */
static void look_in_block(struct finding *f, const struct dwarf_function *fn, Dwarf_Die *block,
	const struct frame *at, unsigned depth, struct found *found)
{
	Dwarf_Die die;

	if (depth == BLOCKS_MOST || dwarf_child(block, &die) != 0)
		return;
	do {
		int tag = dwarf_tag(&die);

		if (tag == DW_TAG_lexical_block && dwarf_haspc(&die, at->pc) == 1)
			look_in_block(f, fn, &die, at, depth + 1, found);
		else if (tag == DW_TAG_variable || tag == DW_TAG_formal_parameter)
			look_at_variable(f, fn, &die, at, found);
	} while (dwarf_siblingof(&die, &die) == 0);
}

/* Whether the function has it in the frame; it is told of then. */
static bool look_in_function(struct finding *f, const struct dwarf_function *fn, Dwarf_Die *die,
	const struct frame *at)
{
	struct found found = { 0 };
	Dwarf_Die type;
	char *name;

	note(f, LOCALS_UNNAMED, fn->name_len);
	look_in_block(f, fn, die, at, 0, &found);
	if (!found.any || !type_of(&found.die, &type))
		return false;
	name = name_of(f, fn);
	f->sink(f->data, f->goroutine, name, found.addr & word_mask(f->l->program.target), &type);
	free(name);
	return true;
}

/* What a call was replaced by is a part of the function: of which, if the selector begins so. */
static const struct dwarf_function *part_of(const struct finding *f, Dwarf_Die *die)
{
	Dwarf_Attribute a;
	Dwarf_Die origin;

	if (!dwarf_attr(die, DW_AT_abstract_origin, &a) || !dwarf_formref_die(&a, &origin))
		return NULL;
	for (size_t i = 0; i < f->parts; i++)
		if (f->list[i].die == dwarf_dieoffset(&origin))
			return &f->list[i];
	return NULL;
}

static bool look_in_parts(struct finding *f, Dwarf_Die *block, const struct frame *at,
	unsigned depth)
{
	bool any = false;
	Dwarf_Die die;

	if (depth == BLOCKS_MOST || !f->parts || dwarf_child(block, &die) != 0)
		return false;
	do {
		int tag = dwarf_tag(&die);
		const struct dwarf_function *fn;

		if ((tag != DW_TAG_inlined_subroutine && tag != DW_TAG_lexical_block) ||
			dwarf_haspc(&die, at->pc) != 1)
			continue;
		fn = tag == DW_TAG_inlined_subroutine ? part_of(f, &die) : NULL;
		any |= (fn && look_in_function(f, fn, &die, at)) ||
			look_in_parts(f, &die, at, depth + 1);
	} while (dwarf_siblingof(&die, &die) == 0);
	return any;
}

/* The innermost frame that has the variable is the last. */
static bool look_in_frame(void *data, const struct stack_frame *frame)
{
	struct finding *f = data;
	const struct frame at = { frame->pc - f->l->module.bias, frame->sp, frame->end };
	const struct dwarf_function *fn = function_at(f, at.pc);
	Dwarf_Die die;

	if (!fn || !dwarf_offdie(f->l->program.dwarf, fn->die, &die))
		return true;
	return !look_in_parts(f, &die, &at, 0) &&
		(!fn->name_len || !look_in_function(f, fn, &die, &at));
}

/* Those that run have no saved place to begin with. */
static void look_in_stacks(struct finding *f)
{
	struct goroutines all;
	uint64_t runs = 0;

	if (!functions_open(&f->functions, &f->l->image, &f->l->program, &f->l->module) ||
		!goroutines_find(&all, f->l))
		return;
	for (size_t i = 0; i < all.count; i++) {
		f->goroutine = all.list[i].id;
		if (all.list[i].status == GOROUTINE_RUNNING)
			runs = f->goroutine;
		else if (all.list[i].pc)
			frames_walk(&f->functions, &f->l->image, &all.list[i], look_in_frame, f);
	}
	goroutines_free(&all);
	if (f->miss->why == LOCALS_NOBODY && runs)
		*f->miss = (struct locals_miss){ LOCALS_RUNS, f->miss->name_len, runs };
}

void locals_find(struct live *l, const char *selector, local_sink *sink, void *data,
	struct locals_miss *miss)
{
	struct finding f = { .l = l, .selector = selector, .miss = miss, .sink = sink,
		.data = data };

	*miss = (struct locals_miss){ 0 };
	if (!l->program.dwarf)
		return;
	look_at_units(&f);
	if (miss->why)
		look_in_stacks(&f);
	free(f.list);
}
