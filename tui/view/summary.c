/* SPDX-License-Identifier: MIT */
#include "tui/view/summary.h"

#include "model/map/engine.h"
#include "model/session/books.h"
#include "model/session/newest.h"
#include "tui/view/beyond.h"
#include "tui/view/design.h"
#include "tui/view/figures.h"
#include "tui/view/most.h"

static const struct column columns[] = {
	{ .name = "", .title = "map", .width = 22, .left = true },
	{ .name = "", .title = "", .left = true },
};

void summary_row(const struct summary *r, const char *name, const char *format, ...)
{
	struct row *row = table_row(r->lines);
	va_list ap;

	row_words(row, name);
	va_start(ap, format);
	text_vprintf(row_add(row, FIGURE_WORDS), format, ap);
	va_end(ap);
}

static void put_account(const struct summary *r, const char *name, uint64_t bytes,
	uint64_t objects)
{
	summary_row(r, name, "%s bytes in %s object%s", count_text(bytes).s, count_text(objects).s,
		objects == 1 ? "" : "s");
}

static void put_memory(const struct summary *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	const struct heap_state *h = &s->world.heap.state;
	struct account reached = map_reached(m);
	uint64_t count = map_count(m);
	struct text most = { 0 };

	put_account(r, "in use", reached.bytes, reached.objects);
	if (most_words(s, &most))
		summary_row(r, "at most", "%s", text_str(&most));
	text_free(&most);
	put_account(r, "allocated", h->alloc_bytes, h->alloc_objects);
	if (count > 0)
		summary_row(r, "bytes for each entry", "%s",
			real_text((double)reached.bytes / (double)count, 1).s);
	sheet_count(r->sheet, "inuse_bytes", reached.bytes);
	sheet_count(r->sheet, "inuse_objects", reached.objects);
	sheet_count(r->sheet, "alloc_bytes", h->alloc_bytes);
	sheet_count(r->sheet, "alloc_objects", h->alloc_objects);
	most_facts(s, r->sheet);
}

/* What is not of the map itself. */
static void put_beyond(const struct summary *r, const struct session *s)
{
	struct text words = { 0 };

	if (beyond_stack(s, true, &words))
		summary_row(r, "stack", "%s", text_str(&words));
	text_clear(&words);
	if (beyond_values(s, &words))
		summary_row(r, "not of the map", "%s", text_str(&words));
	text_clear(&words);
	if (beyond_pointers(s, &words))
		summary_row(r, "not of the map", "%s", text_str(&words));
	beyond_facts(s, r->sheet);
	text_free(&words);
}

/* In words about the map's hash where it is not the one that programs have. */
static void put_note(const struct summary *r, const struct session *s)
{
	const char *note = target_hash_note(s->given.target, s->given.family);

	if (!note)
		return;
	summary_row(r, "note", "%s: %s", s->given.target->name, note);
	r->lines->rows[r->lines->count - 1].who = FOR_PANE;
	text_printf(sheet_add_words(r->sheet, FOR_MARKDOWN, 0, 0, ROLE_NOTE), "%s: %s.",
		s->given.target->name, note);
}

/* In a line of its own: the others are figures of a release that nobody chose. */
static void put_newest(const struct summary *r, const struct present *now)
{
	struct newest n;
	struct text words = { 0 };

	if (!session_newest(now->session, !now->screen, &n))
		return;
	newest_words(&n, false, &words);
	summary_row(r, "no release chosen", "%s", text_str(&words));
	sheet_data(r->sheet, "newest.go", n.release->name);
	sheet_count(r->sheet, "newest.inuse_bytes", n.bytes);
	sheet_flag(r->sheet, "newest.about", n.about);
	text_free(&words);
}

bool summary_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct session *s = now->session;
	const struct maptype *t = s->world.map.type;
	struct summary r = { out, sheet_table(out, NULL, COLUMNS(columns)) };
	bool aes = s->given.family == HASH_AES;
	struct row *row;

	(void)err;
	r.lines->style = TABLE_LINES;
	row = table_row(r.lines);
	row_words(row, "type");
	row_code(row, t->asked);
	summary_row(&r, "target", "%s, Go %s, %s, %s hash", s->given.target->name,
		s->given.release->name, t->engine->name, aes ? "AES" : "portable");
	sheet_data(out, "engine", t->engine->name);
	sheet_data(out, "hash", aes ? "aes" : "portable");
	books_hold(s);
	design_of(&s->world.map)->summary(&r, s);
	put_memory(&r, s);
	put_beyond(&r, s);
	books_release(s);
	put_note(&r, s);
	put_newest(&r, now);
	return true;
}
