/* SPDX-License-Identifier: MIT */
#include "model/source/groups.h"

#include <inttypes.h>
#include <stdlib.h>

#include "model/base/hex.h"
#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/map/swiss/control.h"
#include "model/map/swiss/reading.h"

static void add_number(struct text *out, const char *name, uint64_t v)
{
	text_printf(out, "\"%s\": %" PRIu64 ", ", name, v);
}

static void add_bool(struct text *out, const char *name, bool v)
{
	text_printf(out, "\"%s\": %s, ", name, v ? "true" : "false");
}

/* MapType: up to 1.26 SlotSize and ElemOff, from 1.27 on offsets and strides. */
void groups_add_sizes(const struct maptype *t, struct text *out)
{
	const struct unit *u = &t->unit;

	add_number(out, "keysize", t->key->size);
	add_number(out, "elemsize", t->elem->size);
	add_bool(out, "indirectkey", t->indirect_key);
	add_bool(out, "indirectelem", t->indirect_elem);
	add_number(out, "groupsize", u->size);
	if (t->release->minor < 27) {
		add_number(out, "slotsize", u->key_step);
		add_number(out, "elemoff", u->elems - u->keys);
	} else {
		add_number(out, "keysoff", u->keys);
		add_number(out, "keystride", u->key_step);
		add_number(out, "elemsoff", u->elems);
		add_number(out, "elemstride", u->elem_step);
		add_number(out, "elemoff", t->release->split_groups ? 0 : u->elems - u->keys);
	}
	add_number(out, "group_ptrdata", swiss_pointer_bytes(t));
	add_number(out, "mapflags", swiss_flags(t));
}

void groups_add_header(const struct map *m, struct text *out)
{
	static const struct {
		const char *name;
		enum swiss_field field;
	} rows[] = {
		{ "used", SWISS_USED }, { "dirlen", SWISS_DIR_LEN },
		{ "globaldepth", SWISS_GLOBAL_DEPTH }, { "globalshift", SWISS_GLOBAL_SHIFT },
		{ "writing", SWISS_WRITING }, { "clearseq", SWISS_CLEAR_SEQ },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		add_number(out, rows[i].name, swiss_get(m, rows[i].field));
	text_printf(out, "\"seed\": \"0x%0*" PRIx64 "\", ", 2 * (int)m->type->target->ptrsize,
		swiss_get(m, SWISS_SEED));
	if (m->type->release->prunes)
		add_bool(out, "tombstone_possible", swiss_get(m, SWISS_TOMBSTONE_POSSIBLE) != 0);
}

void groups_add_loop(const struct map *m, struct text *out)
{
	const struct swiss_loop *l = &m->loop.swiss;

	add_number(out, "entry", l->entry);
	add_number(out, "dir", l->dir);
	add_bool(out, "over", m->loop.over);
	add_bool(out, "left", m->loop.left);
}

/* Groups */

struct writing {
	const struct map *m;
	FILE *out;
	uint8_t *what;      /* enum gotype_byte for each byte of a group; owned */
	struct text text;
};

static void add_values(struct writing *w, const char *name, const struct gotype *t, uint64_t group,
	uint8_t *(*value)(const struct map *m, uint64_t unit, unsigned slot))
{
	struct text literal = { 0 };

	text_printf(&w->text, ",\"%s\":[", name);
	for (unsigned i = 0; i < SLOTS; i++) {
		text_clear(&literal);
		if (*control_at(w->m, group, i) <= CONTROL_FULL_MOST)
			value_format(w->m->heap, t, value(w->m, group, i), &literal, 0);
		text_add(&w->text, i ? "," : "");
		json_add_string(&w->text, text_str(&literal));
	}
	text_addc(&w->text, ']');
	text_free(&literal);
}

/* Bytes that are in no field, and pointers, are written as zeros. */
static void write_group(struct writing *w, uint64_t group)
{
	const struct maptype *t = w->m->type;
	const uint8_t *bytes = map_at(w->m, group);
	char digits[3];

	text_clear(&w->text);
	text_add(&w->text, "{\"ctrl\":[");
	for (unsigned i = 0; i < SLOTS; i++)
		text_printf(&w->text, "%s%u", i ? "," : "", *control_at(w->m, group, i));
	text_add(&w->text, "],\"raw\":\"");
	for (uint32_t i = 0; i < t->unit.size; i++) {
		uint8_t byte = w->what[i] == BYTE_DATA ? bytes[i] : 0;

		hex_write(digits, &byte, 1);
		text_addn(&w->text, digits, 2);
	}
	text_addc(&w->text, '"');
	add_values(w, "keys", t->key, group, map_key);
	add_values(w, "elems", t->elem, group, map_elem);
	text_addc(&w->text, '}');
	fwrite(w->text.s, 1, w->text.len, w->out);
}

static void write_table(struct writing *w, uint64_t table)
{
	static const struct {
		const char *name;
		enum table_field field;
	} rows[] = {
		{ "localdepth", TABLE_LOCAL_DEPTH }, { "used", TABLE_USED },
		{ "capacity", TABLE_CAPACITY }, { "growthleft", TABLE_GROWTH_LEFT },
	};
	struct groups g = groups_of(w->m, table);

	fprintf(w->out, "{\"index\": %" PRId64, table_index(w->m, table));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		fprintf(w->out, ", \"%s\": %" PRIu64, rows[i].name,
			table_get(w->m, table, rows[i].field));
	fputs(", \"groups\": [", w->out);
	for (uint64_t i = 0; i <= g.mask; i++) {
		fputs(i ? ",\n" : "\n", w->out);
		write_group(w, group_addr(w->m, &g, i));
	}
	fputs("]}", w->out);
}

/* For each entry of the directory the number of its table. */
static void write_directory(struct writing *w, uint64_t entries)
{
	uint64_t n = 0;

	fputs("\n\"directory\": [", w->out);
	for (uint64_t i = 0; i < entries; i++) {
		n += i > 0 && directory_at(w->m, i) != directory_at(w->m, i - 1);
		fprintf(w->out, "%s%" PRIu64, i ? "," : "", n);
	}
	fputs("],\n\"tables\": [", w->out);
	for (uint64_t i = 0; i < entries; i++) {
		if (i > 0 && directory_at(w->m, i) == directory_at(w->m, i - 1))
			continue;
		fputs(i ? ",\n" : "\n", w->out);
		write_table(w, directory_at(w->m, i));
	}
	fputs("],\n\"group\": null", w->out);
}

void groups_write(const struct map *m, FILE *out)
{
	struct writing w = { .m = m, .out = out, .what = xmalloc(m->type->unit.size) };
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), group = swiss_get(m, SWISS_DIR_PTR);

	maptype_unit_bytes(m->type, w.what);
	if (entries) {
		write_directory(&w, entries);
	} else {
		fputs("\n\"directory\": null, \"tables\": [], \"group\": ", out);
		if (group)
			write_group(&w, group);
		else
			fputs("null", out);
	}
	free(w.what);
	text_free(&w.text);
}
