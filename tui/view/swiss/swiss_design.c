/* SPDX-License-Identifier: MIT */
#include "tui/view/swiss/swiss_design.h"

const struct design swiss_design = {
	.units = &swiss_units_design,
	.own = swiss_own,
	.header = &swiss_header,
	.events = &swiss_events,
	.growth = {
		.words = swiss_growing,
		.reason = swiss_growth_reason,
	},
	.explain = {
		.field = swiss_explain_field,
		.unit = swiss_explain_unit,
		.byte = swiss_explain_byte,
		.slot = swiss_explain_slot,
	},
	.story = {
		.first = swiss_story_first,
		.below = swiss_story_below,
		.step = swiss_story_step,
	},
	.summary = swiss_summary,
	.range = &swiss_range_story,
	.quiz = &swiss_quiz,
	.hash = swiss_hash_shown,
};
