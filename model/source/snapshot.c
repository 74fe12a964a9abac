/* SPDX-License-Identifier: MIT */
#include "model/source/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "model/figures/ledger.h"
#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/map/engine.h"
#include "model/map/reach.h"
#include "model/source/groups.h"
#include "model/source/kept_buckets.h"
#include "model/source/loop.h"
#include "model/source/reading.h"
#include "model/source/source.h"

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
	struct kept_buckets *buckets; /* of a classic map, else: */
	char *groups;        /* of a Swiss one, as JSON */
};

/* Fields */

struct writer {
	FILE *out;
	bool failed;         /* something could not be written */
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

/* What will be drawn: who reads the state back can go on just as we would have done. */
static void put_chance(struct writer *w, const struct random *random)
{
	char state[24];
	json_t *seeds = json_array();

	snprintf(state, sizeof state, "0x%016llx", (unsigned long long)random->state);
	put_field(w, "random", json_string(state));
	for (uint32_t i = random->head; i != random->tail; i++)
		json_array_append_new(seeds, json_integer((json_int_t)random->queue[i % RANDOM_QUEUE]));
	if (json_array_size(seeds))
		put_field(w, "seeds", seeds);
	else
		json_decref(seeds);
}

static void put_header(struct writer *w, const struct map *m)
{
	char hash0[16];

	snprintf(hash0, sizeof hash0, "0x%08x", (unsigned)map_get(m, HMAP_HASH0));
	put_number(w, "count", map_get(m, HMAP_COUNT));
	put_number(w, "flags", map_get(m, HMAP_FLAGS));
	put_number(w, "B", map_get(m, HMAP_B));
	put_number(w, "noverflow", map_get(m, HMAP_NOVERFLOW));
	put_field(w, "hash0", json_string(hash0));
	put_number(w, "nevacuate", map_get(m, HMAP_NEVACUATE));
	if (m->type->release->counts_clears)
		put_number(w, "clearseq", map_get(m, HMAP_CLEAR_SEQ));
	put_field(w, "next_overflow", json_integer(map_next_overflow(m)));
	if (map_growing(m))
		put_number(w, "old_next_overflow", map_used_buckets(m, true));
	put_field(w, "extra", json_boolean(map_get(m, HMAP_EXTRA) != 0));
}

/*
 * Old buckets that chains no longer lead to may still be in use, and no snapshot shows them: the
 * figures of a file are better than those of what was rebuilt from it.
 */
static void put_accounts(struct writer *w, const struct subject *now, struct account reached)
{
	const struct source_snapshot *opened = now->opened;
	bool from_file = opened && opened->has_in_use;

	put_number(w, "alloc_objects", now->world->heap.state.alloc_objects);
	put_number(w, "alloc_bytes", now->world->heap.state.alloc_bytes);
	put_number(w, "inuse_objects", from_file ? opened->in_use.objects : reached.objects);
	put_number(w, "inuse_bytes", from_file ? opened->in_use.bytes : reached.bytes);
	put_number(w, "freed_objects", now->world->heap.state.freed_objects);
	put_number(w, "freed_bytes", now->world->heap.state.freed_bytes);
}

static bool is_swiss(const struct subject *now)
{
	return now->world->heap.release->engine == ENGINE_SWISS;
}

static void put_swiss(struct writer *w, const struct subject *now)
{
	struct text text = { 0 };

	groups_add_header(&now->world->map, &text);
	fputs(text_str(&text), w->out);
	put_accounts(w, now, map_reached(&now->world->map));
	put_chance(w, &now->world->random);
	if (now->world->map.loop.begun) {
		text_clear(&text);
		groups_add_loop(&now->world->map, &text);
		fprintf(w->out, "\"range\": {%s", text_str(&text));
		fputs("\"keys\": ", w->out);
		w->failed |= !json_write(loop_keys_json(now->world), JSON_COMPACT, w->out);
		fputs("}, ", w->out);
	}
	text_free(&text);
}

/* All but the arrays. */
static void put_fields(struct writer *w, const struct subject *now, const char *title)
{
	struct ledger ledger;

	put_field(w, "title", json_words(title));
	if (now->caption)
		put_field(w, "caption", json_words(now->caption));
	if (is_swiss(now)) {
		put_swiss(w, now);
		return;
	}
	ledger_take(&now->world->map, &ledger);
	put_header(w, &now->world->map);
	put_accounts(w, now, (struct account){ ledger.objects, ledger.total });
	put_chance(w, &now->world->random);
	put_field(w, "ledger", ledger_json(&ledger));
	put_number(w, "referred_bytes", ledger.referred);
	if (now->world->map.loop.begun)
		put_field(w, "range", loop_json(now->world));
}

/* Settings */

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
	add_word(&t->what, "arch", now->world->heap.target->name);
	add_word(&t->rules, "go", go);
	add_word(&t->rules, "engine", type->engine->name);
	if (!now->world->map.unhashed) {
		add_word(&t->rules, "hash", now->world->hasher.family == HASH_AES ? "aes" : "wyhash");
		world_hashkey(now->world, &key);
		add_word(&t->rules, "hashkey", text_str(&key));
		text_free(&key);
	}
	if (is_swiss(now))
		groups_add_sizes(type, &t->sizes);
	else
		text_printf(&t->sizes, "\"keysize\": %u, \"elemsize\": %u, \"bucketsize\": %u, ",
		type->keysize, type->elemsize, type->unit.size);
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
	const struct source_snapshot *opened = now->opened;
	struct kept_snapshot *k = xcalloc(1, sizeof *k);
	struct text fields = { 0 };
	struct writer w = { .out = text_stream(&fields) };
	bool same;

	setting_take(now, &k->setting);
	put_fields(&w, now, title);
	fclose(w.out);
	k->fields = fields.s;
	if (is_swiss(now)) {
		struct text groups = { 0 };
		FILE *out = text_stream(&groups);

		groups_write(&now->world->map, out);
		fclose(out);
		k->groups = groups.s;
		return k;
	}
	same = before && before->buckets && strcmp(before->setting.what.s, k->setting.what.s) == 0;
	k->buckets = kept_buckets_take(&now->world->map, same ? before->buckets : NULL,
		opened ? &opened->buckets : NULL);
	return k;
}

void snapshot_drop(struct kept_snapshot *k)
{
	if (!k)
		return;
	setting_drop(&k->setting);
	kept_buckets_free(k->buckets);
	free(k->groups);
	free(k->fields);
	free(k);
}

static void put_kept(const struct kept_snapshot *k, const struct setting_text *top, FILE *out)
{
	fputs("{", out);
	if (top)
		put_setting(out, &k->setting, top);
	fputs(k->fields, out);
	if (k->groups)
		fputs(k->groups, out);
	else
		kept_buckets_write(k->buckets, out);
	fputs("}", out);
}

static void put_present(struct writer *w, const struct subject *now, const char *title)
{
	fputs("{", w->out);
	put_fields(w, now, title);
	if (is_swiss(now))
		groups_write(&now->world->map, w->out);
	else
		map_buckets_write(&now->world->map, w->out);
	fputs("}", w->out);
}

char *snapshot_kept_json(const struct kept_snapshot *k)
{
	struct text text = { 0 };
	FILE *out = text_stream(&text);

	put_kept(k, NULL, out);
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
	bool opened = now->opened && time->nentries == 1 && time->now == time->total;
	size_t written = 0;

	for (size_t i = 0; i < time->nsnapshots; i++) {
		if (time->snapshots[i].kept && !time->snapshots[i].opened)
			return false;
		written += time->snapshots[i].kept != NULL;
	}
	return !opened || !written;
}

/* What stands at the top: what the last snapshot is read by. */
static const struct setting_text *find_top(const struct timeline *time,
	const struct subject *now, const struct setting_text *present)
{
	for (size_t i = is_past(time, now) ? 0 : time->nsnapshots; i > 0; i--)
		if (time->snapshots[i - 1].kept)
			return &time->snapshots[i - 1].kept->setting;
	return present;
}

bool snapshot_write(const struct timeline *time, const struct subject *now, FILE *out,
	struct error *err)
{
	struct writer w = { .out = out };
	struct setting_text present;
	const struct setting_text *top;
	size_t written = 0;

	setting_take(now, &present);
	top = find_top(time, now, &present);
	fprintf(out, "{\"format\": \"" READING_FORMAT "\", %s%s%s\n\"snapshots\": [\n",
		top->what.s, top->rules.s, top->sizes.s);
	for (size_t i = 0; i < time->nsnapshots; i++) {
		if (!time->snapshots[i].kept)
			continue;
		fputs(written++ ? ",\n" : "", out);
		put_kept(time->snapshots[i].kept, top, out);
	}
	if (is_past(time, now)) {
		fputs(written ? ",\n" : "", out);
		put_present(&w, now, "end");
	}
	fputs("\n]}\n", out);
	setting_drop(&present);
	return (!w.failed && !ferror(out)) || fail(err, "the output could not be written");
}
