/* SPDX-License-Identifier: MIT */
#include "tui/view/explain.h"

#include "tui/view/design.h"
#include "tui/view/leaf.h"

enum {
	STRING_MOST = 24, /* bytes of a string in a sentence */
	WORDS_MOST = 48,  /* of a value */
};

void explain_add_value(const struct look *l, bool elem, struct text *out)
{
	size_t most = out->len + WORDS_MOST;

	slot_add_value(&l->session->world.map, l->cursor.addr, l->cursor.slot, elem, STRING_MOST,
		out);
	if (out->len <= most)
		return;
	while ((out->s[most] & 0xc0) == 0x80)
		most--;
	out->len = most;
	text_add(out, "…");
}

bool explain_is_nan(const struct look *l)
{
	const struct map *m = &l->session->world.map;

	return !value_equals_itself(
		m->heap, m->type->key, map_key(m, l->cursor.addr, l->cursor.slot));
}

void explain_deleted(const struct maptype *type, const char *string, struct text *t)
{
	if (type->indirect_key)
		text_add(t, "The pointer to the key was cleared");
	else if (string && type->path == PATH_FASTSTR)
		text_add(t, string);
	else if (type->key->pointers)
		text_add(t, "The key was cleared, as it holds pointers");
	else if (type->key->size)
		text_add(t, "The key's bytes were left as they are");
	else
		text_add(t, "The key has no bytes");
	if (type->indirect_elem)
		text_add(t, "; the pointer to the elem was cleared, and the elem is an object that "
			"the collector may take");
	else if (type->elem->size)
		text_add(t, "; the elem was zeroed");
	text_add(t, ". ");
}

void explain_part_byte(const struct look *l, bool full, struct text *out)
{
	const struct maptype *t = l->session->world.map.type;
	bool elem = l->part == PART_ELEM;
	const struct leaf pointer = { .size = t->target->ptrsize, .at = l->byte };

	text_printf(out, "Byte %u of %s %u", l->byte, elem ? "elem" : "key", l->cursor.slot);
	if (full) {
		text_add(out, ", ");
		explain_add_value(l, elem, out);
	}
	text_add(out, ": ");
	if (elem ? t->indirect_elem : t->indirect_key) {
		leaf_add_bits(out, t->target, &pointer);
		text_printf(out, "the pointer to it, as it is larger than %d bytes", INLINE_MOST);
	} else {
		leaf_add(out, elem ? t->elem : t->key, l->byte);
	}
	text_add(out, ". ");
}

void explain_slot(const struct look *l, struct text *t)
{
	look_design(l)->explain.slot(l, t);
}

void explain(const struct look *l, struct text *t)
{
	const struct design *d = look_design(l);

	if (!l->session->world.map.header)
		text_add(t, "There is no map yet.");
	else if (l->in_header)
		d->explain.field(l, t);
	else if (l->zoom == ZOOM_ATLAS && l->cursor.addr)
		d->explain.unit(l, t);
	else if (l->zoom == ZOOM_BYTES && l->cursor.addr)
		d->explain.byte(l, t);
	else
		d->explain.slot(l, t);
}
