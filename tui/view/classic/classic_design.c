/* SPDX-License-Identifier: MIT */
#include "tui/view/classic/classic_design.h"

const struct design classic_design = {
	.units = &classic_units_design,
	.header_title = classic_header_title,
	.header = classic_header,
	.fields = classic_fields,
	.field_row = classic_field_row,
	.field_instead = classic_field_instead,
	.enter_field = classic_enter_field,
	.count = classic_count,
	.headline = classic_headline,
	.load = classic_load,
	.growing = classic_growing,
	.growth_reason = classic_growth_reason,
	.summary = classic_summary,
	.moving = classic_moving,
	.event_place = classic_event_place,
	.hash = classic_hash,
	.explain_field = classic_explain_field,
	.explain_unit = classic_explain_unit,
	.explain_byte = classic_explain_byte,
	.explain_slot = classic_explain_slot,
	.story_first = classic_story_first,
	.story_below = classic_story_below,
	.story_step = classic_story_step,
};
