/* SPDX-License-Identifier: MIT */
/* Work that takes long: it shows how far it is, and C-c or Escape stops it. */
#include "tui/app/app_parts.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

void app_work_begins(struct app *a)
{
	progress_begin(&a->progress);
	a->stopped = false;
}

/*
 * In the last line of the picture that is there, which may be in the midst of being drawn: then it
 * has that line back.
 */
static void tell(struct app *a, bool bound, struct text *words)
{
	struct pane all = canvas_pane(a->canvas), last = pane_sub(&all, 0, all.h - 1, all.w, 1);
	struct cell *line = a->canvas->cells + (size_t)(all.h - 1) * (size_t)all.w;
	size_t size = (size_t)all.w * sizeof *line;
	struct cell *was = xmalloc(size);

	text_add(words, bound ? "" : "   C-c or Esc stops");
	memcpy(was, line, size);
	pane_fill(&last, ROLE_MESSAGE, U' ');
	pane_textn(&last, 0, 0, last.w, ROLE_MESSAGE, text_str(words));
	term_draw(a->term, a->canvas, -1, -1);
	memcpy(line, was, size);
	free(was);
}

/* Before there is a picture, the first words open the screen; where that fails, that is
   told later. */
static bool has_screen(struct app *a)
{
	struct error unused;

	if (!a->term && !a->no_term)
		a->no_term = !app_open_term(a, &unused);
	return a->term != NULL;
}

bool app_works(const struct work *work, void *app)
{
	struct text words = { 0 };
	struct app *a = app;
	bool due = progress_due(&a->progress, work, &words), stop;

	if (due && has_screen(a))
		tell(a, work->bound, &words);
	text_free(&words);
	if (!a->term)
		return false;
	if (term_wants_end(a->term))
		return true;
	stop = !work->bound && term_takes_stop(a->term);
	a->stopped |= stop;
	return stop;
}
