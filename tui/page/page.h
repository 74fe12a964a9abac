/* SPDX-License-Identifier: MIT */
/*
 * Pages: views of the map for documents, as wide as asked for and as long as they take.
 *
 * A page is drawn in bands, one below the other, each handed to a sink before the next is
 * drawn: so a page of a million rows needs no more memory than a short one. page_draw() puts
 * the bands together for those who want a page whole.
 *
 * A page depends on nothing but the session and the options. Of an array that is larger than
 * PAGE_ROWS rows a page shows what a reader needs: buckets that look alike are folded into one
 * line that says how many; if that is still too much, the first ones, those around the place
 * looked at and the last ones, with a line for what was left out between them. Nothing is left
 * out where buckets were asked for.
 *
 * Views of one place (bucket, bytes, slot, explain) show the one that the last operation was
 * about, or what `cursor` finds, in the words of the search on the screen (tui/view/find.h).
 */
#ifndef TUI_PAGE_PAGE_H
#define TUI_PAGE_PAGE_H

#include <stdio.h>

#include "tui/canvas/canvas.h"
#include "tui/page/views.h"
#include "tui/view/look.h"

enum { PAGE_ROWS = 64, PAGE_WIDTH = 80 };

/* Which buckets of the arrays are shown, and of an old array those that they come from. */
enum page_pick { PICK_PAGE, PICK_RANGE, PICK_ALL };

struct page_buckets {
	enum page_pick pick;
	uint64_t from, to;       /* PICK_RANGE: both included */
};

struct page_options {
	const char *view;        /* NULL: the map */
	int width;               /* 0: PAGE_WIDTH */
	bool ascii;
	const char *cursor;      /* what to look at; NULL: what the last operation was about */
	struct page_buckets buckets;
	const struct look *look; /* a look to go on from: its cursor and its mark; may be NULL */
	bool framed;             /* one of several: title, words and legend stand around it */
	const struct changes *changes; /* what is marked; NULL: what the last step changed */
};

/*
 * Sets what an option of that name says, "view" and so on: a width from 40 to 500, buckets as
 * A..B, a number or "all". Texts are borrowed.
 */
bool page_option(struct page_options *o, const char *name, const char *value, struct error *err);

/*
 * Whether all that the options say is among `takes`; of what takes views, the view chosen says
 * whether there are a cursor and buckets. Errors name the option, and `whose` it is not.
 */
bool page_takes(const struct page_options *o, unsigned takes, const char *whose,
	struct error *err);

/* Takes a band; false ends the page. */
typedef bool page_sink(void *data, const struct canvas *band);

/* False when the sink gave up, or, with err filled, when there is no such view, place or bucket. */
bool page_stream(struct session *s, const struct page_options *o, page_sink *sink, void *data,
	struct error *err);

/* The page whole; free with canvas_free(). NULL with err filled. */
struct canvas *page_draw(struct session *s, const struct page_options *o, struct error *err);

/*
 * The figures of a view as lines, or as tables of Markdown, above a text with a blank line
 * behind them: nothing where it has none.
 */
bool page_tables(struct session *s, const char *view, enum view_format how, FILE *out,
	struct error *err);

/*
 * Those as JSON. That is one object: "format", "view", "type", "arch", "go", "op", and the view's
 * own fields. Bytes, objects and counts are numbers; what depends on keys to come has "least" and
 * "most", or a name that begins with "about_". More fields may be added, none is renamed.
 */
bool page_json(struct session *s, const struct page_options *o, FILE *out, struct error *err);

/* The same into a sheet, among what else that has. */
struct sheet;
bool page_sheet(struct session *s, const struct page_options *o, struct sheet *sheet,
	struct error *err);

#endif
