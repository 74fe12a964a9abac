/* SPDX-License-Identifier: MIT */
#include "model/session/verdict.h"

#include "model/session/books.h"

static const struct shape *shape_of(const void *session)
{
	return session_shape(session);
}

void verdicts_find(const struct session *s, const struct ledger *l, struct verdicts *v)
{
	struct court c = { .m = &s->world.map, .t = s->world.map.type, .ledger = l,
		.hint = s->world.hint, .allocated = map_allocated(&s->world.map),
		.shape = shape_of, .data = s, .v = v };

	*v = (struct verdicts){ 0 };
	judge(&c);
}
