/* SPDX-License-Identifier: MIT */
#include "model/figures/verdict.h"

#include "model/figures/cell.h"
#include "model/figures/figures.h"

enum { INSIDE_PART = 10 }; /* of all bytes, such a part is worth a word */

static const char *const names[VERDICTS] = {
#define X(id, name) [VERDICT_##id] = name,
	VERDICTS_TABLE(X)
#undef X
};

const char *verdict_name(enum verdict_kind kind)
{
	return names[kind];
}

void verdicts_free(struct verdicts *v)
{
	for (int i = 0; i < VERDICTS; i++)
		text_free(&v->says[i]);
}

void judge(struct court *c)
{
	if (c->m->header)
		figures_of(c->m)->judge(c);
}

struct text *verdict_speak(struct court *c, enum verdict_kind kind, uint64_t saves)
{
	c->v->holds[kind] = true;
	c->v->saves[kind] = saves;
	return &c->v->says[kind];
}

struct account court_stacked(const struct court *c, uint64_t hint, uint64_t entries, bool in_use)
{
	if (!map_on_stack(c->m, c->m->header))
		return (struct account){ 0 };
	return map_stacked(c->t, map_stacks_unit(hint) && entries && (!in_use || entries <= SLOTS));
}

const char *verdict_entries(uint64_t n)
{
	return n == 1 ? "entry" : "entries";
}

void judge_emptied(struct court *c, uint64_t saves, const char *about, uint64_t kept_by_clear,
	const char *by_delete)
{
	const struct ledger *l = c->ledger;
	struct text *text = verdict_speak(c, VERDICT_EMPTIED, saves);

	text_printf(text, "holds %s bytes for %s %s: %s would save %s%s, ", count_text(l->total).s,
		count_text(l->entries).s, verdict_entries(l->entries),
		l->entries ? "moving them to a new map" : "a new map", about, count_text(saves).s);
	if (kept_by_clear < l->total)
		text_printf(text, "clear would keep %s, delete gives %s back",
			count_text(kept_by_clear).s, by_delete);
	else
		text_add(text, "neither clear nor delete gives anything back");
}

void judge_small_hint(struct court *c, struct account right)
{
	struct account all = c->allocated;

	text_printf(verdict_speak(c, VERDICT_HINT_SMALL, all.bytes > right.bytes
		? all.bytes - right.bytes : 0),
		"growing to %s entries allocated %s bytes in %s objects, of which %s are in use: "
		"the hint %s would have allocated about %s in %s", count_text(c->ledger->entries).s,
		count_text(all.bytes).s, count_text(all.objects).s, count_text(c->ledger->total).s,
		count_text(c->ledger->entries).s, count_text(right.bytes).s,
		count_text(right.objects).s);
}

void judge_apart(struct court *c)
{
	const struct maptype *t = c->t;
	uint64_t each = cell_apart_bytes(t);
	struct text *text;

	if (!each)
		return;
	text = verdict_speak(c, VERDICT_APART, 0);
	text_printf(text,
		"%s%s%s over %u bytes: each entry takes %s bytes in %s of its own, %s in all",
		t->indirect_key ? "keys" : "", t->indirect_key && t->indirect_elem ? " and " : "",
		t->indirect_elem ? "elems" : "", INLINE_MOST, count_text(each).s,
		cell_apart_objects(t) == 1 ? "an object" : "two objects",
		count_text(each * c->ledger->entries).s);
}

/* Bytes that objects of their own would save; 0 where there is little room, or they would not. */
static uint64_t spared(const struct court *c, const struct gotype *type, bool indirect)
{
	const struct maptype *t = c->t;
	const struct ledger *l = c->ledger;
	unsigned word = t->target->ptrsize;
	uint64_t slots = l->live + l->free + l->dead + l->other, room, objects;

	if (indirect || type->size <= INLINE_MOST / 2)
		return 0;
	room = slots * (type->size - word);
	objects = l->entries * alloc_size(t->release, word, type->size, type->pointers);
	return room > objects ? room - objects : 0;
}

void judge_inside(struct court *c)
{
	const struct maptype *t = c->t;
	const struct ledger *l = c->ledger;
	uint64_t key = spared(c, t->key, t->indirect_key);
	uint64_t elem = spared(c, t->elem, t->indirect_elem);
	bool elems = elem >= key;
	uint64_t saves = elems ? elem : key;

	if (saves * INSIDE_PART < l->total || l->entries <= SLOTS)
		return;
	text_printf(verdict_speak(c, VERDICT_INSIDE, saves),
		"%s of %s bytes lie in their slots, and %s slots without an entry have room for "
		"them, too: over %u bytes, or behind pointers, each would be an object of its own, "
		"and the map with these take about %s bytes less", elems ? "elems" : "keys",
		count_text(elems ? t->elem->size : t->key->size).s,
		count_text(l->free + l->dead + l->other).s, INLINE_MOST, count_text(saves).s);
}

static const char *why_scanned(const struct maptype *t)
{
	if (t->key->pointers)
		return t->elem->pointers ? "keys and elems have pointers in them"
					 : "keys have pointers in them";
	if (t->elem->pointers)
		return "elems have pointers in them";
	return "what is over 128 bytes is stored as a pointer";
}

void judge_collector(struct court *c, const char *units)
{
	struct text *text = verdict_speak(c, VERDICT_COLLECTOR, 0);

	if (c->t->pointers)
		text_printf(text, "scans all %s: %s", units, why_scanned(c->t));
	else
		text_printf(text, "skips the %s: neither keys nor elems have pointers", units);
}
