/* SPDX-License-Identifier: MIT */
#include "model/map/swiss/swiss.h"

#include "model/map/swiss/layout.h"

/* Growth is never under way between operations: this design moves a table at once. */
static bool swiss_work(struct map *m, struct error *err)
{
	(void)m;
	err->msg[0] = '\0';
	return false;
}

const struct engine swiss_engine = {
	.name = "swiss",
	.lay_out = swiss_lay_out,
	.make = swiss_make,
	.assign = swiss_assign,
	.lookup = swiss_lookup,
	.erase = swiss_delete,
	.clear = swiss_clear,
	.range = swiss_range,
	.next = swiss_next,
	.work = swiss_work,
	.prefetch = swiss_prefetch,
};
