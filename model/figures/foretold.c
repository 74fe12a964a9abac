/* SPDX-License-Identifier: MIT */
#include "model/figures/foretold.h"

#include "model/figures/figures.h"

void span_add(struct text *out, struct span span, const char *what)
{
	text_add_count(out, span.least);
	if (span.most != span.least)
		text_printf(out, " to %s", count_text(span.most).s);
	text_printf(out, " %s%s", what, span.most == 1 ? "" : "s");
}

static void add(struct foretold *f, struct foretold_fact fact)
{
	if (f->nfacts < FORETOLD_FACTS)
		f->facts[f->nfacts++] = fact;
}

void foretold_number(struct foretold *f, const char *field, uint64_t value)
{
	add(f, (struct foretold_fact){ .field = field, .value = value });
}

void foretold_flag(struct foretold *f, const char *field, bool flag)
{
	add(f, (struct foretold_fact){ .field = field, .value = flag, .flag = true });
}

void foretold_span(struct foretold *f, const char *least, const char *most, struct span span)
{
	foretold_number(f, least, span.least);
	foretold_number(f, most, span.most);
}

void foretold_free(struct foretold *f)
{
	for (int i = 0; i < FORETOLD_LINES; i++)
		text_free(&f->lines[i]);
}

void foretell(const struct map *m, const struct ledger *l, struct foretold *f)
{
	*f = (struct foretold){ 0 };
	if (m->header)
		figures_of(m)->foresight->foretell(m, l, f);
}

unsigned growth_points(const struct map *m, struct growth_point *list, unsigned most)
{
	return m->header ? figures_of(m)->foresight->points(m, list, most) : 0;
}
