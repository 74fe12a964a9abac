/* SPDX-License-Identifier: MIT */
#include "model/session/checked.h"

#include <stdlib.h>

#include "model/base/mem.h"

struct checked {
	struct check check;
	uint64_t version; /* of the memory; 0: nobody knows whether it is still the same */
};

void checked_drop(struct checked *kept)
{
	if (!kept)
		return;
	check_free(&kept->check);
	free(kept);
}

const struct check *session_check(struct session *s)
{
	uint64_t version = journal_version(&s->world.journal);
	struct checked *kept = s->desk.checked;

	if (kept && version && kept->version == version)
		return &kept->check;
	checked_drop(kept);
	s->desk.checked = kept = xcalloc(1, sizeof *kept);
	check_map(&s->world.map, &kept->check);
	kept->version = journal_version(&s->world.journal);
	return &kept->check;
}
