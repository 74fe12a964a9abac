/* SPDX-License-Identifier: MIT */
#include "tui/view/heats.h"

#include <stdlib.h>

#include "model/base/mem.h"

void heats_free(struct heats *h)
{
	free(h->list);
	*h = (struct heats){ 0 };
}

bool heats_kept(struct heats *h, const struct journal *j, unsigned of, uint64_t count)
{
	uint64_t version = journal_version(j);

	if (version && h->version == version && h->of == of && h->count == count)
		return true;
	if (count > h->cap) {
		h->list = xrealloc(h->list, count);
		h->cap = count;
	}
	h->version = version;
	h->of = of;
	h->count = count;
	return false;
}
