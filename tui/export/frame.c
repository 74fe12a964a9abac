/* SPDX-License-Identifier: MIT */
#include "tui/export/frame.h"

#include <inttypes.h>
#include <string.h>

#include "tui/canvas/wrap.h"
#include "tui/page/compact.h"
#include "tui/view/design.h"
#include "tui/view/follow.h"

/* Whether what is shown is one slot: of a lookup as a whole the one where it ended. */
static bool looks_at_slot(const struct session *s)
{
	size_t n;
	const struct map_event *list = session_events(s, &n), *e;

	if (s->shown.inside)
		n = s->shown.events;
	if (n == 0 || !(s->shown.inside || s->shown.probe_label))
		return false;
	e = &list[n - 1];
	return (e->kind == EVENT_VISIT && s->shown.slots > 0) || e->kind == EVENT_COMPARE ||
		e->kind == EVENT_FOUND || design_of(&s->world.map)->events->moment(e) & MOMENT_SLOT;
}

const char *frame_view(const struct frames *f, const struct page_options *o)
{
	return o->view || f->kind != FRAMES_CAPTIONS ? o->view : session_caption_view(f->s);
}

static struct canvas *make_picture(const struct frames *f, const struct page_options *o,
	struct error *err)
{
	struct page_options with = *o;
	struct canvas *picture;
	struct look look;

	look_init(&look, f->s);
	follow(&look);
	look.no_cursor = !looks_at_slot(f->s) || (f->kind != FRAMES_EVENTS &&
		!f->s->shown.probe_label);
	frames_changes(f, &look.changes);
	with.changes = &look.changes;
	with.look = NULL; /* that of the screen, which is about another moment */
	with.framed = true;
	with.view = frame_view(f, o);
	picture = with.view ? page_draw(f->s, &with, err) : compact_draw(&look, o->width, o->ascii);
	look_free(&look);
	return picture;
}

/* Which event of which operation it is. */
static void add_first_line(struct text *title, const struct session *s)
{
	struct story story = { 0 };

	if (s->shown.inside)
		story_tell(&story, s);
	else
		story_label(&story.lines[0], story_done(s));
	text_add(title, text_str(&story.lines[0]));
	story_free(&story);
}

static void make_title(struct frame *frame, const struct frames *f)
{
	const struct session *s = f->s;
	const char *label = story_done(s);

	text_printf(&frame->title, "%" PRIu64 ". ", f->count);
	text_printf(&frame->place, "op %" PRIu64, s->time.now);
	if (f->kind == FRAMES_SNAPSHOTS && *s->time.snapshots[f->snapshot - 1].title)
		text_add(&frame->title, s->time.snapshots[f->snapshot - 1].title);
	else if (label && f->kind == FRAMES_EVENTS)
		add_first_line(&frame->title, s);
	else if (label && f->kind != FRAMES_SNAPSHOTS)
		story_label(&frame->title, label);
	else
		text_printf(&frame->title, "op %" PRIu64, s->time.now);
}

/* Between two snapshots much may have happened: how the counts have come to be others. */
static void tell_since(struct frame *frame, const struct frames *f)
{
	const struct session *s = f->s;
	struct text *line = &frame->story.lines[frame->story.count++];
	uint64_t ops = s->time.now - f->since;

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
	const struct map_event *list = session_trace(f->s, &n);

	story_step(f->s, list, f->event, 0, &frame->story.lines[frame->story.count++]);
}

static void make_story(struct frame *frame, const struct frames *f)
{
	const char *what = story_done(f->s);
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
	story_tell(&frame->story, f->s);
	if (f->s->shown.inside) {
		/* The first line is the title. */
		text_free(&frame->story.lines[0]);
		return;
	}
	story_label(&label, what);
	drop_label(&frame->story, text_str(&label));
	text_free(&label);
}

void frame_tell(struct frame *frame, const struct frames *f)
{
	*frame = (struct frame){ 0 };
	make_title(frame, f);
	make_story(frame, f);
	if (f->caption)
		text_add(&frame->caption, f->caption);
}

bool frame_make(struct frame *frame, const struct frames *f, const struct page_options *o,
	struct error *err)
{
	struct canvas *picture = make_picture(f, o, err);

	*frame = (struct frame){ 0 };
	if (!picture)
		return false;
	frame_tell(frame, f);
	frame->picture = picture;
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
