/* SPDX-License-Identifier: MIT */
/* Work that takes long: it shows that it goes on, and C-c stops a command where it is. */
#include "tui/app/app_parts.h"

void app_work_begins(struct app *a)
{
	progress_begin(&a->progress, a->s);
}

/* Of a command what was done so far is whole; a timeline that is run again is not. */
static bool may_stop(const struct app *a)
{
	return a->s->run.running && !a->s->run.again && !a->s->run.replaying;
}

/* In the last line of the picture that is there. */
static void tell(struct app *a, struct text *words)
{
	struct pane all = canvas_pane(a->canvas), last = pane_sub(&all, 0, all.h - 1, all.w, 1);

	text_add(words, may_stop(a) ? "   C-c or Esc stops" : "");
	pane_fill(&last, ROLE_MESSAGE, U' ');
	pane_textn(&last, 0, 0, last.w, ROLE_MESSAGE, text_str(words));
	term_draw(a->term, a->canvas, -1, -1);
}

/* Tells now and then; whether the work is to be given up. */
static bool gives_up(struct app *a, bool may)
{
	struct text words = { 0 };

	if (term_wants_end(a->term))
		return true;
	if (progress_due(&a->progress, a->s, &words))
		tell(a, &words);
	text_free(&words);
	a->stopped = may && term_takes_stop(a->term);
	return a->stopped;
}

bool app_works(void *app)
{
	struct app *a = app;

	return gives_up(a, may_stop(a));
}
