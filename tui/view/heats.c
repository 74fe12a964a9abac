/* SPDX-License-Identifier: MIT */
#include "tui/view/heats.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"

/* More changes than that are as well measured anew. */
enum { RECORDS_MOST = 64, UNITS_MOST = 256, CELLS_MOST = 64, LINKS_MOST = 1024 };

void heats_free(struct heats *h)
{
	free(h->list);
	links_free(&h->links);
	*h = (struct heats){ 0 };
}

static unsigned moved(const struct map *m, bool old, uint64_t bucket)
{
	uint64_t from;

	if (!map_growing(m))
		return 0;
	from = old ? bucket : bucket & ((1ull << map_old_B(m)) - 1);
	return map_evacuated(m, map_bucket(m, true, from));
}

unsigned heat_count(const struct map *m, bool old, uint64_t bucket, enum heat_metric metric)
{
	unsigned live = 0, dead = 0, chain = 0;

	for (uint64_t a = map_bucket(m, old, bucket); a; a = map_overflow(m, a), chain++)
		for (unsigned i = 0; i < SLOTS; i++) {
			live += map_at(m, a)[i] >= MIN_TOPHASH;
			dead += map_at(m, a)[i] == EMPTY_ONE;
		}
	switch (metric) {
	case METRIC_FILL:
		return live;
	case METRIC_CHAIN:
		return chain - 1;
	case METRIC_DEAD:
		return dead;
	default:
		return moved(m, old, bucket);
	}
}

/* The first bucket of a cell; of the one behind the last, the number of buckets. */
static uint64_t first_of(const struct heats *h, uint64_t cell)
{
	return h->buckets * cell / h->wish.cells;
}

static uint64_t cell_of(const struct heats *h, uint64_t bucket)
{
	uint64_t cell = bucket * h->wish.cells / h->buckets;

	return first_of(h, cell + 1) <= bucket ? cell + 1 : cell;
}

static void add_links(struct heats *h, const struct map *m, uint64_t bucket)
{
	uint64_t owner = map_bucket(m, h->wish.old, bucket), a = owner;

	while (h->links.table.count <= LINKS_MOST && (a = map_overflow(m, a)) != 0)
		links_add(&h->links, a, owner);
}

/* Steps of the scale, which has eight, for each of what is counted. */
static const unsigned steps[METRICS] = {
	[METRIC_FILL] = 1, [METRIC_CHAIN] = 2, [METRIC_DEAD] = 1, [METRIC_MOVED] = SLOTS,
};

bool heat_is_most(enum heat_metric metric)
{
	return metric == METRIC_CHAIN || metric == METRIC_DEAD;
}

static void measure(struct heats *h, const struct map *m, uint64_t cell)
{
	const struct heat_wish *w = &h->wish;
	uint64_t from = first_of(h, cell), to = first_of(h, cell + 1);
	uint64_t step = (to - from + w->samples - 1) / w->samples, seen = 0, sum = 0, most = 0, heat;

	for (uint64_t b = from; b < to; b += step, seen++) {
		uint64_t n = heat_count(m, w->old, b, w->metric) * steps[w->metric];

		sum += n;
		most = n > most ? n : most;
		add_links(h, m, b);
	}
	heat = heat_is_most(w->metric) ? most : (sum + seen / 2) / seen;
	h->list[cell] = heat > SLOTS ? SLOTS : (uint8_t)heat;
	h->cost++;
}

static void measure_all(struct heats *h, const struct map *m, const struct heat_wish *wish)
{
	if (wish->cells > h->cap) {
		h->list = xrealloc(h->list, wish->cells);
		h->cap = wish->cells;
	}
	h->wish = *wish;
	h->type = m->type;
	h->array = map_bucket(m, wish->old, 0);
	h->buckets = 1ull << (wish->old ? map_old_B(m) : map_get(m, HMAP_B));
	links_free(&h->links);
	links_init(&h->links, m->type->unit.size);
	for (uint64_t cell = 0; cell < wish->cells; cell++)
		measure(h, m, cell);
}

/* Cells to be measured again. */
struct again {
	const struct heats *h;
	uint64_t cells[CELLS_MOST];
	size_t n;
};

/* False: they are too many. */
static bool add_cell(void *data, uint64_t addr)
{
	struct again *t = data;
	uint64_t cell = cell_of(t->h, (addr - t->h->array) / t->h->type->unit.size);

	for (size_t i = 0; i < t->n; i++)
		if (t->cells[i] == cell)
			return true;
	if (t->n == CELLS_MOST)
		return false;
	t->cells[t->n++] = cell;
	return true;
}

/* Measures what has changed since; false when that is not known, or too much. */
static bool catch_up(struct heats *h, const struct map *m)
{
	const struct stretch array = { h->array, h->buckets };
	const struct touch touch = { .arrays = &array, .narrays = 1, .unit = m->type->unit.size,
		.links = &h->links, .nlinks = 1, .most = RECORDS_MOST, .span = UNITS_MOST };
	struct again t = { .h = h };
	size_t from, to;

	if (h->wish.metric == METRIC_MOVED || h->links.table.count > LINKS_MOST)
		return false;
	if (!journal_between(m->heap->journal, h->version, h->at, &from, &to) ||
		!touched_between(m, &touch, from, to, add_cell, &t))
		return false;
	for (size_t i = 0; i < t.n; i++)
		measure(h, m, t.cells[i]);
	return true;
}

static bool is_same(const struct heats *h, const struct map *m, const struct heat_wish *w)
{
	return h->wish.old == w->old && h->wish.metric == w->metric && h->wish.cells == w->cells &&
		h->wish.samples == w->samples && h->type == m->type &&
		h->array == map_bucket(m, w->old, 0) &&
		h->buckets == 1ull << (w->old ? map_old_B(m) : map_get(m, HMAP_B));
}

const uint8_t *heats_of(struct heats *h, const struct map *m, const struct heat_wish *wish)
{
	const struct journal *j = m->heap->journal;
	uint64_t version = journal_version(j);
	bool same = version && h->version && is_same(h, m, wish);

	if (!same || (h->version != version && !catch_up(h, m)))
		measure_all(h, m, wish);
	h->version = version;
	h->at = j->at;
	return h->list;
}

bool heats_warm(const struct heats *h)
{
	for (uint64_t i = 0; i < h->wish.cells; i++)
		if (h->list[i])
			return true;
	return false;
}
