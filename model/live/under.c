/* SPDX-License-Identifier: MIT */
#include "model/live/under.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/figures/slots.h"
#include "model/live/census.h"
#include "model/live/design.h"
#include "model/live/typetext.h"

enum { PART = 8 }; /* what grows by one in so many is worth a word */

/* A type under three releases; NULL: it cannot be had there. */
struct laid {
	struct maptype *own, *other, *split;
	struct slots slots;
};

struct moving {
	struct live *live;
	struct under_sum *sum;
	struct map_types types;
	struct laid *laid;       /* owned */
	size_t count, cap;
	struct table by_type;    /* its place plus 1 */
};

static const struct release *split_of(const struct release *r)
{
	const struct release *one;

	for (unsigned i = 0; !r->experiment && (one = release_at(i)); i++)
		if (one->split_groups && one->minor == r->minor)
			return one;
	return NULL;
}

static struct maptype *lay(const struct moving *m, const struct release *r, const char *text,
	struct declared *declared)
{
	struct error unused;
	struct gotype_scope scope = { .target = m->live->program.target, .release = r,
		.declared = declared };

	return r ? maptype_new(text, &scope, &unused) : NULL;
}

static struct laid lay_out(const struct moving *m, uint64_t type)
{
	struct declared declared = { 0 };
	struct text text = { 0 };
	struct error unused;
	struct laid laid = { 0 };

	if (typetext_named(&m->live->view.types, type, &text, &declared, &unused)) {
		laid.own = lay(m, m->live->program.release, text_str(&text), &declared);
		laid.other = lay(m, m->sum->release, text_str(&text), &declared);
		laid.split = lay(m, m->sum->split, text_str(&text), &declared);
	}
	if (laid.other)
		laid.slots = slots_of_type(laid.other);
	text_free(&text);
	declared_free(&declared);
	return laid;
}

static const struct laid *laid_of(struct moving *m, uint64_t type)
{
	struct table_entry *e = table_find(&m->by_type, type);

	if (e)
		return &m->laid[e->value[0] - 1];
	xadd(m->laid, m->count, m->cap, lay_out(m, type));
	table_put(&m->by_type, type)->value[0] = m->count;
	return &m->laid[m->count - 1];
}

static bool same_design(const struct moving *m)
{
	return m->live->program.release->engine == m->sum->release->engine;
}

/* What the map takes when it is of that type under its release. */
static uint64_t bytes_under(const struct moving *m, const struct census_map *map,
	const struct maptype *own, const struct maptype *t)
{
	const struct live_design *d = live_design(m->live->program.release);
	uint64_t is, was;

	if (!same_design(m))
		return grown_bytes(t, map->under.entries, map->head.entries);
	/* What is not told of its parts stays as it is. */
	was = d->laid(own, &map->head);
	is = d->laid(t, &map->head);
	return map->bytes + is > was ? map->bytes + is - was : is;
}

static void move_one(struct moving *m, struct census_map *map, uint64_t type)
{
	const struct live_design *d = live_design(m->live->program.release);
	const struct laid *laid = laid_of(m, type);
	struct under *u = &map->under;

	if (!laid->own || !laid->other)
		return;
	*u = (struct under){ .known = true, .estimated = !same_design(m),
		.pointers = laid->other->pointers, .padding = laid->slots.padding,
		.slot = laid->slots.slot };
	u->entries = u->estimated ? d->had(m->live->program.release, &map->head)
		: map->head.entries;
	u->bytes = bytes_under(m, map, laid->own, laid->other);
	u->split = laid->split ? bytes_under(m, map, laid->own, laid->split) : 0;
}

static void add_growth(struct under_growth *g, const struct census_map *map)
{
	g->maps++;
	g->more += map->under.bytes - map->bytes;
	g->split_more += map->under.split > map->bytes ? map->under.split - map->bytes : 0;
}

/* Of types that fit all have to say the same. */
static void move(struct moving *m, struct census_map *map)
{
	struct under_sum *sum = m->sum;
	bool same = true;

	if (map->type)
		move_one(m, map, map->type);
	for (size_t i = 0; !map->type && same && i < map->ncandidates; i++) {
		const struct map_type *t = map_types_named(&m->types, &m->live->view.types,
			map->candidates[i]);
		struct under before = map->under;

		map->under = (struct under){ 0 };
		if (t)
			move_one(m, map, t->type.at);
		same = map->under.known && (i == 0 || (before.bytes == map->under.bytes &&
			before.split == map->under.split));
	}
	map->under.known &= same;
	if (!map->under.known) {
		map->under = (struct under){ 0 };
		sum->unknown++;
		return;
	}
	sum->was += map->bytes;
	sum->bytes += map->under.bytes;
	sum->with_split += map->under.split;
	if (!under_grows(map))
		return;
	add_growth(&sum->all, map);
	if (!map->under.pointers)
		add_growth(&sum->plain, map);
}

void census_under(struct census *c, struct live *l, const struct release *r)
{
	struct moving m = { .live = l, .sum = &c->under };

	c->under = (struct under_sum){ .release = r, .split = split_of(r) };
	map_types_find(&m.types, &l->view.types);
	for (size_t i = 0; i < c->count; i++)
		if (!c->list[i].trie.root)
			move(&m, &c->list[i]);
	for (size_t i = 0; i < m.count; i++) {
		maptype_free(m.laid[i].own);
		maptype_free(m.laid[i].other);
		maptype_free(m.laid[i].split);
	}
	free(m.laid);
	table_free(&m.by_type);
	map_types_free(&m.types);
}

bool census_take_under(struct census *c, struct live *l, const struct census_wish *wish,
	const char *release, struct error *err)
{
	const struct release *r = release ? release_find(release, err) : NULL;

	*c = (struct census){ 0 };
	if ((release && !r) || !census_take(c, l, wish, err))
		return false;
	if (r)
		census_under(c, l, r);
	return true;
}

bool under_grows(const struct census_map *m)
{
	return m->under.known && m->under.bytes > m->bytes &&
		m->under.bytes - m->bytes >= m->bytes / PART;
}

void under_add_why(const struct census_map *m, struct text *out)
{
	const struct under *u = &m->under;

	text_printf(out, "takes %s%s%% more there", u->estimated ? "about " : "", real_text(m->bytes
		? 100.0 * (double)(u->bytes - m->bytes) / (double)m->bytes : 0, 0).s);
	if (u->padding)
		text_printf(out, ": %s of %s bytes in a slot are padding", count_text(u->padding).s,
			count_text(u->slot).s);
	if (!u->split)
		return;
	text_add(out, "; with mapsplitgroup ");
	census_add_size(out, u->split);
}

/* A figure, and by how much it is another than it was. */
static void add_change(struct text *out, uint64_t was, uint64_t is)
{
	census_add_size(out, is);
	if (is == was)
		return;
	text_add(out, ", ");
	census_add_size(out, is > was ? is - was : was - is);
	text_add(out, is > was ? " more" : " less");
}

void under_add_sum(const struct under_sum *s, struct text *out)
{
	text_printf(out, "under Go %s %s", s->release->name, s->unknown ? "those of a known type "
		"would take about " : "they would take about ");
	add_change(out, s->was, s->bytes);
	if (s->split) {
		text_add(out, "; with mapsplitgroup ");
		add_change(out, s->was, s->with_split);
	}
	if (s->unknown)
		text_printf(out, "; of %s maps the type is not known", count_text(s->unknown).s);
}

static void add_growing(struct text *out, const struct under_sum *s, const struct under_growth *g)
{
	text_add(out, " by ");
	census_add_size(out, g->more);
	if (s->split) {
		text_add(out, ", with mapsplitgroup by ");
		census_add_size(out, g->split_more);
	}
}

void under_add_growth(const struct under_sum *s, struct text *out)
{
	if (!s->all.maps) {
		text_add(out, "no map grows by an eighth or more");
		return;
	}
	text_printf(out, "%s map%s grow%s by an eighth or more, in all", count_text(s->all.maps).s,
		s->all.maps == 1 ? "" : "s", s->all.maps == 1 ? "s" : "");
	add_growing(out, s, &s->all);
	if (!s->plain.maps)
		return;
	text_printf(out, "; of these %s without pointers", count_text(s->plain.maps).s);
	add_growing(out, s, &s->plain);
}
