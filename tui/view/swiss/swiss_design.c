/* SPDX-License-Identifier: MIT */
#include "tui/view/swiss/swiss_design.h"

const struct design swiss_design = {
	.units = &swiss_units_design,
	.header_title = swiss_header_title,
	.header = swiss_header,
	.fields = swiss_fields_shown,
	.field_row = swiss_field_row,
	.field_instead = swiss_field_instead,
	.enter_field = swiss_enter_field,
	.count = swiss_count,
	.headline = swiss_headline,
	.load = swiss_load,
	.growing = swiss_growing,
	.growth_reason = swiss_growth_reason,
	.summary = swiss_summary,
	.moving = swiss_moving,
	.event_place = swiss_event_place,
	.hash = swiss_hash_shown,
	.explain_field = swiss_explain_field,
	.explain_unit = swiss_explain_unit,
	.explain_byte = swiss_explain_byte,
	.explain_slot = swiss_explain_slot,
	.story_first = swiss_story_first,
	.story_below = swiss_story_below,
	.story_step = swiss_story_step,
};
