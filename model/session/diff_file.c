/* SPDX-License-Identifier: MIT */
/* Differences of snapshot files: each side is a map made of one, as the command open makes it. */
#include "model/session/diff_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/map/engine.h"
#include "model/map/units.h"
#include "model/source/source.h"

/*
 * A file's name may be followed by @ and a snapshot: its number from 1 on, or its title. Returns
 * the name alone, and in *which the snapshot, NULL for the last one. Free the name.
 */
static char *split_name(const struct access *a, const char *name, const char **which)
{
	const char *at = strrchr(name, '@');
	char *path = access_path(a, name);
	bool there = access(path, F_OK) == 0;

	free(path);
	*which = NULL;
	if (!at || at[1] == '\0' || there)
		return xstrdup(name);
	*which = at + 1;
	return xstrndup(name, (size_t)(at - name));
}

/* The snapshot by its number, or the last one with that title; src->count when there is none. */
static size_t find_snapshot(const struct source *src, const char *which)
{
	size_t i = src->count;

	if (!which)
		return i - 1;
	if (which[strspn(which, "0123456789")] == '\0') {
		uint64_t number = strtoull(which, NULL, 10);

		return number && number <= i ? (size_t)number - 1 : i;
	}
	while (i > 0)
		if (strcmp(src->list[--i].title, which) == 0)
			return i;
	return src->count;
}

/* What an array of units is, wherever it lies: its size and the part of the hashes it is for. */
static uint64_t array_id(const struct map *m, const struct units *u, const struct unit_array *a)
{
	uint64_t (*part)(const struct map *m, uint64_t table) = m->type->engine->reading.part;
	uint64_t which = part && a < u->list + u->main ? part(m, a->table)
						       : (uint64_t)(a - u->list);

	return ((uint64_t)__builtin_ctzll(a->units) << 58) ^ (which << 38);
}

/*
 * Addresses of a kind that two files share: a cell stayed when it is in the same unit and slot of
 * an array of the same size for the same hashes.
 */
static void set_addresses(const struct map *m, struct diff_side *side)
{
	struct units u = { 0 };

	units_read(&u, m);
	for (size_t i = 0; i < side->arrays; i++)
		side->ids[i] = array_id(m, &u, &u.list[i]);
	for (size_t i = 0; i < side->count; i++) {
		struct place *at = &side->items[i].place;
		const struct unit_array *a = units_array(&u, at->array, at->unit);

		at->addr = array_id(m, &u, a) ^ ((at->unit - a->first) << 12) ^ at->link;
	}
	units_free(&u);
}

static bool take_snapshot(const struct source *src, size_t i, struct diff_side *side,
	struct error *err)
{
	struct session s;

	if (!session_open_snapshot(&s, src, i, err))
		return false;
	diff_take(&s.world.map, side);
	set_addresses(&s.world.map, side);
	session_close(&s);
	return true;
}

static bool take_file(const struct access *a, const char *name, const struct watcher *watcher,
	struct diff_side *side, char **type, struct error *err)
{
	const char *which;
	char *path = split_name(a, name, &which);
	struct source *src = source_load(a, path, watcher, err);
	bool ok = src != NULL;
	size_t i;

	free(path);
	if (ok) {
		i = find_snapshot(src, which);
		if (i < src->count)
			*type = xstrdup(src->list[i].setting->type->type->name);
		ok = i < src->count ? take_snapshot(src, i, side, err)
			: fail(err, "%.160s: it has no snapshot \"%.60s\": it has %zu", src->name,
				which, src->count);
	}
	source_free(src);
	return ok;
}

bool diff_files(const struct access *access, const char *a, const char *b,
	const struct watcher *watcher, struct diff *d, struct error *err)
{
	char *types[2] = { NULL, NULL };
	bool ok;

	*d = (struct diff){ 0 };
	ok = take_file(access, a, watcher, &d->sides[0], &types[0], err) &&
		take_file(access, b, watcher, &d->sides[1], &types[1], err);
	if (ok && strcmp(types[0], types[1]) != 0)
		ok = fail(err, "%.100s and %.100s cannot be compared", types[0], types[1]);
	if (ok)
		diff_merge(d);
	free(types[0]);
	free(types[1]);
	return ok;
}
