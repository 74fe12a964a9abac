/* SPDX-License-Identifier: MIT */
/* What a single byte of a group is. */
#include <inttypes.h>

#include "model/map/swiss/rules.h"
#include "tui/view/leaf.h"
#include "tui/view/swiss/explain_parts.h"

/* What an update and a delete do to these bytes. */
static void explain_fate(const struct look *l, struct text *out)
{
	const struct maptype *t = l->session->world.map.type;
	bool elem = l->part == PART_ELEM, indirect = elem ? t->indirect_elem : t->indirect_key;
	bool zeroed = elem || t->indirect_key || t->key->pointers;

	if (elem || t->key->key_update)
		text_printf(out, "An update writes %s%s%s; ", elem ? "it" : "the key again",
			indirect ? " behind the pointer" : "",
			elem ? "" : ", as equal keys can differ in bytes");
	else
		text_add(out, "An update does not touch it; ");
	text_printf(out, "a delete %s; a growth of its table copies it to where the entry moves.",
		zeroed ? "zeroes it" : "leaves it here");
}

static void explain_live(const struct look *l, const struct under *u, struct text *out)
{
	if (explain_replaced(l, u, out))
		return;
	if (explain_is_nan(l))
		text_add(out, "The key is a NaN and equals nothing: no update or delete finds this "
			      "slot, and only clear zeroes it; a growth of its table copies it to "
			      "where the entry moves.");
	else
		explain_fate(l, out);
}

/* A slot that is empty or a tombstone. */
static void explain_dead(const struct look *l, uint32_t size, const uint8_t *raw, struct text *out)
{
	const struct map *m = &l->session->world.map;
	bool dead = explain_control(l) == CONTROL_DELETED;

	text_printf(out, "The slot is %s, and ", dead ? "a tombstone" : "empty");
	if (all_zero(raw, size)) {
		text_printf(out, "%s zero: %s.", size > 1 ? "all of it is" : "it is",
			l->part == PART_KEY ? "no key was here, or what it left is zero"
					    : "a delete zeroes elems, new groups begin with zeros");
		return;
	}
	text_add(out,
		"this is left over from a deleted key: it is stale, and stays until a new key ");
	if (swiss_small(m) || m->type->release->clear == CLEAR_ALL)
		text_add(out, "or clear writes over it");
	else
		text_add(out, "writes over it, or a clear that finds a full slot in the group");
	text_add(out, "; a growth leaves it behind.");
}

/* A byte of a key or elem. */
static void explain_value(const struct look *l, const struct under *u, struct text *out)
{
	const struct map *m = &l->session->world.map;
	const struct maptype *t = m->type;
	bool elem = l->part == PART_ELEM, full = explain_control(l) <= CONTROL_FULL_MOST;
	uint64_t slot = l->cursor.addr + (elem ? unit_elem(&t->unit, l->cursor.slot)
		: unit_key(&t->unit, l->cursor.slot));

	explain_part_byte(l, full, out);
	if (full)
		explain_live(l, u, out);
	else
		explain_dead(l, elem ? t->elemsize : t->keysize, map_at(m, slot), out);
}

/* Where the byte comes from. */
static void explain_h2(const struct look *l, struct text *out)
{
	const struct map *m = &l->session->world.map;

	text_printf(out, "%02x is H2, the low 7 bits of the hash of ", explain_control(l));
	explain_add_value(l, false, out);
	if (m->type->target->big_endian)
		text_add(out, "; the control word is one number, so on a big-endian target slot 7 "
			"comes first");
	text_printf(out, ". The top bit is 0, as the slot is full. %s ", explain_lookup_swiss(l));
}

static void explain_control_byte(const struct look *l, const struct under *u, struct text *out)
{
	const struct map *m = &l->session->world.map;

	text_printf(out, "The control byte of slot %u: ", l->cursor.slot);
	if (explain_control(l) > CONTROL_FULL_MOST) {
		swiss_explain_slot(l, out);
		return;
	}
	if (explain_is_nan(l)) {
		text_printf(out, "%02x is H2 of the hash that its key, a NaN, got when it came. It "
				 "has another hash each time, so no lookup finds it again; a range "
				 "loop does. ", explain_control(l));
	} else if (m->unhashed || table_replaced(m, u)) {
		text_printf(
			out, "%02x is H2, the low 7 bits of the key's hash. ", explain_control(l));
	} else {
		explain_h2(l, out);
	}
	if (!explain_replaced(l, u, out))
		text_printf(out, "A growth of its table writes %s.",
			explain_is_nan(l) ? "another one where the entry moves"
					  : "the same one where the entry moves");
}

void swiss_explain_byte(const struct look *l, struct text *out)
{
	struct under u = table_under(l);

	switch (l->part) {
	case PART_KEY:
	case PART_ELEM:
		explain_value(l, &u, out);
		break;
	case PART_CONTROL:
	case PART_LINK:
		explain_control_byte(l, &u, out);
		break;
	}
}
