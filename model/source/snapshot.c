/* SPDX-License-Identifier: MIT */
#include "model/source/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "model/figures/hashes.h"
#include "model/figures/ledger.h"
#include "model/figures/pointees.h"
#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/go/dynamic.h"
#include "model/map/engine.h"
#include "model/source/loop.h"
#include "model/source/reading.h"
#include "model/source/source_parts.h"

/*
 * What a snapshot's memory is read by, as JSON fields. They stand at the top, and in snapshots that
 * are of something else than what is at the top.
 */
struct setting_text {
	struct text what;    /* type, arch */
	struct text rules;   /* go, engine, hash, hashkey */
	struct text sizes;   /* keysize, elemsize, bucketsize */
};

struct kept_snapshot {
	struct setting_text setting;
	char *fields;        /* those before its arrays, as JSON */
	struct kept_units *units;
};

/* Fields */

struct writer {
	FILE *out;
	bool failed;         /* something could not be written */
	bool stopped;        /* who watches does not want it any more */
};

static void put_field(struct writer *w, const char *name, json_t *value)
{
	fprintf(w->out, "\"%s\": ", name);
	w->failed |= !json_write(value, JSON_COMPACT | JSON_ENCODE_ANY, w->out);
	fputs(", ", w->out);
}

static void put_number(struct writer *w, const char *name, uint64_t value)
{
	put_field(w, name, json_integer((json_int_t)value));
}

/* Bytes by cause, which add up to inuse_bytes. */
static json_t *ledger_json(const struct ledger *l)
{
	json_t *object = json_object();

	for (unsigned i = 0; i < l->form->ncauses; i++)
		json_object_set_new(object, l->form->causes[i].word,
			json_integer((json_int_t)ledger_cause_bytes(l, i)));
	return object;
}

/* A seed that waits to be drawn: a number, or as the design writes its map's own. */
static json_t *seed_json(const struct map *m, uint64_t seed)
{
	char hex[24];

	if (!part_of(m->type)->hex_seeds)
		return json_integer((json_int_t)seed);
	snprintf(hex, sizeof hex, "0x%0*llx", 2 * (int)m->type->target->ptrsize,
		(unsigned long long)seed);
	return json_string(hex);
}

static void put_list(struct writer *w, const char *name, json_t *list)
{
	if (json_array_size(list))
		put_field(w, name, list);
	else
		json_decref(list);
}

/* What will be drawn: who reads the state back can go on just as we would have done. */
static void put_chance(struct writer *w, const struct world *world)
{
	const struct random *random = &world->random;
	json_t *seeds = json_array(), *draws = json_array();
	char hex[24];

	snprintf(hex, sizeof hex, "0x%016llx", (unsigned long long)random->state);
	put_field(w, "random", json_string(hex));
	for (uint32_t i = 0; i < random_waiting(&random->seeds); i++)
		json_array_append_new(
			seeds, seed_json(&world->map, random_waits(&random->seeds, i)));
	put_list(w, "seeds", seeds);
	for (uint32_t i = 0; i < random_waiting(&random->draws); i++) {
		snprintf(hex, sizeof hex, "0x%llx",
			(unsigned long long)random_waits(&random->draws, i));
		json_array_append_new(draws, json_string(hex));
	}
	put_list(w, "draws", draws);
}

/*
 * Old units that chains no longer lead to may still be in use, and no snapshot shows them: the
 * figures of a file are better than those of what was rebuilt from it.
 */
static void put_accounts(struct writer *w, const struct subject *now, struct account reached)
{
	const struct source_snapshot *opened = now->opened;
	bool from_file = opened && opened->has_in_use;
	bool captured = now->world->heap.captured.to != 0;

	/* What a program has allocated for a map in its life nobody knows. */
	if (!captured) {
		put_number(w, "alloc_objects", now->world->heap.state.alloc_objects);
		put_number(w, "alloc_bytes", now->world->heap.state.alloc_bytes);
	}
	put_number(w, "inuse_objects", from_file ? opened->in_use.objects : reached.objects);
	put_number(w, "inuse_bytes", from_file ? opened->in_use.bytes : reached.bytes);
	if (captured)
		return;
	put_number(w, "freed_objects", now->world->heap.state.freed_objects);
	put_number(w, "freed_bytes", now->world->heap.state.freed_bytes);
}

/* Of a map whose keys were made unreadable: what they were hashed to. */
static void put_hashes(struct writer *w, const struct map *m)
{
	struct text lines = { 0 };
	json_t *list = json_array();

	hashes_write(m, &lines);
	for (char *at = lines.s, *end; at && *at; at = end + 1) {
		end = at + strcspn(at, "\n");
		json_array_append_new(list, json_stringn(at, (size_t)(end - at)));
		if (!*end)
			break;
	}
	put_field(w, "hashes", list);
	text_free(&lines);
}

/* All but the memory itself. */
static void put_fields(struct writer *w, const struct subject *now, const char *title)
{
	const struct map *m = &now->world->map;
	const struct snapshot_part *part = part_of(m->type);
	struct text text = { 0 };
	struct ledger ledger;
	struct pointees each, all;

	put_field(w, "title", json_words(title));
	if (now->caption)
		put_field(w, "caption", json_words(now->caption));
	part->add_header(m, &text);
	fputs(text_str(&text), w->out);
	ledger_take(m, &ledger);
	put_accounts(w, now, (struct account){ ledger.objects, ledger.total });
	put_chance(w, now->world);
	put_field(w, "ledger", ledger_json(&ledger));
	put_number(w, "referred_bytes", ledger.referred);
	pointees_take(m, &each, &all);
	if (all.objects) {
		put_number(w, "pointee_bytes", all.bytes);
		put_number(w, "pointee_objects", all.objects);
	}
	if (m->loop.begun) {
		text_clear(&text);
		loop_add_json(now->world, &text);
		fprintf(w->out, "\"range\": %s, ", text_str(&text));
	}
	if (m->told)
		put_hashes(w, m);
	text_free(&text);
}

/* Settings */

/* Whether one of the heap's types before the i-th, or the map's, was read by that declaration. */
static bool added_before(const struct heap *h, const struct gotype *type, const char *one, size_t i)
{
	const char *other;

	for (size_t k = 0; k <= i; k++) {
		const struct gotype *t = k ? dynamic_at(h, k - 1) : type;

		for (size_t n = 0; (other = gotype_declaration(t, n)); n++)
			if (strcmp(one, other) == 0)
				return true;
	}
	return false;
}

/* The declarations that types are read by, the map's and of what interfaces hold. */
static void add_types(struct text *out, const struct heap *h, const struct gotype *type)
{
	const struct gotype *t = type;
	bool any = false;
	const char *one;

	for (size_t k = 0; t; t = dynamic_at(h, k++))
		for (size_t i = 0; (one = gotype_declaration(t, i)); i++) {
			if (k && added_before(h, type, one, k - 1))
				continue;
			text_add(out, any ? ", " : "\"types\": [");
			json_add_string(out, one);
			any = true;
		}
	text_add(out, any ? "], " : "");
}

static void add_word(struct text *out, const char *name, const char *value)
{
	json_t *word = json_words(value);

	text_printf(out, "\"%s\": ", name);
	json_add_string(out, json_string_value(word));
	text_add(out, ", ");
	json_decref(word);
}

static void setting_take(const struct subject *now, struct setting_text *t)
{
	const struct maptype *type = now->world->map.type;
	char *go = xasprintf("go%s", now->world->heap.release->name);
	struct text key = { 0 };

	*t = (struct setting_text){ 0 };
	add_word(&t->what, "type", type->asked);
	add_types(&t->what, &now->world->heap, type->type);
	add_word(&t->what, "arch", now->world->heap.target->name);
	add_word(&t->rules, "go", go);
	add_word(&t->rules, "engine", type->engine->name);
	if (!now->world->map.unhashed && !now->world->map.told) {
		add_word(&t->rules, "hash",
			now->world->hasher.family == HASH_AES ? "aes" : "wyhash");
		world_hashkey(now->world, &key);
		add_word(&t->rules, "hashkey", text_str(&key));
		text_free(&key);
	}
	if (now->world->map.stays)
		add_word(&t->rules, "escape", "no");
	setting_add_sizes(type, &t->sizes);
	if (part_of(type)->add_type)
		part_of(type)->add_type(type, &t->sizes);
	free(go);
}

static void setting_drop(struct setting_text *t)
{
	text_free(&t->what);
	text_free(&t->rules);
	text_free(&t->sizes);
}

/* Those of a snapshot that are not as at the top. */
static void put_setting(FILE *out, const struct setting_text *t, const struct setting_text *top)
{
	bool rules = strcmp(t->rules.s, top->rules.s) != 0;

	if (rules || strcmp(t->what.s, top->what.s) != 0)
		fprintf(out, "%s%s%s", t->what.s, rules ? t->rules.s : "", t->sizes.s);
}

/* Snapshots that are kept */

struct kept_snapshot *snapshot_keep(const struct subject *now, const char *title,
	struct kept_snapshot *before)
{
	const struct map *m = &now->world->map;
	struct kept_snapshot *k = xcalloc(1, sizeof *k);
	struct text fields = { 0 };
	struct writer w = { .out = text_stream(&fields) };
	bool same;

	setting_take(now, &k->setting);
	put_fields(&w, now, title);
	fclose(w.out);
	k->fields = fields.s;
	same = before && strcmp(before->setting.what.s, k->setting.what.s) == 0 &&
		strcmp(before->setting.sizes.s, k->setting.sizes.s) == 0;
	if (!now->again)
		k->units = kept_units_take(m, &part_of(m->type)->units,
			same ? before->units : NULL);
	return k;
}

void snapshot_drop(struct kept_snapshot *k)
{
	if (!k)
		return;
	setting_drop(&k->setting);
	kept_units_free(k->units);
	free(k->fields);
	free(k);
}

static void put_kept_fields(const struct kept_snapshot *k, const struct setting_text *top,
	FILE *out)
{
	fputs("{", out);
	if (top)
		put_setting(out, &k->setting, top);
	fputs(k->fields, out);
}

/* Units that were not kept are those of a map that is made again. */
static bool put_kept(struct writer *w, const struct kept_snapshot *k, const struct subject *now,
	const struct setting_text *top, struct units_writer *units, struct error *err)
{
	const struct map *m;

	put_kept_fields(k, top, w->out);
	if (k->units) {
		kept_units_write(k->units, units, w->out);
	} else {
		m = now->make(now->data, err);
		if (!m)
			return false;
		w->stopped |= !map_units_write(m, &part_of(m->type)->units, w->out, now->watcher);
	}
	fputs("}", w->out);
	return true;
}

static void put_present(struct writer *w, const struct subject *now, const char *title)
{
	fputs("{", w->out);
	put_fields(w, now, title);
	w->stopped = !map_units_write(
		&now->world->map, &part_of(now->world->map.type)->units, w->out, now->watcher);
	fputs("}", w->out);
}

char *snapshot_kept_json(const struct kept_snapshot *k)
{
	struct text text = { 0 };
	FILE *out = text_stream(&text);
	struct units_writer *units = units_writer_new();

	put_kept_fields(k, NULL, out);
	if (k->units)
		kept_units_write(k->units, units, out);
	fputs("}", out);
	units_writer_free(units);
	fclose(out);
	return text.s;
}

/* Documents */

/*
 * Whether the present state is to be written: when no snapshot was taken, and it is not the last
 * one of the file that was opened.
 */
static bool is_past(const struct timeline *time, const struct subject *now)
{
	bool opened = now->opened && time->now == time->total &&
		(time->nentries == 1 || now->opened->captured);
	size_t written = 0;

	for (size_t i = 0; i < time->nsnapshots; i++) {
		if (time->snapshots[i].kept && !time->snapshots[i].opened)
			return false;
		written += time->snapshots[i].kept || time->snapshots[i].due;
	}
	return !opened || !written;
}

/* What stands at the top: what the last snapshot is read by. */
static const struct setting_text *find_top(const struct timeline *time,
	const struct subject *now, const struct setting_text *present)
{
	for (size_t i = is_past(time, now) ? 0 : time->nsnapshots; i > 0; i--)
		if (time->snapshots[i - 1].due)
			return present;
		else if (time->snapshots[i - 1].kept)
			return &time->snapshots[i - 1].kept->setting;
	return present;
}

bool snapshot_write(const struct timeline *time, const struct subject *now, FILE *out,
	struct error *err)
{
	struct writer w = { .out = out };
	struct units_writer *units = units_writer_new();
	struct setting_text present;
	const struct setting_text *top;
	size_t written = 0;
	bool ok = true;

	setting_take(now, &present);
	top = find_top(time, now, &present);
	fprintf(out, "{\"format\": \"" READING_FORMAT "\", %s%s%s\n\"snapshots\": [\n",
		top->what.s, top->rules.s, top->sizes.s);
	for (size_t i = 0; ok && i < time->nsnapshots && !w.stopped; i++) {
		if (time->snapshots[i].due) {
			fputs(written++ ? ",\n" : "", out);
			put_present(&w, now, time->snapshots[i].title);
		}
		if (!time->snapshots[i].kept)
			continue;
		w.stopped = work_stops(now->watcher,
			(struct work){ "snapshot", i, time->nsnapshots, false });
		fputs(written++ ? ",\n" : "", out);
		ok = put_kept(&w, time->snapshots[i].kept, now, top, units, err);
	}
	if (ok && is_past(time, now) && !w.stopped) {
		fputs(written ? ",\n" : "", out);
		put_present(&w, now, "end");
	}
	fputs("\n]}\n", out);
	setting_drop(&present);
	units_writer_free(units);
	if (!ok)
		return false;
	if (w.stopped)
		return work_fail(err);
	return (!w.failed && !ferror(out)) || fail(err, "the output could not be written");
}
