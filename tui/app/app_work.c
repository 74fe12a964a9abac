/* SPDX-License-Identifier: MIT */
/* Work that takes long: it shows that it goes on, and C-c stops a command where it is. */
#include "tui/app/app_parts.h"

#include <inttypes.h>
#include <time.h>

enum { TELL_MS = 250 };

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void app_work_begins(struct app *a)
{
	a->work_told = now_ms();
}

/* Of a command what was done so far is whole; a timeline that is run again is not. */
static bool may_stop(const struct app *a)
{
	return a->s->run.running && !a->s->run.again && !a->s->run.replaying;
}

/* In the last line of the picture that is there. */
static void tell(struct app *a)
{
	struct pane all = canvas_pane(a->canvas), last = pane_sub(&all, 0, all.h - 1, all.w, 1);
	struct text words = { 0 };

	text_printf(&words, "working: op ");
	text_add_count(&words, a->s->time.now);
	text_add(&words, may_stop(a) ? "   C-c stops" : "");
	pane_fill(&last, ROLE_MESSAGE, U' ');
	pane_textn(&last, 0, 0, last.w, ROLE_MESSAGE, text_str(&words));
	text_free(&words);
	term_draw(a->term, a->canvas, -1, -1);
}

/* Tells now and then; whether the work is to be given up. */
static bool gives_up(struct app *a, bool may)
{
	long long now = now_ms();

	if (term_wants_end(a->term))
		return true;
	if (now - a->work_told >= TELL_MS) {
		a->work_told = now;
		tell(a);
	}
	a->stopped = may && term_takes_stop(a->term);
	return a->stopped;
}

bool app_works(void *app)
{
	struct app *a = app;

	return gives_up(a, may_stop(a));
}
