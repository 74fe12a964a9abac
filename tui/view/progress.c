/* SPDX-License-Identifier: MIT */
#include "tui/view/progress.h"

#include <time.h>

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(struct progress *p, const struct session *s)
{
	*p = (struct progress){ .began = now_ms(), .from = s->time.now };
}

static void add_words(const struct progress *p, const struct session *s, double seconds,
	struct text *words)
{
	uint64_t now = s->time.now, goal = s->run.goal, from = now < p->from ? 0 : p->from;
	double rate = (double)(now - from) / seconds;

	text_add(words, "working: op ");
	text_add_count(words, now);
	if (goal > now) {
		text_add(words, " of ");
		text_add_count(words, goal);
		text_printf(words, ", %d %%", (int)(100 * ((double)(now - from) / (double)(goal - from))));
	}
	if (rate < 1)
		return;
	text_add(words, ", ");
	text_add_count(words, (unsigned long long)rate);
	text_add(words, " a second");
	if (goal > now)
		text_printf(words, ", %.0f s left", (double)(goal - now) / rate);
}

bool progress_due(struct progress *p, const struct session *s, struct text *words)
{
	long long now = now_ms();

	if (now - p->began < PROGRESS_FIRST_MS || now - p->told < PROGRESS_MS)
		return false;
	p->told = now;
	add_words(p, s, (double)(now - p->began) / 1000, words);
	return true;
}
