/* SPDX-License-Identifier: MIT */
/* The header panel: hmap and mapextra with offsets, values and what they mean. */
#include "model/figures/classic/accounts.h"
#include "model/map/classic/reading.h"
#include "tui/view/classic/classic_design.h"
#include "tui/view/view.h"

#include <inttypes.h>

#include "model/session/books.h"

static unsigned long long old_buckets(const struct map *m)
{
	return 1ull << map_old_B(m);
}

uint64_t classic_done(const struct look *l)
{
	uint64_t done = l->units.all[SIDE_ASIDE] -
		classic_counts(session_ledger(l->session))->waiting;

	/* The ledger takes a bucket for evacuated from its first cell on. */
	return done - (l->moving != LOOK_NONE);
}

/* By the buckets that are done: nevacuate may stand before some of them. */
void classic_growing(const struct look *l, struct text *out)
{
	if (map_growing(&l->session->world.map))
		text_printf(out, "growing %" PRIu64 "/%llu", classic_done(l),
			old_buckets(&l->session->world.map));
}

/* In at most 12 columns: words while they are two at most, else letters. */
static void brief_flags(unsigned flags, struct text *out)
{
	static const struct { unsigned flag; const char *word, *letter; } names[] = {
		{ FLAG_ITERATOR, "iter", "i" }, { FLAG_OLD_ITERATOR, "oldIter", "o" },
		{ FLAG_WRITING, "write", "w" }, { FLAG_SAME_SIZE, "same", "s" },
	};
	unsigned set = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		set += (flags & names[i].flag) != 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (flags & names[i].flag)
			text_printf(out, "%s%s", out->len ? " " : "",
				set > 2 ? names[i].letter : names[i].word);
}

/* What a value means, in a few words; in fewer where they do not fit. */
static void field_note(const struct look *l, enum hmap_field f, uint64_t v, bool brief,
	struct text *out)
{
	const struct map *m = &l->session->world.map;
	char words[64];

	switch (f) {
	case HMAP_B:
		text_printf(out, brief ? "= %llu" : "%llu bucket%s", 1ull << v, v ? "s" : "");
		break;
	case HMAP_FLAGS:
		flags_words((unsigned)v, words);
		if (brief)
			brief_flags((unsigned)v, out);
		else
			text_add(out, words);
		break;
	case HMAP_NOVERFLOW:
		if (map_get(m, HMAP_B) >= 16)
			text_add(out, brief ? "about" : "approximate");
		break;
	case HMAP_NEVACUATE:
		if (map_growing(m) && brief)
			text_printf(
				out, "%.0f%%", 100 * (double)v / (double)(1ull << map_old_B(m)));
		else if (map_growing(m))
			text_printf(out, "of %llu", 1ull << map_old_B(m));
		break;
	default:
		break;
	}
}

static void put_value(const struct pane *p, int x, int y, const struct field *f, uint64_t v)
{
	if (f->kind == FIELD_POINTER && v == 0)
		pane_text(p, x, y, ROLE_DIM, "nil");
	else if (f->kind == FIELD_POINTER)
		pane_printf(p, x, y, ROLE_ADDRESS, "0x%" PRIx64, v);
	else if (f->kind == FIELD_HEX)
		pane_printf(p, x, y, ROLE_VALUE, "0x%08" PRIx64, v);
	else
		pane_printf(p, x, y, ROLE_VALUE, "%" PRIu64, v);
}

static void put_note(const struct look *l, const struct pane *p, int y, int n, uint64_t v)
{
	struct text note = { 0 };
	char digits[24];
	int x = 17 + snprintf(digits, sizeof digits, "%" PRIu64, v) + 1;

	if (n >= HMAP_FIELDS)
		return;
	field_note(l, (enum hmap_field)n, v, false, &note);
	if (x < 21 && text_width(p->canvas, text_str(&note)) <= p->w - 21)
		x = 21;
	if (text_width(p->canvas, text_str(&note)) > p->w - x) {
		text_clear(&note);
		field_note(l, (enum hmap_field)n, v, true, &note);
	}
	pane_textn(p, x, y, p->w - x, ROLE_NOTE, text_str(&note));
	text_free(&note);
}

/* The fields that lead to the bucket under the cursor, or count it. */
static bool field_linked(const struct look *l, int n)
{
	const struct map *m = &l->session->world.map;
	const struct place *c = &l->cursor;

	if (l->no_cursor || l->in_header || !c->addr)
		return false;
	switch (n) {
	case HMAP_BUCKETS:
		return !c->array && c->link == 0;
	case HMAP_OLDBUCKETS:
		return c->array && c->link == 0;
	case HMAP_NEVACUATE:
		return c->array && c->unit == map_get(m, HMAP_NEVACUATE);
	case HMAP_NOVERFLOW:
	case HMAP_FIELDS + EXTRA_OVERFLOW:
		return !c->array && c->link > 0;
	case HMAP_FIELDS + EXTRA_OLDOVERFLOW:
		return c->array && c->link > 0;
	default:
		return false;
	}
}

/* Field n of hmap, or behind them of mapextra. */
static void put_field(const struct look *l, const struct pane *p, int y, int n, uint64_t base)
{
	const struct map *m = &l->session->world.map;
	const struct field *f = n < HMAP_FIELDS ? hmap_field(m->type->release, (enum hmap_field)n)
		: &extra_fields[n - HMAP_FIELDS];
	unsigned word = m->type->target->ptrsize;
	uint64_t v = load_uint(m->type->target, map_at(m, base) + field_offset(f, word),
		field_size(f, word));

	put_value(p, put_field_name(p, y, f, word), y, f, v);
	put_note(l, p, y, n, v);
	mark_field(l, p, y, f, n, base, field_linked(l, n));
}

static int draw(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	uint64_t extra = map_get(m, HMAP_EXTRA);
	int y = 0;

	for (int n = 0; n < HMAP_FIELDS; n++)
		if (hmap_has(m->type->release, (enum hmap_field)n))
			put_field(l, p, y++, n, m->header);
	if (!extra)
		return y;
	pane_printf(p, 0, y, ROLE_TITLE, "mapextra · %u B", extra_size(m->type->target));
	if (l->in_header && !l->no_cursor && l->field == HMAP_EXTRA)
		pane_flag(p, 0, y, 8, 1, CELL_LINKED);
	y++;
	for (int n = 0; n < EXTRA_FIELDS; n++)
		put_field(l, p, y++, HMAP_FIELDS + n, extra);
	return y;
}

static void title(const struct look *l, struct text *out)
{
	const struct map *m = &l->session->world.map;

	text_printf(out, "hmap · %u B · 0x%" PRIx64,
		hmap_size(m->type->release, m->type->target), m->header);
}

static int fields(const struct look *l)
{
	return HMAP_FIELDS + (map_get(&l->session->world.map, HMAP_EXTRA) ? EXTRA_FIELDS : 0);
}

/* Between hmap's fields and mapextra's stands a title. What the release has not has no row. */
static int field_row(const struct look *l, int field)
{
	const struct release *r = l->session->given.release;
	int row = field < HMAP_FIELDS ? field : field + 1;

	if (field < HMAP_FIELDS && !hmap_has(r, (enum hmap_field)field))
		return -1;
	for (int n = 0; n < field && n < HMAP_FIELDS; n++)
		row -= !hmap_has(r, (enum hmap_field)n);
	return row;
}

/* mapextra's go with the pointer to it. */
static int field_instead(const struct look *l)
{
	(void)l;
	return HMAP_EXTRA;
}

/* The first overflow bucket of an array; false when there is none. */
static bool enter_overflow(struct look *l, bool old)
{
	const struct map *m = &l->session->world.map;

	for (uint64_t b = 0; b < classic_buckets(m, old); b++) {
		if (!map_overflow(m, map_bucket(m, old, b)))
			continue;
		look_put(l, (struct place){ .array = old, .unit = b, .link = 1 });
		return true;
	}
	return false;
}

static bool enter_field(struct look *l)
{
	const struct map *m = &l->session->world.map;

	switch (l->field) {
	case HMAP_NOVERFLOW:
	case HMAP_FIELDS + EXTRA_OVERFLOW:
		return enter_overflow(l, false);
	case HMAP_FIELDS + EXTRA_OLDOVERFLOW:
		return map_growing(m) && enter_overflow(l, true);
	case HMAP_OLDBUCKETS:
	case HMAP_NEVACUATE:
		if (!map_growing(m))
			return false;
		look_move_to(l, true, l->field == HMAP_NEVACUATE ? map_get(m, HMAP_NEVACUATE) : 0);
		return true;
	case HMAP_EXTRA:
		if (map_get(m, HMAP_EXTRA))
			l->field = HMAP_FIELDS;
		return l->field == HMAP_FIELDS;
	case HMAP_COUNT:
	case HMAP_B:
	case HMAP_BUCKETS:
		look_move_to(l, false, l->cursor.array ? 0 : l->cursor.unit);
		return true;
	default:
		return false;
	}
}

static void put_inserts_left(const struct pane *p, uint64_t inserts)
{
	struct text words = { 0 };

	text_add(&words, "doubles in ");
	text_add_count(&words, inserts);
	text_add(&words, inserts == 1 ? " insert" : " inserts");
	pane_text(p, 0, 1, ROLE_TEXT, text_str(&words));
	text_free(&words);
}

/* By the buckets that are done, as in the top line. */
static void put_progress(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	bool same = map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;
	uint64_t done = classic_done(l);
	struct text words = { 0 };

	text_printf(&words, "%s: %" PRIu64 " of %llu buckets done", same ? "same-size" : "doubling",
		done, old_buckets(m));
	if (text_width(p->canvas, text_str(&words)) > p->w) {
		text_clear(&words);
		text_printf(&words, "%s: %" PRIu64 "/%llu done", same ? "same-size" : "doubling",
			done, old_buckets(m));
	}
	pane_textn(p, 0, 1, p->w, ROLE_GROWTH, text_str(&words));
	text_free(&words);
}

static int load(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	const struct release *r = l->session->given.release;
	uint64_t count = map_get(m, HMAP_COUNT), left = map_inserts_left(m);
	unsigned B = (unsigned)map_get(m, HMAP_B);

	put_load_bar(p, 0, 0, 12, count, load_most(r, B));
	put_load(p, 13, "a bucket", "%.1f of %.1f", (double)count / (double)(1ull << B),
		B ? r->load_num / 2.0 : 8.0);
	if (map_growing(m))
		put_progress(l, p);
	else if (map_growth_due(m) == GROWTH_SAME_SIZE)
		pane_text(p, 0, 1, ROLE_GROWTH, "next key: same-size growth");
	else if (left == 0)
		pane_text(p, 0, 1, ROLE_GROWTH, "the next new key doubles it");
	else
		put_inserts_left(p, left + 1);
	return 2;
}

void classic_growth_reason(const struct look *l, struct text *out)
{
	const struct map *m = &l->session->world.map;
	const struct release *r = l->session->given.release;
	unsigned B, most;

	if (!map_growing(m))
		return;
	B = map_old_B(m);
	most = B > 15 ? 15 : B;
	if (map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)
		text_printf(out, "began: noverflow %u+", 1u << most);
	else if (load_most(r, B) == SLOTS)
		text_add(out, "began: more than 8 keys");
	else
		text_printf(out, "began: beyond %.1f × %llu", r->load_num / 2.0, 1ull << B);
}

const struct header_design classic_header = {
	.title = title,
	.draw = draw,
	.fields = fields,
	.row = field_row,
	.instead = field_instead,
	.enter = enter_field,
	.load = load,
	.line = classic_headline,
};
