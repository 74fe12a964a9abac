/* SPDX-License-Identifier: MIT */
#include "model/figures/classic/classic_figures.h"

#include "model/figures/classic/accounts.h"
#include "model/figures/classic/chains.h"
#include "model/figures/classic/laws.h"

const struct figures classic_figures = {
	.ledger = &classic_ledger,
	.take_ledger = classic_take_ledger,
	.shape = &classic_shape,
	.take_shape = classic_take_shape,
	.books = &classic_bookkeeping,
	.laws = classic_laws,
	.nlaws = CLASSIC_LAWS,
	.check = classic_check,
};
