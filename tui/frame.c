/* SPDX-License-Identifier: MIT */
#include "tui/frame.h"

#include <inttypes.h>
#include <string.h>

#include "tui/follow.h"
#include "tui/view.h"
#include "tui/wrap.h"

enum {
	HEIGHT = 300,        /* of the canvas drawn on; cut to what was used */
	WHOLE = 16,          /* rows of an array that is shown whole */
	KEPT = 12,           /* else so many buckets at most, */
	CHAIN = 6,           /* each with so many rows, */
	FIRST = 4,           /* or the first ones where none has changed */
	SCANNED = 4096,      /* buckets of an array whose chains are all looked through */
	SIDE = 38,           /* columns of an array beside another */
};

/* Of one array, the buckets that a frame shows. */
struct kept {
	uint64_t list[KEPT];
	int count;
	uint64_t changed;    /* all that have changed, shown or not */
};

static void keep(struct kept *k, uint64_t bucket)
{
	if (k->count && k->list[k->count - 1] >= bucket)
		return;
	k->changed++;
	if (k->count < KEPT)
		k->list[k->count++] = bucket;
}

static bool has_changed(const struct look *l, uint64_t addr)
{
	const struct map *m = &l->session->map;

	for (; addr; addr = map_overflow(m, addr))
		if (changes_touch(&l->changes, addr, m->type->bucketsize))
			return true;
	return false;
}

static void scan(const struct look *l, bool old, uint64_t buckets, struct kept *k)
{
	for (uint64_t b = 0; b < buckets; b++)
		if (has_changed(l, map_bucket(&l->session->map, old, b)))
			keep(k, b);
}

/* Of a large array: what was changed in it itself, and the place that the step was about. */
static void scan_runs(const struct look *l, bool old, uint64_t buckets, struct kept *k)
{
	const struct map *m = &l->session->map;
	uint64_t base = map_bucket(m, old, 0), size = m->type->bucketsize, end = base + buckets * size;
	uint64_t about = l->cursor.old == old && has_changed(l, map_bucket(m, old, l->cursor.bucket))
		? l->cursor.bucket : buckets;

	for (size_t i = 0; i < l->changes.count; i++) {
		const struct run *r = &l->changes.runs[i];
		uint64_t from = r->start < base ? base : r->start, to = r->end > end ? end : r->end;

		for (uint64_t b = (from - base) / size; from < to && base + b * size < to; b++) {
			if (about < b)
				keep(k, about);
			keep(k, b);
		}
	}
	if (about < buckets)
		keep(k, about);
}

static void choose(const struct look *l, bool old, uint64_t buckets, struct kept *k)
{
	*k = (struct kept){ 0 };
	if (buckets <= SCANNED)
		scan(l, old, buckets, k);
	else
		scan_runs(l, old, buckets, k);
	for (uint64_t b = 0; k->changed == 0 && b < FIRST && b < buckets; b++)
		k->list[k->count++] = b;
}

static int chain_rows(const struct map *m, bool old, uint64_t bucket, int most)
{
	int rows = 0;

	for (uint64_t a = map_bucket(m, old, bucket); a && rows < most; a = map_overflow(m, a))
		rows++;
	return rows;
}

static int array_rows(const struct map *m, bool old, uint64_t buckets, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < buckets && rows < most; b++)
		rows += chain_rows(m, old, b, most);
	return rows;
}

static int put_bucket(const struct look *l, const struct pane *p, int y, bool old, uint64_t bucket)
{
	int rows = chain_rows(&l->session->map, old, bucket, CHAIN + 1);
	struct pane part = pane_sub(p, 0, y, p->w, rows > CHAIN ? CHAIN : rows);

	view_rows(l, &part, old, bucket, part.h);
	if (rows <= CHAIN)
		return rows;
	pane_text(p, 4, y + CHAIN, ROLE_NOTE, "… and further overflow buckets");
	return CHAIN + 1;
}

/* Buckets [from, to) that do not matter now, in one line; a line is no longer than one bucket. */
static int put_fold(const struct look *l, const struct pane *p, int y, bool old, uint64_t from,
	uint64_t to, uint64_t changed)
{
	if (from == to)
		return 0;
	if (to - from == 1 && chain_rows(&l->session->map, old, from, 2) == 1)
		return put_bucket(l, p, y, old, from);
	if (changed)
		pane_printf(p, 2, y, ROLE_NOTE, "… %s more, %s of them changed", count_text(to - from).s,
			count_text(changed).s);
	else
		pane_printf(p, 2, y, ROLE_NOTE, "… %s more", count_text(to - from).s);
	return 1;
}

/* The buckets that matter; returns the row behind. */
static int put_kept(const struct look *l, const struct pane *p, int y, bool old, uint64_t buckets)
{
	uint64_t next = 0;
	struct kept k;

	choose(l, old, buckets, &k);
	for (int i = 0; i < k.count; i++) {
		y += put_fold(l, p, y, old, next, k.list[i], 0);
		y += put_bucket(l, p, y, old, k.list[i]);
		next = k.list[i] + 1;
	}
	/* What has changed and is not shown lies behind what is. */
	return y + put_fold(l, p, y, old, next, buckets,
		k.changed > KEPT ? k.changed - KEPT : 0);
}

static int put_array(const struct look *l, const struct pane *p, bool old)
{
	const struct map *m = &l->session->map;
	uint64_t buckets = look_buckets(m, old);
	struct pane in = pane_sub(p, 0, 1, p->w, p->h - 1);
	struct text title = { 0 };
	int rows = array_rows(m, old, buckets, WHOLE + 1);

	view_rows_title(l, old, false, &title);
	pane_textn(p, 0, 0, p->w, old ? ROLE_OLD : ROLE_TITLE, text_str(&title));
	text_free(&title);
	if (rows > WHOLE)
		return put_kept(l, p, 1, old, buckets);
	return 1 + view_rows(l, &in, old, 0, WHOLE);
}

/* While growing, beside each other where there is room. */
static void put_arrays(const struct look *l, const struct pane *p, int y)
{
	struct pane all = pane_sub(p, 0, y, p->w, p->h - y);
	struct pane left = pane_sub(&all, 0, 0, (p->w - 2) / 2, all.h);
	struct pane right = pane_sub(&all, p->w - left.w, 0, left.w, all.h);

	if (!map_growing(&l->session->map)) {
		put_array(l, &all, false);
	} else if (left.w < SIDE) {
		y = put_array(l, &all, false);
		all = pane_sub(&all, 0, y, all.w, all.h - y);
		put_array(l, &all, true);
	} else {
		put_array(l, &left, false);
		put_array(l, &right, true);
	}
}

static bool field_changed(const struct look *l, enum hmap_field f)
{
	const struct map *m = &l->session->map;
	unsigned word = m->type->target->ptrsize;

	return changes_touch(&l->changes, m->hmap + field_offset(&hmap_fields[f], word),
		field_size(&hmap_fields[f], word));
}

/* A field of the header as words: "count 7". */
static void count_words(const struct map *m, enum hmap_field f, struct text *name, struct text *value)
{
	char flags[64];

	text_clear(name);
	text_clear(value);
	text_add(name, hmap_fields[f].name);
	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	if (f == HMAP_FLAGS)
		text_add(value, flags);
	else
		text_printf(value, "%" PRIu64, map_get(m, f));
}

/*
 * The counts of the header; those that have changed are marked, and have room for a bracket beside
 * them. Returns the rows.
 */
static int put_counts(const struct look *l, const struct pane *p)
{
	static const enum hmap_field shown[] = { HMAP_COUNT, HMAP_B, HMAP_NOVERFLOW, HMAP_FLAGS,
		HMAP_NEVACUATE };
	const struct map *m = &l->session->map;
	struct text name = { 0 }, value = { 0 }, of = { 0 };
	int x = 0, y = 0;

	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		enum hmap_field f = shown[i];
		bool changed = field_changed(l, f);

		if ((f == HMAP_NEVACUATE && !map_growing(m)) || (f == HMAP_FLAGS && !map_get(m, f)))
			continue;
		count_words(m, f, &name, &value);
		if (f == HMAP_NEVACUATE)
			text_printf(&of, " of %llu", 1ull << map_old_B(m));
		if (x > 0 && x + (int)(name.len + value.len + of.len) + 1 + 2 * changed > p->w) {
			x = 0;
			y++;
		}
		x += pane_text(p, x, y, ROLE_FIELD, text_str(&name)) + 1 + changed;
		x += pane_text(p, x, y, ROLE_VALUE, text_str(&value)) + changed;
		if (changed)
			pane_flag(p, x - 1 - (int)value.len, y, (int)value.len, 1, CELL_CHANGED);
		x += pane_text(p, x, y, ROLE_VALUE, text_str(&of)) + 3;
	}
	text_free(&name);
	text_free(&value);
	text_free(&of);
	return y + 1;
}

static struct canvas *compact_picture(const struct look *l, const struct page_options *o)
{
	struct canvas *canvas = canvas_new(o->width, HEIGHT, o->ascii);
	struct pane p = canvas_pane(canvas);

	put_arrays(l, &p, put_counts(l, &p));
	canvas->h = canvas_used(canvas);
	return canvas;
}

/* Whether what is shown is one slot: of a lookup as a whole the one where it ended. */
static bool looks_at_slot(const struct session *s)
{
	size_t n;
	const struct trace_event *list = session_events(s, &n), *e;

	if (s->inside)
		n = s->inside_events;
	if (n == 0 || !(s->inside || s->probe_label))
		return false;
	e = &list[n - 1];
	return (e->kind == TRACE_VISIT && s->inside_slots > 0) || e->kind == TRACE_COMPARE ||
		e->kind == TRACE_FOUND || e->kind == TRACE_MOVE;
}

static struct canvas *make_picture(const struct frames *f, const struct page_options *o,
	struct error *err)
{
	struct page_options with = *o;
	struct canvas *picture;
	struct look look;

	look_init(&look, f->s);
	follow(&look);
	look.no_cursor = !looks_at_slot(f->s) || (f->kind != FRAMES_EVENTS && !f->s->probe_label);
	frames_changes(f, &look.changes);
	with.changes = &look.changes;
	with.look = NULL; /* that of the screen, which is about another moment */
	picture = o->view ? page_draw(f->s, &with, err) : compact_picture(&look, o);
	look_free(&look);
	return picture;
}

/* What was done; NULL when that is not known. */
static const char *label_of(const struct session *s)
{
	const struct point *p = session_point(s);

	return s->probe_label ? s->probe_label : p ? p->label : NULL;
}

/* Which event of which operation it is. */
static void add_first_line(struct text *title, const struct session *s)
{
	struct story story = { 0 };

	if (s->inside)
		story_tell(&story, s, 200);
	else
		story_label(&story.lines[0], label_of(s));
	text_add(title, text_str(&story.lines[0]));
	story_free(&story);
}

static void make_title(struct frame *frame, const struct frames *f)
{
	const struct session *s = f->s;
	const char *label = label_of(s);

	text_printf(&frame->title, "%" PRIu64 ". ", f->count);
	text_printf(&frame->place, "op %" PRIu64, s->now);
	if (f->kind == FRAMES_SNAPSHOTS && *s->snapshots[f->snapshot - 1].title)
		text_add(&frame->title, s->snapshots[f->snapshot - 1].title);
	else if (label && f->kind == FRAMES_EVENTS)
		add_first_line(&frame->title, s);
	else if (label && f->kind != FRAMES_SNAPSHOTS)
		story_label(&frame->title, label);
	else
		text_printf(&frame->title, "op %" PRIu64, s->now);
}

/* Between two snapshots much may have happened: how the counts have come to be others. */
static void tell_since(struct frame *frame, const struct frames *f)
{
	const struct session *s = f->s;
	struct text *line = &frame->story.lines[frame->story.count++];
	uint64_t ops = s->now - f->since;

	if (ops == 0) {
		text_add(line, "nothing was done in between");
		return;
	}
	text_printf(line, "%s operation%s", count_text(ops).s, ops == 1 ? "" : "s");
	text_add(line, f->count > 1 ? " further on" : " from the beginning");
}

/* Without what the title says already. */
static void drop_label(struct story *st, const char *label)
{
	struct text *first = &st->lines[0], rest = { 0 };
	const char *s = text_str(first);
	size_t n = strlen(label);

	if (strncmp(s, label, n) != 0)
		return;
	s += n;
	s += strspn(s, ":, ");
	if (strncmp(s, "→ ", strlen("→ ")) == 0)
		s += strlen("→ ");
	text_add(&rest, s);
	text_free(first);
	*first = rest;
}

static void tell_growth(struct frame *frame, const struct frames *f)
{
	size_t n;
	const struct trace_event *list = session_trace(f->s, &n);

	story_step(f->s, list, f->event, 0, &frame->story.lines[frame->story.count++]);
}

static void make_story(struct frame *frame, const struct frames *f)
{
	const char *what = label_of(f->s);
	struct text label = { 0 };

	if (f->kind == FRAMES_SNAPSHOTS) {
		tell_since(frame, f);
		return;
	}
	if (!what)
		return;
	if (f->kind == FRAMES_GROWTH) {
		tell_growth(frame, f);
		return;
	}
	story_tell(&frame->story, f->s, 200);
	if (f->s->inside) {
		/* The first line is the title. */
		text_free(&frame->story.lines[0]);
		return;
	}
	story_label(&label, what);
	drop_label(&frame->story, text_str(&label));
	text_free(&label);
}

bool frame_make(struct frame *frame, const struct frames *f, const struct page_options *o,
	struct error *err)
{
	*frame = (struct frame){ .picture = make_picture(f, o, err) };
	if (!frame->picture)
		return false;
	make_title(frame, f);
	make_story(frame, f);
	if (f->caption)
		text_add(&frame->caption, f->caption);
	return true;
}

void frame_free(struct frame *frame)
{
	text_free(&frame->title);
	text_free(&frame->place);
	text_free(&frame->caption);
	story_free(&frame->story);
	canvas_free(frame->picture);
	*frame = (struct frame){ 0 };
}

int frame_words(const struct frame *frame, const struct pane *p)
{
	int room = p->w - text_width(p->canvas, text_str(&frame->place)), y = 1;

	pane_datan(p, 0, 0, room - 2, ROLE_TITLE, text_str(&frame->title));
	pane_text(p, room, 0, ROLE_NOTE, text_str(&frame->place));
	if (frame->caption.len)
		y += wrap_text(p, y, 0, ROLE_CAPTION, text_str(&frame->caption));
	for (int i = 0; i < frame->story.count; i++) {
		if (frame->story.lines[i].len)
			y += wrap_text(p, y, 2, ROLE_MESSAGE, text_str(&frame->story.lines[i]));
	}
	return y;
}
