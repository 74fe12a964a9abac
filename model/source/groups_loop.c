/* SPDX-License-Identifier: MIT */
/*
 * The range loop of a Swiss map in a snapshot:
 *
 *     "range": {"entry": 3, "dir": 5, ..,
 *       "stands": {"depth": 1, "clearseq": 0, "passed": 1, "offset": 1, "table": 2, "done": 12}},
 *     "old_table": {..}, "old_group": {..}
 *
 * entry and dir are where it began, entryOffset and dirOffset of the runtime's Iter; of large ones,
 * as they are drawn, only the remainder by a power of two counts, so the topmost bit is left out.
 * stands says from where it goes on: passed entries of the directory are done, counted from
 * offset on, which is dir as the directory has doubled since; both as the directory was
 * when its depth was that. table is the number of the one it is in, and done how many of its slots
 * are; null between tables, and where no number leads to what it walks: the group of a map that is
 * small, or a table that was replaced, or the group of a map that has tables by now. These are in
 * the snapshot then, as old_table and old_group. clearseq is that of the map when it began.
 */
#include <inttypes.h>

#include "model/map/swiss/reading.h"
#include "model/source/groups_parts.h"

struct outside groups_outside(const struct map *m)
{
	const struct swiss_loop *l = &m->loop.swiss;
	struct outside o = { 0 };

	if (!map_in_loop(m))
		return o;
	if (l->small && !swiss_small(m))
		o.group = l->small;
	else if (l->table && table_index(m, l->table) == -1)
		o.table = l->table;
	return o;
}

/* The number of the table that it walks; "null" when it walks none that is the map's. */
static void add_table(const struct map *m, struct text *out)
{
	uint64_t table = m->loop.swiss.table;

	if (table && table_index(m, table) != -1)
		text_printf(out, "%" PRIu32, swiss_number(m, table, 0));
	else
		text_add(out, "null");
}

void groups_add_loop(const struct map *m, struct text *out)
{
	const struct swiss_loop *l = &m->loop.swiss;

	text_printf(out, "\"entry\":%" PRIu64 ",\"dir\":%" PRIu64 ",\"stands\":",
		l->entry & INT64_MAX, l->dir & INT64_MAX);
	if (map_in_loop(m)) {
		text_printf(out, "{\"depth\":%u,\"clearseq\":%" PRIu64 ",\"passed\":%" PRIu64
			",\"offset\":%" PRIu64 ",\"table\":", l->global_depth, l->clear_seq,
			l->dir_idx, l->dir_offset & INT64_MAX);
		add_table(m, out);
		text_printf(out, ",\"done\":%" PRIu64 "}", l->entry_idx);
	} else {
		text_add(out, "null");
	}
	text_addc(out, ',');
}

/* Reading */

#define NUMBER(word, f, to) MEMBER_NUMBER_AT(word, snapshot_reading, s.loop.groups.f, 0, to)

static bool read_table(struct reading *r, void *into)
{
	uint64_t *table = &((struct snapshot_reading *)into)->s.loop.groups.table;
	bool there;

	if (!reading_or_null(r, PULL_INTEGER, "a number or null", &there))
		return false;
	*table = there ? (uint64_t)r->pull->number : TABLE_NONE;
	return !there || r->pull->number >= 0 ||
		reading_wrong(r, "%lld: a table's number is expected", (long long)r->pull->number);
}

static const struct member stands_rows[] = {
	NUMBER("depth", depth, UINT8_MAX),
	NUMBER("clearseq", clear_seq, INT64_MAX),
	NUMBER("passed", passed, UINT32_MAX),
	NUMBER("offset", offset, INT64_MAX),
	MEMBER_READ("table", read_table, true, "a number or null"),
	NUMBER("done", done, TABLE_SLOTS_MOST),
};
static const struct members stands_members = MEMBERS(stands_rows);

static bool read_stands(struct reading *r, void *into)
{
	return loop_read_part(r, &stands_members, into,
		&((struct snapshot_reading *)into)->s.loop.stands);
}

static const struct member range_rows[] = {
	NUMBER("entry", entry, INT64_MAX),
	NUMBER("dir", dir, INT64_MAX),
	MEMBER_READ("stands", read_stands, false, NULL),
};
const struct members groups_loop_members = MEMBERS(range_rows);

/* Restoring. The places it may walk outside of the map were made by groups_fill(). */

bool groups_place_loop(const struct rebuilding *r, struct range_loop *out)
{
	const struct groups_loop *l = &r->snap->loop.groups;
	const struct map *m = r->m;
	struct swiss_loop *s = &out->swiss;

	*s = (struct swiss_loop){ .entry = l->entry, .dir = l->dir, .dir_offset = l->offset,
		.clear_seq = l->clear_seq, .dir_idx = l->passed, .entry_idx = l->done,
		.global_depth = (uint8_t)l->depth };
	if (!r->snap->loop.stands)
		return false;
	if (swiss_small(m)) {
		s->small = swiss_get(m, SWISS_DIR_PTR);
		return s->small != 0;
	}
	s->small = r->outside.group;
	s->table = l->table != TABLE_NONE ? swiss_array(m, (uint32_t)l->table).table
					  : r->outside.table;
	return true;
}
