/* SPDX-License-Identifier: MIT */
#include "model/hash/signature.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum { TURN = 32 }; /* bytes that a turn of a loop takes, or one elem that is larger */

enum part_kind { PART_MEMORY, PART_FLOAT, PART_STRING, PART_INTERFACE, PART_LOOP };

struct part {
	enum part_kind kind;
	uint64_t offset;  /* in the value, or in the turn of the loop around it */
	uint64_t size;    /* of a LOOP: of a turn */
	uint64_t turns;   /* LOOP: so many times what follows, */
	size_t end;       /* up to this part */
};

struct signature {
	struct part *parts;
	size_t count, cap;
	bool run;         /* the last part is memory that the next memory may join */
};

static struct part *add(struct signature *s, enum part_kind kind, uint64_t offset, uint64_t size)
{
	s->parts = xroom(s->parts, &s->cap, s->count, sizeof *s->parts);
	s->parts[s->count] = (struct part){ .kind = kind, .offset = offset, .size = size };
	s->run = kind == PART_MEMORY;
	return &s->parts[s->count++];
}

static void add_memory(struct signature *s, uint64_t offset, uint64_t size)
{
	struct part *last = s->count ? &s->parts[s->count - 1] : NULL;

	if (size == 0)
		return;
	if (s->run && last->offset + last->size == offset)
		last->size += size;
	else
		add(s, PART_MEMORY, offset, size);
}

static void add_type(struct signature *s, const struct gotype *t, uint64_t offset);

static void add_elems(struct signature *s, const struct gotype *elem, uint64_t n, uint64_t offset)
{
	for (uint64_t i = 0; i < n; i++)
		add_type(s, elem, offset + i * elem->size);
}

/* The elems that make no whole turn come first, then a loop, if it has more than one turn. */
static void add_array(struct signature *s, const struct gotype *t, uint64_t offset)
{
	const struct gotype *elem = t->elem;
	uint64_t turn, rest;
	size_t loop;

	if (t->len == 0 || elem->size == 0)
		return;
	turn = elem->size < TURN ? TURN / elem->size : 1;
	rest = t->len == 1 ? 1 : t->len % turn;
	if (t->len - rest == turn)
		rest += turn;
	add_elems(s, elem, rest, offset);
	if (rest == t->len)
		return;
	loop = s->count;
	add(s, PART_LOOP, offset + rest * elem->size, turn * elem->size)->turns =
		(t->len - rest) / turn;
	add_elems(s, elem, turn, 0);
	s->parts[loop].end = s->count;
	s->run = false;
}

static void add_type(struct signature *s, const struct gotype *t, uint64_t offset)
{
	uint64_t half = t->size / 2;

	if (t->alg == ALG_MEM && t->kind != KIND_STRUCT) {
		add_memory(s, offset, t->size);
	} else if (t->kind == KIND_STRUCT) {
		for (unsigned i = 0; i < t->nfields; i++)
			if (strcmp(t->fields[i].name, "_") != 0)
				add_type(s, t->fields[i].type, offset + t->fields[i].offset);
	} else if (t->kind == KIND_ARRAY) {
		add_array(s, t, offset);
	} else if (t->kind == KIND_STRING) {
		add(s, PART_STRING, offset, t->size);
	} else if (gotype_is_interface(t)) {
		add(s, PART_INTERFACE, offset, t->size);
	} else if (t->kind == KIND_COMPLEX64 || t->kind == KIND_COMPLEX128) {
		add(s, PART_FLOAT, offset, half);
		add(s, PART_FLOAT, offset + half, half);
	} else {
		add(s, PART_FLOAT, offset, t->size);
	}
}

struct signature *signature_new(const struct gotype *t)
{
	struct signature *s = xcalloc(1, sizeof *s);

	add_type(s, t, 0);
	return s;
}

void signature_free(struct signature *s)
{
	if (s)
		free(s->parts);
	free(s);
}

static uint64_t hash_parts(const struct hasher *h, const struct signature *s, size_t from,
	size_t end, const uint8_t *p, uint64_t seed, struct random *chance)
{
	for (size_t i = from; i < end; i++) {
		const struct part *part = &s->parts[i];
		const uint8_t *at = p + part->offset;

		switch (part->kind) {
		case PART_MEMORY:
			seed = hash_sized(h, at, part->size, seed);
			break;
		case PART_FLOAT:
			seed = hash_float(h, at, (unsigned)part->size, seed, chance);
			break;
		case PART_STRING:
			seed = hash_string(h, at, seed);
			break;
		case PART_INTERFACE:
			seed = hash_interface(h, at, seed, chance);
			break;
		case PART_LOOP:
			for (uint64_t turn = 0; turn < part->turns; turn++)
				seed = hash_parts(h, s, i + 1, part->end,
					at + turn * part->size, seed, chance);
			i = part->end - 1;
		}
	}
	return seed;
}

uint64_t hash_by_signature(const struct hasher *h, const struct signature *s, const uint8_t *p,
	uint64_t seed, struct random *chance)
{
	return hash_parts(h, s, 0, s->count, p, seed, chance);
}
