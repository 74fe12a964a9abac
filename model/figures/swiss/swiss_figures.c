/* SPDX-License-Identifier: MIT */
#include "model/figures/swiss/swiss_figures.h"

#include "model/figures/swiss/accounts.h"
#include "model/figures/swiss/laws.h"
#include "model/figures/swiss/probes.h"

const struct figures swiss_figures = {
	.ledger = &swiss_ledger,
	.shape = &swiss_shape,
	.books = &swiss_bookkeeping,
	.laws = &swiss_laws,
	.foresight = &swiss_foresight,
	.loads = &swiss_loads,
	.hints = &swiss_hints,
	.judge = swiss_judge,
	.past = swiss_past,
	.grew = swiss_grew,
	.take_pieces = swiss_take_pieces,
	.each = swiss_each,
	.each_words = swiss_each_words,
	.grown = swiss_grown,
};
