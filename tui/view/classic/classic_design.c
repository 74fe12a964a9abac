/* SPDX-License-Identifier: MIT */
#include "tui/view/classic/classic_design.h"

const struct design classic_design = {
	.units = &classic_units_design,
	.header = &classic_header,
	.events = &classic_events,
	.growth = {
		.words = classic_growing,
		.reason = classic_growth_reason,
	},
	.explain = {
		.field = classic_explain_field,
		.unit = classic_explain_unit,
		.byte = classic_explain_byte,
		.slot = classic_explain_slot,
	},
	.story = {
		.first = classic_story_first,
		.below = classic_story_below,
		.step = classic_story_step,
	},
	.summary = classic_summary,
	.range = &classic_range_story,
	.quiz = &classic_quiz,
	.hash = classic_hash,
};
