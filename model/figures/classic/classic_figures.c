/* SPDX-License-Identifier: MIT */
#include "model/figures/classic/classic_figures.h"

#include "model/figures/classic/accounts.h"
#include "model/figures/classic/chains.h"
#include "model/figures/classic/laws.h"

const struct figures classic_figures = {
	.ledger = &classic_ledger,
	.shape = &classic_shape,
	.books = &classic_bookkeeping,
	.laws = &classic_laws,
	.foresight = &classic_foresight,
	.loads = &classic_loads,
	.hints = &classic_hints,
	.judge = classic_judge,
	.past = classic_past,
	.grew = classic_grew,
	.take_pieces = classic_take_pieces,
	.each = classic_each,
	.each_words = classic_each_words,
	.grown = classic_grown,
};
