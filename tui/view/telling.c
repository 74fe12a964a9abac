/* SPDX-License-Identifier: MIT */
#include "tui/view/telling.h"

#include <inttypes.h>

void outcome_note(struct outcome *o, const struct map_event *e)
{
	const struct map_event **slot[EVENT_NEUTRAL] = {
		[EVENT_CLAIM] = &o->claim, [EVENT_UPDATE] = &o->update, [EVENT_DELETE] = &o->delete,
		[EVENT_FOUND] = &o->found, [EVENT_MISS] = &o->miss, [EVENT_SEED] = &o->seed,
		[EVENT_CLEAR] = &o->clear, [EVENT_GC] = &o->gc, [EVENT_MAKE] = &o->make,
		[EVENT_ANEW] = &o->anew,
	};

	if (e->kind == EVENT_HASH)
		o->hash = o->hash ? o->hash : e;
	else if (e->kind < EVENT_NEUTRAL && slot[e->kind])
		*slot[e->kind] = e;
}

const char *outcome_words(const struct outcome *o, bool brief, const struct map_event **at)
{
	*at = o->claim ? o->claim : o->update ? o->update : o->delete ? o->delete : o->found;
	if (o->claim && o->claim->claim.tombstone)
		return brief ? "reuses " : "reuses the tombstone in ";
	if (o->claim)
		return "takes ";
	if (o->update)
		return brief ? "overwrites " : "overwrites the elem in ";
	if (o->delete)
		return "was in ";
	if (o->found)
		return "found in ";
	return o->miss ? "not there" : NULL;
}

bool outcome_missed(const struct outcome *o)
{
	return o->miss && !o->claim && !o->update && !o->delete && !o->found;
}

void tell_cleared(struct text *t, uint64_t entries, const char *memory)
{
	text_printf(t, ": %s entr%s gone, %s", count_text(entries).s, entries == 1 ? "y" : "ies",
		memory);
}

void tell_collected(struct text *t, const struct map_event *gc)
{
	text_printf(t, ": %s object%s, %s bytes collected", count_text(gc->gc.objects).s,
		gc->gc.objects == 1 ? "" : "s", count_text(gc->gc.bytes).s);
}

void tell_hash_first(struct text *t, const struct session *s, uint64_t hash, enum brevity brevity)
{
	unsigned word = s->given.target->ptrsize;

	if (brevity >= NO_HASH)
		text_add(t, " → ");
	else if (brevity >= NO_BITS && word == 8)
		text_printf(t, ": hash 0x%04x…%04x → ", (unsigned)(hash >> 48),
			(unsigned)(hash & 0xffff));
	else
		text_printf(t, ": hash 0x%0*" PRIx64 " → ", (int)word * 2, hash);
}

const struct map_event *step_before(const struct step *p, unsigned kind)
{
	for (const struct map_event *e = p->e; e-- > p->list;)
		if (e->kind == kind)
			return e;
	return NULL;
}

void tell_key(struct text *t, const struct step *p, uint64_t addr, unsigned slot)
{
	const struct map *m = &p->s->world.map;

	text_add(t, "key ");
	value_format(m->heap, m->type->key, map_key(m, addr, slot), t, TOLD_KEY_MOST);
}

/* A map without entries may have tombstones, and a seed that is drawn anew: then it is touched. */
static void tell_clear(struct text *t, const struct step *p)
{
	uint64_t entries = p->e->clear.entries;

	if (entries || step_before(p, EVENT_SEED))
		text_printf(t, "%s entr%s gone", count_text(entries).s,
			entries == 1 ? "y" : "ies");
	else
		text_add(t, "the map is empty: nothing is touched");
}

bool tell_neutral(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;

	switch (e->kind) {
	case EVENT_CLEAR:
		tell_clear(t, p);
		return true;
	case EVENT_GC:
		text_printf(t, "%s bytes collected", count_text(e->gc.bytes).s);
		return true;
	case EVENT_ANEW:
		story_add_anew(t, e);
		return true;
	case EVENT_OPEN:
		text_printf(t, "the file's map with %s entries",
			count_text(e->open.entries).s);
		return true;
	case EVENT_MISS:
		text_add(t, e->miss.empty ? "the map is empty: the key is not there"
					  : "the key is not there");
		return true;
	case EVENT_NEXT:
		text_printf(t, "the loop goes on after entry %s",
			count_text(e->next.yielded).s);
		return true;
	case EVENT_YIELD:
		text_printf(t, "entry %s of the loop: ", count_text(e->yield.number).s);
		tell_key(t, p, e->at.addr, e->at.slot);
		return true;
	default:
		return false;
	}
}

const char *tell_slot_words(const struct map_event *e)
{
	switch (e->kind) {
	case EVENT_FOUND:
		return "the key is found in ";
	case EVENT_UPDATE:
		return e->update.key ? "key and elem written in " : "elem written in ";
	case EVENT_CLAIM:
		return e->claim.tombstone ? "the new key takes the tombstone in "
					  : "the new key takes ";
	default:
		return NULL;
	}
}

void tell_allocated(struct text *t, const struct map_event *e, const char *what)
{
	text_printf(t, "%s: %s at 0x%" PRIx64 ", %s bytes",
		e->alloc.stack ? "on the stack" : "allocated", what, e->at.addr,
		count_text(e->alloc.bytes).s);
}
