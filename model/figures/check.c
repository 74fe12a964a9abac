/* SPDX-License-Identifier: MIT */
#include "model/figures/check.h"

#include <stdarg.h>

#include "model/figures/figures.h"

bool check_map(const struct map *m, struct check *c)
{
	*c = (struct check){ .book = figures_of(m)->laws };
	if (m->header)
		c->book->check(m, c);
	return c->faults == 0;
}

void check_free(struct check *c)
{
	for (unsigned i = 0; i < c->count; i++)
		text_free(&c->list[i].says);
}

struct text *check_finding(struct check *c, unsigned law)
{
	c->broken[law]++;
	c->faults++;
	if (c->count == FINDINGS_MOST)
		return NULL;
	c->list[c->count].law = law;
	return &c->list[c->count++].says;
}

void check_say(struct check *c, unsigned law, const char *format, ...)
{
	struct text *says = check_finding(c, law);
	va_list ap;

	if (!says)
		return;
	va_start(ap, format);
	text_vprintf(says, format, ap);
	va_end(ap);
}
