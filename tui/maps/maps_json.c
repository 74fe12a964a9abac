/* SPDX-License-Identifier: MIT */
#include "tui/maps/maps_parts.h"

#include <inttypes.h>

#include "model/base/json.h"

static void add_words(struct text *t, const char *value)
{
	json_t *words = json_words(value);

	json_add_string(t, json_string_value(words));
	json_decref(words);
}

/* Behind `before`, which is a comma or what begins the object. */
static void add_field(struct text *t, const char *before, const char *name, const char *value)
{
	text_printf(t, "%s\"%s\": ", before, name);
	if (value)
		add_words(t, value);
	else
		text_add(t, "null");
}

static void add_split(struct text *t, const struct under_sum *sum, uint64_t bytes)
{
	if (sum->split)
		text_printf(t, ", \"split_bytes\": %" PRIu64, bytes);
}

static void add_candidates(struct text *t, const struct census_map *m)
{
	text_add(t, ", \"candidates\": [");
	for (size_t i = 0; i < m->ncandidates; i++) {
		text_add(t, i ? ", " : "");
		add_words(t, m->candidates[i]);
	}
	text_add(t, "]");
}

static void add_under(struct text *t, const struct under_sum *sum, const struct under *u)
{
	text_add(t, ", \"as_go\": ");
	if (!u->known) {
		text_add(t, "null");
		return;
	}
	text_printf(t, "{\"bytes\": %" PRIu64, u->bytes);
	add_split(t, sum, u->split);
	text_printf(t, ", \"for_entries\": %" PRIu64 ", \"estimated\": %s, \"pointers\": %s, "
		"\"slot\": %" PRIu64 ", \"padding\": %" PRIu64 "}", u->entries,
		u->estimated ? "true" : "false", u->pointers ? "true" : "false", u->slot,
		u->padding);
}

static void add_growth(struct text *t, const struct under_sum *sum, const char *name,
	const struct under_growth *g)
{
	text_printf(
		t, ", \"%s\": {\"maps\": %" PRIu64 ", \"more\": %" PRIu64, name, g->maps, g->more);
	if (sum->split)
		text_printf(t, ", \"split_more\": %" PRIu64, g->split_more);
	text_add(t, "}");
}

static void add_under_sum(struct text *t, const struct under_sum *sum)
{
	add_field(t, "\"as_go\": {", "release", sum->release->name);
	text_printf(t, ", \"unknown\": %" PRIu64 ", \"was\": %" PRIu64 ", \"bytes\": %" PRIu64,
		sum->unknown, sum->was, sum->bytes);
	add_split(t, sum, sum->with_split);
	add_growth(t, sum, "grow", &sum->all);
	add_growth(t, sum, "grow_without_pointers", &sum->plain);
	text_add(t, "}, ");
}

static const char *reached_word(const struct census_map *m)
{
	static const char *const reached[] = { [REACHED_UNKNOWN] = "null", [REACHED] = "true",
		[REACHED_NOT] = "false" };

	return reached[m->reached];
}

static void add_names(struct text *t, const struct census_map *m)
{
	add_field(t, ", ", "type", m->type_name);
	if (!m->type_name)
		add_candidates(t, m);
	add_field(t, ", ", "name", m->name);
}

static void add_map(struct text *t, const struct census *c, const struct census_map *m)
{
	text_printf(t, "{\"addr\": \"0x%" PRIx64 "\"", m->head.at);
	add_names(t, m);
	text_printf(t, ", \"entries\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"free_bytes\": %"
		PRIu64 ", \"dead_bytes\": %" PRIu64 ", \"reached\": %s",
		m->head.entries, m->bytes, m->free_bytes, m->dead_bytes, reached_word(m));
	add_field(t, ", ", "verdict", m->verdict);
	if (c->under.release)
		add_under(t, &c->under, &m->under);
	text_add(t, "}");
}

static void add_trie(struct text *t, const struct census_map *m)
{
	text_printf(t, "{\"addr\": \"0x%" PRIx64 "\", \"root\": \"0x%" PRIx64 "\"", m->head.at,
		m->trie.root);
	add_names(t, m);
	text_printf(t, ", \"entries\": %" PRIu64 ", \"nodes\": %" PRIu64 ", \"bytes\": %" PRIu64
		", \"free_bytes\": %" PRIu64 ", \"reached\": %s, \"at_least\": %s}",
		m->head.entries, m->trie.nodes, m->bytes, m->free_bytes, reached_word(m),
		m->trie.least ? "true" : "false");
}

/* The maps, or the tries among them, a line each. */
static void put_those(const struct maps_page *p, bool tries, struct text *t, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < p->census.count; i++) {
		const struct census_map *m = &p->census.list[i];

		if ((m->trie.root != 0) != tries)
			continue;
		text_add(t, any ? ",\n" : "\n");
		any = true;
		if (tries)
			add_trie(t, m);
		else
			add_map(t, &p->census, m);
		fputs(t->s, out);
		text_clear(t);
	}
}

static void put_list(const struct maps_page *p, struct text *t, FILE *out)
{
	if (p->census.tries) {
		text_add(t, "\"tries\": [");
		put_those(p, true, t, out);
		text_add(t, "\n], ");
	}
	text_add(t, "\"maps\": [");
	put_those(p, false, t, out);
}

static void add_row(struct text *t, const struct under_sum *sum, const struct rollup_row *r)
{
	add_field(t, "{", "path", r->path);
	add_field(t, ", ", "type", r->type);
	text_printf(t, ", \"maps\": %" PRIu64 ", \"never\": %" PRIu64 ", \"vacant\": %" PRIu64
		", \"entries\": %" PRIu64 ", \"slots\": %" PRIu64 ", \"bytes\": %" PRIu64
		", \"free_bytes\": %" PRIu64 ", \"dead_bytes\": %" PRIu64 ", \"saves\": %" PRIu64,
		r->maps, r->never, r->vacant, r->entries, r->slots, r->bytes, r->free_bytes,
		r->dead_bytes, r->saves);
	add_field(t, ", ", "verdict", r->verdict);
	if (sum->release) {
		text_printf(t, ", \"as_go\": {\"bytes\": %" PRIu64, r->under);
		add_split(t, sum, r->split);
		text_printf(t, ", \"unknown\": %" PRIu64 "}", r->unknown);
	}
	text_add(t, "}");
}

static void put_rollup(const struct maps_page *p, struct text *t, FILE *out)
{
	struct rollup all;

	rollup_make(&all, &p->census, p->by);
	text_printf(t, "\"by\": \"%s\", \"groups\": [", rollup_name(p->by));
	for (size_t i = 0; i < all.count; i++) {
		text_add(t, i ? ",\n" : "\n");
		add_row(t, &p->census.under, &all.list[i]);
		fputs(t->s, out);
		text_clear(t);
	}
	rollup_free(&all);
}

/* Null is what is not known of a core file. */
static void add_known(struct text *t, bool known, const char *name, uint64_t bytes)
{
	if (known)
		text_printf(t, ", \"%s\": %" PRIu64, name, bytes);
	else
		text_printf(t, ", \"%s\": null", name);
}

static void add_balance(struct text *t, const struct balance *b)
{
	text_printf(t, "\"memory\": {\"heap_live\": %" PRIu64 ", \"heap_dead\": %" PRIu64
		", \"stacks\": %" PRIu64, b->live, b->dead, b->stacks);
	add_known(t, b->resident_known, "rss", b->resident);
	add_known(t, b->resident_known, "heap_idle", b->idle);
	add_known(t, b->resident_known, "untouched", b->untouched);
	add_known(t, b->resident_known, "other", b->other);
	text_printf(t, ", \"maps\": %" PRIu64 ", \"behind_maps\": %" PRIu64 ", \"saves\": %"
		PRIu64 ", \"rebuilds\": %" PRIu64 "}, ", b->arrays, b->behind, b->saves,
		b->rebuilds);
}

/* "reach" is null without a mark. */
static void add_reach(struct text *t, const struct census_reach *r)
{
	if (!r->marked)
		text_add(t, "\"reach\": null, ");
	else
		text_printf(t, "\"reach\": {\"sampled\": %s, \"stacks\": %s, \"live\": %" PRIu64
			", \"garbage\": %" PRIu64 ", \"garbage_bytes\": %" PRIu64 "}, ",
			r->sampled ? "true" : "false", r->blind ? "false" : "true", r->live,
			r->garbage, r->garbage_bytes);
}

static void put_page(const struct maps_page *p, FILE *out)
{
	struct text t = { 0 };

	text_add(&t, "{\"format\": \"hmapview-maps/1\", ");
	if (p->pid)
		text_printf(&t, "\"pid\": %d", p->pid);
	else
		text_add(&t, "\"pid\": null");
	add_field(&t, ", ", "exe", p->exe);
	add_field(&t, ", ", "go", p->go);
	add_field(&t, ", ", "arch", p->arch);
	add_field(&t, ", ", "ended", p->ended);
	text_printf(&t, ", \"sampled\": %s, ", p->census.sampled ? "true" : "false");
	add_balance(&t, &p->census.balance);
	add_reach(&t, &p->census.reach);
	if (p->census.under.release)
		add_under_sum(&t, &p->census.under);
	(p->by ? put_rollup : put_list)(p, &t, out);
	text_printf(&t, "\n], \"empty\": %" PRIu64 "}", p->census.empty);
	fputs(t.s, out);
	text_free(&t);
}

void maps_write_json(const struct maps_pages *all, int width, FILE *out)
{
	(void)width;
	if (all->several)
		fputs("{\"format\": \"hmapview-processes/1\", \"processes\": [\n", out);
	for (size_t i = 0; i < all->count; i++) {
		if (i)
			fputs(",\n", out);
		put_page(&all->list[i], out);
	}
	fputs(all->several ? "\n]}\n" : "\n", out);
}
