/* SPDX-License-Identifier: MIT */
#include "model/map/classic/strays.h"

/* What is kept of each. */
enum { VALUE_ELEM, VALUE_PRESENT };

void strays_free(struct strays *s)
{
	table_free(&s->table);
	*s = (struct strays){ 0 };
}

void strays_add(struct strays *s, uint64_t addr, bool elem)
{
	if (table_find(&s->table, addr))
		return;
	table_put(&s->table, addr)->value[VALUE_ELEM] = elem;
	s->lone[elem]++;
}

void strays_set_present(struct strays *s, uint64_t addr, bool present)
{
	struct table_entry *e = table_find(&s->table, addr);

	if (!e || e->value[VALUE_PRESENT] == present)
		return;
	e->value[VALUE_PRESENT] = present;
	s->lone[e->value[VALUE_ELEM]] += present ? UINT64_MAX : 1;
}

void strays_remove(struct strays *s, uint64_t addr)
{
	struct table_entry *e = table_find(&s->table, addr);

	if (!e)
		return;
	if (!e->value[VALUE_PRESENT])
		s->lone[e->value[VALUE_ELEM]]--;
	table_remove(&s->table, e);
}
