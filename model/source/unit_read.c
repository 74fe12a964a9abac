/* SPDX-License-Identifier: MIT */
#include "model/source/unit_read.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

/* The values of a list, eight of one kind; `take` gets each. */
static bool read_eight(struct reading *r, enum pull_kind kind, const char *what,
	void (*take)(struct unit_reading *b, unsigned i, const struct pull *p, struct text *out),
	struct unit_reading *b, struct text *out)
{
	size_t n = 0;
	bool more;

	if (!reading_value(r, PULL_LIST))
		return false;
	for (;; n++) {
		enum pull_kind any;

		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			break;
		if (n >= SLOTS) {
			if (!pull_value(r->pull, &any) || !pull_skip(r->pull, any))
				return false;
			continue;
		}
		reading_enter_item(r, n);
		if (!reading_value(r, kind))
			return false;
		reading_leave(r);
		take(b, (unsigned)n, r->pull, out);
	}
	return n == SLOTS || reading_wrong(r, "%zu %s: %d are expected", n, what, SLOTS);
}

static void take_control(struct unit_reading *b, unsigned i, const struct pull *p, struct text *out)
{
	(void)out;
	b->control[i] = p->number;
}

static void take_literal(struct unit_reading *b, unsigned i, const struct pull *p, struct text *out)
{
	(void)b;
	(void)i;
	text_addn(out, text_str(&p->text), p->text.len + 1);
}

static bool read_control(struct reading *r, void *into)
{
	return read_eight(r, PULL_INTEGER, "numbers", take_control, into, NULL);
}

static bool read_keys(struct reading *r, void *into)
{
	struct unit_reading *b = into;

	text_clear(&b->keys);
	return read_eight(r, PULL_STRING, "strings", take_literal, b, &b->keys);
}

static bool read_elems(struct reading *r, void *into)
{
	struct unit_reading *b = into;

	text_clear(&b->elems);
	return read_eight(r, PULL_STRING, "strings", take_literal, b, &b->elems);
}

static bool read_raw(struct reading *r, void *into)
{
	struct unit_reading *b = into;

	return reading_value(r, PULL_STRING) &&
		reading_bytes(r, &r->pull->text, b->raw, b->type->unit.size);
}

#define UNIT_ROWS(control) { \
	MEMBER_READ(control, read_control, true, "a list"), \
	MEMBER_READ("raw", read_raw, true, "a string"), \
	MEMBER_READ("keys", read_keys, true, "a list"), \
	MEMBER_READ("elems", read_elems, true, "a list"), \
}

static const struct member bucket_rows[] = UNIT_ROWS("tophash");
static const struct member group_rows[] = UNIT_ROWS("ctrl");

const struct members bucket_members = MEMBERS(bucket_rows);
const struct members group_members = MEMBERS(group_rows);

static bool check_raw(struct reading *r, const struct unit_reading *b)
{
	static const char *const what[] = { [BYTE_POINTER] = "pointers",
		[BYTE_PADDING] = "padding" };

	for (uint32_t i = 0; i < b->type->unit.size; i++) {
		if (b->mask[i] == BYTE_DATA || !b->raw[i])
			continue;
		return reading_wrong(reading_enter(r, "raw"),
			"byte %u is 0x%02x: %s are written as zeros", i, b->raw[i],
			what[b->mask[i]]);
	}
	return true;
}

static uint8_t control_of(const struct unit_reading *b, unsigned slot)
{
	return b->raw[unit_control(&b->type->unit, slot)];
}

static bool check_control(struct reading *r, const struct unit_reading *b)
{
	for (unsigned i = 0; i < SLOTS; i++) {
		if (b->control[i] == control_of(b, i))
			continue;
		reading_enter(r, b->members->list[0].name);
		return reading_wrong(reading_enter_item(r, i),
			"%lld, and the raw byte is %u: they are the same byte",
			(long long)b->control[i], control_of(b, i));
	}
	return true;
}

static bool check_literals(struct reading *r, const struct unit_reading *b, const char *name,
	const struct text *list)
{
	const char *at = list->s;

	for (unsigned i = 0; i < SLOTS; i++, at += strlen(at) + 1) {
		bool live = control_live(b->type, control_of(b, i));

		if (live == (*at != '\0'))
			continue;
		reading_enter(r, name);
		return reading_wrong(reading_enter_item(r, i),
			"%s, and %s %u says that the cell is %s", live ? "empty" : "a literal",
			b->members->list[0].name, control_of(b, i), live ? "live" : "not live");
	}
	return true;
}

void unit_reading_open(struct unit_reading *b, const struct maptype *t,
	const struct members *members)
{
	*b = (struct unit_reading){ .type = t, .members = members, .mask = xmalloc(t->unit.size),
		.raw = xcalloc(1, t->unit.size) };
	maptype_unit_bytes(t, b->mask);
	imprint_packer_open(&b->packer, t->unit.size);
}

void unit_reading_close(struct unit_reading *b)
{
	free(b->mask);
	free(b->raw);
	text_free(&b->keys);
	text_free(&b->elems);
	text_free(&b->says);
	imprint_packer_close(&b->packer);
}

/* Whether the raw bytes of a slot say what the literal does: there is nothing apart from them. */
static bool says_alone(struct unit_reading *b, const struct gotype *t, bool indirect, uint32_t at,
	const char *literal)
{
	const struct heap none = { .target = b->type->target };

	if (!*literal || t->pointers || indirect)
		return false;
	text_clear(&b->says);
	value_format(&none, t, b->raw + at, &b->says, 0);
	return strcmp(text_str(&b->says), literal) == 0;
}

static void keep(struct unit_reading *b, bool first)
{
	const struct maptype *t = b->type;
	struct imprint unit = { .raw = b->raw };
	const char *key = b->keys.s, *elem = b->elems.s;

	for (unsigned i = 0; i < SLOTS; i++) {
		uint32_t key_at = unit_key(&t->unit, i), elem_at = unit_elem(&t->unit, i);

		unit.literals[i] = says_alone(b, t->key, t->indirect_key, key_at, key) ? NULL : key;
		unit.literals[SLOTS + i] =
			says_alone(b, t->elem, t->indirect_elem, elem_at, elem) ? NULL : elem;
		key += strlen(key) + 1;
		elem += strlen(elem) + 1;
	}
	imprint_add(&b->packer, &unit, first);
}

bool unit_read(struct reading *r, struct unit_reading *b, bool first)
{
	return reading_value(r, PULL_OBJECT) && unit_read_members(r, b, first);
}

bool unit_read_members(struct reading *r, struct unit_reading *b, bool first)
{
	uint64_t seen;

	if (!reading_members(r, b->members, b, &seen) || !check_raw(r, b) ||
		!check_control(r, b) || !check_literals(r, b, "keys", &b->keys) ||
		!check_literals(r, b, "elems", &b->elems))
		return false;
	keep(b, first);
	return true;
}
