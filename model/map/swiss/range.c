/* SPDX-License-Identifier: MIT */
/*
 * for range m: Iter.Init and Iter.Next. Source: table.go.
 *
 * A loop goes through the directory from a random entry on, and through each table from the same
 * random slot on. A table that was replaced since the loop came to it is walked to its end: it says
 * which keys come, and where they are by now is looked up. Each step looks at one slot; if that is
 * not the entry, it goes on by whole groups, and when it has found one it moves on to the next slot
 * of that group which is full *then*: what is put into a slot passed over so does not come.
 */
#include "model/map/swiss/rules.h"

/* Begins a loop where start says: unit is Iter.entryOffset, slot is Iter.dirOffset. */
bool swiss_range(struct map *m, const struct place *start, struct error *err)
{
	struct swiss_loop *l = &m->loop.swiss;

	(void)err;
	save(m, &m->loop, sizeof m->loop);
	m->loop = (struct range_loop){ .begun = true, .over = true };
	if (start) {
		l->entry = start->unit;
		l->dir = start->slot;
	}
	if (!m->header || swiss_get(m, SWISS_USED) == 0) {
		TELL(m, .kind = EVENT_RANGE, .range = { .start = RANGE_EMPTY });
		return true;
	}
	m->loop.over = false;
	if (!start) {
		l->entry = random_next64(m->random);
		l->dir = random_next64(m->random);
	}
	l->dir_offset = l->dir;
	l->clear_seq = swiss_get(m, SWISS_CLEAR_SEQ);
	l->global_depth = (uint8_t)swiss_get(m, SWISS_GLOBAL_DEPTH);
	if (swiss_small(m))
		l->small = swiss_get(m, SWISS_DIR_PTR);
	TELL(m, .kind = EVENT_RANGE, .at = { .unit = l->entry },
		.range = { .draw = l->entry, .start = start ? RANGE_GIVEN : RANGE_DRAWN });
	return true;
}

/*
 * The entry at a place comes; with `gone` the map has it somewhere else by now, or not at all. A
 * key that is not equal to itself cannot be found again, nor deleted but by clear.
 */
static bool yield(struct map *m, struct place *where, bool gone)
{
	struct range_loop *l = &m->loop;
	const uint8_t *key = map_key(m, where->addr, where->slot);
	struct search s;

	if (gone && search_again(m, &s, key)) {
		*where = s.at;
		number_place(m, where, &s.groups);
	} else if (gone && (l->swiss.clear_seq != swiss_get(m, SWISS_CLEAR_SEQ) ||
			value_equals_itself(m->heap, m->type->key, key))) {
		TELL(m, .kind = EVENT_MISS);
		return false;
	}
	l->yielded++;
	TELL(m, .kind = EVENT_YIELD, .at = *where, .yield = { .number = l->yielded });
	return true;
}

static bool is_full(const struct map *m, const struct place *at)
{
	return *control_at(m, at->addr, at->slot) <= CONTROL_FULL_MOST;
}

static bool next_in_small(struct map *m, struct place *where)
{
	struct swiss_loop *l = &m->loop.swiss;
	bool gone = !swiss_small(m);

	while (l->entry_idx < SLOTS) {
		*where = (struct place){ .array = gone ? l->array : 0, .addr = l->small,
			.slot = (unsigned)((l->entry_idx++ + l->entry) % SLOTS) };
		if (is_full(m, where) && yield(m, where, gone))
			return true;
	}
	return false;
}

/* The slot whose turn it is; false at the end of the table. */
static bool slot_of_turn(const struct map *m, struct place *at)
{
	const struct swiss_loop *l = &m->loop.swiss;
	uint64_t mask = table_get(m, l->table, TABLE_CAPACITY) - 1;
	uint64_t i = (l->entry_idx + l->entry) & mask;
	struct groups g;

	if (l->entry_idx > mask)
		return false;
	g = groups_of(m, l->table);
	*at = (struct place){ .array = l->array, .unit = i / SLOTS, .slot = i % SLOTS };
	at->addr = group_addr(m, &g, at->unit);
	return true;
}

/* To the next of these slots in the group, or to the group behind it. */
static void move_on(struct swiss_loop *l, unsigned slot, slots rest)
{
	l->entry_idx += (rest ? first_slot(rest) : SLOTS) - slot;
}

/* Goes on from slot to slot of the set; true at one whose entry comes. */
static bool next_in_group(struct map *m, struct place *where, slots full)
{
	struct swiss_loop *l = &m->loop.swiss;
	bool gone = table_index(m, l->table) == -1;
	struct place at;

	while (full && slot_of_turn(m, &at)) {
		bool comes;

		*where = at;
		comes = yield(m, where, gone);
		full = without_first(full);
		move_on(l, at.slot, full);
		if (comes)
			return true;
	}
	return false;
}

static bool next_in_table(struct map *m, struct place *where)
{
	struct swiss_loop *l = &m->loop.swiss;
	struct place at;

	if (!slot_of_turn(m, &at))
		return false;
	l->entry_idx++;
	*where = at;
	if (is_full(m, &at) && yield(m, where, table_index(m, l->table) == -1))
		return true;
	while (slot_of_turn(m, &at)) {
		slots full = slots_from(match_noted(m, &at, MATCH_FULL, 0), at.slot);

		move_on(l, at.slot, full);
		if (next_in_group(m, where, full))
			return true;
	}
	return false;
}

/* The directory has doubled since: so do the positions in it. */
static void follow_directory(struct map *m)
{
	struct swiss_loop *l = &m->loop.swiss;
	unsigned depth = (unsigned)swiss_get(m, SWISS_GLOBAL_DEPTH),
		 orders = depth - l->global_depth;

	l->dir_idx <<= orders;
	l->dir_offset <<= orders;
	l->global_depth = (uint8_t)depth;
}

/* Enters the table at the loop's position of the directory, at its first entry there. */
static void enter_table(struct map *m)
{
	struct swiss_loop *l = &m->loop.swiss;
	uint64_t i = (l->dir_idx + l->dir_offset) & (swiss_get(m, SWISS_DIR_LEN) - 1);
	uint64_t index;
	struct groups g;

	l->table = directory_at(m, i);
	index = (uint64_t)table_index(m, l->table);
	l->dir_offset -= i - index;
	g = groups_of(m, l->table);
	l->array = swiss_number(m, l->table, 0);
	TELL(m, .kind = SWISS_EVENT_TABLE, .at = { .array = l->array, .addr = g.addr },
		.own = SWISS(table, .entry = (uint32_t)index, .why = TABLE_TURN));
}

/* The next entry; false at the end of the loop. */
static bool next_entry(struct map *m, struct place *where)
{
	struct swiss_loop *l = &m->loop.swiss;

	if (l->small)
		return next_in_small(m, where);
	follow_directory(m);
	while (l->dir_idx < swiss_get(m, SWISS_DIR_LEN)) {
		if (!l->table)
			enter_table(m);
		if (next_in_table(m, where))
			return true;
		l->dir_idx += table_entries(m, l->table);
		l->table = 0;
		l->entry_idx = 0;
	}
	return false;
}

uint64_t swiss_next(struct map *m, uint64_t most, map_sink *sink, void *data)
{
	struct range_loop *l = &m->loop;
	struct place where;
	uint64_t n = 0;

	save(m, l, sizeof *l);
	if (!l->over && l->swiss.small)
		l->swiss.array = swiss_number(m, 0, l->swiss.small);
	else if (!l->over && l->swiss.table)
		l->swiss.array = swiss_number(m, l->swiss.table, 0);
	for (; n < most && !l->over; n++) {
		if (!next_entry(m, &where)) {
			l->over = true;
			TELL(m, .kind = EVENT_END);
			break;
		}
		sink(data, &where);
	}
	return n;
}
