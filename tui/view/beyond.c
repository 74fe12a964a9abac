/* SPDX-License-Identifier: MIT */
#include "tui/view/beyond.h"

#include "model/figures/pointees.h"
#include "model/map/engine.h"
#include "model/session/books.h"
#include "model/session/stacked.h"

/* What is left out of the sum, as far as there is any. */
static void add_rest(const struct pointees *p, struct text *out)
{
	if (p->values)
		text_add(out, "; what strings, slices and interfaces in these hold is not in it");
	if (p->back)
		text_printf(out, "; a %s that leads on to others is counted as one", p->back->name);
	if (p->lost)
		text_printf(out, "; what a %s takes is not known", p->lost->name);
	if (p->held)
		text_printf(out, "; what a %s leads to no type tells", p->held->name);
}

static void add_sum(const struct map *m, const struct pointees *each, const struct pointees *all,
	struct text *out)
{
	uint64_t count = map_count(m);

	if (each->bytes == UINT64_MAX || all->bytes == UINT64_MAX) {
		text_add(out, "pointers lead to more bytes than can be counted");
		return;
	}
	if (count)
		text_printf(out, "pointers lead to %s bytes more in %s object%s",
			count_text(all->bytes).s, count_text(all->objects).s,
			all->objects == 1 ? "" : "s");
	else
		text_printf(out, "pointers lead to %s bytes more for each entry",
			count_text(each->bytes).s);
	text_add(out, ", when each leads to a value of its own");
	if (!each->several)
		text_printf(out, ": a %s, %s bytes", each->to->name,
			count_text(each->bytes / each->objects).s);
}

bool beyond_pointers(const struct session *s, struct text *out)
{
	const struct map *m = &s->world.map;
	struct pointees each, all;

	if (!m->header)
		return false;
	pointees_take(m, &each, &all);
	if (each.bytes)
		add_sum(m, &each, &all, out);
	else if (each.lost || each.held)
		text_printf(out, "pointers lead to memory of their own");
	else
		return false;
	add_rest(&each, out);
	return true;
}

bool beyond_values(const struct session *s, struct text *out)
{
	const struct ledger *l = s->world.map.header ? session_ledger(s) : NULL;

	if (!l || !l->referred)
		return false;
	text_printf(out, "strings, slices and interfaces lead to %s bytes more, %s with size "
		"classes", count_text(l->referred).s, count_text(l->referred_taken).s);
	return true;
}

bool beyond_stack(const struct session *s, bool allocated, struct text *out)
{
	struct stacked k;
	const char *unit;

	if (!session_stacked(s, &k))
		return false;
	if (k.stays) {
		text_printf(out, "on the stack: %s bytes", count_text(k.bytes).s);
	} else {
		text_printf(out, "if it did not escape: %s bytes in %s object%s",
			count_text(k.in_use.bytes).s, count_text(k.in_use.objects).s,
			k.in_use.objects == 1 ? "" : "s");
		if (allocated)
			text_printf(out, ", allocated %s in %s", count_text(k.allocated.bytes).s,
				count_text(k.allocated.objects).s);
	}
	unit = s->world.map.type->engine->words.unit;
	if (k.unit)
		text_printf(out, ", header and %s%s", unit, k.stays ? "" : " on the stack");
	else
		text_printf(out, ", the header%s", k.stays ? "" : " on the stack");
	return true;
}

static void stack_facts(const struct session *s, struct sheet *out)
{
	struct stacked k;

	if (!session_stacked(s, &k))
		return;
	sheet_flag(out, "stack.used", k.stays);
	sheet_count(out, "stack.bytes", k.bytes);
	sheet_count(out, "stack.inuse_bytes", k.in_use.bytes);
	sheet_count(out, "stack.inuse_objects", k.in_use.objects);
	sheet_count(out, "stack.alloc_bytes", k.allocated.bytes);
	sheet_count(out, "stack.alloc_objects", k.allocated.objects);
}

void beyond_facts(const struct session *s, struct sheet *out)
{
	const struct ledger *l = s->world.map.header ? session_ledger(s) : NULL;
	struct pointees each, all;

	if (!l)
		return;
	stack_facts(s, out);
	pointees_take(&s->world.map, &each, &all);
	sheet_count(out, "beyond.referred_bytes", l->referred);
	sheet_count(out, "beyond.referred_taken", l->referred_taken);
	sheet_count(out, "beyond.pointee_bytes", all.bytes);
	sheet_count(out, "beyond.pointee_objects", all.objects);
	sheet_count(out, "beyond.pointee_bytes_each", each.bytes);
	sheet_flag(out, "beyond.further", each.values || each.back || each.lost || each.held);
}

void beyond_sheet(const struct session *s, struct sheet *out)
{
	struct text line = { 0 };

	if (beyond_stack(s, false, &line))
		sheet_words(out, FOR_PEOPLE, 1, 2, ROLE_NOTE, text_str(&line));
	text_clear(&line);
	text_add(&line, "not of the map: ");
	if (beyond_values(s, &line))
		sheet_words(out, FOR_PEOPLE, 1, 2, ROLE_NOTE, text_str(&line));
	text_clear(&line);
	text_add(&line, "not of the map: ");
	if (beyond_pointers(s, &line))
		sheet_words(out, FOR_PEOPLE, 1, 2, ROLE_NOTE, text_str(&line));
	beyond_facts(s, out);
	text_free(&line);
}
