/* SPDX-License-Identifier: MIT */
#include "model/live/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/design.h"
#include "model/live/profile_place.h"
#include "model/live/profile_words.h"

uint64_t profile_error(const struct profile_amount *a)
{
	double error = 2 * sqrt(a->variance);

	return error < (double)INT64_MAX ? (uint64_t)error : INT64_MAX;
}

static void add(struct profile_amount *a, const struct profile_amount *b)
{
	a->bytes += b->bytes;
	a->objects += b->objects;
	a->counted += b->counted;
	a->variance += b->variance;
}

/* The chance that an object of that size is counted. */
static double chance(const struct profile *p, uint64_t size)
{
	return p->file.period <= 1 || !size ? 1 : -expm1(-(double)size / (double)p->file.period);
}

static struct profile_amount amount(const struct profile *p, uint64_t objects, uint64_t bytes,
	uint64_t size)
{
	double c = chance(p, size), counted = (double)objects * c;

	return (struct profile_amount){ bytes, objects, counted,
		counted * (1 - c) / (c * c) * (double)size * (double)size };
}

/* What a sample is, before those of one line are taken together. */
struct placed {
	const struct pprof_sample *sample;
	const struct profile_spot *spot;
	struct map_call call;    /* borrowed */
};

static bool is_map(const struct placed *d)
{
	return d->call.work != MAP_WORK_NONE;
}

/* What a program calls to have something done with maps is not what a person looks for. */
static bool is_library(const char *function)
{
	static const char *const prefixes[] = { "reflect.", "maps.", "sync.", "internal/" };

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (strncmp(function, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return is_runtime(function);
}

/* The program's own line that this came from; the innermost where there is none. */
static const struct profile_spot *find_spot(struct profile *p, const struct pprof_sample *s,
	bool map)
{
	const struct profile_spot *first = NULL;

	for (size_t i = 0; i < s->frames; i++) {
		const struct profile_place *place = profile_place(p, p->file.stacks[s->first + i]);

		for (size_t k = 0; place && k < place->count; k++) {
			if (!first)
				first = &place->spots[k];
			if (!map || !is_library(place->spots[k].function))
				return &place->spots[k];
		}
	}
	return first;
}

/* A frame of the runtime, also one that goes by another package's name. */
static bool is_inside(const struct profile_spot *spot)
{
	return is_runtime(spot->function) || map_work_of(spot->function) != MAP_WORK_NONE;
}

/*
 * What the innermost frame calls that is not the runtime's: the code tells, or the frame inside it,
 * where it was not left out.
 */
static void find_call(struct profile *p, const struct pprof_sample *s, struct placed *d)
{
	const struct profile_spot *inside = NULL;

	for (size_t i = 0; i < s->frames; i++) {
		uint64_t location = p->file.stacks[s->first + i];
		const struct profile_place *place = profile_place(p, location);
		size_t k = 0;

		for (; place && k < place->count && is_inside(&place->spots[k]); k++)
			if (map_work_of(place->spots[k].function) != MAP_WORK_NONE)
				inside = &place->spots[k];
		if (place && k < place->count) {
			d->call = *profile_call(p, location);
			break;
		}
	}
	if (inside && !is_map(d))
		d->call = (struct map_call){ .work = map_work_of(inside->function),
			.function = inside->function };
}

static void place_sample(struct profile *p, const struct pprof_sample *s, struct placed *d)
{
	*d = (struct placed){ .sample = s };
	find_call(p, s, d);
	d->spot = find_spot(p, s, is_map(d));
}

static int compare_texts(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (b != NULL) - (a != NULL);
}

static int compare_spots(const struct profile_spot *a, const struct profile_spot *b)
{
	int order;

	if (!a || !b || a == b)
		return (b != NULL) - (a != NULL);
	order = strcmp(a->file, b->file);
	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : strcmp(a->function, b->function);
}

static uint64_t type_of(const struct placed *d)
{
	return d->call.type ? d->call.type->type.at : 0;
}

/* By line, and what is called there on which type; of one line by size. */
static int compare_lines(const struct placed *a, const struct placed *b)
{
	int order = compare_spots(a->spot, b->spot);

	if (order == 0)
		order = compare_texts(a->call.function, b->call.function);
	return order ? order : (type_of(a) > type_of(b)) - (type_of(a) < type_of(b));
}

static int compare_placed(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;
	int order = compare_lines(a, b);

	if (order == 0)
		order = (a->sample->size > b->sample->size) - (a->sample->size < b->sample->size);
	return order ? order : (a->sample > b->sample) - (a->sample < b->sample);
}

static void add_sample(struct profile *p, struct profile_line *line, const struct pprof_sample *s)
{
	struct profile_size *last = line->nsizes ? &line->sizes[line->nsizes - 1] : NULL;
	struct profile_amount use = amount(p, s->use_objects, s->use_bytes, s->size);
	struct profile_amount alloc = amount(p, s->alloc_objects, s->alloc_bytes, s->size);

	if (!last || last->size != s->size) {
		line->sizes = xrealloc(line->sizes, (line->nsizes + 1) * sizeof *line->sizes);
		last = &line->sizes[line->nsizes++];
		*last = (struct profile_size){ .size = s->size };
	}
	add(&last->use, &use);
	add(&last->alloc, &alloc);
	add(&line->use, &use);
	add(&line->alloc, &alloc);
}

/* What its objects are of maps of that type. */
static void name_size(const struct profile *p, const struct map_type *t, struct profile_size *s)
{
	const struct executable *e = &p->program.program;
	const struct live_design *d = live_design(e->release);

	for (uint64_t n = 1; t && t->map.size && n <= 1ull << 40 && !s->units; n *= 2) {
		uint64_t bytes = live_taken(e, d->array(n) * t->map.size, t->pointers);

		if (bytes == s->size) {
			s->units = n;
			s->least = n > 1 ? d->holds(e->release, n / 2) + 1 : 1;
			s->most = d->holds(e->release, n);
		} else if (bytes > s->size) {
			break;
		}
	}
	if (!s->units && s->size == live_taken(e, d->size(e), true))
		s->what = "header";
	else if (!s->units)
		s->what = d->part(e, s->size);
}

static const char *type_name(const struct profile *p, const struct map_call *call)
{
	return call->type ? p->names[call->type - p->types.list] : NULL;
}

static void add_line(struct profile *p, const struct placed *from, const struct placed *to)
{
	static const struct profile_spot nowhere = { "?", "", 0 };
	struct profile_line line = { .spot = from->spot ? from->spot : &nowhere,
		.call = from->call, .type = type_name(p, &from->call) };

	for (; from < to; from++)
		add_sample(p, &line, from->sample);
	for (size_t i = 0; p->has_program && i < line.nsizes; i++)
		name_size(p, line.call.type, &line.sizes[i]);
	xadd(p->lines, p->nlines, p->cap, line);
}

static int by_bytes(const void *x, const void *y)
{
	const struct profile_line *a = x, *b = y;

	if (a->use.bytes != b->use.bytes)
		return a->use.bytes < b->use.bytes ? 1 : -1;
	if (a->alloc.bytes != b->alloc.bytes)
		return a->alloc.bytes < b->alloc.bytes ? 1 : -1;
	return compare_spots(a->spot, b->spot);
}

static void take_lines(struct profile *p)
{
	struct placed *list = xcalloc(p->file.nsamples + 1, sizeof *list);
	size_t count = 0, from = 0;

	for (size_t i = 0; i < p->file.nsamples; i++) {
		const struct pprof_sample *s = &p->file.samples[i];
		struct profile_amount use = amount(p, s->use_objects, s->use_bytes, s->size);
		struct profile_amount alloc = amount(p, s->alloc_objects, s->alloc_bytes, s->size);

		place_sample(p, s, &list[count]);
		add(&p->use, &use);
		add(&p->alloc, &alloc);
		if (is_map(&list[count])) {
			add(&p->maps_use, &use);
			add(&p->maps_alloc, &alloc);
		}
		/* Where no program tells, any line may be of maps. */
		count += is_map(&list[count]) || !p->has_program;
	}
	if (count)
		qsort(list, count, sizeof *list, compare_placed);
	for (size_t i = 1; i <= count; i++)
		if (i == count || compare_lines(&list[from], &list[i]) != 0) {
			add_line(p, &list[from], &list[i]);
			from = i;
		}
	free(list);
	if (p->nlines)
		qsort(p->lines, p->nlines, sizeof *p->lines, by_bytes);
}

bool profile_take(struct profile *p, FILE *in, const char *name, const char *exe, struct error *err)
{
	*p = (struct profile){ .program.program.fd = -1 };
	if (pprof_read(&p->file, in, name, err) && profile_open_program(p, name, exe, err)) {
		take_lines(p);
		for (size_t i = 0; i < p->nlines; i++)
			profile_words(p, &p->lines[i]);
		return true;
	}
	profile_free(p);
	return false;
}

void profile_free(struct profile *p)
{
	for (size_t i = 0; i < p->nlines; i++) {
		free(p->lines[i].sizes);
		free(p->lines[i].holds);
		free(p->lines[i].hint);
		free(p->lines[i].hinted);
	}
	free(p->lines);
	profile_places_free(p);
	for (size_t i = 0; p->names && i < p->types.count; i++)
		free(p->names[i]);
	free(p->names);
	map_types_free(&p->types);
	if (p->has_program)
		live_close(&p->program);
	free(p->missing);
	pprof_free(&p->file);
	*p = (struct profile){ .program.program.fd = -1 };
}
