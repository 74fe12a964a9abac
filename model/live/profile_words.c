/* SPDX-License-Identifier: MIT */
#include "model/live/profile_words.h"

#include "model/base/text.h"
#include "model/engines/engines.h"
#include "model/live/design.h"
#include "model/live/rebuilt.h"

enum { SIZES_TOLD = 3 };

/* No program has maps with so many entries. */
#define ENTRIES_MOST (1ull << 40)

/* The arrays of a line: bytes allocated and in use, and entries that the latter hold together. */
struct arrays {
	uint64_t alloc, wide, use; /* wide: allocated, of more than one unit */
	uint64_t least, most;
	uint64_t largest;         /* units of the largest in use; 0: none is */
};

static struct arrays sum_arrays(const struct profile *p, const struct profile_line *line)
{
	struct arrays a = { .alloc = 0 };

	for (size_t i = line->nsizes; i-- > 0;) {
		const struct profile_size *s = &line->sizes[i];
		bool linked = s->units == 1 && a.largest > 1 &&
			live_design(p->program.program.release)->links;

		if (!s->units)
			continue;
		a.alloc += s->alloc.bytes;
		a.wide += s->units > 1 ? s->alloc.bytes : 0;
		a.use += s->use.bytes;
		/* Single ones beside an array hang on it. */
		a.least += linked ? 0 : s->use.objects * s->least;
		a.most += linked ? 0 : s->use.objects * s->most;
		if (s->use.objects && !a.largest)
			a.largest = s->units;
	}
	return a;
}

/* "1 array of 512 buckets, 14 of 1: 1,665 to 3,328 entries" */
static void say_arrays(const struct profile *p, const struct profile_line *line,
	const struct arrays *a, struct text *t)
{
	const char *unit = engine_of(p->program.program.release)->words.unit;
	unsigned told = 0;

	text_add(t, "in use: ");
	for (size_t i = line->nsizes; i-- > 0;) {
		const struct profile_size *s = &line->sizes[i];

		if (!s->units || !s->use.objects)
			continue;
		if (++told > SIZES_TOLD) {
			text_add(t, ", and smaller ones");
			break;
		}
		text_printf(t, told == 1 ? "%s array%s of %s" : ", %s%.0s of %s",
			count_text(s->use.objects).s, s->use.objects == 1 ? "" : "s",
			count_text(s->units).s);
		if (told == 1)
			text_printf(t, " %s%s", unit, s->units == 1 ? "" : "s");
	}
	text_printf(t, ", for %s to %s entries", count_text(a->least).s, count_text(a->most).s);
}

static void tell_hint(const struct profile *p, struct profile_line *line, const struct arrays *a)
{
	const struct executable *e = &p->program.program;
	uint64_t given_up = a->alloc > a->use ? a->alloc - a->use : 0;
	struct text t = { 0 }, hinted = { 0 };

	if (!a->wide) {
		text_add(&t, "a hint changes nothing for maps of up to 8 entries");
		line->hint = t.s;
		return;
	}
	text_printf(&t, "a hint spares %s%s of %s bytes allocated", a->largest ? "" : "up to ",
		count_text(given_up).s, count_text(a->alloc).s);
	if (a->largest > 1 && a->least <= a->most && a->most <= ENTRIES_MOST) {
		uint64_t from = rebuilt_bytes(line->call.type, e, a->least);
		uint64_t to = rebuilt_bytes(line->call.type, e, a->most);

		text_printf(&hinted, "one map of as many, made with a hint, takes %s",
			count_text(from).s);
		if (to != from)
			text_printf(&hinted, " to %s", count_text(to).s);
		if (line->call.type->map.indirect_key || line->call.type->map.indirect_elem)
			text_add(&hinted, " without what is stored apart");
	}
	line->hint = t.s;
	line->hinted = hinted.s;
}

static void tell_grown(const struct profile *p, struct profile_line *line)
{
	struct arrays a = sum_arrays(p, line);
	struct text t = { 0 };

	if (!line->call.type) {
		text_add(&t, "the code does not name the type, as in generic functions");
	} else if (!a.alloc) {
		text_add(&t, "no array of this type: keys or elems that are stored apart");
	} else {
		if (a.largest)
			say_arrays(p, line, &a, &t);
		else
			text_add(&t, "nothing of it is in use");
		tell_hint(p, line, &a);
	}
	line->holds = t.s;
}

static void tell_made(const struct profile *p, struct profile_line *line)
{
	struct arrays a = sum_arrays(p, line);
	struct text t = { 0 }, hint = { 0 };

	if (a.largest)
		say_arrays(p, line, &a, &t);
	text_add(&hint, "made with a hint; what outgrows it stands where entries are assigned");
	line->holds = t.s;
	line->hint = hint.s;
}

static void tell_headers(struct profile_line *line)
{
	struct text t = { 0 }, hint = { 0 };

	text_printf(&t, "headers of %s map%s, of which %s in use",
		count_text(line->alloc.objects).s, line->alloc.objects == 1 ? "" : "s",
		count_text(line->use.objects).s);
	text_add(&hint, "made without a hint; what they hold stands where entries are assigned");
	line->holds = t.s;
	line->hint = hint.s;
}

void profile_words(const struct profile *p, struct profile_line *line)
{
	struct text t = { 0 };

	if (!p->has_program)
		return;
	switch (line->call.work) {
	case MAP_WORK_HEADER:
		tell_headers(line);
		break;
	case MAP_WORK_MAKE:
		tell_made(p, line);
		break;
	case MAP_WORK_ASSIGN:
	case MAP_WORK_DELETE:
		tell_grown(p, line);
		break;
	case MAP_WORK_COPY:
		text_add(&t, "copies of maps");
		line->holds = t.s;
		break;
	default:
		break;
	}
}
