/* SPDX-License-Identifier: MIT */
#include "model/figures/ledger.h"

#include <string.h>

#include "model/figures/figures.h"

void ledger_take(const struct map *m, struct ledger *l)
{
	*l = (struct ledger){ .form = figures_of(m)->ledger };
	if (m->header)
		figures_of(m)->ledger->take(m, l);
}

void ledger_book(struct ledger *l, unsigned place, unsigned rounding, uint64_t count,
	uint64_t size, uint64_t taken)
{
	l->bytes[rounding][place] += count * (taken - size);
	l->total += count * taken;
	l->objects += count;
}

static unsigned find_word(const struct ledger *l, const char *word)
{
	unsigned i = 0;

	while (i < l->form->ncauses && strcmp(l->form->causes[i].word, word) != 0)
		i++;
	return i;
}

bool ledger_has_word(const struct ledger *l, const char *word)
{
	return find_word(l, word) < l->form->ncauses;
}

uint64_t ledger_word_bytes(const struct ledger *l, const char *word)
{
	unsigned i = find_word(l, word);

	return i < l->form->ncauses ? ledger_cause_bytes(l, i) : 0;
}

uint64_t ledger_stack_bytes(const struct ledger *l)
{
	return ledger_place_bytes(l, l->form->stack);
}

uint64_t ledger_cause_bytes(const struct ledger *l, unsigned cause)
{
	uint64_t sum = 0;

	for (int place = 0; place < LEDGER_PLACES; place++)
		sum += l->bytes[cause][place];
	return sum;
}

uint64_t ledger_place_bytes(const struct ledger *l, unsigned place)
{
	uint64_t sum = 0;

	for (int cause = 0; cause < LEDGER_CAUSES; cause++)
		sum += l->bytes[cause][place];
	return sum;
}
