/* SPDX-License-Identifier: MIT */
#include "model/live/pprof.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"

enum {
	BYTES_MOST = 64 << 20,    /* unpacked */
	COUNT_MOST = 1 << 20,     /* of anything but lines and frames */
	MANY_MOST = 1 << 24,
	VALUES_MOST = 16,         /* of a sample */
	CHUNK = 1 << 16,
};

/* The wire format */

struct wire {
	const uint8_t *at, *end;
};

/* One field: its number, and what it holds by its kind: 0 a number, 2 bytes. */
struct field_read {
	unsigned number, kind;
	uint64_t value;
	struct wire bytes;
};

static bool read_varint(struct wire *w, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; shift < 64 && w->at < w->end; shift += 7) {
		uint8_t byte = *w->at++;

		*value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

static bool take_bytes(struct wire *w, uint64_t size, struct wire *bytes)
{
	if (size > (uint64_t)(w->end - w->at))
		return false;
	*bytes = (struct wire){ w->at, w->at + size };
	w->at += size;
	return true;
}

/* False at the end; *ok is false when it is none of a message's. */
static bool next_field(struct wire *w, struct field_read *f, bool *ok)
{
	uint64_t key;

	if (w->at == w->end)
		return false;
	*f = (struct field_read){ 0 };
	*ok = *ok && read_varint(w, &key);
	if (!*ok)
		return false;
	f->number = (unsigned)(key >> 3);
	f->kind = key & 7;
	switch (f->kind) {
	case 0:
		*ok = read_varint(w, &f->value);
		break;
	case 1:
		*ok = take_bytes(w, 8, &f->bytes);
		break;
	case 2:
		*ok = read_varint(w, &key) && take_bytes(w, key, &f->bytes);
		break;
	case 5:
		*ok = take_bytes(w, 4, &f->bytes);
		break;
	default:
		*ok = false;
	}
	return *ok;
}

/* Messages that hold nothing but numbers: field i goes to values[i]; the others are passed over. */
static bool read_numbers(struct wire w, uint64_t *values, unsigned count)
{
	struct field_read f;
	bool ok = true;

	memset(values, 0, count * sizeof *values);
	while (next_field(&w, &f, &ok))
		if (f.kind == 0 && f.number < count)
			values[f.number] = f.value;
	return ok;
}

/* A profile that is being read. */
struct pprof_reading {
	struct pprof *p;
	size_t strings_cap, mappings_cap, functions_cap, locations_cap, lines_cap, samples_cap,
		stacks_cap;
	struct wire types[VALUES_MOST]; /* of values: what they are */
	unsigned ntypes;
	int alloc_objects, alloc_bytes, use_objects, use_bytes; /* which values; -1: none */
	const char *name;
	struct error *err;
};

typedef bool take_number(struct pprof_reading *r, uint64_t value);

/* A list of numbers, packed or one by one: each is given to `take`. */
static bool take_list(struct pprof_reading *r, const struct field_read *f, take_number *take)
{
	struct wire w = f->bytes;
	uint64_t value;

	if (f->kind == 0)
		return take(r, f->value);
	while (w.at < w.end)
		if (!read_varint(&w, &value) || !take(r, value))
			return false;
	return true;
}

static bool too_many(struct pprof_reading *r, const char *what, size_t count, size_t most)
{
	return count >= most && !fail(r->err, "%.200s: more than %zu %s", r->name, most, what);
}

static bool damaged(struct pprof_reading *r, const char *what)
{
	return fail(r->err, "%.200s: not a profile: its %s cannot be read", r->name, what);
}

/* Its parts */

static bool read_string(struct pprof_reading *r, struct wire w)
{
	struct pprof *p = r->p;

	if (too_many(r, "strings", p->nstrings, COUNT_MOST))
		return false;
	xadd(p->strings, p->nstrings, r->strings_cap,
		(struct pprof_string){ (size_t)(w.at - p->bytes), (size_t)(w.end - w.at) });
	return true;
}

static bool read_mapping(struct pprof_reading *r, struct wire w)
{
	struct pprof *p = r->p;
	uint64_t v[6];

	if (!read_numbers(w, v, 6))
		return damaged(r, "mappings");
	if (too_many(r, "mappings", p->nmappings, COUNT_MOST))
		return false;
	xadd(p->mappings, p->nmappings, r->mappings_cap,
		(struct pprof_mapping){ v[1], v[2], v[3], v[4], v[5] });
	return true;
}

static bool read_function(struct pprof_reading *r, struct wire w)
{
	struct pprof *p = r->p;
	uint64_t v[5];

	if (!read_numbers(w, v, 5))
		return damaged(r, "functions");
	if (too_many(r, "functions", p->nfunctions, COUNT_MOST))
		return false;
	xadd(p->functions, p->nfunctions, r->functions_cap,
		(struct pprof_function){ v[1], v[2], v[4] });
	return true;
}

static bool read_line(struct pprof_reading *r, struct wire w, struct pprof_location *of)
{
	struct pprof *p = r->p;
	uint64_t v[3];

	if (!read_numbers(w, v, 3))
		return damaged(r, "lines");
	if (too_many(r, "lines", p->nlines, MANY_MOST))
		return false;
	xadd(p->lines, p->nlines, r->lines_cap, (struct pprof_line){ v[1], v[2] });
	of->lines++;
	return true;
}

static bool read_location(struct pprof_reading *r, struct wire w)
{
	struct pprof *p = r->p;
	struct pprof_location one = { .first = p->nlines };
	struct field_read f;
	bool ok = true;

	while (next_field(&w, &f, &ok)) {
		if (f.number == 1)
			one.id = f.value;
		else if (f.number == 2)
			one.mapping = f.value;
		else if (f.number == 3)
			one.address = f.value;
		else if (f.number == 4 && !read_line(r, f.bytes, &one))
			return false;
	}
	if (!ok)
		return damaged(r, "locations");
	if (too_many(r, "locations", p->nlocations, COUNT_MOST))
		return false;
	xadd(p->locations, p->nlocations, r->locations_cap, one);
	return true;
}

static bool add_type(struct pprof_reading *r, struct wire w)
{
	if (too_many(r, "values of a sample", r->ntypes, VALUES_MOST))
		return false;
	r->types[r->ntypes++] = w;
	return true;
}

/* A string is this word. */
static bool is(const struct pprof *p, uint64_t i, const char *word)
{
	return i < p->nstrings && p->strings[i].len == strlen(word) &&
		memcmp(p->bytes + p->strings[i].at, word, p->strings[i].len) == 0;
}

/* Which value of a sample is called so; -1: none. */
static int value_called(const struct pprof_reading *r, const char *name)
{
	uint64_t v[3];

	for (unsigned i = 0; i < r->ntypes; i++)
		if (read_numbers(r->types[i], v, 3) && is(r->p, v[1], name))
			return (int)i;
	return -1;
}

static bool find_values(struct pprof_reading *r)
{
	uint64_t v[3];
	char *first;

	r->alloc_objects = value_called(r, "alloc_objects");
	r->alloc_bytes = value_called(r, "alloc_space");
	r->use_objects = value_called(r, "inuse_objects");
	r->use_bytes = value_called(r, "inuse_space");
	if (r->alloc_bytes >= 0 && r->alloc_objects >= 0 && r->use_bytes >= 0 &&
		r->use_objects >= 0)
		return true;
	if (!r->ntypes || !read_numbers(r->types[0], v, 3))
		return fail(
			r->err, "%.200s: not a profile: it does not say what it counts", r->name);
	first = pprof_string(r->p, v[1]);
	fail(r->err, "%.200s: not a heap profile: it counts %.60s, not inuse_space and alloc_space",
		r->name, first);
	free(first);
	return false;
}

static bool take_frame(struct pprof_reading *r, uint64_t id)
{
	struct pprof *p = r->p;

	if (too_many(r, "frames", p->nstacks, MANY_MOST))
		return false;
	xadd(p->stacks, p->nstacks, r->stacks_cap, id);
	p->samples[p->nsamples].frames++;
	return true;
}

/* The values of the sample that is being read. */
struct values {
	uint64_t list[VALUES_MOST];
	unsigned count;
};

static bool read_values(const struct field_read *f, struct values *v)
{
	struct wire w = f->bytes;
	uint64_t value = f->value;

	do {
		if (f->kind != 0 && w.at == w.end)
			return true;
		if (f->kind != 0 && !read_varint(&w, &value))
			return false;
		/* A count below nothing is none. */
		if (v->count < VALUES_MOST)
			v->list[v->count++] = (int64_t)value < 0 ? 0 : value;
	} while (f->kind != 0);
	return true;
}

/* The label "bytes" is the size of an object. */
static void read_label(struct pprof_reading *r, struct wire w, struct pprof_sample *s)
{
	uint64_t v[4];

	if (read_numbers(w, v, 4) && is(r->p, v[1], "bytes") && (int64_t)v[3] > 0)
		s->size = v[3];
}

static bool read_sample(struct pprof_reading *r, struct wire w)
{
	struct pprof *p = r->p;
	struct pprof_sample *s;
	struct values v = { .count = 0 };
	struct field_read f;
	bool ok = true;

	if (too_many(r, "samples", p->nsamples, COUNT_MOST))
		return false;
	p->samples = xroom(p->samples, &r->samples_cap, p->nsamples, sizeof *p->samples);
	s = &p->samples[p->nsamples];
	*s = (struct pprof_sample){ .first = p->nstacks };
	r->err->msg[0] = '\0';
	while (ok && next_field(&w, &f, &ok)) {
		if (f.number == 1)
			ok = take_list(r, &f, take_frame);
		else if (f.number == 2)
			ok = read_values(&f, &v);
		else if (f.number == 3)
			read_label(r, f.bytes, s);
	}
	if (!ok)
		return !r->err->msg[0] ? damaged(r, "samples") : false;
	if (v.count != r->ntypes)
		return damaged(r, "samples");
	s->alloc_objects = v.list[r->alloc_objects];
	s->alloc_bytes = v.list[r->alloc_bytes];
	s->use_objects = v.list[r->use_objects];
	s->use_bytes = v.list[r->use_bytes];
	if (!s->size && s->alloc_objects)
		s->size = s->alloc_bytes / s->alloc_objects;
	p->nsamples++;
	return true;
}

/* Which fields of a profile are read by what; samples last, as they need the others. */
static const struct {
	unsigned number;
	bool (*read)(struct pprof_reading *r, struct wire w);
} parts[] = { { 1, add_type }, { 3, read_mapping }, { 4, read_location }, { 5, read_function },
	{ 6, read_string } };

enum { SAMPLE = 2, PERIOD = 12 };

static bool read_fields(struct pprof_reading *r, bool samples)
{
	struct wire w = { r->p->bytes, r->p->bytes + r->p->size };
	struct field_read f;
	bool ok = true;

	while (next_field(&w, &f, &ok)) {
		if (f.number == PERIOD && f.kind == 0)
			r->p->period = (int64_t)f.value < 0 ? 0 : f.value;
		if (samples && f.kind == 2 && f.number == SAMPLE && !read_sample(r, f.bytes))
			return false;
		for (size_t i = 0; !samples && f.kind == 2 && i < sizeof parts / sizeof *parts; i++)
			if (parts[i].number == f.number && !parts[i].read(r, f.bytes))
				return false;
	}
	return ok || damaged(r, "fields");
}

/* All bytes of the file, unpacked; what is not packed is taken as it is. */
static bool unpack(struct pprof *p, FILE *in, const char *name, struct error *err)
{
	int fd = dup(fileno(in)), n, code = Z_OK;
	gzFile file = fd >= 0 ? gzdopen(fd, "rb") : NULL;
	size_t cap = 0;
	bool ok;

	if (!file)
		mem_out();
	do {
		if (cap - p->size < CHUNK)
			p->bytes = xrealloc(p->bytes, cap = 2 * cap + CHUNK);
		n = gzread(file, p->bytes + p->size, CHUNK);
		p->size += n > 0 ? (size_t)n : 0;
	} while (n > 0 && p->size <= BYTES_MOST);
	gzerror(file, &code);
	ok = n >= 0 && (code == Z_OK || code == Z_STREAM_END) && p->size <= BYTES_MOST;
	if (p->size > BYTES_MOST)
		fail(err, "%.200s: more than %d MB, unpacked", name, BYTES_MOST >> 20);
	else if (code == Z_BUF_ERROR)
		fail(err, "%.200s: it ends too early", name);
	else if (!ok)
		fail(err, "%.200s: it cannot be unpacked", name);
	gzclose(file);
	if (ok && !p->size)
		return fail(err, "%.200s: not a profile: it is empty", name);
	return ok;
}

bool pprof_read(struct pprof *p, FILE *in, const char *name, struct error *err)
{
	struct pprof_reading r = { .p = p, .name = name, .err = err };

	*p = (struct pprof){ 0 };
	if (unpack(p, in, name, err) && read_fields(&r, false) && find_values(&r) &&
		read_fields(&r, true)) {
		/* All three begin with their number. */
		ranks_sort(p->mappings, p->nmappings, sizeof *p->mappings);
		ranks_sort(p->functions, p->nfunctions, sizeof *p->functions);
		ranks_sort(p->locations, p->nlocations, sizeof *p->locations);
		return true;
	}
	pprof_free(p);
	return false;
}

void pprof_free(struct pprof *p)
{
	free(p->bytes);
	free(p->strings);
	free(p->mappings);
	free(p->functions);
	free(p->locations);
	free(p->lines);
	free(p->samples);
	free(p->stacks);
	*p = (struct pprof){ 0 };
}

char *pprof_string(const struct pprof *p, uint64_t i)
{
	if (i >= p->nstrings)
		return xstrdup("");
	return xstrndup((const char *)p->bytes + p->strings[i].at, p->strings[i].len);
}

static const void *numbered(const void *list, size_t count, size_t size, uint64_t id)
{
	const uint64_t *last = ranks_last(list, size, 0, count, id);

	return id && last && *last == id ? last : NULL;
}

const struct pprof_location *pprof_location(const struct pprof *p, uint64_t id)
{
	return numbered(p->locations, p->nlocations, sizeof *p->locations, id);
}

const struct pprof_function *pprof_function(const struct pprof *p, uint64_t id)
{
	return numbered(p->functions, p->nfunctions, sizeof *p->functions, id);
}

const struct pprof_mapping *pprof_mapping(const struct pprof *p, uint64_t id)
{
	return numbered(p->mappings, p->nmappings, sizeof *p->mappings, id);
}
