/* SPDX-License-Identifier: MIT */
#include "model/map/classic/classic.h"

#include "model/map/classic/layout.h"

const struct engine classic_engine = {
	.name = "classic",
	.lay_out = classic_lay_out,
	.make = classic_make,
	.assign = classic_assign,
	.lookup = classic_lookup,
	.erase = classic_erase,
	.clear = classic_clear,
	.range = classic_range,
	.next = classic_next,
	.work = classic_work,
	.prefetch = classic_prefetch,
};
