/* SPDX-License-Identifier: MIT */
#include "tui/export/storyboard.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/export/bracket.h"
#include "tui/export/frame.h"
#include "tui/sheet/sheet.h"
#include "tui/view/design.h"

enum {
	FRAME_LEAST = 56,  /* columns of a frame beside others */
	GAP = 4,           /* columns between them */
	WORDS = 60,        /* rows that a frame's words may take */
};

struct board {
	const struct storyboard *story;
	struct session *s;
	struct frames frames;
	struct page_options page; /* of one frame */
	int across;               /* frames beside each other */
	unsigned seen;            /* marks that occurred: 1 << number */
	unsigned flags;           /* what lay over cells that show: enum cell_flag */
	struct text subject;      /* the map's type and what runs it, as it was said last */
	uint64_t shown;           /* frames so far */
	bool headed;              /* that was said just now */
	bool apart;               /* frames have other numbers than operations */
	page_sink *sink;
	void *data;
	bool stopped;             /* by the sink */
};

static bool begin(struct board *b, struct session *s, const struct storyboard *story,
	struct error *err)
{
	*b = (struct board){ .story = story, .s = s, .page = *story->page, .across = 1 };
	if (story->at)
		b->frames = *story->at;
	return story->at || frames_begin(&b->frames, s, story->frames, err);
}

/* The next frame, or the one that is asked for. */
static bool next(struct board *b, struct error *err)
{
	bool there = b->story->at ? b->shown == 0 : frames_next(&b->frames, err);

	b->shown += there;
	return there;
}

/* Whether all went well; b's own are given back. */
static bool end(struct board *b, bool ok, struct error *err)
{
	struct error unused;

	text_free(&b->subject);
	return (b->story->at || frames_end(&b->frames, ok ? err : &unused)) && ok && !b->stopped;
}

/* Which marks the legend has to explain. */
static const struct marks *marks_of(const struct board *b)
{
	return design_of(&b->s->world.map)->units->marks;
}

static void note_marks(struct board *b, const struct canvas *picture)
{
	const struct marks *marks = marks_of(b);

	for (int i = 0; i < picture->w * picture->h; i++) {
		const struct cell *cell = &picture->cells[i];

		b->flags |= cell->ch != ' ' ? cell->flags : 0;
		for (unsigned id = 0; id < marks->count; id++)
			if (cell->role == marks->list[id].role && cell->ch != ' ')
				b->seen |= 1u << id;
	}
}

static bool make_frame(struct board *b, struct frame *frame, struct error *err)
{
	if (!frame_make(frame, &b->frames, &b->page, err))
		return false;
	b->apart |= b->frames.count != b->s->time.now;
	note_marks(b, frame->picture);
	if (b->story->brackets) {
		bracket_changes(frame->picture);
		bracket_cursor(frame->picture);
	}
	return true;
}

/* A mark over a cell, and what it means; returns the rows it takes. */
static int put_mark(const struct board *b, const struct pane *p, int y, unsigned flag,
	const char *brackets, const char *what)
{
	if (!(b->flags & flag))
		return 0;
	pane_text(p, 0, y, ROLE_TOPHASH, b->story->brackets ? brackets : " 5b");
	if (!b->story->brackets)
		pane_flag(p, 1, y, 2, 1, flag);
	pane_textn(p, 6, y, p->w - 6, ROLE_LEGEND, what);
	return 1;
}

/* What has been marked in the pictures, and what it means. */
static int draw_legend(const struct board *b, const struct pane *p)
{
	const struct marks *marks = marks_of(b);
	int y = put_mark(b, p, 0, CELL_CHANGED, "[5b]", b->story->frames == FRAMES_SNAPSHOTS
			? "changed since the picture before" : "changed by this step");

	y += put_mark(b, p, y, CELL_CURSOR, "(5b)", "looked at by this step");
	for (unsigned i = 0; i < marks->count; i++) {
		if (!(b->seen & 1u << i))
			continue;
		mark_put_glyph(&marks->list[i], p, 1, y);
		pane_textn(p, 6, y++, p->w - 6, ROLE_LEGEND, marks->list[i].name);
	}
	if (b->apart) {
		pane_text(p, 0, y, ROLE_NOTE, "op 5");
		pane_textn(p, 6, y++, p->w - 6, ROLE_LEGEND,
			"an operation's number; pictures have numbers of their own");
	}
	return y;
}

/* What was left out at the end, if anything. */
static int draw_cut(const struct board *b, const struct pane *p, int y)
{
	if (!b->frames.cut)
		return 0;
	pane_printf(p, 0, y, ROLE_WARNING,
		"… and more: %d pictures are shown, up to op %" PRIu64 " of %" PRIu64,
		FRAMES_MOST, b->frames.since, b->frames.home.point);
	return 2;
}

static void hand_on(struct board *b, struct canvas *band)
{
	if (!b->stopped)
		b->stopped = !b->sink(b->data, band);
	canvas_free(band);
}

static void put_blank(struct board *b)
{
	hand_on(b, canvas_new(b->story->page->width, 1, b->page.ascii));
}

/* What the frames that follow are of; whether that is another than before. */
static bool new_subject(struct board *b)
{
	struct text now = { 0 };
	bool new;

	text_printf(&now, "%s\n%s · Go %s", b->s->world.map.type->asked, b->s->given.target->name,
		b->s->given.release->name);
	new = strcmp(text_str(&now), text_str(&b->subject)) != 0;
	text_free(&b->subject);
	b->subject = now;
	return new;
}

/* Behind the type in the subject. */
static const char *runs_on(const struct board *b)
{
	return strchr(b->subject.s, '\n') + 1;
}

static void put_head(struct board *b)
{
	struct canvas *band = canvas_new(b->story->page->width, 2, b->page.ascii);
	struct pane p = canvas_pane(band);
	const struct frames_row *kind = frames_at(b->story->frames - 1u);
	bool first = b->shown == 1;
	int x = first ? pane_text(&p, 0, 0, ROLE_TITLE, "hmapview ") : 0;

	x += pane_data(&p, x, 0, ROLE_TYPE, b->s->world.map.type->asked) + 2;
	x += pane_text(&p, x, 0, ROLE_NOTE, runs_on(b)) + 2;
	if (first && x + text_width(band, kind->help) <= p.w)
		pane_right(&p, p.w, 0, ROLE_NOTE, kind->help);
	band->begins = !first;
	if (!first)
		put_blank(b);
	hand_on(b, band);
}

static void copy_cells(struct canvas *to, int x, int y, const struct canvas *from)
{
	for (int row = 0; row < from->h; row++)
		memcpy(&to->cells[(size_t)(y + row) * (size_t)to->w + (size_t)x],
			&from->cells[(size_t)row * (size_t)from->w],
			(size_t)from->w * sizeof *from->cells);
}

/* Words at the same height, then pictures at the same height. */
static void put_row(struct board *b, struct frame *list, int count)
{
	struct canvas *band = canvas_new(b->story->page->width, WORDS, b->page.ascii);
	int words = 0, pictures = 0;

	for (int i = 0; i < count; i++) {
		struct pane all = canvas_pane(band);
		struct pane p = pane_sub(&all, i * (b->page.width + GAP), 0, b->page.width, WORDS);
		int rows = frame_words(&list[i], &p);

		words = rows > words ? rows : words;
		pictures = list[i].picture->h > pictures ? list[i].picture->h : pictures;
	}
	band->h = words < WORDS ? words : WORDS;
	band->begins = !b->headed;
	if (b->shown > (uint64_t)count && !b->headed)
		put_blank(b);
	b->headed = false;
	hand_on(b, band);
	band = canvas_new(b->story->page->width, pictures, b->page.ascii);
	for (int i = 0; i < count; i++)
		copy_cells(band, i * (b->page.width + GAP), 0, list[i].picture);
	hand_on(b, band);
}

/* The frames that stand beside each other, if any; returns how many are left. */
static int end_row(struct board *b, struct frame *list, int count)
{
	if (count > 0)
		put_row(b, list, count);
	while (count > 0)
		frame_free(&list[--count]);
	return 0;
}

static bool put_rows(struct board *b, struct error *err)
{
	struct frame *list = xcalloc((size_t)b->across, sizeof *list);
	int count = 0;
	bool ok = true;

	while (ok && !b->stopped && next(b, err)) {
		struct frame frame;

		ok = make_frame(b, &frame, err);
		if (!ok)
			break;
		if (new_subject(b)) {
			count = end_row(b, list, count);
			put_head(b);
			b->headed = true;
		}
		list[count++] = frame;
		if (count == b->across)
			count = end_row(b, list, count);
	}
	if (!ok)
		while (count > 0)
			frame_free(&list[--count]);
	end_row(b, list, count);
	free(list);
	return ok;
}

/* How many frames fit beside each other; each is as wide as the others. */
static void divide(struct board *b)
{
	int width = b->story->page->width;

	b->across = (width + GAP) / (FRAME_LEAST + GAP);
	if (b->across < 1)
		b->across = 1;
	b->page.width = (width + GAP) / b->across - GAP;
}

static void put_end(struct board *b)
{
	struct canvas *band = canvas_new(b->story->page->width, MARKS_MOST + 5, b->page.ascii);
	struct pane p = canvas_pane(band);
	int y = 1 + draw_cut(b, &p, 1);

	p = pane_sub(&p, 0, y, p.w, p.h - y);
	band->h = y + draw_legend(b, &p);
	band->h = canvas_used(band);
	band->begins = true;
	hand_on(b, band);
}

bool storyboard_stream(struct session *s, const struct storyboard *story, page_sink *sink,
	void *data, struct error *err)
{
	struct board b;
	bool ok;

	if (!begin(&b, s, story, err))
		return false;
	b.sink = sink;
	b.data = data;
	divide(&b);
	ok = put_rows(&b, err);
	if (ok && b.shown > 0)
		put_end(&b);
	return end(&b, ok, err);
}

/*
 * Words as Markdown that shows just these words, perhaps where a paragraph begins: drawn first, so
 * that they are safe to show.
 */
static void put_words(const char *text, bool begins, FILE *out)
{
	struct canvas *line = canvas_new(1, 1, false);
	struct pane p;
	struct text words = { 0 };
	FILE *drawn = text_stream(&words);

	canvas_resize(line, data_width(line, text) + 1, 1);
	p = canvas_pane(line);
	pane_data(&p, 0, 0, ROLE_TEXT, text);
	canvas_print(line, drawn);
	fclose(drawn);
	canvas_free(line);
	for (const char *c = words.s; *c && *c != '\n'; c++) {
		bool first = begins && c == words.s;
		bool number = begins && !first &&
			strspn(words.s, "0123456789") == (size_t)(c - words.s);

		if (strchr("\\`*_[]<>&#|~", *c) || (first && strchr("-+=", *c)) ||
			(number && strchr(".)", *c)))
			putc('\\', out);
		putc(*c, out);
	}
	text_free(&words);
}

/* Between fences longer than any run of backticks in it. */
static void put_fenced(const struct canvas *picture, FILE *out)
{
	struct text text = { 0 };
	size_t longest;
	FILE *drawn = text_stream(&text);

	canvas_print(picture, drawn);
	fclose(drawn);
	longest = markdown_longest_run(text_str(&text));
	longest = longest > 2 ? longest : 2;
	for (int side = 0; side < 2; side++) {
		fputs(side ? text.s : "", out);
		for (size_t i = 0; i <= longest; i++)
			putc('`', out);
		fputs(side ? "\n" : "text\n", out);
	}
	text_free(&text);
}

/* What the sections that follow are of. */
static void put_subject(const struct board *b, FILE *out)
{
	putc('*', out);
	put_words(b->s->world.map.type->asked, true, out);
	fprintf(out, "* · %s\n\n", runs_on(b));
}

static void put_section(const struct frame *frame, FILE *out)
{
	fputs("### ", out);
	put_words(text_str(&frame->title), false, out);
	fputs("\n\n", out);
	if (frame->caption.len) {
		fputs("> ", out);
		put_words(text_str(&frame->caption), true, out);
		fputs("\n\n", out);
	}
	for (int i = 0; i < frame->story.count; i++) {
		if (!frame->story.lines[i].len)
			continue;
		put_words(text_str(&frame->story.lines[i]), true, out);
		fputs("\n\n", out);
	}
	put_fenced(frame->picture, out);
}

static void put_legend(const struct board *b, FILE *out)
{
	struct canvas *canvas = canvas_new(b->story->page->width, MARKS_MOST + 5, false);
	struct pane p = canvas_pane(canvas);
	int y = draw_cut(b, &p, 0);

	p = pane_sub(&p, 0, y, p.w, p.h - y);
	canvas->h = y + draw_legend(b, &p);
	if (canvas->h) {
		putc('\n', out);
		put_fenced(canvas, out);
	}
	canvas_free(canvas);
}

bool storyboard_markdown(struct session *s, const struct storyboard *story, FILE *out,
	struct error *err)
{
	struct frame frame;
	struct board b;
	bool ok = true;

	if (!begin(&b, s, story, err))
		return false;
	while (ok && next(&b, err)) {
		ok = make_frame(&b, &frame, err);
		if (b.shown > 1)
			putc('\n', out);
		if (ok && new_subject(&b))
			put_subject(&b, out);
		if (ok)
			put_section(&frame, out);
		frame_free(&frame);
	}
	if (ok && b.shown > 0)
		put_legend(&b, out);
	return end(&b, ok, err) && !ferror(out);
}

/* What a frame says, and what its view would: an object. */
static bool put_object(struct board *b, FILE *out, struct error *err)
{
	struct sheet *sheet = sheet_new();
	struct page_options page = b->page;
	struct frame frame;
	bool ok;

	frame_tell(&frame, &b->frames);
	page.view = frame_view(&b->frames, &b->page);
	sheet_count(sheet, "number", b->frames.count);
	sheet_count(sheet, "op", b->s->time.now);
	sheet_data(sheet, "title", text_str(&frame.title));
	if (frame.caption.len)
		sheet_data(sheet, "caption", text_str(&frame.caption));
	sheet_begin(sheet, "story", true);
	for (int i = 0; i < frame.story.count; i++)
		if (frame.story.lines[i].len)
			sheet_data(sheet, NULL, text_str(&frame.story.lines[i]));
	sheet_end(sheet);
	sheet_begin(sheet, "figures", false);
	ok = page_sheet(b->s, &page, sheet, err);
	sheet_end(sheet);
	if (ok)
		sheet_json(sheet, out);
	sheet_free(sheet);
	frame_free(&frame);
	return ok;
}

bool storyboard_json(struct session *s, const struct storyboard *story, FILE *out,
	struct error *err)
{
	struct board b;
	bool ok = true;

	if (!begin(&b, s, story, err))
		return false;
	fprintf(out, "{\n\"format\": \"hmapview-frames/1\",\n\"frames\": \"%s\",\n\"list\": [\n",
		frames_at(story->frames - 1u)->name);
	while (ok && next(&b, err)) {
		fputs(b.shown > 1 ? "," : "", out);
		ok = put_object(&b, out, err);
	}
	fputs("]\n}\n", out);
	return end(&b, ok, err) && !ferror(out);
}
