/* SPDX-License-Identifier: MIT */
#include "model/live/functions.h"

enum {
	/* Words of the module data up to its slices. */
	NAMES = 1,
	UNITS = 4,
	FILES = 7,
	TABLES = 10,
	RECORDS = 13,
	LIST = 16,
	QUANTUM_AT = 6, /* in what the module data begin with */
	FUNCTIONS_MOST = 1 << 24,
	NAME_MOST = 4096,
	STEPS_MOST = 1 << 28,
	INLINED_MOST = 64,
	/* Where a record has its parts; since 1.20 there is the line that the function begins
	   at. */
	ENTRY_AT = 0,
	NAME_AT = 4,
	STACK_AT = 16,
	FILE_AT = 20,
	LINE_AT = 24,
	NTABLES_AT = 28,
	UNIT_AT = 32,
	START_LINE = 4,
	NPARTS_AT = 39,
	RECORD = 40,
	INLINED_TABLE = 2,
	INLINED_PART = 3, /* of its tables by pc, and of what is kept for it */
};

static bool slice(struct functions *f, unsigned word, struct functions_part *part)
{
	unsigned w = f->image->ptrsize;
	uint64_t at = f->module->at + (uint64_t)word * w;

	return image_word(f->image, at, &part->at) && image_word(f->image, at + w, &part->count);
}

bool functions_open(struct functions *f, struct image *im, const struct executable *p,
	const struct module *m)
{
	uint64_t head, quantum;

	*f = (struct functions){ .image = im, .module = m, .minor = p->minor,
		.left = STEPS_MOST };
	if (!image_word(im, m->at, &head) || !image_uint(im, head + QUANTUM_AT, 1, &quantum) ||
		!slice(f, NAMES, &f->names) || !slice(f, UNITS, &f->units) ||
		!slice(f, FILES, &f->files) || !slice(f, TABLES, &f->tables) ||
		!slice(f, RECORDS, &f->records) || !slice(f, LIST, &f->list))
		return false;
	f->quantum = (unsigned)quantum;
	return (quantum == 1 || quantum == 4) && f->list.count > 1 &&
		f->list.count <= FUNCTIONS_MOST;
}

static bool number(struct functions *f, uint64_t at, uint64_t *value)
{
	return image_uint(f->image, at, 4, value);
}

/* The i-th entry of the list: where a function begins, and where its record is. */
static bool entry(struct functions *f, uint64_t i, uint64_t *pc, uint64_t *record)
{
	if (!number(f, f->list.at + 8 * i, pc) || !number(f, f->list.at + 8 * i + 4, record))
		return false;
	*pc += f->module->text;
	*record += f->records.at;
	return true;
}

bool functions_find(struct functions *f, uint64_t pc, struct function *fn)
{
	uint64_t from = 0, to = f->list.count - 1, at, unused;

	/* The last entry is no function, but where they end. */
	while (from < to) {
		uint64_t middle = from + (to - from) / 2;

		if (!entry(f, middle, &at, &unused))
			return false;
		if (at <= pc)
			from = middle + 1;
		else
			to = middle;
	}
	return from > 0 && entry(f, from - 1, &fn->entry, &fn->record) &&
		entry(f, from, &fn->end, &unused) && fn->entry <= pc && pc < fn->end;
}

static bool add_string(struct functions *f, const struct functions_part *in,
	uint64_t offset, struct text *out)
{
	uint64_t c = 1;

	for (uint64_t i = 0; i < NAME_MOST; i++) {
		if (offset + i >= in->count || !image_uint(f->image, in->at + offset + i, 1, &c))
			return false;
		if (!c)
			return true;
		text_addc(out, (char)c);
	}
	return false;
}

bool functions_name(struct functions *f, const struct function *fn, struct text *out)
{
	uint64_t offset;

	return number(f, fn->record + NAME_AT, &offset) && add_string(f, &f->names, offset, out);
}

/* A number of 7 bits a byte, the lowest first. */
static bool varint(struct functions *f, uint64_t *at, uint32_t *value)
{
	uint64_t byte = 0x80;

	*value = 0;
	for (unsigned shift = 0; shift < 35 && byte & 0x80; shift += 7) {
		if (!image_uint(f->image, (*at)++, 1, &byte))
			return false;
		*value |= (uint32_t)((byte & 0x7f) << shift);
	}
	return !(byte & 0x80);
}

/*
 * A table by pc: a value, which is -1 before it begins, changes by a number with its sign last and
 * holds for so many instructions.
 */
static bool value_at(struct functions *f, const struct function *fn, uint64_t table,
	uint64_t pc, int32_t *value)
{
	uint64_t at = f->tables.at + table, until = fn->entry;
	uint32_t change, along, v = UINT32_MAX;

	if (!table || table >= f->tables.count)
		return false;
	for (bool first = true; f->left > 0; first = false, f->left--) {
		if (!varint(f, &at, &change) || (!change && !first) || !varint(f, &at, &along))
			return false;
		v += change & 1 ? ~(change >> 1) : change >> 1;
		until += (uint64_t)along * f->quantum;
		if (pc < until) {
			*value = (int32_t)v;
			return true;
		}
	}
	return false;
}

static bool value_of(struct functions *f, const struct function *fn, unsigned table_at,
	uint64_t pc, int32_t *value)
{
	uint64_t table;

	return number(f, fn->record + table_at, &table) && value_at(f, fn, table, pc, value);
}

bool functions_taken(struct functions *f, const struct function *fn, uint64_t pc, uint64_t *bytes)
{
	struct functions_known *k = &f->known[pc % FUNCTIONS_KNOWN];
	int32_t value;

	if (k->pc != pc) {
		if (!value_of(f, fn, STACK_AT, pc, &value) || value < 0)
			return false;
		*k = (struct functions_known){ pc, (uint32_t)value };
	}
	*bytes = k->taken;
	return true;
}

/* File `i` of the unit that the function was compiled in. */
static bool add_file(struct functions *f, const struct function *fn, int64_t i, struct text *out)
{
	uint64_t unit, offset;

	return i >= 0 && number(f, fn->record + UNIT_AT, &unit) &&
		unit + (uint64_t)i < f->units.count &&
		number(f, f->units.at + 4 * (unit + (uint64_t)i), &offset) &&
		offset != UINT32_MAX && add_string(f, &f->files, offset, out);
}

/* Bytes of a record, without the places of its tables, which follow, and of what is kept. */
static unsigned record_size(struct functions *f)
{
	return RECORD + (f->minor >= 20 ? START_LINE : 0);
}

bool functions_kept(struct functions *f, const struct function *fn, unsigned which, uint64_t *at)
{
	unsigned size = record_size(f);
	uint64_t ntables, nparts, part;

	if (!number(f, fn->record + NTABLES_AT, &ntables) ||
		!image_uint(f->image, fn->record + NPARTS_AT + size - RECORD, 1, &nparts) ||
		nparts <= which || !number(f, fn->record + size + 4 * ntables + 4 * which, &part) ||
		part == UINT32_MAX || !f->module->gofunc)
		return false;
	*at = f->module->gofunc + part;
	return true;
}

int32_t functions_value(struct functions *f, const struct function *fn, unsigned which, uint64_t pc)
{
	uint64_t ntables;
	int32_t value;

	return number(f, fn->record + NTABLES_AT, &ntables) && ntables > which &&
		value_of(f, fn, record_size(f) + 4 * which, pc, &value) ? value : -1;
}

/* What became a part of a function, at some place in it. */
struct inlining {
	struct functions *f;
	const struct function *fn;
	uint64_t tree;            /* 0: nothing did */
};

static void begin_inlining(struct inlining *in)
{
	if (!functions_kept(in->f, in->fn, INLINED_PART, &in->tree))
		in->tree = 0;
}

/* Which of them it is at pc; -1 for none. */
static int32_t inlined_at(const struct inlining *in, uint64_t pc)
{
	return in->tree ? functions_value(in->f, in->fn, INLINED_TABLE, pc) : -1;
}

/* One of them: its name, and the line that called it. Up to 1.19 the line stands there, too. */
struct inlined {
	struct text name;
	int32_t parent;
	uint64_t pc;              /* since 1.20: a place with that line */
	int64_t file;
	unsigned line;
};

static bool read_inlined(const struct inlining *in, int32_t i, struct inlined *one)
{
	struct functions *f = in->f;
	bool old = f->minor < 20;
	uint64_t at = in->tree + (uint64_t)i * (old ? 20 : 16), name, parent, file, line;

	text_clear(&one->name);
	if (old) {
		if (!image_uint(f->image, at, 2, &parent) || !number(f, at + 4, &file) ||
			!number(f, at + 8, &line) || !number(f, at + 12, &name))
			return false;
		one->parent = (int16_t)parent;
		one->file = (int32_t)file;
		one->line = (unsigned)line;
	} else {
		if (!number(f, at + 4, &name) || !number(f, at + 8, &parent))
			return false;
		one->pc = in->fn->entry + parent;
		one->parent = inlined_at(in, one->pc);
	}
	return add_string(f, &f->names, name, &one->name);
}

static void line_at(const struct inlining *in, uint64_t pc, struct text *file, unsigned *line)
{
	int32_t i, n;

	text_clear(file);
	if (!value_of(in->f, in->fn, FILE_AT, pc, &i) || !add_file(in->f, in->fn, i, file))
		text_clear(file);
	*line = value_of(in->f, in->fn, LINE_AT, pc, &n) && n > 0 ? (unsigned)n : 0;
}

void functions_lines(struct functions *f, const struct function *fn, uint64_t pc,
	source_sink *sink, void *data)
{
	struct inlining in = { .f = f, .fn = fn };
	struct inlined one = { 0 };
	struct text file = { 0 };
	unsigned line;
	int32_t i;
	bool more = true;

	begin_inlining(&in);
	line_at(&in, pc, &file, &line);
	i = inlined_at(&in, pc);
	for (unsigned n = 0; more && i >= 0 && n < INLINED_MOST && read_inlined(&in, i, &one);
		n++) {
		more = sink(data, &(struct source_line){ text_str(&one.name), text_str(&file), line,
			true });
		i = one.parent;
		if (f->minor >= 20) {
			line_at(&in, one.pc, &file, &line);
		} else {
			text_clear(&file);
			if (!add_file(f, fn, one.file, &file))
				text_clear(&file);
			line = one.line;
		}
	}
	text_clear(&one.name);
	if (more && functions_name(f, fn, &one.name))
		sink(data,
			&(struct source_line){ text_str(&one.name), text_str(&file), line, false });
	text_free(&one.name);
	text_free(&file);
}
