/* SPDX-License-Identifier: MIT */
#include "model/live/run/calls.h"

#include <string.h>

enum {
	FRAMES_MOST = 16,
	CHECK_MOST = 64,    /* bytes of code that look for room on the stack, */
	FUNCTION_MOST = 1 << 16, /* and of a function */
	NOP = 0x90, RET = 0xc3,
};

static const struct call_row rows[] = {
	{ "runtime.makemap", CALL_MAKE, KEY_NONE, true, 3 },
	{ "runtime.makemap_small", CALL_MAKE_SMALL, KEY_NONE, true, 0 },
	{ "runtime.mapassign", CALL_ASSIGN, KEY_AT, true, 3 },
	{ "runtime.mapassign_fast32", CALL_ASSIGN, KEY_32, true, 3 },
	{ "runtime.mapassign_fast32ptr", CALL_ASSIGN, KEY_WORD, true, 3 },
	{ "runtime.mapassign_fast64", CALL_ASSIGN, KEY_64, true, 4 },
	{ "runtime.mapassign_fast64ptr", CALL_ASSIGN, KEY_WORD, true, 3 },
	{ "runtime.mapassign_faststr", CALL_ASSIGN, KEY_STRING, true, 4 },
	{ "runtime.mapdelete", CALL_DELETE, KEY_AT, false, 0 },
	{ "runtime.mapdelete_fast32", CALL_DELETE, KEY_32, false, 0 },
	{ "runtime.mapdelete_fast64", CALL_DELETE, KEY_64, false, 0 },
	{ "runtime.mapdelete_faststr", CALL_DELETE, KEY_STRING, false, 0 },
	{ "runtime.mapclear", CALL_CLEAR, KEY_NONE, false, 0 },
	{ "runtime.mapiterinit", CALL_RANGE, KEY_NONE, true, 0 },
	{ "runtime.mapIterStart", CALL_RANGE, KEY_NONE, true, 0 },
};

#define ROWS (sizeof rows / sizeof *rows)

/* The first instruction behind which the function has taken some of the stack. */
static uint64_t behind_check(struct functions *f, const struct function *fn, uint64_t *taken)
{
	for (uint64_t pc = fn->entry; pc < fn->end && pc - fn->entry < CHECK_MOST; pc++)
		if (functions_taken(f, fn, pc, taken) && *taken)
			return pc;
	*taken = 0;
	return fn->entry;
}

/* Those that return: all that the function took of the stack was given back before. */
static void add_returns(struct calls *all, struct functions *f, const struct function *fn,
	uint64_t from)
{
	uint64_t taken, code;
	bool due = false;

	for (uint64_t pc = from; pc < fn->end && pc - fn->entry < FUNCTION_MOST; pc++) {
		if (!functions_taken(f, fn, pc, &taken) || taken) {
			due = true;
			continue;
		}
		if (!due || !image_uint(f->image, pc, 1, &code))
			continue;
		if (code == RET)
			table_put(&all->returns, pc);
		due = code == NOP;
	}
}

static void add(struct calls *all, struct functions *f, const struct function *fn, const char *name)
{
	for (size_t i = 0; i < ROWS; i++) {
		struct table_entry *e;
		uint64_t taken, at;

		if (strcmp(rows[i].name, name) != 0)
			continue;
		at = behind_check(f, fn, &taken);
		e = table_put(&all->rows, at);
		e->value[0] = i + 1;
		e->value[1] = taken;
		if (rows[i].returns)
			add_returns(all, f, fn, at);
	}
}

bool calls_find(struct calls *all, struct functions *f, struct error *err)
{
	struct text name = { 0 };
	struct function fn;

	*all = (struct calls){ 0 };
	for (uint64_t pc = f->module->text; functions_find(f, pc, &fn); pc = fn.end) {
		text_clear(&name);
		if (functions_name(f, &fn, &name))
			add(all, f, &fn, text_str(&name));
	}
	text_free(&name);
	return all->rows.count || fail(err, "%s: it has no map functions that are known",
		f->image->name);
}

void calls_free(struct calls *all)
{
	table_free(&all->rows);
	table_free(&all->returns);
}

/* Argument i, in words. */
static bool argument(const struct call *call, struct live *l, const struct child_registers *r,
	unsigned i, uint64_t *value)
{
	unsigned w = l->image.ptrsize;

	*value = r->args[i];
	return w == 8 || image_word(&l->image, call->sp + w * (1 + i), value);
}

bool call_read(struct call *call, const struct calls *all, struct live *l,
	const struct child_registers *r)
{
	const struct table_entry *e = table_find(&all->rows, r->pc);
	const struct call_row *row = e ? &rows[e->value[0] - 1] : NULL;
	uint64_t *args[4] = { &call->type, &call->head, &call->key[0], &call->key[1] };
	bool ok;

	*call = (struct call){ .row = row, .g = r->g };
	if (!row)
		return false;
	call->sp = r->sp + e->value[1];
	ok = image_word(&l->image, call->sp, &call->back);
	if (image_word(&l->image, r->g, &call->low))
		image_word(&l->image, r->g + l->image.ptrsize, &call->top);
	for (unsigned i = 0; i < 4 && ok && row->kind != CALL_MAKE_SMALL; i++)
		ok = argument(call, l, r, i, args[i]);
	if (row->kind == CALL_MAKE) {
		call->hint = call->head;
		call->head = call->key[0];
	}
	if (row->kind == CALL_RANGE)
		call->iterator = call->key[0];
	return ok;
}

bool call_result(const struct call *call, struct live *l, const struct child_registers *r,
	uint64_t *result)
{
	unsigned w = l->image.ptrsize;

	*result = r->args[0];
	return w == 8 || image_word(&l->image, r->sp + w * (1 + call->row->words), result);
}

bool call_returns(const struct calls *all, struct live *l, const struct child_registers *r,
	uint64_t *back)
{
	return table_find(&all->returns, r->pc) && image_word(&l->image, r->sp, back);
}

bool call_key(const struct call *call, struct live *l, uint8_t *to, uint64_t size)
{
	unsigned w = l->image.ptrsize;

	switch (call->row->key) {
	case KEY_AT:
		return image_read(&l->image, call->key[0], to, size);
	case KEY_32:
	case KEY_64:
	case KEY_WORD:
		/* Of a machine with words of 32 bits a key of 64 takes two, the lower one first. */
		if (size > (w == 8 ? 8 : 2 * w))
			return false;
		memcpy(to, &call->key[0], size < w ? size : w);
		if (size > w)
			memcpy(to + w, &call->key[1], size - w);
		return true;
	case KEY_STRING:
		if (size != 2 * w)
			return false;
		memcpy(to, &call->key[0], w);
		memcpy(to + w, &call->key[1], w);
		return true;
	default:
		return false;
	}
}

/* The line, of who is not the runtime. */
struct asking {
	struct text *line, *function;
	bool found;
};

static bool is_between(const char *function)
{
	static const char *const prefixes[] = { "runtime.", "reflect.", "maps.", "internal/" };

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (strncmp(function, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

static bool take_line(void *data, const struct source_line *at)
{
	struct asking *a = data;
	const char *name = strrchr(at->file, '/');

	if (is_between(at->function))
		return true;
	text_printf(a->line, "%s:%u", name ? name + 1 : at->file, at->line);
	text_add(a->function, at->function);
	a->found = true;
	return false;
}

bool call_line(const struct call *call, struct live *l, struct functions *f,
	struct text *line, struct text *function, bool *direct)
{
	struct asking a = { line, function, false };
	unsigned w = l->image.ptrsize;
	uint64_t back = call->back, sp = call->sp + w, taken;
	struct function fn;

	for (unsigned i = 0; i < FRAMES_MOST && !a.found && functions_find(f, back - 1, &fn); i++) {
		functions_lines(f, &fn, back - 1, take_line, &a);
		*direct = i == 0;
		if (!functions_taken(f, &fn, back - 1, &taken) ||
			!image_word(&l->image, sp + taken, &back))
			break;
		sp += taken + w;
	}
	return a.found;
}
