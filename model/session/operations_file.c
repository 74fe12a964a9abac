/* SPDX-License-Identifier: MIT */
/* insert @FILE, delete @FILE, lookup @FILE: all keys are read and checked before the first
   is used. */
#include "model/session/keys.h"
#include "model/session/operation.h"

#include <stdlib.h>

#include "model/session/args.h"

enum { WATCHED = 1024 }; /* keys from one look whether the check is given up to the next */

/* Whether all are keys, and how many. */
static bool check_keys(struct session *s, struct keys *k, uint64_t *count, struct error *err)
{
	struct value_home home = session_home(s, true);
	struct cell c = cell_new(s);

	*count = 0;
	err->msg[0] = '\0';
	for (;;) {
		heap_scratch_reset(&s->world.heap);
		if (!keys_next(k, &home, s->world.map.type->key, c.key, err))
			break;
		++*count;
		if (*count % WATCHED == 0 && work_stops(&s->hooks.watcher, (struct work){
				.unit = "key", .done = *count })) {
			work_fail(err);
			break;
		}
	}
	cell_free(&c);
	return !err->msg[0];
}

/* They were checked: now they are used, an operation each. */
static bool change(struct session *s, struct keys *k, uint64_t count, bool insert,
	struct error *err)
{
	struct value_home home = session_home(s, !insert);
	struct cell c;
	bool ok = true;

	if ((insert && !session_check_room(s, count, err)) || !session_ensure_map(s, err))
		return false;
	c = cell_new(s);
	step_bulk(s, count);
	for (uint64_t i = 0; ok && i < count && step_begin(s); i++)
		ok = keys_next(k, &home, s->world.map.type->key, c.key, err) &&
			(insert ? assign_step : delete_step)(s, &c, false, err);
	cell_free(&c);
	return ok;
}

/* Only the last lookup is there to be looked at. */
static bool look_up(struct session *s, struct keys *k, uint64_t count, struct error *err)
{
	struct value_home home = session_home(s, true);
	struct trace *trace = s->world.map.trace;
	struct cell c;
	bool ok = true;

	if (!ensure_readable(s, err))
		return false;
	c = cell_new(s);
	s->world.map.trace = NULL;
	for (uint64_t i = 0; ok && i < count; i++) {
		heap_scratch_reset(&s->world.heap);
		if (i + 1 == count)
			s->world.map.trace = trace;
		ok = keys_next(k, &home, s->world.map.type->key, c.key, err) &&
			lookup_step(s, &c, false, err);
		if (ok && i % WATCHED == 0 && work_stops(&s->hooks.watcher, (struct work){
				.unit = "key", .done = i, .of = count }))
			ok = work_fail(err);
	}
	s->world.map.trace = trace;
	cell_free(&c);
	return ok;
}

static bool use_keys(struct session *s, const char *args, enum keys_use use, struct error *err)
{
	struct keys k;
	uint64_t count;
	bool ok;

	if (!keys_begin(&k, args, err))
		return false;
	ok = check_keys(s, &k, &count, err);
	keys_rewind(&k, args);
	if (ok && count == 0)
		ok = fail(err, "%s%shas no keys", k.name ? k.name : "", k.name ? " " : "it ");
	else if (ok)
		ok = use == KEYS_LOOKUP ? look_up(s, &k, count, err)
			: change(s, &k, count, use == KEYS_INSERT, err);
	keys_end(&k);
	return ok;
}

/* The command under way becomes one that holds the file's lines. */
static bool load(struct session *s, const char *file, struct error *err)
{
	char *text = keys_load(s->run.pending, &s->access, file, &s->hooks.watcher, err);

	if (!text)
		return false;
	free(s->run.pending);
	s->run.pending = text;
	return true;
}

bool file_keys(struct session *s, const char *args, enum keys_use use, struct error *err)
{
	const char *word;
	size_t len;
	char *file;
	bool ok;

	if (args[1] == '<' && args[2] == '<')
		return use_keys(s, args, use, err);
	args++;
	if (!args_file(&args, false, &file, err))
		return false;
	ok = file != NULL || fail(err, "a file is missing: @FILE");
	ok = ok && load(s, file, err) && keys_follow(s->run.pending, &word, &len) &&
		use_keys(s, word - 3, use, err);
	free(file);
	return ok;
}
