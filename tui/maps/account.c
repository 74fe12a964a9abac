/* SPDX-License-Identifier: MIT */
#include "tui/maps/account.h"

#include "model/live/census.h"

/* All figures of a sum are in one unit. */
struct unit {
	double bytes;
	const char *name;
};

static struct unit unit_of(uint64_t bytes)
{
	static const struct unit units[] = { { 1e9, "GB" }, { 1e6, "MB" }, { 1e3, "kB" } };

	return units[bytes >= 1000000000 ? 0 : bytes >= 1000000 ? 1 : 2];
}

static void add(struct text *out, const char *what, uint64_t bytes, struct unit unit)
{
	text_printf(out, "%s %s", what, real_text((double)bytes / unit.bytes, 1).s);
}

void account_add_sum(const struct balance *b, struct text *out)
{
	uint64_t all = b->resident_known ? b->resident : b->live + b->dead + b->stacks;
	struct unit unit = unit_of(all);

	text_printf(out, "%s %s %s = ", b->resident_known ? "RSS" : "Go heap and stacks",
		real_text((double)all / unit.bytes, 1).s, unit.name);
	add(out, b->resident_known ? "Go heap live" : "live", b->live, unit);
	add(out, " · dead", b->dead, unit);
	if (b->resident_known && b->idle)
		add(out, " · idle about", b->idle, unit);
	add(out, " · stacks", b->stacks, unit);
	if (b->resident_known)
		add(out, " · not Go's heap", b->other, unit);
	/* Less than that is noise: pages that are used in part. */
	if (b->resident_known && (double)b->untouched >= unit.bytes / 20)
		add(out, " − never touched about", b->untouched, unit);
}

static double part(const struct balance *b, uint64_t bytes)
{
	return b->live ? 100.0 * (double)bytes / (double)b->live : 0;
}

void account_add_maps(const struct balance *b, struct text *out)
{
	text_printf(out, "maps explain about %s%% of the live heap: %s%% their own memory, %s%% "
		"what they lead to",
		real_text(part(b, b->arrays + b->behind), 0).s, real_text(part(b, b->arrays), 0).s,
		real_text(part(b, b->behind), 0).s);
	if (b->rebuilds) {
		text_printf(out, "; a rebuild of %s gives back ", count_text(b->rebuilds).s);
		census_add_size(out, b->saves);
	}
}
