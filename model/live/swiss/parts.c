/* SPDX-License-Identifier: MIT */
/* The parts of a Swiss map in a program's memory: entries, and objects of their own. */
#include "model/live/swiss/swiss_live.h"

#include "model/map/swiss/layout.h"

static bool tell_groups(struct telling *t, uint64_t table)
{
	unsigned w = t->im->ptrsize;
	uint64_t groups, mask;

	if (!image_word(t->im, table + field_offset(&table_fields[TABLE_GROUPS], w), &groups) ||
		!image_uint(t->im, table + field_offset(&table_fields[TABLE_LENGTH_MASK], w), 8,
		&mask) || mask >= TABLE_SLOTS_MOST / SLOTS)
		return false;
	for (uint64_t i = 0; i <= mask; i++)
		if (!tell_unit(t, groups + i * t->map->size))
			return false;
	return true;
}

bool swiss_tell(struct telling *t, const struct head *head)
{
	unsigned w = t->im->ptrsize;
	uint64_t dir, len, table, before = 0;

	if (!image_word(t->im, head->at + field_offset(&swiss_fields[SWISS_DIR_PTR], w), &dir) ||
		!image_word(t->im, head->at + field_offset(&swiss_fields[SWISS_DIR_LEN], w), &len))
		return false;
	if (len == 0)
		return dir == 0 || tell_unit(t, dir);
	/* The entries of one table stand next to each other. */
	for (uint64_t i = 0; i < len; i++, before = table)
		if (!image_word(t->im, dir + i * w, &table) ||
			(table != before && !tell_groups(t, table)))
			return false;
	return true;
}

bool swiss_gather(struct gathering *g, uint64_t head)
{
	uint64_t dir, len, table, groups, mask;
	unsigned w = gather_image(g)->ptrsize;
	bool all = true;

	if (!gather_field(g, head, &swiss_fields[SWISS_DIR_PTR], &dir) ||
		!gather_field(g, head, &swiss_fields[SWISS_DIR_LEN], &len) || len > UINT32_MAX)
		return false;
	if (!len)
		return gather_part(g, dir, g->map.size);
	if (!gather_part(g, dir, len * w))
		return false;
	for (uint64_t i = 0; i < len; i++)
		if (!image_word(gather_image(g), dir + i * w, &table) ||
			!gather_part(g, table, table_size(g->view->types.program->target)) ||
			!gather_field(g, table, &table_fields[TABLE_GROUPS], &groups) ||
			!gather_field(g, table, &table_fields[TABLE_LENGTH_MASK], &mask) ||
			mask >= TABLE_SLOTS_MOST ||
			!gather_part(g, groups, (mask + 1) * g->map.size))
			all = false;
	return all;
}
