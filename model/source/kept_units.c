/* SPDX-License-Identifier: MIT */
#include "model/source/kept_units.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/hex.h"
#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/map/engine.h"
#include "model/map/units.h"
#include "model/source/source.h"

/* How a unit is written. */
struct unit_form {
	struct unit unit; /* where there are links, units stand in lists, chain by chain */
	const char *control;         /* what the control bytes are called */
};

/*
 * Of what was kept last it is known where it lay and, by a mark for each unit, all its bytes: a
 * unit with the same mark at the same place has the same literals, for what keys and elems point
 * to does not change while no address is used again. Elems that are stored by pointer do: their
 * bytes count into the mark.
 */
struct kept_array {
	struct text before;          /* what stands before it in the document */
	struct imprint_array units;
	uint64_t *marks;             /* NULL once something else was kept; owned */
	size_t marks_cap;
	uint64_t addr;
};

struct kept_units {
	struct kept_array *list;     /* owned */
	size_t count, cap;
	struct text end;             /* behind the last of them */
	struct unit_form form;
	uint64_t life, broken;       /* of the heap and the journal: one address, one object */
};

/* One unit, read from the map. */
struct unit_taking {
	const struct map *m;
	uint8_t *mask;               /* enum gotype_byte for each of its bytes; owned */
	uint8_t *raw;                /* owned */
	struct text literals, value, out;
};

static void taking_open(struct unit_taking *b, const struct map *m)
{
	size_t size = m->type->unit.size;

	*b = (struct unit_taking){ .m = m, .mask = xmalloc(size), .raw = xmalloc(size) };
	maptype_unit_bytes(m->type, b->mask);
}

static void taking_close(struct unit_taking *b)
{
	free(b->mask);
	free(b->raw);
	text_free(&b->literals);
	text_free(&b->value);
	text_free(&b->out);
}

/* Its bytes, but for pointers and padding. */
static void take_raw(struct unit_taking *b, uint64_t addr)
{
	size_t size = b->m->type->unit.size;

	memcpy(b->raw, map_at(b->m, addr), size);
	for (size_t i = 0; i < size; i++)
		if (b->mask[i] != BYTE_DATA)
			b->raw[i] = 0;
}

/* A literal is UTF-8, but for what strconv.Quote leaves. */
static void add_literal(struct unit_taking *b, const struct gotype *type, const uint8_t *p)
{
	text_clear(&b->value);
	if (value_unknown(b->m->heap, type, p))
		text_add(&b->value, SOURCE_UNKNOWN);
	else
		value_format(b->m->heap, type, p, &b->value, 0);
	for (size_t i = 0; i < b->value.len; i++)
		if ((unsigned char)b->value.s[i] >= 0x80) {
			json_t *words = json_words(b->value.s);

			text_clear(&b->value);
			text_add(&b->value, json_string_value(words));
			json_decref(words);
			break;
		}
	text_addn(&b->literals, text_str(&b->value), b->value.len);
}

static void take_literals(struct unit_taking *b, uint64_t addr)
{
	const struct map *m = b->m;

	text_clear(&b->literals);
	for (unsigned i = 0; i < 2 * SLOTS; i++) {
		unsigned slot = i % SLOTS;
		bool elem = i >= SLOTS;

		if (map_live(m, addr, slot))
			add_literal(b, elem ? m->type->elem : m->type->key,
				elem ? map_elem(m, addr, slot) : map_key(m, addr, slot));
		text_addn(&b->literals, "", 1);
	}
}

/* Keeping */

static uint64_t mix(uint64_t mark, const uint8_t *p, size_t size)
{
	uint64_t word;

	for (; size >= sizeof word; size -= sizeof word, p += sizeof word) {
		memcpy(&word, p, sizeof word);
		mark = (mark ^ word) * 0x9e3779b97f4a7c15u;
		mark ^= mark >> 29;
	}
	for (; size > 0; size--)
		mark = (mark ^ *p++) * 0x9e3779b97f4a7c15u;
	return mark ^ mark >> 32;
}

static uint64_t mark_of(const struct map *m, uint64_t addr)
{
	const struct maptype *t = m->type;
	const uint8_t *p = map_at(m, addr);
	uint64_t mark = mix(1, p, t->unit.size);

	for (unsigned i = 0; i < SLOTS && (t->indirect_key || t->indirect_elem); i++) {
		if (!map_live(m, addr, i))
			continue;
		if (t->indirect_key)
			mark = mix(mark, map_key(m, addr, i), t->key->size);
		if (t->indirect_elem)
			mark = mix(mark, map_elem(m, addr, i), t->elem->size);
	}
	return mark;
}

static void forget_marks(struct kept_units *k)
{
	for (size_t i = 0; i < k->count; i++) {
		free(k->list[i].marks);
		k->list[i].marks = NULL;
	}
}

void kept_units_free(struct kept_units *k)
{
	if (!k)
		return;
	forget_marks(k);
	for (size_t i = 0; i < k->count; i++) {
		text_free(&k->list[i].before);
		imprint_array_free(&k->list[i].units);
	}
	text_free(&k->end);
	free(k->list);
	free(k);
}

/* Writing */

static void add_literals(struct text *out, const char *name, const char **literal)
{
	text_printf(out, ",\"%s\":[", name);
	for (unsigned i = 0; i < SLOTS; i++, *literal += strlen(*literal) + 1) {
		if (i)
			text_addc(out, ',');
		json_add_string(out, *literal);
	}
	text_addc(out, ']');
}

/* One unit: its raw bytes, and behind each other its literals. */
static void put_unit(const struct unit_form *form, const uint8_t *raw, const char *literals,
	struct text *text)
{
	char hex[1024];

	text_printf(text, "{\"%s\":[", form->control);
	for (unsigned i = 0; i < SLOTS; i++) {
		if (i)
			text_addc(text, ',');
		text_add_number(text, raw[unit_control(&form->unit, i)]);
	}
	text_add(text, "],\"raw\":\"");
	for (uint32_t at = 0, n; at < form->unit.size; at += n) {
		n = form->unit.size - at < sizeof hex / 2 ? form->unit.size - at
			: (uint32_t)sizeof hex / 2;
		hex_write(hex, raw + at, n);
		text_addn(text, hex, 2 * (size_t)n);
	}
	text_addc(text, '"');
	add_literals(text, "keys", &literals);
	add_literals(text, "elems", &literals);
	text_addc(text, '}');
}

/* What stands before a unit of an array, of which there were so many chains. */
static void put_between(bool linked, bool first, uint64_t chains, struct text *out)
{
	if (!first) {
		text_addc(out, ',');
		return;
	}
	if (chains)
		text_add(out, linked ? "]," : ",");
	text_add(out, linked ? "\n[" : "\n");
}

static void put_end(bool linked, uint64_t chains, FILE *out)
{
	if (linked && chains)
		fputs("]", out);
}

/* What was written of a block last; like ones mostly follow, at the same place. */
struct written {
	const struct imprint_block *block;
	struct text text;
};

struct written_array {
	struct written *list;        /* of each block; owned */
	size_t count, cap;
};

struct units_writer {
	struct written_array *list;  /* of each array; owned */
	size_t count, cap, bytes;
	struct text one, literals;
};

enum { WRITTEN_MOST = 64 << 20 }; /* bytes that are kept */

struct units_writer *units_writer_new(void)
{
	return xcalloc(1, sizeof(struct units_writer));
}

void units_writer_free(struct units_writer *w)
{
	for (size_t i = 0; i < w->count; i++) {
		for (size_t k = 0; k < w->list[i].count; k++)
			text_free(&w->list[i].list[k].text);
		free(w->list[i].list);
	}
	free(w->list);
	text_free(&w->one);
	text_free(&w->literals);
	free(w);
}

static struct written *find_written(struct units_writer *w, size_t array, size_t block)
{
	struct written_array *a;

	for (; w->count <= array; w->count++) {
		w->list = xroom(w->list, &w->cap, w->count, sizeof *w->list);
		w->list[w->count] = (struct written_array){ 0 };
	}
	a = &w->list[array];
	for (; a->count <= block; a->count++) {
		a->list = xroom(a->list, &a->cap, a->count, sizeof *a->list);
		a->list[a->count] = (struct written){ 0 };
	}
	return &a->list[block];
}

/* The units of a block, of which the reader has read the units. */
static void put_block(const struct kept_units *k, const struct imprint_array *a, size_t block,
	const struct imprint_reader *r, struct units_writer *w, struct text *out)
{
	uint64_t from = (uint64_t)block * IMPRINT_CHAINS;
	size_t at = 0;

	for (uint64_t i = from; at < r->count; i++) {
		for (uint32_t c = 0; c < imprint_links(a, i); c++, at++) {
			text_clear(&w->literals);
			for (unsigned n = 0; n < 2 * SLOTS; n++)
				text_addn(&w->literals, r->units[at].literals[n],
					strlen(r->units[at].literals[n]) + 1);
			put_between(k->form.unit.link, c == 0, i, out);
			put_unit(&k->form, r->units[at].raw, w->literals.s, out);
		}
	}
}

static void put_kept_array(const struct kept_units *k, size_t array, struct imprint_reader *r,
	struct units_writer *w, FILE *out)
{
	const struct imprint_array *a = &k->list[array].units;

	for (size_t i = 0; i < a->nblocks; i++) {
		struct written *last = find_written(w, array, i);
		struct text *text = w->bytes < WRITTEN_MOST || last->block ? &last->text : &w->one;

		if (last->block != a->blocks[i] || text == &w->one) {
			w->bytes -= last->text.len;
			text_clear(text);
			imprint_read_block(r, a->blocks[i]);
			put_block(k, a, i, r, w, text);
			w->bytes += last->text.len;
			last->block = text == &w->one ? NULL : a->blocks[i];
		}
		fwrite(text->s, 1, text->len, out);
	}
	put_end(k->form.unit.link, a->count, out);
}

void kept_units_write(const struct kept_units *k, struct units_writer *w, FILE *out)
{
	struct imprint_reader r;

	imprint_reader_open(&r, k->form.unit.size);
	for (size_t i = 0; i < k->count; i++) {
		fputs(text_str(&k->list[i].before), out);
		put_kept_array(k, i, &r, w, out);
	}
	fputs(text_str(&k->end), out);
	imprint_reader_close(&r);
}

/* Walking */

struct unit_sink {
	struct unit_taking taking;
	struct unit_form form;
	FILE *out;                   /* what is walked is written; or NULL, and it is kept: */
	struct kept_units *kept;
	struct kept_units *before;   /* may be shared with */
	struct text text;            /* of the document, as far as no array took it */
	uint64_t chains;             /* of the array under way */
	const struct watcher *watcher; /* of what is written: */
	struct work work;
	bool stopped;
	/* Of what is kept: */
	struct imprint_packer packer;
	struct imprint_reader reader;
	uint64_t *addrs;             /* of the units of the block under way; owned */
	size_t units, addrs_cap;
	uint32_t lengths[IMPRINT_CHAINS]; /* of its chains, */
	unsigned nlengths;           /* so many */
	const struct imprint_array *was; /* the array as it was kept last, */
	const uint64_t *marks;       /* what it had then, from that block on */
	size_t found;                /* where in `before` the last array was found */
};

void sink_text(struct unit_sink *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (s->out)
		vfprintf(s->out, format, ap);
	else
		text_vprintf(&s->text, format, ap);
	va_end(ap);
}

/* What was kept at that address, and its marks. Arrays mostly come in the order they had. */
static void find_kept(struct unit_sink *s, uint64_t addr)
{
	const struct kept_units *b = s->before;

	for (size_t i = 0; b && i < b->count; i++) {
		size_t k = (s->found + i) % b->count;

		if (b->list[k].addr != addr || !b->list[k].marks)
			continue;
		s->found = k + 1;
		s->was = &b->list[k].units;
		s->marks = b->list[k].marks;
		return;
	}
}

void sink_array(struct unit_sink *s, uint64_t addr)
{
	struct kept_units *k = s->kept;
	struct kept_array *a;

	s->chains = 0;
	if (s->out)
		return;
	xadd(k->list, k->count, k->cap, (struct kept_array){ .addr = addr, .before = s->text });
	a = &k->list[k->count - 1];
	s->text = (struct text){ 0 };
	s->was = NULL;
	find_kept(s, addr);
	imprint_pack(&s->packer, &a->units, NULL);
}

/* Whether the block under way has as many units as the one at that place had, chain by chain. */
static bool same_chains(const struct unit_sink *s, size_t block)
{
	uint64_t from = (uint64_t)block * IMPRINT_CHAINS, left = s->was->count - from;

	if (s->nlengths != (left < IMPRINT_CHAINS ? left : IMPRINT_CHAINS))
		return false;
	for (unsigned i = 0; i < s->nlengths; i++)
		if (s->lengths[i] != imprint_links(s->was, from + i))
			return false;
	return true;
}

/* A unit that is to be kept, or what it was when it is so still. */
static void pack_unit(struct unit_sink *s, uint64_t addr, const struct imprint *like, bool first)
{
	struct unit_taking *b = &s->taking;
	struct imprint unit = { .raw = b->raw };
	const char *literal;

	take_raw(b, addr);
	if (like && memcmp(like->raw, b->raw, s->packer.size) == 0) {
		imprint_add(&s->packer, like, first);
		return;
	}
	take_literals(b, addr);
	literal = b->literals.s;
	for (unsigned i = 0; i < 2 * SLOTS; i++, literal += strlen(literal) + 1)
		unit.literals[i] = literal;
	imprint_add(&s->packer, &unit, first);
}

/* The block under way, one of whose units changed. `old` and `now` are marks; old may be NULL. */
static void pack_block(struct unit_sink *s, size_t block, const uint64_t *old, const uint64_t *now)
{
	uint64_t chain = (uint64_t)block * IMPRINT_CHAINS;
	size_t unit = 0, was = 0;

	if (old)
		imprint_read_block(&s->reader, s->was->blocks[block]);
	for (unsigned i = 0; i < s->nlengths; i++, chain++) {
		uint32_t length = old && chain < s->was->count ? imprint_links(s->was, chain) : 0;

		for (uint32_t c = 0; c < s->lengths[i]; c++, unit++)
			pack_unit(s, s->addrs[unit], c < length && old[was + c] == now[unit]
				? &s->reader.units[was + c] : NULL, c == 0);
		was += length;
	}
	imprint_pack_end(&s->packer);
}

/* Of what is as it was, which equal marks tell, there is a block. */
static void keep_block(struct unit_sink *s)
{
	struct kept_array *a = &s->kept->list[s->kept->count - 1];
	size_t block = a->units.nblocks;
	bool there = s->was && block < s->was->nblocks;
	uint64_t *now;

	for (size_t i = 0; i < s->units; i++) {
		a->marks = xroom(a->marks, &a->marks_cap, a->units.total + i, sizeof *a->marks);
		a->marks[a->units.total + i] = mark_of(s->taking.m, s->addrs[i]);
	}
	now = a->marks + a->units.total;
	if (there && same_chains(s, block) && memcmp(now, s->marks, s->units * sizeof *now) == 0)
		imprint_array_hold(&a->units, s->was, block);
	else
		pack_block(s, block, there ? s->marks : NULL, now);
	for (uint64_t i = 0, c = (uint64_t)block * IMPRINT_CHAINS; there && i < IMPRINT_CHAINS &&
		c + i < s->was->count; i++)
		s->marks += imprint_links(s->was, c + i);
	s->units = s->nlengths = 0;
}

static void keep_unit(struct unit_sink *s, uint64_t addr, bool first)
{
	if (first && s->nlengths == IMPRINT_CHAINS)
		keep_block(s);
	if (first)
		s->lengths[s->nlengths++] = 0;
	s->lengths[s->nlengths - 1]++;
	xadd(s->addrs, s->units, s->addrs_cap, addr);
}

void sink_unit(struct unit_sink *s, uint64_t addr, bool first)
{
	if (!s->out) {
		keep_unit(s, addr, first);
		return;
	}
	s->stopped = s->stopped || work_stops(s->watcher, s->work);
	if (s->stopped)
		return;
	text_clear(&s->taking.out);
	put_between(s->form.unit.link, first, s->chains, &s->taking.out);
	s->chains += first;
	s->work.done += first;
	take_raw(&s->taking, addr);
	take_literals(&s->taking, addr);
	put_unit(&s->form, s->taking.raw, s->taking.literals.s, &s->taking.out);
	fwrite(s->taking.out.s, 1, s->taking.out.len, s->out);
}

void sink_array_end(struct unit_sink *s)
{
	if (s->out)
		put_end(s->form.unit.link, s->chains, s->out);
	else if (s->units)
		keep_block(s);
}

static void walk(struct unit_sink *s, const struct map *m, const struct unit_walker *walker)
{
	s->form = (struct unit_form){ .unit = m->type->unit, .control = walker->control };
	taking_open(&s->taking, m);
	walker->walk(m, s);
	taking_close(&s->taking);
}

struct kept_units *kept_units_take(const struct map *m, const struct unit_walker *walker,
	struct kept_units *before)
{
	struct kept_units *k = xcalloc(1, sizeof *k);
	struct unit_sink s = { .kept = k, .before = before };

	k->life = m->heap->life;
	k->broken = m->heap->journal->broken;
	if (before && (before->life != k->life || before->broken != k->broken))
		forget_marks(before);
	imprint_packer_open(&s.packer, m->type->unit.size);
	imprint_reader_open(&s.reader, m->type->unit.size);
	walk(&s, m, walker);
	imprint_packer_close(&s.packer);
	imprint_reader_close(&s.reader);
	free(s.addrs);
	k->form = s.form;
	k->end = s.text;
	if (before)
		forget_marks(before);
	return k;
}

bool map_units_write(const struct map *m, const struct unit_walker *walker, FILE *out,
	const struct watcher *watcher)
{
	struct unit_sink s = { .out = out, .watcher = watcher };
	struct units all = { 0 };

	units_read(&all, m);
	s.work = (struct work){ .unit = m->type->engine->words.unit,
		.of = all.all[SIDE_MAIN] + all.all[SIDE_ASIDE] };
	units_free(&all);
	walk(&s, m, walker);
	return !s.stopped;
}
