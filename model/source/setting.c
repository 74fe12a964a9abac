/* SPDX-License-Identifier: MIT */
/* What snapshots are read by: type, target, release, hash. */
#include "model/engines/engines.h"
#include "model/source/source_parts.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

#define WORD(f) { .name = #f, .kind = MEMBER_WORD, .offset = offsetof(struct setting_words, f) }

const struct member setting_rows[SETTING_ROWS] = {
	WORD(format), WORD(type),
	{ .name = "types", .kind = MEMBER_LINES, .offset = offsetof(struct setting_words, types) },
	WORD(arch), WORD(go), WORD(engine), WORD(hash), WORD(hashkey), WORD(escape),
#define X(id, word) { .name = word, .kind = MEMBER_NUMBER, .most = INT64_MAX, \
	.offset = offsetof(struct setting_words, sizes[SIZE_##id]) },
	SIZES_TABLE(X)
#undef X
};

static const char *const size_words[SIZE_WORDS] = {
#define X(id, word) [SIZE_##id] = word,
	SIZES_TABLE(X)
#undef X
};

void setting_words_start(struct setting_words *w)
{
	*w = (struct setting_words){ 0 };
	for (int i = 0; i < SIZE_WORDS; i++)
		w->sizes[i] = SIZE_NONE;
}

void setting_words_free(struct setting_words *w)
{
	free(w->type);
	free(w->types);
	free(w->arch);
	free(w->go);
	free(w->hash);
	free(w->hashkey);
	free(w->format);
	free(w->engine);
	free(w->escape);
}

void setting_free(struct source_setting *set)
{
	if (!set)
		return;
	maptype_free(set->type);
	declared_free(&set->declared);
	free(set);
}

static bool missing(struct reading *r, const char *name)
{
	return reading_wrong(reading_enter(r, name), "missing: a string is expected");
}

static const struct snapshot_part *const parts[] = { &buckets_part, &groups_part };

const struct snapshot_part *part_find(const char *engine)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strcmp(engine, parts[i]->engine) == 0)
			return parts[i];
	return NULL;
}

const struct snapshot_part *part_of(const struct maptype *t)
{
	return part_find(t->engine->name);
}

/* What the file calls the design is what the release has. */
static bool check_engine(struct reading *r, const struct setting_words *w,
	const struct source_setting *set)
{
	const char *is = set->type->engine->name;

	return !w->engine || strcmp(w->engine, is) == 0 ||
		reading_wrong(r, "engine is \"%.40s\": Go %s has the %s map, \"%s\" is expected",
			w->engine, set->release->name, is, is);
}

/* A declaration a line. */
static bool read_declarations(struct reading *r, const char *lines, struct declared *all)
{
	for (const char *end; *lines; lines = end + 1) {
		char *line;
		bool changed, ok;

		end = strchrnul(lines, '\n');
		line = xstrndup(lines, (size_t)(end - lines));
		ok = declared_add(all, line, &changed, r->err) ||
			fail_in(r->err, "%.160s: types", r->name);
		free(line);
		if (!ok)
			return false;
		if (!*end)
			break;
	}
	return true;
}

static bool find_type(struct reading *r, const struct setting_words *w,
	const struct source_setting *above, struct source_setting *set)
{
	const char *type = w->type;
	struct text where = { 0 };

	if (!above && (!w->arch || !w->go || !type))
		return missing(r, !w->arch ? "arch" : !w->go ? "go" : "type");
	if (above)
		declared_copy(&set->declared, &above->declared);
	if (w->types && !read_declarations(r, w->types, &set->declared))
		return false;
	set->target = w->arch ? target_find(w->arch, r->err) : above->target;
	set->release = !set->target ? NULL
		: w->go ? release_find(w->go, r->err) : above->release;
	if (set->release)
		set->type = maptype_new(type ? type : above->type->asked,
			&(struct gotype_scope){ .target = set->target, .release = set->release,
			.declared = &set->declared }, r->err);
	if (set->type) {
		set->part = part_of(set->type);
		return true;
	}
	reading_path(r, &where);
	fail_in(r->err, "%.160s%s%.60s", r->name, where.len ? ": " : "", text_str(&where));
	text_free(&where);
	return false;
}

/* The hash function and its key; without them a map can be looked at, not worked on. */
static bool find_hash(struct reading *r, const struct setting_words *w, struct source_setting *set)
{
	struct text key = { 0 };
	bool ok;

	set->family = strcmp(w->hash, "aes") == 0 ? HASH_AES : HASH_WYHASH;
	if (set->family == HASH_WYHASH && strcmp(w->hash, "wyhash") != 0)
		return reading_wrong(r, "hash is \"%.40s\": \"aes\" or \"wyhash\" is expected",
			w->hash);
	if (set->family == HASH_AES && !set->target->aes)
		return reading_wrong(r, "hash is \"aes\", and on %s only \"wyhash\" is modelled",
			set->target->name);
	set->hashkey_size = target_hashkey_size(set->target, set->family);
	text_add(&key, w->hashkey);
	reading_enter(r, "hashkey");
	ok = reading_bytes(r, &key, set->hashkey, set->hashkey_size);
	if (ok)
		reading_leave(r);
	text_free(&key);
	set->hashed = ok;
	return ok;
}

/* The file's hash holds for a snapshot too, where its target can have that and that key. */
static void take_hash(const struct source_setting *above, struct source_setting *set)
{
	if (!above->hashed || (above->family == HASH_AES && !set->target->aes) ||
		above->hashkey_size != target_hashkey_size(set->target, above->family))
		return;
	set->hashed = true;
	set->family = above->family;
	set->hashkey_size = above->hashkey_size;
	memcpy(set->hashkey, above->hashkey, sizeof set->hashkey);
}

static void sizes_of(const struct maptype *t, uint64_t sizes[SIZE_WORDS])
{
	for (int i = 0; i < SIZE_WORDS; i++)
		sizes[i] = SIZE_NONE;
	part_of(t)->sizes(t, sizes);
}

/* What follows from the type is compared with it where it is given. */
static bool check_sizes(struct reading *r, const struct setting_words *w,
	const struct source_setting *set)
{
	uint64_t is[SIZE_WORDS];

	sizes_of(set->type, is);
	for (int i = 0; i < SIZE_WORDS; i++)
		if (w->sizes[i] != SIZE_NONE && is[i] != SIZE_NONE && w->sizes[i] != is[i])
			return reading_wrong(r, "%s is %llu: a %.60s on %s has %llu", size_words[i],
				(unsigned long long)w->sizes[i], set->type->type->name,
				set->target->name, (unsigned long long)is[i]);
	return true;
}

void setting_add_sizes(const struct maptype *t, struct text *out)
{
	uint64_t sizes[SIZE_WORDS];

	sizes_of(t, sizes);
	for (int i = 0; i < SIZE_WORDS; i++)
		if (sizes[i] != SIZE_NONE)
			text_printf(out, "\"%s\": %llu, ", size_words[i],
				(unsigned long long)sizes[i]);
}

/* Whether header and first unit were on the stack. */
static bool take_escape(struct reading *r, const struct setting_words *w,
	const struct source_setting *above, struct source_setting *set)
{
	if (!w->escape) {
		set->stays = above ? above->stays : set->stays;
		return true;
	}
	set->stays = strcmp(w->escape, "no") == 0;
	return set->stays || strcmp(w->escape, "yes") == 0 ||
		reading_wrong(r, "escape is \"%.40s\": \"yes\" or \"no\" is expected", w->escape);
}

bool setting_complete(struct reading *r, const struct setting_words *w,
	const struct source_setting *above, struct source_setting *set)
{
	if (!check_engine(r, w, set) || !take_escape(r, w, above, set))
		return false;
	if (!set->hashed && w->hash && w->hashkey && !find_hash(r, w, set))
		return false;
	if (!set->hashed && above)
		take_hash(above, set);
	return check_sizes(r, w, set);
}

bool setting_same(const struct source_setting *a, const struct source_setting *b)
{
	return a->target == b->target && a->base == b->base && a->stays == b->stays &&
		a->release == b->release && a->hashed == b->hashed &&
		strcmp(a->type->asked, b->type->asked) == 0 &&
		gotype_read_alike(a->type->type, b->type->type) &&
		(!a->hashed || (a->family == b->family &&
			memcmp(a->hashkey, b->hashkey, a->hashkey_size) == 0));
}

struct source_setting *setting_make(struct reading *r, const struct setting_words *w,
	const struct source_setting *above)
{
	struct source_setting *set = xcalloc(1, sizeof *set);

	if (find_type(r, w, above, set) && setting_complete(r, w, above, set))
		return set;
	setting_free(set);
	return NULL;
}
