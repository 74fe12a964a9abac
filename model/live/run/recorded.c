/* SPDX-License-Identifier: MIT */
/* What a recording writes down: maps, and what is done to them. */
#include "model/live/run/recording.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/live/design.h"
#include "model/live/maptext.h"

/* Types */

static struct recorded_type *type_new(struct recording *r, uint64_t at)
{
	const struct rtypes *types = &r->live.view.types;
	struct recorded_type *t = xcalloc(1, sizeof *t);
	struct gotype_scope scope = { .target = types->program->target,
		.release = types->program->release, .declared = &t->declared };
	struct error unused;

	t->at = at;
	if (rtype_read(types, at, &t->type) && t->type.kind == RKIND_MAP &&
		maptext_write(types, at, &t->text, &t->declared, &unused))
		t->maptype = maptype_new(t->text, &scope, &unused);
	t->name = rtype_name(types, &t->type);
	return t;
}

static size_t type_of(struct recording *r, uint64_t at)
{
	struct recorded_types *all = &r->types;

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i]->at == at)
			return i;
	xadd(all->list, all->count, all->cap, type_new(r, at));
	return all->count - 1;
}

/* Headers */

static bool header_field(struct recording *r, uint64_t head, const char *classic, const char *swiss,
	uint64_t *value)
{
	const struct release *release = r->live.program.release;
	unsigned w = r->live.image.ptrsize, count;
	const struct field *fields = live_design(release)->fields(release, &count);

	for (unsigned i = 0; i < count; i++)
		if (fields[i].name && (strcmp(fields[i].name, classic) == 0 ||
			strcmp(fields[i].name, swiss) == 0))
			return image_uint(&r->live.image, head + field_offset(&fields[i], w),
				field_size(&fields[i], w), value);
	return false;
}

static bool read_seed(struct recording *r, uint64_t head, uint64_t *seed)
{
	return header_field(r, head, "hash0", "seed", seed);
}

static bool read_count(struct recording *r, uint64_t head, uint64_t *count)
{
	return header_field(r, head, "count", "used", count);
}

/* Maps */

/* The one that has its header there; or, with that seed, had it on a stack that was moved. */
static struct recorded_map *find(struct recording *r, const struct call *call, uint64_t seed)
{
	struct recorded_maps *all = &r->maps;

	for (size_t i = all->count; i-- > 0;) {
		struct recorded_map *m = &all->list[i];

		if (m->head == call->head && m->type == call->type && (m->open || m->seed == seed))
			return m;
	}
	for (size_t i = all->count; i-- > 0;) {
		struct recorded_map *m = &all->list[i];

		if (m->stays && m->type == call->type && m->seed == seed && m->head) {
			m->head = call->head;
			return m;
		}
	}
	return NULL;
}

static struct recorded_map *add(struct recording *r, const struct call *call, uint64_t seed)
{
	struct recorded_maps *all = &r->maps;
	const struct table_entry *made = table_find(&all->makes, call->head);
	struct recorded_map *m;
	uint64_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].head == call->head)
			all->list[i].head = 0;
	xadd(all->list, all->count, all->cap, (struct recorded_map){ .head = call->head,
		.type = call->type, .known = type_of(r, call->type),
		.hint = made ? made->value[0] - 1 : 0,
		.stays = call->head >= call->low && call->head < call->top,
		.first_seed = seed, .seed = seed });
	m = &all->list[all->count - 1];
	if (!read_count(r, call->head, &count) || count)
		m->spoiled = "it had entries before its first operation was seen";
	if (!r->types.list[m->known]->maptype)
		m->spoiled = "its type cannot be written";
	return m;
}

/* Operations */

static void add_elem(struct recording *r, struct recorded_map *m, struct recorded_op *op)
{
	const struct recorded_type *t = r->types.list[m->known];
	struct text line = { 0 };
	uint8_t *bytes = xcalloc(1, (size_t)t->maptype->elem->size + 1);

	text_printf(&line, "%s ", op->line);
	if (image_read(&r->live.image, m->elem, bytes, t->maptype->elem->size) &&
		values_add(&r->values, t->type.elem, t->maptype->elem,
			(struct declared *)(uintptr_t)&t->declared, bytes, &line)) {
		free(op->line);
		op->line = xstrdup(text_str(&line));
	} else if (!m->spoiled) {
		m->spoiled = "an elem of it cannot be written as a literal";
	}
	text_free(&line);
	free(bytes);
}

void recorded_close(struct recording *r, struct recorded_map *m)
{
	struct recorded_op *op = m->count ? &m->ops[m->count - 1] : NULL;
	uint64_t seed;

	if (!m->open || !op)
		return;
	if (m->elem && r->types.list[m->known]->maptype)
		add_elem(r, m, op);
	if (m->head && read_seed(r, m->head, &seed) && seed != m->seed) {
		op->seeded = true;
		op->seed = m->seed = seed;
	}
	m->elem = 0;
	m->open = false;
}

/* The line that does it; false: its key cannot be told. */
static bool write_line(struct recording *r, struct recorded_map *m, const struct call *call,
	struct text *line)
{
	static const char *const verbs[] = { [CALL_ASSIGN] = "insert ", [CALL_DELETE] = "delete ",
		[CALL_CLEAR] = "clear", [CALL_RANGE] = "range" };
	const struct recorded_type *t = r->types.list[m->known];
	uint8_t *key;
	bool ok;

	text_add(line, verbs[call->row->kind]);
	if (call->row->key == KEY_NONE)
		return true;
	if (!t->maptype)
		return false;
	key = xcalloc(1, (size_t)t->maptype->key->size + 1);
	ok = call_key(call, &r->live, key, t->maptype->key->size) &&
		values_add(&r->values, t->type.key, t->maptype->key,
			(struct declared *)(uintptr_t)&t->declared, key, line);
	free(key);
	return ok;
}

/* Where the call stands, to be freed, and whether in package main; NULL: it is not known. */
static char *place_of(struct recording *r, const struct call *call, bool *ours)
{
	struct recorded_lines *lines = &r->lines;
	struct table_entry *e = table_find(&lines->known, call->back);
	struct text where = { 0 }, function = { 0 };
	bool direct = false, found;

	if (e) {
		*ours = e->value[1];
		return xstrdup(lines->list[e->value[0]]);
	}
	found = call_line(call, &r->live, &r->functions, &where, &function, &direct);
	*ours = found && strncmp(text_str(&function), "main.", 5) == 0;
	if (found)
		text_printf(&where, " %s", text_str(&function));
	if (found && direct) {
		e = table_put(&lines->known, call->back);
		e->value[0] = lines->count;
		e->value[1] = *ours;
		xadd(lines->list, lines->count, lines->cap, xstrdup(text_str(&where)));
	}
	text_free(&function);
	return found ? where.s : NULL;
}

static void add_op(struct recording *r, struct recorded_map *m, const struct call *call)
{
	struct text line = { 0 };
	bool ours;
	char *where = place_of(r, call, &ours);

	if (!write_line(r, m, call, &line) && !m->spoiled)
		m->spoiled = "a key of it cannot be written as a literal";
	m->ours |= ours;
	xadd(m->ops, m->count, m->cap, (struct recorded_op){ .kind = call->row->kind,
		.line = xstrdup(text_str(&line)), .where = where });
	m->open = true;
	r->total++;
	text_free(&line);
}

static void wait_for(struct recording *r, const struct call *call, size_t map)
{
	struct calls_under_way *u = &r->under_way;

	if (!call->row->returns)
		return;
	xadd(u->list, u->count, u->cap, (struct call_under_way){ *call, map });
}

void recorded_call(struct recording *r, const struct call *call)
{
	struct recorded_map *m;
	uint64_t seed, count = 0;

	if (call->row->kind == CALL_MAKE || call->row->kind == CALL_MAKE_SMALL) {
		wait_for(r, call, 0);
		return;
	}
	/* Of a nil map nothing is changed; nor by a loop over one without entries. */
	if (!call->head || !read_seed(r, call->head, &seed) ||
		(call->row->kind == CALL_RANGE && (!read_count(r, call->head, &count) || !count)))
		return;
	m = find(r, call, seed);
	if (m)
		recorded_close(r, m);
	else
		m = add(r, call, seed);
	add_op(r, m, call);
	wait_for(r, call, (size_t)(m - r->maps.list));
}

/* A loop begins where chance says. What it is kept in may have moved, with its stack. */
static void take_start(struct recording *r, struct recorded_map *m, const struct call *call)
{
	struct recorded_op *op = &m->ops[m->count - 1];
	struct image *im = &r->live.image;
	unsigned w = im->ptrsize;
	bool swiss = strcmp(call->row->name, "runtime.mapIterStart") == 0;
	uint64_t at = call->iterator, top, from, to;

	if (at >= call->low && at < call->top && image_word(im, call->g + w, &top))
		at += top - call->top;
	if (op->kind != CALL_RANGE ||
		!image_uint(im, at + (swiss ? 4u : 8u) * w, swiss ? 8 : w, &from) ||
		!image_uint(im, at + (swiss ? 4u * w + 8 : 9u * w), swiss ? 8 : 1, &to))
		return;
	free(op->line);
	op->line = xasprintf("range from %" PRIu64 " %" PRIu64, from, to);
}

/* It was made anew there: what had its header at that place is gone. */
static void take_made(struct recording *r, const struct call *call, uint64_t head)
{
	table_put(&r->maps.makes, head)->value[0] = call->hint + 1;
	for (size_t i = 0; i < r->maps.count; i++)
		if (r->maps.list[i].head == head)
			r->maps.list[i].head = 0;
}

void recorded_return(struct recording *r, const struct child_registers *regs)
{
	struct calls_under_way *u = &r->under_way;
	uint64_t result, back;

	if (!call_returns(&r->calls, &r->live, regs, &back))
		return;
	for (size_t i = u->count; i-- > 0;) {
		struct call_under_way one = u->list[i];
		struct recorded_map *m;

		if (one.call.back != back || one.call.g != regs->g)
			continue;
		memmove(&u->list[i], &u->list[i + 1], (--u->count - i) * sizeof *u->list);
		m = one.map < r->maps.count ? &r->maps.list[one.map] : NULL;
		if (!call_result(&one.call, &r->live, regs, &result))
			return;
		if (one.call.row->kind == CALL_ASSIGN && m)
			m->elem = result;
		else if (one.call.row->kind == CALL_RANGE && m)
			take_start(r, m, &one.call);
		else
			take_made(r, &one.call, result);
		return;
	}
}

void recorded_free(struct recording *r)
{
	for (size_t i = 0; i < r->maps.count; i++) {
		struct recorded_map *m = &r->maps.list[i];

		for (size_t k = 0; k < m->count; k++) {
			free(m->ops[k].line);
			free(m->ops[k].where);
		}
		free(m->ops);
	}
	free(r->maps.list);
	table_free(&r->maps.makes);
	for (size_t i = 0; i < r->types.count; i++) {
		struct recorded_type *t = r->types.list[i];

		maptype_free(t->maptype);
		declared_free(&t->declared);
		free(t->text);
		free(t->name);
		free(t);
	}
	free(r->types.list);
	for (size_t i = 0; i < r->lines.count; i++)
		free(r->lines.list[i]);
	free(r->lines.list);
	table_free(&r->lines.known);
	free(r->under_way.list);
}
