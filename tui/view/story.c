/* SPDX-License-Identifier: MIT */
#include "tui/view/story.h"

#include <inttypes.h>
#include <string.h>

#include "tui/canvas/wrap.h"
#include "tui/view/design.h"

enum {
	LABEL_MOST = 80,    /* bytes */
	BRIEF = 100,        /* fewer columns than this: fewer words */
	BRIEFEST = 60,      /* of a step inside an operation, its number and no more */
	WORD_MOST = 40,     /* columns of a key or elem in what was typed */
	WORD_LEAST = 12,    /* before more is left out for it */
	LABEL_LEAST = 5,
};

struct text *story_line(struct story *st)
{
	if (st->count < STORY_LINES)
		st->count++;
	return &st->lines[st->count - 1];
}

void story_label(struct text *t, const char *label)
{
	size_t n = strlen(label);

	if (n > LABEL_MOST) {
		for (n = LABEL_MOST; n > 0 && ((unsigned char)label[n] & 0xc0) == 0x80; n--)
			continue;
		text_addn(t, label, n);
		text_add(t, "…");
		return;
	}
	text_add(t, label);
}

/* Bytes of the first word: blanks inside of quotes and braces do not end it. */
static size_t word_size(const char *s)
{
	char quote = 0;
	int depth = 0;
	size_t n = 0;

	for (; s[n] && (quote || depth > 0 || s[n] != ' '); n++) {
		if (quote && quote != '`' && s[n] == '\\' && s[n + 1])
			n++;
		else if (quote)
			quote = s[n] == quote ? '\0' : quote;
		else if (strchr("\"`'", s[n]))
			quote = s[n];
		else
			depth += (s[n] == '{' || s[n] == '[') - (s[n] == '}' || s[n] == ']');
	}
	return n;
}

/* The same with each word behind the first shortened in its middle to so many columns. */
static void add_words(struct text *t, const struct canvas *canvas, const char *label, int most)
{
	size_t n = word_size(label);

	text_addn(t, label, n);
	for (label += n; *label; label += n) {
		for (; *label == ' '; label++)
			text_addc(t, ' ');
		n = word_size(label);
		wrap_shorten(t, canvas, label, n, most);
	}
}

const char *story_done(const struct session *s)
{
	const struct point *p = session_point(s);

	return s->shown.probe_label ? s->shown.probe_label : p ? p->label : NULL;
}

/*
 * Inside an operation: which of its events was the last, and what it did. With little room the
 * one line that is seen says what happened.
 */
static void tell_inside(struct story *st, const struct session *s, bool brief, bool briefest)
{
	struct text *t = story_line(st);
	size_t all, step = session_step(s, &all), n;
	const struct map_event *list = session_events(s, &n);

	if (briefest) {
		text_printf(t, "%zu/%zu ", step, all);
	} else if (brief) {
		text_printf(t, "event %zu of %zu: ", step, all);
	} else {
		story_label(t, story_done(s));
		text_printf(t, " · event %zu of %zu", step, all);
		t = story_line(st);
	}
	design_of(&s->world.map)->story.step(s, list, s->shown.events, s->shown.slots, t);
}

/* Behind the label, and below it. */
static void tell_first(struct text *t, const struct session *s, enum brevity brevity)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	if (event_range(list, n))
		story_range(t, s, list, n, brevity >= NO_HASH);
	else
		design_of(&s->world.map)->story.first(s, list, n, brevity, t);
}

static void tell_below(struct story *st, const struct session *s, enum story_detail detail)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	if (event_range(list, n))
		story_range_below(st, s, list, n);
	else
		design_of(&s->world.map)->story.below(s, list, n, detail, st);
}

/* Where nothing was done that could be told. */
static bool tell_nothing(struct story *st, const struct session *s)
{
	if (session_point(s) || s->shown.probe_label)
		return false;
	text_add(story_line(st), s->time.now == 0 ? "the beginning: nothing was done yet"
		: "in the middle of a long run: step once to see what a step does");
	return true;
}

void story_tell(struct story *st, const struct session *s)
{
	story_free(st);
	if (s->shown.inside) {
		tell_inside(st, s, false, false);
		return;
	}
	if (tell_nothing(st, s))
		return;
	story_label(story_line(st), story_done(s));
	tell_first(&st->lines[0], s, SAY_ALL);
	tell_below(st, s, TELL_ALL);
}

/* Rows that a line takes. */
static int rows_of(const struct text *line, const struct pane *p)
{
	struct pane measure = pane_sub(p, 0, 0, p->w, 0);

	if (text_width(p->canvas, text_str(line)) <= p->w)
		return 1;
	return wrap_text(&measure, 0, 0, ROLE_TEXT, text_str(line));
}

/* Each line that is seen has a row; what is left goes to those that need more, from the
   first on. */
static bool share_rows(struct story *st, const struct pane *p)
{
	int spare = p->h - st->count;
	bool all = true;

	for (int i = 0; i < st->count; i++) {
		int more = rows_of(&st->lines[i], p) - 1, given = more < spare ? more : spare;

		given = given > 0 ? given : 0;
		st->rows[i] = i < p->h ? 1 + given : 0;
		spare -= given;
		all &= given == more || i >= p->h;
	}
	return all;
}

/* The first line: its label, shortened, and what stands behind it. */
struct first {
	const struct pane *p;
	const char *label, *rest;
	int rows;    /* that it may take */
	enum brevity brevity;
};

static bool first_fits(struct text *t, const struct first *f, int most)
{
	text_clear(t);
	if (f->brevity == CUT_LABEL)
		wrap_shorten(t, f->p->canvas, f->label, strlen(f->label), most);
	else
		add_words(t, f->p->canvas, f->label, most);
	text_add(t, f->rest);
	return rows_of(t, f->p) <= f->rows;
}

/* With as much of the label as fits; false when even its least is too much. */
static bool fit_first(struct text *t, const struct first *f)
{
	int least = f->brevity < NO_UNIT ? WORD_LEAST : LABEL_LEAST, most = WORD_MOST;

	if (!first_fits(t, f, least))
		return false;
	while (most > least && !first_fits(t, f, most))
		most--;
	return most > least || first_fits(t, f, least);
}

static void fit_inside(struct story *st, const struct session *s, const struct pane *p)
{
	tell_inside(st, s, p->w < BRIEFEST, p->w < BRIEFEST);
	if (share_rows(st, p) || st->count == 1)
		return;
	story_free(st);
	tell_inside(st, s, true, false);
	share_rows(st, p);
}

/* The first line in the rows that the others leave. */
static void tell_fitting(struct story *st, const struct session *s,
	const struct pane *p)
{
	struct text label = { 0 }, rest = { 0 };
	int rows = p->h > st->count ? p->h - st->count + 1 : 1;

	add_words(&label, p->canvas, story_done(s), WORD_MOST);
	for (enum brevity b = p->w < BRIEF ? NO_BITS : SAY_ALL; b < BREVITIES; b++) {
		text_clear(&rest);
		tell_first(&rest, s, b);
		if (fit_first(&st->lines[0], &(struct first){ p, text_str(&label), text_str(&rest),
			rows, b }))
			break;
	}
	text_free(&label);
	text_free(&rest);
}

static void tell_again(struct story *st, const struct session *s,
	enum story_detail detail)
{
	for (int i = 1; i < st->count; i++)
		text_free(&st->lines[i]);
	st->count = 1;
	tell_below(st, s, detail);
}

/* What has no row of its own goes behind the last line that has one. */
static void join_lines(struct story *st, int rows)
{
	for (int i = rows; i < st->count; i++) {
		text_printf(&st->lines[rows - 1], " · %s", text_str(&st->lines[i]));
		text_free(&st->lines[i]);
	}
	st->count = rows;
}

/* As many words as go into the rows, each line whole if that can be. */
static void fit_below(struct story *st, const struct session *s,
	const struct pane *p)
{
	for (enum story_detail detail = TELL_BRIEF; detail <= TELL_LEAST; detail++) {
		tell_again(st, s, detail);
		if (p->h > 1 && st->count > p->h)
			join_lines(st, p->h);
		if (share_rows(st, p) && st->count <= p->h)
			return;
	}
}

/* One row is the first line's: a sign at its end says that there is more. */
static void cut_to_one(struct story *st, const struct session *s,
	const struct pane *p)
{
	struct pane less = pane_sub(p, 0, 0, p->w - 2, p->h);

	text_clear(&st->lines[0]);
	tell_fitting(st, s, &less);
	text_add(&st->lines[0], " …");
	st->rows[0] = 1;
}

void story_fit(struct story *st, const struct session *s, const struct pane *p)
{
	story_free(st);
	if (s->shown.inside) {
		fit_inside(st, s, p);
		return;
	}
	if (tell_nothing(st, s)) {
		share_rows(st, p);
		return;
	}
	story_line(st);
	tell_below(st, s, TELL_ALL);
	tell_fitting(st, s, p);
	if (share_rows(st, p) && st->count <= p->h)
		return;
	fit_below(st, s, p);
	if (p->h == 1 && st->count > 1)
		cut_to_one(st, s, p);
}

void story_free(struct story *st)
{
	for (int i = 0; i < STORY_LINES; i++)
		text_free(&st->lines[i]);
	st->count = 0;
}

void story_step(const struct session *s, const struct map_event *list, size_t n, unsigned slots,
	struct text *out)
{
	design_of(&s->world.map)->story.step(s, list, n, slots, out);
}

void story_add_anew(struct text *t, const struct map_event *e)
{
	uint64_t before = e->anew.before, after = e->anew.after;

	text_printf(t, "the map before took %s bytes, this one takes %s", count_text(before).s,
		count_text(after).s);
	if (before != after)
		text_printf(t, ": %s %s", count_text(before > after ? before - after
			: after - before).s, before > after ? "less" : "more");
}

void story_add_bits(struct text *t, uint64_t index, unsigned B)
{
	unsigned shown = B > 16 ? 16 : B;

	text_printf(t, "low %u bit%s ", B, B == 1 ? "" : "s");
	text_add(t, B > shown ? "…" : "");
	for (unsigned i = shown; i-- > 0;)
		text_addc(t, index >> i & 1 ? '1' : '0');
}
