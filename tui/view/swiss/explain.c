/* SPDX-License-Identifier: MIT */
/* The slots of a Swiss map, in words. */
#include <inttypes.h>

#include "model/map/swiss/rules.h"
#include "tui/view/swiss/explain_parts.h"

const char *explain_lookup_swiss(const struct look *l)
{
	const struct map *m = &l->session->world.map;

	if (!swiss_small(m))
		return "A lookup compares the key only where this byte agrees.";
	switch (m->type->path) {
	case PATH_FAST32:
	case PATH_FAST32PTR:
	case PATH_FAST64:
	case PATH_FAST64PTR:
		return "In a map of one group a lookup takes no hash: it compares keys of 4 and 8 "
		       "bytes at once, and this byte only tells it that the slot is full.";
	case PATH_FASTSTR:
		return "In a map of one group a lookup of a string of more than 64 bytes compares "
		       "lengths and ends first; for a shorter one it compares the key only where "
		       "this byte agrees.";
	case PATH_GENERAL:
		break;
	}
	return "A lookup compares the key only where this byte agrees.";
}

/* Inside a growth: whether the entry was moved already. */
static bool was_moved(const struct look *l)
{
	const struct session *s = l->session;
	size_t n;
	const struct map_event *e = session_events(s, &n);

	for (size_t i = 0; i < s->shown.events && i < n; i++)
		if (e[i].kind == SWISS_EVENT_MOVE && e[i].at.addr == l->cursor.addr &&
			e[i].at.slot == l->cursor.slot)
			return true;
	return false;
}

static void explain_half(const struct look *l, const struct half *h, struct text *t)
{
	const struct map *m = &l->session->world.map;
	uint64_t hash;

	if (was_moved(l)) {
		text_add(t, "It is copied to the new table already; the old one goes as a whole, "
			"this slot with it.");
		return;
	}
	text_add(t, "The growth under way is about to move it");
	if (!h->splits || explain_is_nan(l)) {
		text_add(t, ".");
		return;
	}
	hash = swiss_hash(m, map_key(m, l->cursor.addr, l->cursor.slot));
	text_printf(t, ": to the %s table, as bit %u of its hash is %u.",
		hash >> h->bit & 1 ? "right" : "left", h->bit, (unsigned)(hash >> h->bit & 1));
}

bool explain_replaced(const struct look *l, const struct under *u, struct text *t)
{
	const struct map *m = &l->session->world.map;
	struct half h = growth_half(l->session);

	if (table_replaced(m, u)) {
		text_add(t, "Its table was replaced, and is there only for the range loop that "
			"walks along it: the loop looks the key up in the map, and leaves it out "
			"if it is gone.");
		return true;
	}
	if (!h.on)
		return false;
	if (table_aside(u))
		text_add(t, "The growth under way has put it here: into the first free slot on its "
			"way.");
	else if (u->groups.table == h.old)
		explain_half(l, &h, t);
	else
		return false;
	return true;
}

/* The groups before its own on its way were full, or it would be there. */
static void explain_way(const struct look *l, const struct under *u, struct text *t)
{
	const struct map *m = &l->session->world.map;
	struct probe probe;

	if (!u->groups.table || m->unhashed || table_replaced(m, u))
		return;
	probe = probe_start(&u->groups, swiss_hash(m, map_key(m, l->cursor.addr, l->cursor.slot)));
	if (probe.unit == u->group)
		return;
	text_printf(t, "Its H1 leads to group %" PRIu64 ", but that had no free slot when it came, "
		       "so it lies further along its probe sequence", probe.unit);
	for (unsigned n = 0; probe.unit != u->group && probe.step < u->groups.mask; n++) {
		probe_next(&probe);
		if (n < 3)
			text_printf(t, ", %" PRIu64, probe.unit);
		else if (probe.unit == u->group)
			text_printf(t, ", .., %" PRIu64, probe.unit);
	}
	text_add(t, ". ");
}

static void explain_nan_slot(const struct look *l, const struct under *u, struct text *t)
{
	text_add(t, "This slot is full, but its key is a NaN, which equals nothing, not even "
		    "itself: no lookup, update or delete ever finds it. ");
	if (!explain_replaced(l, u, t))
		text_add(t, "A range loop yields it, only a growth of its table moves it, by a "
			    "hash drawn anew, and only clear removes it.");
}

static void explain_full_slot(const struct look *l, const struct under *u, struct text *t)
{
	const struct map *m = &l->session->world.map;
	bool empties = match_empty(control_word(m, l->cursor.addr)) != 0;

	if (explain_is_nan(l)) {
		explain_nan_slot(l, u, t);
		return;
	}
	text_printf(t, "This slot is full: its control byte %02x is H2, the low 7 bits of the "
		"key's hash. %s ",
		explain_control(l), explain_lookup_swiss(l));
	explain_way(l, u, t);
	if (explain_replaced(l, u, t))
		return;
	text_add(t, "An update writes its elem in place; a delete leaves ");
	if (!u->groups.table)
		text_add(t, "it empty; the ninth key moves all to a table.");
	else if (empties)
		text_add(t, "it empty, as its group has an empty slot already; only a growth of "
			"its table moves it.");
	else
		text_add(t, "a tombstone, as its group has no empty slot; only a growth of its "
			"table moves it.");
}

/* Who takes an empty slot next. */
static void explain_next(const struct look *l, const struct under *u, struct text *t)
{
	const struct map *m = &l->session->world.map;
	unsigned first = first_slot(match_empty(control_word(m, l->cursor.addr)));

	if (table_aside(u)) {
		text_add(t,
			table_replaced(m, u) ? "Its table was replaced: no key comes here any more."
					     : "The growth under way may still put an entry here.");
		return;
	}
	if (u->groups.table && growth_half(l->session).old == u->groups.table) {
		text_add(t, "Its table is being replaced: no key comes here any more.");
		return;
	}
	if (u->groups.table && table_get(m, u->groups.table, TABLE_GROWTH_LEFT) == 0) {
		explain_full(m, u->groups.table, t);
		return;
	}
	text_printf(t, "The next new key whose search ends here takes %s",
		first == l->cursor.slot ? "it"
					: "an earlier slot of the group, which is empty too");
	text_add(t, u->groups.table ? ", unless it has met a tombstone on its way." : ".");
}

static void explain_empty(const struct look *l, const struct under *u, struct text *t)
{
	if (!u->groups.table)
		text_add(t, "This slot is empty (80). ");
	else
		text_add(t, "This slot is empty (80): a search that comes to its group ends there, "
			"as a key that is further along would have been put here. ");
	explain_next(l, u, t);
}

static void explain_tombstone(const struct look *l, const struct under *u, struct text *t)
{
	const struct map *m = &l->session->world.map;

	text_add(t, "A tombstone (fe): a key was deleted here while its group had no empty slot, "
		    "so a search must still go on past the group. ");
	explain_deleted(m->type, NULL, t);
	if (table_aside(u) || (u->groups.table && growth_half(l->session).old == u->groups.table)) {
		text_add(t, "It is not moved: a new table has no tombstones.");
		return;
	}
	text_printf(t, "A new key that comes past it takes it, if it is the first on its way; %sa "
		"growth leaves it behind.",
		explain_prunes(m) ? "pruning makes it empty once no way needs it; " : "");
}

void swiss_explain_slot(const struct look *l, struct text *t)
{
	struct under u;

	if (!l->cursor.addr) {
		text_add(t, "The map has only its header. The first insert allocates a group.");
		return;
	}
	u = table_under(l);
	switch (explain_control(l)) {
	case CONTROL_EMPTY:
		explain_empty(l, &u, t);
		break;
	case CONTROL_DELETED:
		explain_tombstone(l, &u, t);
		break;
	default:
		explain_full_slot(l, &u, t);
	}
}

/* Of a cell of the atlas the first group. */
void swiss_explain_unit(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	struct under u = table_under(l);
	uint64_t word = control_word(m, l->cursor.addr);
	unsigned full = count_slots(match_full(word)), empty = count_slots(match_empty(word));
	unsigned dead = SLOTS - full - empty;

	if (u.groups.table) {
		text_printf(t, "Group %" PRIu64 " of ", u.group);
		table_name(m, &u, t);
	} else {
		text_add(t, "The one group");
	}
	text_printf(t, ": %u full slot%s, %u tombstone%s, %u empty. ", full, full == 1 ? "" : "s",
		dead, dead == 1 ? "" : "s", empty);
	text_add(t, "A bar of the atlas is the higher the more of what is measured its groups "
		    "hold. Closer, each group is a row.");
}
