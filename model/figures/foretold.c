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

/* Plans are of maps on the heap; of one that is not, the first unit is given up by the first
 * growth. */
static void stack_points(const struct map *m, struct growth_point *list, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		bool first = list[i].entry == SLOTS + 1;
		uint64_t header = map_stacked(m->type, false).bytes;
		uint64_t both = map_stacked(m->type, first).bytes;

		list[i].before -= both;
		list[i].during -= both;
		list[i].after -= header;
		list[i].least -= header;
	}
}

unsigned growth_points(const struct map *m, struct growth_point *list, unsigned most)
{
	unsigned n = m->header ? figures_of(m)->foresight->points(m, list, most) : 0;

	if (m->header && map_on_stack(m, m->header))
		stack_points(m, list, n);
	return n;
}
