/* SPDX-License-Identifier: MIT */
/* What a snapshot has of a Swiss map, written: its type, header, directory, tables and groups. */
#include <inttypes.h>

#include "model/map/swiss/reading.h"
#include "model/source/groups_parts.h"

/* MapType: up to 1.26 SlotSize and ElemOff, from 1.27 on offsets and strides. */
void groups_sizes(const struct maptype *t, uint64_t *sizes)
{
	const struct unit *u = &t->unit;

	sizes[SIZE_KEY] = t->key->size;
	sizes[SIZE_ELEM] = t->elem->size;
	sizes[SIZE_GROUP] = u->size;
	sizes[SIZE_ELEM_OFF] = t->release->split_groups ? 0 : u->elems - u->keys;
	if (t->release->minor < 27) {
		sizes[SIZE_SLOT] = u->key_step;
	} else {
		sizes[SIZE_KEYS_OFF] = u->keys;
		sizes[SIZE_KEY_STRIDE] = u->key_step;
		sizes[SIZE_ELEMS_OFF] = u->elems;
		sizes[SIZE_ELEM_STRIDE] = u->elem_step;
	}
	sizes[SIZE_POINTERS] = swiss_pointer_bytes(t);
	sizes[SIZE_FLAGS] = swiss_flags(t);
}

static void add_number(struct text *out, const char *name, uint64_t v)
{
	text_printf(out, "\"%s\": %" PRIu64 ", ", name, v);
}

static void add_bool(struct text *out, const char *name, bool v)
{
	text_printf(out, "\"%s\": %s, ", name, v ? "true" : "false");
}

void groups_add_type(const struct maptype *t, struct text *out)
{
	add_bool(out, "indirectkey", t->indirect_key);
	add_bool(out, "indirectelem", t->indirect_elem);
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

/* The memory */

static void walk_groups(const struct map *m, struct unit_sink *s, const struct groups *g)
{
	sink_array(s, g->addr);
	for (uint64_t i = 0; i <= g->mask; i++)
		sink_unit(s, group_addr(m, g, i), true);
	sink_array_end(s);
}

static void walk_table(const struct map *m, struct unit_sink *s, uint64_t table)
{
	static const struct {
		const char *name;
		enum table_field field;
	} rows[] = {
		{ "localdepth", TABLE_LOCAL_DEPTH }, { "used", TABLE_USED },
		{ "capacity", TABLE_CAPACITY }, { "growthleft", TABLE_GROWTH_LEFT },
	};
	struct groups g = groups_of(m, table);

	sink_text(s, "{\"index\": %" PRId64, table_index(m, table));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		sink_text(s, ", \"%s\": %" PRIu64, rows[i].name,
			table_get(m, table, rows[i].field));
	sink_text(s, ", \"groups\": [");
	walk_groups(m, s, &g);
	sink_text(s, "]}");
}

static void walk_group(const struct map *m, struct unit_sink *s, uint64_t group)
{
	struct groups g = { .addr = group };

	walk_groups(m, s, &g);
}

/* For each entry of the directory the number of its table; then these. */
static void walk_directory(const struct map *m, struct unit_sink *s, uint64_t entries)
{
	uint64_t n = 0;

	sink_text(s, "\n\"directory\": [");
	for (uint64_t i = 0; i < entries; i++) {
		n += i > 0 && directory_at(m, i) != directory_at(m, i - 1);
		sink_text(s, "%s%" PRIu64, i ? "," : "", n);
	}
	sink_text(s, "],\n\"tables\": [");
	for (uint64_t i = 0; i < entries; i++) {
		if (i > 0 && directory_at(m, i) == directory_at(m, i - 1))
			continue;
		sink_text(s, i ? ",\n" : "\n");
		walk_table(m, s, directory_at(m, i));
	}
	sink_text(s, "],\n\"group\": null");
}

/* What only a range loop walks. */
static void walk_outside(const struct map *m, struct unit_sink *s)
{
	struct outside o = groups_outside(m);

	if (o.table) {
		sink_text(s, ",\n\"old_table\": ");
		walk_table(m, s, o.table);
	}
	if (o.group) {
		sink_text(s, ",\n\"old_group\": ");
		walk_group(m, s, o.group);
	}
}

void groups_walk(const struct map *m, struct unit_sink *s)
{
	uint64_t entries = swiss_get(m, SWISS_DIR_LEN), group = swiss_get(m, SWISS_DIR_PTR);

	if (entries) {
		walk_directory(m, s, entries);
	} else {
		sink_text(s, "\n\"directory\": null, \"tables\": [], \"group\": ");
		if (group)
			walk_group(m, s, group);
		else
			sink_text(s, "null");
	}
	walk_outside(m, s);
}
