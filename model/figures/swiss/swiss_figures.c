/* SPDX-License-Identifier: MIT */
#include "model/figures/swiss/swiss_figures.h"

#include "model/figures/swiss/accounts.h"
#include "model/figures/swiss/laws.h"
#include "model/figures/swiss/probes.h"

const struct figures swiss_figures = {
	.ledger = &swiss_ledger,
	.take_ledger = swiss_take_ledger,
	.shape = &swiss_shape,
	.take_shape = swiss_take_shape,
	.books = &swiss_bookkeeping,
	.laws = swiss_laws,
	.nlaws = SWISS_LAWS,
	.check = swiss_check,
	.foretell = swiss_foretell,
	.points = swiss_points,
	.size_word = "tables",
	.points_note = "exact up to the first split; from then on each table grows at its own "
		"entries, and figures are about those that chance makes",
	.judge = swiss_judge,
	.past = swiss_past,
	.grew = swiss_grew,
	.loads = &swiss_loads,
	.take_pieces = swiss_take_pieces,
	.each = swiss_each,
	.each_words = swiss_each_words,
};
