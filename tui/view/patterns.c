/* SPDX-License-Identifier: MIT */
/* What the keys of a map have in common, which elems are large, what is stored more than once. */
#include "model/figures/patterns.h"

#include <string.h>

#include "model/base/mem.h"
#include "model/figures/doubles.h"
#include "model/figures/referred.h"
#include "model/map/units.h"
#include "model/session/diff.h"
#include "tui/view/figures.h"

enum {
	SHOWN = 24,          /* patterns, for people */
	LARGEST = 8,
	LITERAL = 4096,      /* bytes of a key that are looked at, */
	NAMED = 60,          /* and shown */
};

struct large {
	uint64_t bytes;
	const uint8_t *key;
};

struct inventory {
	const struct map *m;
	struct patterns patterns;
	struct doubles doubles;
	struct large large[LARGEST];
	unsigned nlarge;
	bool counts;         /* the second time; else they are learnt */
	struct text scratch;
};

static void take_text(struct inventory *v, const char *text, size_t len, unsigned side)
{
	if (v->counts)
		patterns_count(&v->patterns, text, len, side);
	else
		patterns_learn(&v->patterns, text, len, side);
}

/* The largest first; of equal ones the first that came. */
static void take_large(struct inventory *v, const uint8_t *key, uint64_t bytes)
{
	unsigned i = v->nlarge;

	if (i == LARGEST && v->large[--i].bytes >= bytes)
		return;
	v->nlarge += v->nlarge < LARGEST;
	for (; i > 0 && v->large[i - 1].bytes < bytes; i--)
		v->large[i] = v->large[i - 1];
	v->large[i] = (struct large){ bytes, key };
}

static void take_entry(struct inventory *v, const uint8_t *key, const uint8_t *elem)
{
	const struct maptype *t = v->m->type;
	struct referred referred = { 0 };

	text_clear(&v->scratch);
	value_format(v->m->heap, t->key, key, &v->scratch, LITERAL);
	take_text(v, text_str(&v->scratch), v->scratch.len, 0);
	if (v->counts)
		return;
	doubles_add(&v->doubles, v->m, t->key, key);
	doubles_add(&v->doubles, v->m, t->elem, elem);
	if (!referred_type(t->elem))
		return;
	referred_add(v->m->heap, t->elem, elem, &referred);
	if (referred.taken)
		take_large(v, key, t->elem->size + referred_taken(v->m->heap, &referred));
}

static void take_unit(struct inventory *v, uint64_t addr)
{
	for (; addr; addr = map_link(v->m, addr))
		for (unsigned slot = 0; slot < SLOTS; slot++)
			if (map_live(v->m, addr, slot))
				take_entry(
					v, map_key(v->m, addr, slot), map_elem(v->m, addr, slot));
}

static void take_all(struct inventory *v)
{
	struct units units = { 0 };

	units_read(&units, v->m);
	for (int side = 0; side < units_entry_sides(v->m); side++)
		for (struct unit_walk w = units_walk(&units, side, 0); w.addr; unit_walk_next(&w))
			take_unit(v, w.addr);
	units_free(&units);
}

static void take_diff(struct inventory *v, const struct diff *d)
{
	for (unsigned side = 0; d && side < 2; side++)
		for (size_t i = 0; i < d->sides[side].count; i++)
			take_text(v, d->sides[side].items[i].key,
				strlen(d->sides[side].items[i].key), side + 1);
}

static const struct column pattern_columns[] = {
	{ "keys", "keys", "keys", .width = 11, .gap = 1, .role = ROLE_VALUE },
	{ "part", "part", "percent", .width = 5, .gap = 1, .role = ROLE_VALUE },
	{ "before", "before", "before", .width = 11, .rank = 1, .gap = 1, .role = ROLE_VALUE },
	{ "grown", "grown", "grown", .width = 11, .gap = 1, .role = ROLE_VALUE },
	{ "", NULL, NULL, .width = 1, .left = true },
	{ "pattern", "pattern", "pattern", .left = true, .role = ROLE_KEY },
};

enum { COLUMN_BEFORE = 2, COLUMN_GROWN };

static void put_pattern(struct sheet_table *t, const struct patterns *p, const uint64_t *count,
	const char *text, bool shown, bool compared)
{
	struct row *r = table_row(t);

	row_count(r, count[0]);
	row_real(r, p->all[0] ? 100.0 * (double)count[0] / (double)p->all[0] : 0, 0);
	row_around(r, NULL, "%");
	if (compared) {
		row_count(r, count[1]);
		row_change(r, (int64_t)(count[2] - count[1]));
	} else {
		row_none(r);
		row_none(r);
	}
	row_none(r);
	row_data(r, text);
	r->who = shown ? FOR_ALL : FOR_JSON;
}

static void put_patterns(const struct patterns *p, bool compared, struct sheet *out)
{
	struct sheet_table *t = sheet_table(out, "patterns", COLUMNS(pattern_columns));
	uint64_t rest[PATTERN_SIDES] = { 0 };

	t->heads = ROLE_TITLE;
	if (!compared) {
		table_hide(t, COLUMN_BEFORE);
		table_hide(t, COLUMN_GROWN);
	}
	for (size_t i = 0; i < p->count; i++) {
		put_pattern(t, p, p->list[i].count, p->list[i].text, i < SHOWN, compared);
		for (unsigned s = 0; i >= SHOWN && s < PATTERN_SIDES; s++)
			rest[s] += p->list[i].count[s];
	}
	for (unsigned s = 0; s < PATTERN_SIDES; s++)
		rest[s] += p->others[s];
	if (rest[0] || rest[1] || rest[2]) {
		put_pattern(t, p, rest, "(others)", true, compared);
		t->rows[t->count - 1].who = FOR_PEOPLE;
	}
	sheet_count(out, "others", p->others[0]);
}

static const struct column large_columns[] = {
	{ "bytes", "bytes", "bytes", .width = 11, .gap = 1, .role = ROLE_VALUE },
	{ "", NULL, NULL, .width = 1, .left = true },
	{ "largest elems, with what they lead to", "largest elems", "key", .left = true,
		.role = ROLE_KEY },
};

static const struct column double_columns[] = {
	{ "saves", "bytes that interning saves", "saves", .width = 11, .gap = 1,
		.role = ROLE_VALUE },
	{ "stored", "times stored", "times", .width = 9, .gap = 1, .role = ROLE_VALUE },
	{ "", NULL, NULL, .width = 1, .left = true },
	{ "string", "string", "string", .left = true, .role = ROLE_ELEM },
};

static void put_large(struct inventory *v, struct sheet *out)
{
	struct sheet_table *t;

	if (!v->nlarge)
		return;
	sheet_gap(out);
	t = sheet_table(out, "largest_elems", COLUMNS(large_columns));
	t->heads = ROLE_TITLE;
	for (unsigned i = 0; i < v->nlarge; i++) {
		struct row *r = table_row(t);

		row_count(r, v->large[i].bytes);
		row_none(r);
		value_format(v->m->heap, v->m->type->key, v->large[i].key, row_add(r, FIGURE_DATA),
			NAMED);
	}
}

static void put_doubles(struct inventory *v, struct sheet *out)
{
	const struct doubles *d = &v->doubles;
	struct sheet_table *t;

	if (!d->strings)
		return;
	sheet_gap(out);
	text_printf(sheet_add_words(out, FOR_PEOPLE, 0, 0, ROLE_TEXT),
		"of %s strings%s %s are stored again: to intern these saves %s bytes",
		count_text(d->strings).s, d->most ? ", as many as are remembered," : "",
		count_text(d->times).s, count_text(d->saves).s);
	sheet_count(out, "strings", d->strings);
	sheet_count(out, "stored_again", d->times);
	sheet_count(out, "interning_saves", d->saves);
	sheet_flag(out, "strings_counted_all", !d->most);
	if (!d->ntop)
		return;
	t = sheet_table(out, "doubles", COLUMNS(double_columns));
	t->heads = ROLE_TITLE;
	for (unsigned i = 0; i < d->ntop; i++) {
		struct row *r = table_row(t);

		row_count(r, d->top[i].saves);
		row_count(r, d->top[i].times);
		row_none(r);
		value_quote(row_add(r, FIGURE_DATA), map_at(v->m, d->top[i].at),
			d->top[i].len > NAMED ? NAMED : d->top[i].len);
	}
}

/* Of two points, where there are two and neither has too many entries. */
static const struct diff *compare(struct session *s)
{
	const struct diff *d;
	const char *title;
	struct error unused;

	if (s->time.total < 2)
		return NULL;
	d = session_diff(s, &title, &unused);
	return d && d->whole && d->sides[0].entries ? d : NULL;
}

bool patterns_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct diff *d = compare(now->session);
	struct inventory v = { .m = &now->session->world.map };

	(void)err;
	for (int pass = 0; pass < 2; pass++) {
		v.counts = pass;
		take_all(&v);
		take_diff(&v, d);
	}
	patterns_sort(&v.patterns);
	sheet_count(out, "entries", map_count(v.m));
	if (!map_count(v.m))
		sheet_line(out, FOR_PEOPLE, ROLE_TEXT, false, "there are no entries");
	put_patterns(&v.patterns, d != NULL, out);
	put_large(&v, out);
	put_doubles(&v, out);
	patterns_free(&v.patterns);
	doubles_free(&v.doubles);
	text_free(&v.scratch);
	return true;
}
