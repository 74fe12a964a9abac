/* SPDX-License-Identifier: MIT */
/* The buckets as figures: a row each, its chain counted, those of the old array last. */
#include <inttypes.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tui/page/views.h"
#include "tui/view/figures.h"
#include "tui/view/mark.h"

static const struct column columns[] = {
	{ .field = "old" }, { .field = "bucket" }, { .field = "addr" }, { .field = "overflow" },
	{ .field = "live" }, { .field = "free" }, { .field = "dead" }, { .field = "evacuated" },
	{ .field = "tophash" },
};

/* Of each array the first one asked for and how many are. */
struct arrays {
	const struct map *m;
	uint64_t first[2], count[2];
};

static void add_tophash(const uint8_t *tops, struct text *hex)
{
	text_add(hex, hex->len ? " " : "");
	for (unsigned i = 0; i < SLOTS; i++)
		text_printf(hex, "%02x", tops[i]);
}

static void put_chain(struct row *r, const struct map *m, uint64_t bucket)
{
	uint64_t slots[MARKS] = { 0 }, links = 0;
	struct text hex = { 0 };

	for (uint64_t a = bucket; a; a = map_overflow(m, a), links++) {
		for (unsigned i = 0; i < SLOTS; i++)
			slots[mark_of(map_at(m, a)[i])]++;
		add_tophash(map_at(m, a), &hex);
	}
	row_count(r, links - 1);
	row_count(r, slots[MARK_LIVE]);
	row_count(r, slots[MARK_REST]);
	row_count(r, slots[MARK_DELETED]);
	row_count(r, slots[MARK_X] + slots[MARK_Y] + slots[MARK_GONE]);
	row_words(r, text_str(&hex));
	text_free(&hex);
}

static void put_bucket(void *data, size_t i, struct row *r)
{
	const struct arrays *a = data;
	bool old = i >= a->count[0];
	uint64_t bucket = a->first[old] + (old ? i - a->count[0] : i);
	uint64_t addr = map_bucket(a->m, old, bucket);

	row_flag(r, old);
	row_number(r, bucket);
	row_printf(r, "0x%" PRIx64, addr);
	put_chain(r, a->m, addr);
}

/* Of the old array those that the ones asked for come from. */
bool buckets_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct map *m = &now->session->world.map;
	struct arrays *a = xcalloc(1, sizeof *a);

	(void)err;
	a->m = m;
	for (int old = 0; old < 2; old++) {
		uint64_t all = look_buckets(m, old), from = now->from, to = now->to;

		if (old && all && to - from < all) {
			from &= all - 1;
			to &= all - 1;
		}
		if (from > to || !all) {
			from = 0;
			to = UINT64_MAX;
		}
		a->first[old] = from;
		a->count[old] = to < all ? to - from + 1 : all - (from < all ? from : all);
	}
	sheet_keep(out, a, free);
	sheet_rows(out, "buckets", COLUMNS(columns), a->count[0] + a->count[1], put_bucket, a);
	return true;
}
