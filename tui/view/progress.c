/* SPDX-License-Identifier: MIT */
#include "tui/view/progress.h"

#include <string.h>

#include "model/base/clock.h"

void progress_begin(struct progress *p)
{
	*p = (struct progress){ .began = clock_ms() };
}

/* Something else is counted than before, or it is counted from the beginning. */
static void take(struct progress *p, const struct work *work, double now)
{
	bool other = !p->unit || strcmp(p->unit, work->unit) != 0 || p->of != work->of ||
		work->done < p->at;

	p->at = work->done;
	if (!other)
		return;
	p->unit = work->unit;
	p->from = work->done;
	p->of = work->of;
	p->since = now;
}

static void add_words(const struct progress *p, double seconds, struct text *words)
{
	double rate = seconds > 0.1 ? (double)(p->at - p->from) / seconds : 0;

	text_printf(words, "working: %s ", p->unit);
	text_add_count(words, p->at);
	if (p->of > p->at) {
		text_add(words, " of ");
		text_add_count(words, p->of);
		text_printf(words, ", %d %%", (int)(100 * ((double)(p->at - p->from) /
			(double)(p->of - p->from))));
	}
	if (rate < 1)
		return;
	text_add(words, ", ");
	text_add_count(words, (unsigned long long)rate);
	text_add(words, " a second");
	if (p->of > p->at)
		text_printf(words, ", %.0f s left", (double)(p->of - p->at) / rate);
}

bool progress_due(struct progress *p, const struct work *work, struct text *words)
{
	double now = clock_ms();

	take(p, work, now);
	if (now - p->began < PROGRESS_FIRST_MS || now - p->told < PROGRESS_MS)
		return false;
	p->told = now;
	add_words(p, (now - p->since) / 1000, words);
	return true;
}
