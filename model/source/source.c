/* SPDX-License-Identifier: MIT */
#include "model/source/source.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/source/source_parts.h"

/* Snapshots */

/* A number of 32 bits, or as a string any in hexadecimal digits. */
static bool read_seed(struct reading *r, uint64_t *seed)
{
	enum pull_kind kind;

	if (!pull_value(r->pull, &kind))
		return false;
	if (kind == PULL_STRING)
		return reading_hex_text(r, 16, seed);
	if (kind != PULL_INTEGER)
		return reading_wrong(r, "%s: a number or a string is expected", pull_word(kind));
	*seed = (uint64_t)r->pull->number;
	return *seed <= UINT32_MAX ||
		reading_wrong(r, "a number from 0 to %u is expected", UINT32_MAX);
}

static bool read_draw(struct reading *r, uint64_t *draw)
{
	return reading_value(r, PULL_STRING) && reading_hex_text(r, 16, draw);
}

/* Values that are drawn, as they are read into a list. */
struct drawing {
	struct source_draws *list;
	size_t cap;
	bool (*read)(struct reading *r, uint64_t *draw);
};

static bool take_draw(struct reading *r, uint64_t i, void *into)
{
	struct drawing *d = into;
	struct source_draws *list = d->list;

	if (i == RANDOM_QUEUE) {
		reading_leave(r);
		return reading_wrong(r, "too many: %d at most", RANDOM_QUEUE);
	}
	list->values = xroom(list->values, &d->cap, list->count, sizeof *list->values);
	if (!d->read(r, &list->values[list->count]))
		return false;
	list->count++;
	return true;
}

static bool read_seeds(struct reading *r, void *into)
{
	struct drawing d = { .list = &((struct snapshot_reading *)into)->s.seeds,
		.read = read_seed };

	return reading_list(r, take_draw, &d);
}

static bool read_draws(struct reading *r, void *into)
{
	struct drawing d = { .list = &((struct snapshot_reading *)into)->s.draws,
		.read = read_draw };

	return reading_list(r, take_draw, &d);
}

#define ACCOUNT(f, objects_, bytes_) \
	{ .name = objects_, .kind = MEMBER_NUMBER, .most = INT64_MAX, \
		.offset = offsetof(struct snapshot_reading, s.f.objects) }, \
	{ .name = bytes_, .kind = MEMBER_NUMBER, .most = INT64_MAX, \
		.offset = offsetof(struct snapshot_reading, s.f.bytes) }

/* ORDER ROW: the bits of what is seen. */
enum { ROW_TITLE, ROW_CAPTION, ROW_ALLOCATED, ROW_ALLOCATED_BYTES, ROW_IN_USE, ROW_IN_USE_BYTES,
	ROW_FREED, ROW_FREED_BYTES, ROW_RANDOM };

static const struct member rows[] = {
	{ .name = "title", .kind = MEMBER_WORD, .needed = true,
		.offset = offsetof(struct snapshot_reading, s.title) },
	{ .name = "caption", .kind = MEMBER_WORD,
		.offset = offsetof(struct snapshot_reading, s.caption) },
	ACCOUNT(allocated, "alloc_objects", "alloc_bytes"),
	ACCOUNT(in_use, "inuse_objects", "inuse_bytes"),
	ACCOUNT(freed, "freed_objects", "freed_bytes"),
	{ .name = "random", .kind = MEMBER_HEX, .most = 16,
		.offset = offsetof(struct snapshot_reading, s.random) },
	{ .name = "seeds", .kind = MEMBER_OTHER, .read = read_seeds },
	{ .name = "draws", .kind = MEMBER_OTHER, .read = read_draws },
	{ .name = "range", .kind = MEMBER_OTHER, .read = loop_read },
	{ .name = "hashes", .kind = MEMBER_LINES,
		.offset = offsetof(struct snapshot_reading, s.hashes) },
};

/* Objects and their bytes, both or neither. */
static bool check_account(struct reading *r, uint64_t seen, unsigned row, bool *there)
{
	*there = seen >> row & 3;
	if (!*there || (seen >> row & 3) == 3)
		return true;
	return reading_wrong(reading_enter(r, rows[row + (seen >> row & 1)].name),
		"missing: a number is expected");
}

struct source_setting *source_settle(struct source *src, struct source_setting *set)
{
	struct source_setting *last = src->nsettings ? src->settings[src->nsettings - 1] : NULL;

	if (last && setting_same(last, set)) {
		setting_free(set);
		return last;
	}
	return xadd(src->settings, src->nsettings, src->settings_cap, set);
}

static bool any_words(const struct setting_words *w)
{
	return w->type || w->types || w->arch || w->go || w->hash || w->hashkey;
}

const struct source_setting *snapshot_setting(struct reading *r, struct snapshot_reading *x)
{
	struct source *src = x->src;
	struct source_setting *own;

	if (x->s.setting)
		return x->s.setting;
	x->settled = x->words;
	if (!any_words(&x->words))
		return x->s.setting = src->settings[0];
	own = setting_make(r, &x->words, src->settings[0]);
	if (!own)
		return NULL;
	return x->s.setting = source_settle(src, own);
}

const struct source_snapshot *snapshot_before(const struct snapshot_reading *x)
{
	const struct source *src = x->src;
	const struct source_snapshot *last = src->count ? &src->list[src->count - 1] : NULL;

	return last && last->setting == x->s.setting ? last : NULL;
}

static void free_snapshot(struct source_snapshot *s)
{
	free(s->title);
	free(s->caption);
	free(s->seeds.values);
	free(s->draws.values);
	free(s->hashes);
	if (s->told)
		told_free(s->told);
	free(s->told);
	loop_free(&s->loop);
	buckets_free(&s->buckets);
	tables_free(&s->tables);
	if (s->captured)
		capture_free(s->captured);
	free(s->captured);
}

/* The design that it is read by: its own, where it says so by now, or else the file's. */
static const struct snapshot_part *part_so_far(const struct snapshot_reading *x)
{
	const struct release *own = NULL;
	struct error unused;

	if (x->s.setting)
		return x->s.setting->part;
	if (x->words.go)
		own = release_find(x->words.go, &unused);
	return own ? part_find(engine_of(own)->name) : x->src->settings[0]->part;
}

bool reading_buckets(const void *into)
{
	return part_so_far(into) == &buckets_part;
}

bool reading_groups(const void *into)
{
	return part_so_far(into) == &groups_part;
}

/* What the memory was read by must have been known by then. */
static bool check_settled(struct reading *r, const struct snapshot_reading *x)
{
	const char *late = x->words.go != x->settled.go ? "go"
		: x->words.type != x->settled.type ? "type"
		: x->words.types != x->settled.types ? "types"
		: x->words.arch != x->settled.arch ? "arch" : NULL;

	if (!x->s.setting || !late)
		return true;
	return reading_wrong(reading_enter(r, late), "it stands behind what is read by it");
}

static bool read_fields(struct reading *r, struct snapshot_reading *x)
{
	const struct members setting = { setting_rows, SETTING_ROWS, buckets_part.members, NULL };
	const struct members members = { rows, sizeof rows / sizeof *rows, &setting, NULL };
	const struct source_setting *set;
	bool unused;

	if (!reading_object(r, &members, x, &x->seen) ||
		!check_account(r, x->seen, ROW_ALLOCATED, &x->s.has_allocated) ||
		!check_account(r, x->seen, ROW_IN_USE, &x->s.has_in_use) ||
		!check_account(r, x->seen, ROW_FREED, &unused) || !check_settled(r, x))
		return false;
	set = snapshot_setting(r, x);
	if (!set || !set->part->complete(r, x) ||
		!setting_complete(r, &x->words, x->src->settings[0], x->s.setting))
		return false;
	if (x->s.hashes)
		x->s.told = xcalloc(1, sizeof *x->s.told);
	x->s.has_random = x->seen >> ROW_RANDOM & 1;
	return true;
}

static bool read_snapshot(struct reading *r, struct source *src)
{
	struct snapshot_reading x = { .src = src };
	bool ok;

	setting_words_start(&x.words);
	buckets_start(&x.s.buckets);
	ok = read_fields(r, &x);
	setting_words_free(&x.words);
	text_free(&x.aside[0]);
	text_free(&x.aside[1]);
	if (!ok) {
		free_snapshot(&x.s);
		return false;
	}
	xadd(src->list, src->count, src->cap, x.s);
	return true;
}

/* The document */

struct document {
	struct setting_words words;
	struct source *src;
	struct text aside; /* the snapshots, where they stand before what they are read by */
	uint64_t seen;
};

static bool read_item(struct reading *r, uint64_t i, void *into)
{
	(void)i;
	return read_snapshot(r, into);
}

static bool read_list(struct reading *r, struct source *src)
{
	return reading_list(r, read_item, src) &&
		(src->count || reading_wrong(r, "an empty list: one at least is expected"));
}

static bool check_format(struct reading *r, const struct setting_words *w)
{
	return !w->format || strcmp(w->format, READING_FORMAT) == 0 ||
		reading_wrong(r, "format is \"%.40s\": \"" READING_FORMAT "\" is expected",
			w->format);
}

/* The setting, of what is known of it by now. The path leads to the document. */
static bool settle(struct reading *r, struct document *d)
{
	struct source_setting *set = check_format(r, &d->words)
		? setting_make(r, &d->words, NULL) : NULL;

	return set && source_settle(d->src, set);
}

static bool read_snapshots(struct reading *r, void *into)
{
	struct document *d = into;
	if (!d->words.type || !d->words.arch || !d->words.go)
		return pull_copy(r->pull, &d->aside);
	reading_leave(r);
	if (!settle(r, d))
		return false;
	reading_enter(r, "snapshots");
	return read_list(r, d->src);
}

static const struct member document_rows[] = {
	{ .name = "snapshots", .kind = MEMBER_OTHER, .read = read_snapshots },
};

static const struct members more_members = { setting_rows, SETTING_ROWS, NULL, NULL };
static const struct members document_members = { document_rows,
	sizeof document_rows / sizeof document_rows[0], &more_members, NULL };

enum { DOCUMENT_SNAPSHOTS = sizeof document_rows / sizeof document_rows[0] - 1 };

static bool read_aside(struct reading *r, struct document *d)
{
	struct pull pull;
	bool ok;

	if (!settle(r, d))
		return false;
	reading_enter(r, "snapshots");
	if (!d->aside.len)
		return reading_wrong(r, "missing: a list is expected");
	pull_open_text(&pull, &d->aside, r->name, r->err);
	r->pull = &pull;
	ok = read_list(r, d->src);
	pull_close(&pull);
	return ok;
}

/* The fields that came behind the snapshots. */
static bool complete(struct reading *r, struct document *d)
{
	struct source_setting **list = d->src->settings;
	struct setting_words none;

	setting_words_start(&none);
	if (!check_format(r, &d->words) || !setting_complete(r, &d->words, NULL, list[0]))
		return false;
	for (size_t i = 1; i < d->src->nsettings; i++)
		setting_complete(r, &none, list[0], list[i]);
	return true;
}

static bool read_document(struct reading *r, struct document *d)
{
	enum pull_kind kind;

	if (!pull_value(r->pull, &kind))
		return false;
	if (kind != PULL_OBJECT)
		return pull_skip(r->pull, kind) && pull_end(r->pull) &&
			reading_wrong(r, "%s: an object in the format " READING_FORMAT
				" is expected", pull_word(kind));
	if (!reading_members(r, &document_members, d, &d->seen) || !pull_end(r->pull))
		return false;
	if (!d->words.format && !d->words.engine && !d->words.arch &&
		!(d->seen >> DOCUMENT_SNAPSHOTS & 1))
		return reading_wrong(r, "no snapshot file: \"format\": \"" READING_FORMAT
			"\" is expected");
	if (!d->src->nsettings)
		return read_aside(r, d);
	return complete(r, d);
}

static bool read_file(struct reading *r, struct source *src)
{
	struct document d = { .src = src };
	bool ok;

	setting_words_start(&d.words);
	ok = read_document(r, &d);
	setting_words_free(&d.words);
	text_free(&d.aside);
	return ok;
}

static bool is_empty(FILE *in)
{
	int c = getc(in);

	if (c != EOF)
		ungetc(c, in);
	return c == EOF && !ferror(in);
}

struct source *source_read(FILE *in, const char *name, const struct watcher *watcher,
	struct error *err)
{
	struct reading r = { .name = name, .err = err };
	struct source *src;
	struct pull pull;

	if (is_empty(in)) {
		fail(err, "%.160s: the file is empty: a snapshot in the format " READING_FORMAT
			" is expected", name);
		return NULL;
	}
	src = xcalloc(1, sizeof *src);
	src->name = xstrdup(name);
	pull_open(&pull, in, name, err);
	pull_watch(&pull, watcher);
	r.pull = &pull;
	if (!read_file(&r, src)) {
		source_free(src);
		src = NULL;
	}
	pull_close(&pull);
	return src;
}

void source_free(struct source *src)
{
	if (!src)
		return;
	for (size_t i = 0; i < src->count; i++)
		free_snapshot(&src->list[i]);
	for (size_t i = 0; i < src->nsettings; i++)
		setting_free(src->settings[i]);
	free(src->list);
	free(src->settings);
	free(src->name);
	free(src);
}
