/* SPDX-License-Identifier: MIT */
#include "tui/view/classic/classic_design.h"

const struct design classic_design = {
	.units = &classic_units_design,
	.header = {
		.title = classic_header_title,
		.draw = classic_header,
		.fields = classic_fields,
		.row = classic_field_row,
		.instead = classic_field_instead,
		.enter = classic_enter_field,
		.count = classic_count,
		.line = classic_headline,
		.load = classic_load,
	},
	.growth = {
		.words = classic_growing,
		.reason = classic_growth_reason,
		.moving = classic_moving,
	},
	.explain = {
		.field = classic_explain_field,
		.unit = classic_explain_unit,
		.byte = classic_explain_byte,
		.slot = classic_explain_slot,
	},
	.story = {
		.place = classic_event_place,
		.moment = classic_moment,
		.seen_after = classic_seen_after,
		.first = classic_story_first,
		.below = classic_story_below,
		.step = classic_story_step,
		.range = {
			.note = classic_range_note,
			.start = classic_range_start,
			.again = classic_range_again,
			.left = "sets the iterator flags",
		},
	},
	.summary = classic_summary,
	.quiz = &classic_quiz,
	.hash = classic_hash,
};
