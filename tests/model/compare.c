/* SPDX-License-Identifier: MIT */
#include "tests/model/compare.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/session/lifecycle.h"
#include "model/base/mem.h"
#include "model/session/script.h"
#include "model/source/snapshot.h"

/* Where in the two documents we are, for the message. */
struct where {
	const char *script;
	char path[512];
};

static bool differ(const struct where *w, const json_t *want, const json_t *got)
{
	char *a = json_dumps(want, JSON_COMPACT | JSON_ENCODE_ANY);
	char *b = json_dumps(got, JSON_COMPACT | JSON_ENCODE_ANY);

	fprintf(stderr, "%s: %s\n  runtime: %.600s\n  model:   %.600s\n", w->script, w->path,
		a ? a : "?", b ? b : "?");
	free(a);
	free(b);
	return false;
}

static bool same(struct where *w, const json_t *want, const json_t *got);

static bool same_below(struct where *w, const char *step, const json_t *want, const json_t *got)
{
	size_t n = strlen(w->path);
	bool ok;

	snprintf(w->path + n, sizeof w->path - n, "%s%s", n ? "." : "", step);
	ok = same(w, want, got);
	w->path[n] = '\0';
	return ok;
}

/* Fields that the recording alone has are not promised; fields of the model alone neither. */
static bool same(struct where *w, const json_t *want, const json_t *got)
{
	char step[32];
	const char *key;
	json_t *value;

	if (json_is_string(want) && strcmp(json_string_value(want), "?") == 0)
		return true;
	if (json_typeof(want) != json_typeof(got))
		return differ(w, want, got);
	if (json_is_object(want)) {
		json_object_foreach((json_t *)(uintptr_t)want, key, value) {
			const json_t *other = json_object_get(got, key);

			if (!other && strcmp(key, "range") == 0)
				return differ(w, value, json_null());
			if (other && strcmp(key, "go") != 0 && !same_below(w, key, value, other))
				return false;
		}
		return true;
	}
	if (json_is_array(want)) {
		if (json_array_size(want) != json_array_size(got))
			return differ(w, want, got);
		for (size_t i = 0; i < json_array_size(want); i++) {
			snprintf(step, sizeof step, "%zu", i);
			if (!same_below(w, step, json_array_get(want, i), json_array_get(got, i)))
				return false;
		}
		return true;
	}
	return json_equal(want, got) || differ(w, want, got);
}

bool compare_values(const char *name, const json_t *want, const json_t *got)
{
	struct where w = { .script = name };

	return same(&w, want, got);
}

/* The runtime's own heap profile against the last snapshot. */
static bool same_profile(struct where *w, const json_t *want, const json_t *got)
{
	static const char *const pairs[][2] = {
		{ "alloc_objects", "alloc_objects" }, { "alloc_space", "alloc_bytes" },
		{ "inuse_objects", "inuse_objects" }, { "inuse_space", "inuse_bytes" },
	};
	const json_t *snapshots = json_object_get(got, "snapshots"), *last;

	if (!want)
		return true;
	last = json_array_get(snapshots, json_array_size(snapshots) - 1);
	for (size_t i = 0; i < 4; i++)
		if (!same_below(w, pairs[i][0], json_object_get(want, pairs[i][0]),
			    json_object_get(last, pairs[i][1])))
			return false;
	return true;
}

/* What `hmapview -x json` writes; NULL when that fails. */
static json_t *snapshots_of(struct session *s, const char *script)
{
	struct error err;
	json_error_t json_err;
	json_t *result;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	bool ok = session_write_snapshots(s, out, &err);

	fclose(out);
	result = ok ? json_loadb(text, len, 0, &json_err) : NULL;
	if (!result)
		fprintf(stderr, "%s: %s\n", script, ok ? json_err.text : err.msg);
	free(text);
	return result;
}

/* The four figures of a heap profile, named as in one. */
static json_t *profile_json(struct account allocated, struct account in_use)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "alloc_objects", (json_int_t)allocated.objects,
		"alloc_space", (json_int_t)allocated.bytes, "inuse_objects",
		(json_int_t)in_use.objects, "inuse_space", (json_int_t)in_use.bytes);
}

static bool same_figures(struct where *w, const json_t *moment, const char *how,
	struct account allocated, struct account in_use)
{
	json_t *got = profile_json(allocated, in_use);
	char step[64];
	bool ok;

	snprintf(step, sizeof step, "%s of op %lld", how,
		(long long)json_integer_value(json_object_get(moment, "op")));
	ok = same_below(w, step, moment, got);
	json_decref(got);
	return ok;
}

/* The runtime's heap profile after an operation; NULL where none was taken. */
static const json_t *moment_of(const json_t *list, uint64_t op)
{
	size_t i;
	json_t *moment;

	json_array_foreach((json_t *)(uintptr_t)list, i, moment)
		if ((uint64_t)json_integer_value(json_object_get(moment, "op")) == op)
			return moment;
	return NULL;
}

/* At each moment that was recorded: what the map reaches then. */
static bool same_moments(struct where *w, const json_t *list, struct session *s)
{
	struct error err;
	json_t *moment;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, moment) {
		const struct heap_state *h = &s->world.heap.state;
		json_int_t op = json_integer_value(json_object_get(moment, "op"));

		if (!session_goto(s, (uint64_t)op, &err)) {
			fprintf(stderr, "%s: op %lld: %s\n", w->script, (long long)op, err.msg);
			return false;
		}
		if (!same_figures(w, moment, "profile",
			    (struct account){ h->alloc_objects, h->alloc_bytes },
			    map_reached(&s->world.map)))
			return false;
	}
	return true;
}

/* What the lifecycle tells of: all but the end is among those moments. */
static bool same_lifecycle(struct where *w, const json_t *list, struct session *s)
{
	struct lifecycle life;
	struct error err;
	bool ok = lifecycle_take(s, &life, &err);

	if (!ok)
		fprintf(stderr, "%s: %s\n", w->script, err.msg);
	for (size_t i = 0; ok && i < life.nevents; i++) {
		const struct life_point *p = &life.events[i];
		const json_t *moment = moment_of(list, p->op);

		if (moment)
			ok = same_figures(w, moment, "lifecycle", p->allocated, p->in_use);
		else if (strcmp(p->what, "the end") != 0) {
			fprintf(stderr, "%s: op %llu: %s; the runtime did not notice\n", w->script,
				(unsigned long long)p->op, p->what);
			ok = false;
		}
	}
	lifecycle_free(&life);
	return ok;
}

/* Runs the script under the release that the recording was made with, and compares. */
static bool compare_with(struct where *w, const char *script, const json_t *want, bool history)
{
	struct session_options options = { .seed = SESSION_SEED,
		.release = json_string_value(json_object_get(want, "go")), .history = history };
	const json_t *life = json_object_get(want, "lifecycle");
	struct session s;
	struct error err;
	json_t *got = NULL;
	bool ok = false;

	if (!session_open(&s, &options, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return false;
	}
	s.desk.keep_json = true;
	if (!script_run(&s, script, &err) || !session_ensure_map(&s, &err))
		fprintf(stderr, "%s\n", err.msg);
	else
		got = snapshots_of(&s, script);
	if (got)
		ok = same(w, want, got) &&
			same_profile(w, json_object_get(want, "pprof_after_gc"), got) &&
			(!life || (same_moments(w, life, &s) &&
				same_lifecycle(w, life, &s)));
	json_decref(got);
	session_close(&s);
	return ok;
}

bool compare_recording(const char *script, bool history)
{
	struct where w = { .script = script };
	size_t stem = strlen(script) - strlen(".hm");
	char *path = xasprintf("%.*s.json", (int)stem, script);
	json_error_t err;
	json_t *want = json_load_file(path, 0, &err);
	bool ok = false;

	if (!want)
		fprintf(stderr, "%s: %s\n", path, err.text);
	else
		ok = compare_with(&w, script, want, history);
	json_decref(want);
	free(path);
	return ok;
}

static int is_script(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 3 && strcmp(d->d_name + n - 3, ".hm") == 0;
}

struct compare_sum compare_folder(const char *folder)
{
	struct compare_sum sum = { 0 };
	struct dirent **list;
	int n = scandir(folder, &list, is_script, alphasort);

	for (int i = 0; i < n; i++) {
		char *path = xasprintf("%s/%s", folder, list[i]->d_name);

		sum.files++;
		/* What the map does must not depend on whether its events are told. */
		sum.differences += !compare_recording(path, i % 2);
		free(path);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return sum;
}
