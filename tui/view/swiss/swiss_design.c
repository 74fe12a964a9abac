/* SPDX-License-Identifier: MIT */
#include "tui/view/swiss/swiss_design.h"

const struct design swiss_design = {
	.units = &swiss_units_design,
	.own = swiss_own,
	.header = {
		.title = swiss_header_title,
		.draw = swiss_header,
		.fields = swiss_fields_shown,
		.row = swiss_field_row,
		.instead = swiss_field_instead,
		.enter = swiss_enter_field,
		.count = swiss_count,
		.line = swiss_headline,
		.load = swiss_load,
	},
	.growth = {
		.words = swiss_growing,
		.reason = swiss_growth_reason,
		.moving = swiss_moving,
	},
	.explain = {
		.field = swiss_explain_field,
		.unit = swiss_explain_unit,
		.byte = swiss_explain_byte,
		.slot = swiss_explain_slot,
	},
	.story = {
		.place = swiss_event_place,
		.moment = swiss_moment,
		.seen_after = swiss_seen_after,
		.first = swiss_story_first,
		.below = swiss_story_below,
		.step = swiss_story_step,
		.range = {
			.note = swiss_range_note,
			.start = swiss_range_start,
			.again = swiss_range_again,
			.left = "leaves it: nothing in the map has changed",
		},
	},
	.summary = swiss_summary,
	.quiz = &swiss_quiz,
	.hash = swiss_hash_shown,
};
