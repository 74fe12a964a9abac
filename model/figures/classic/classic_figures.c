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
	.foretell = classic_foretell,
	.points = classic_points,
	.size_word = "B",
	.points_note = "entries are exact; bytes are about, with the overflow buckets that chance "
		"makes",
	.judge = classic_judge,
	.past = classic_past,
	.grew = classic_grew,
	.loads = &classic_loads,
	.hints = &classic_hints,
	.take_pieces = classic_take_pieces,
	.each = classic_each,
	.each_words = classic_each_words,
};
