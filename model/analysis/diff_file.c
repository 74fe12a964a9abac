/* SPDX-License-Identifier: MIT */
/* Differences of snapshot files. Nothing in a file is believed before it was looked at. */
#include "model/analysis/diff_parts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"

/* An address of our own for a bucket: no two of one file are the same. */
static uint64_t address(uint64_t B, const struct place *at)
{
	return B << 56 | (uint64_t)at->old << 55 | at->bucket << 20 | at->chain;
}

static const char *text_at(const json_t *bucket, const char *field, size_t i)
{
	return json_string_value(json_array_get(json_object_get(bucket, field), i));
}

static void read_bucket(struct diff_side *side, const json_t *bucket, struct place at)
{
	const json_t *tops = json_object_get(bucket, "tophash");

	for (at.slot = 0; at.slot < SLOTS; at.slot++) {
		const char *key = text_at(bucket, "keys", at.slot);
		const char *elem = text_at(bucket, "elems", at.slot);

		if (key && elem && json_integer_value(json_array_get(tops, at.slot)) >= MIN_TOPHASH)
			diff_add(side, xstrdup(key), xstrdup(elem), &at);
	}
}

static void read_array(struct diff_side *side, const json_t *array, bool old)
{
	uint64_t B = 0;

	while ((1ull << B) < json_array_size(array))
		B++;
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *chain = json_array_get(array, i);
		struct place at = { .old = old, .bucket = i };

		for (; at.chain < json_array_size(chain); at.chain++) {
			at.addr = address(B, &at);
			read_bucket(side, json_array_get(chain, at.chain), at);
		}
	}
}

static uint64_t number(const json_t *object, const char *field)
{
	json_int_t n = json_integer_value(json_object_get(object, field));

	return n > 0 ? (uint64_t)n : 0;
}

/* Which place each cause belongs to is not written; all of it stands in the first. */
static void read_ledger(struct ledger *l, const json_t *snapshot)
{
	const json_t *causes = json_object_get(snapshot, "ledger");

	for (int i = 0; i < LEDGER_CAUSES; i++)
		l->bytes[i][0] = number(causes, ledger_word((enum ledger_cause)i));
	l->total = number(snapshot, "inuse_bytes");
	l->objects = number(snapshot, "inuse_objects");
}

static json_t *read_file(const char *path, struct error *err)
{
	json_error_t je;
	json_t *json = json_load_file(path, 0, &je);
	const char *format = json_string_value(json_object_get(json, "format"));

	if (!json)
		fail(err, "%s: %s", path, je.text);
	else if (!format || strcmp(format, "hmapview/1") != 0)
		fail(err, "%s: this is no snapshot in the format hmapview/1", path);
	else
		return json;
	json_decref(json);
	return NULL;
}

/*
 * A file's name may be followed by @ and a snapshot: its number from 1 on, or its title. Returns
 * the name alone, and in *which the snapshot, NULL for the last one. Free the name.
 */
static char *split_name(const char *name, const char **which)
{
	const char *at = strrchr(name, '@');

	*which = NULL;
	if (!at || at[1] == '\0' || access(name, F_OK) == 0)
		return xstrdup(name);
	*which = at + 1;
	return xstrndup(name, (size_t)(at - name));
}

static const json_t *find_snapshot(const json_t *list, const char *which)
{
	size_t n = json_array_size(list), number = strspn(which, "0123456789");

	if (which[number] == '\0')
		return json_array_get(list, strtoull(which, NULL, 10) - 1);
	while (n > 0) {
		const json_t *each = json_array_get(list, --n);
		const char *title = json_string_value(json_object_get(each, "title"));

		if (title && strcmp(title, which) == 0)
			return each;
	}
	return NULL;
}

static bool read_side(const json_t *json, const char *path, const char *which,
	struct diff_side *side, struct error *err)
{
	const json_t *list = json_object_get(json, "snapshots");
	size_t n = json_array_size(list);
	const json_t *one = which ? find_snapshot(list, which) : json_array_get(list, n - 1);

	if (n == 0)
		return fail(err, "%s: it has no snapshot", path);
	if (!one)
		return fail(err, "%s: it has no snapshot \"%.60s\": it has %zu", path, which, n);
	side->entries = number(one, "count");
	read_ledger(&side->ledger, one);
	read_array(side, json_object_get(one, "buckets"), false);
	read_array(side, json_object_get(one, "oldbuckets"), true);
	return true;
}

static bool same_type(const json_t *a, const json_t *b, struct error *err)
{
	const char *x = json_string_value(json_object_get(a, "type"));
	const char *y = json_string_value(json_object_get(b, "type"));

	if (x && y && strcmp(x, y) == 0)
		return true;
	return fail(err, "%.100s and %.100s cannot be compared", x ? x : "?", y ? y : "?");
}

bool diff_files(const char *a, const char *b, struct diff *d, struct error *err)
{
	const char *which[2];
	char *paths[2] = { split_name(a, &which[0]), split_name(b, &which[1]) };
	json_t *x, *y = NULL;
	bool ok;

	*d = (struct diff){ 0 };
	x = read_file(paths[0], err);
	if (x)
		y = read_file(paths[1], err);
	ok = x && y && same_type(x, y, err) &&
		read_side(x, paths[0], which[0], &d->sides[0], err) &&
		read_side(y, paths[1], which[1], &d->sides[1], err);
	if (ok)
		diff_merge(d);
	json_decref(x);
	json_decref(y);
	free(paths[0]);
	free(paths[1]);
	return ok;
}
