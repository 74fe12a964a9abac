/* SPDX-License-Identifier: MIT */
/*
 * Recordings of the real runtime as a source: they open as they were, and work on them goes on as
 * it did there.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/script.h"
#include "tests/model/compare.h"
#include "tests/model/documents.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const char *const folders[] = { "tests/recordings", "tests/recordings/swiss",
	"tests/recordings/targets" };

static int is_json(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 5 && strcmp(d->d_name + n - 5, ".json") == 0;
}

static void each_of(const char *folder, void (*visit)(const char *path, json_t *want))
{
	struct dirent **list;
	int n = scandir(folder, &list, is_json, alphasort);

	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		char *path = xasprintf("%s/%s", folder, list[i]->d_name);
		json_t *want = json_load_file(path, 0, NULL);

		assert_non_null(want);
		visit(path, want);
		json_decref(want);
		free(path);
		free(list[i]);
	}
	free(list);
}

static void each_recording(void (*visit)(const char *path, json_t *want))
{
	for (size_t i = 0; i < LENGTH(folders); i++)
		each_of(folders[i], visit);
}

/* A recording tells what came of a range loop, not where it stands: one under way is lost. */
static void drop_ranges(json_t *want)
{
	size_t i;
	json_t *snapshot;

	json_array_foreach(json_object_get(want, "snapshots"), i, snapshot)
		if (!json_is_true(json_object_get(json_object_get(snapshot, "range"), "over")))
			json_object_del(snapshot, "range");
}

/* Long keys and elems are not recorded: then the map can be looked at, and not gone on with. */
static bool has_unknown(json_t *value)
{
	const char *key;
	json_t *below;
	size_t i;

	if (json_is_string(value))
		return strcmp(json_string_value(value), "?") == 0;
	json_array_foreach(value, i, below)
		if (has_unknown(below))
			return true;
	json_object_foreach(value, key, below)
		if (has_unknown(below))
			return true;
	return false;
}

static void opens_as_it_was(const char *path, json_t *want)
{
	struct session s;
	struct error err;
	json_t *got;
	char *text;

	drop_ranges(want);
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	if (!script_run(&s, path, &err))
		fail_msg("%s", err.msg);
	if (s.world.map.fixed && !has_unknown(want))
		fail_msg("%s: %s", path, s.world.map.fixed);
	text = rig_document(&s);
	got = document_load(text);
	if (!compare_values(path, want, got))
		fail_msg("%s", path);
	assert_int_equal(s.time.total, json_array_size(json_object_get(want, "snapshots")));
	free(text);
	json_decref(got);
	session_close(&s);
}

static void recordings_open_as_they_were(void **state)
{
	(void)state;
	each_recording(opens_as_it_was);
}

/* The lines of a script from behind its n-th snapshot on. */
static char *rest_of(const char *path, size_t n)
{
	char *script = xasprintf("%.*shm", (int)(strlen(path) - strlen("json")), path), line[65536];
	FILE *in = fopen(script, "r");
	struct text rest = { 0 };
	size_t seen = 0;

	assert_non_null(in);
	while (fgets(line, sizeof line, in)) {
		if (seen >= n)
			text_add(&rest, line);
		seen += strncmp(line, "snapshot", 8) == 0;
	}
	fclose(in);
	free(script);
	if (!rest.s)
		text_add(&rest, "");
	return rest.s;
}

/* Whether the script goes on with a range loop that was begun before. */
static bool in_loop(const char *rest)
{
	const char *next = strstr(rest, "\nnext "), *range = strstr(rest, "\nrange ");

	if (strncmp(rest, "next ", 5) == 0)
		return true;
	return strncmp(rest, "range ", 6) != 0 && next && (!range || next < range);
}

static void goes_on_as_it_did(const char *path, json_t *want)
{
	json_t *list = json_object_get(want, "snapshots");

	drop_ranges(want);
	for (size_t i = 0; i + 1 < json_array_size(list); i++) {
		char *rest = rest_of(path, i + 1), *line = xasprintf("open %s %zu", path, i + 1),
			*text;
		struct session s;
		json_t *all, *part;

		if (in_loop(rest) || has_unknown(json_array_get(list, i))) {
			free(rest);
			free(line);
			continue;
		}
		rig_open(&s, NULL, NULL, true);
		s.desk.keep_json = true;
		rig_run(&s, line);
		rig_run(&s, rest);
		text = rig_document(&s);
		all = document_load(text);
		part = json_array();
		for (size_t k = i; k < json_array_size(list); k++)
			json_array_append(part, json_array_get(list, k));
		if (!compare_values(line, part, json_object_get(all, "snapshots")))
			fail_msg("%s", line);
		json_decref(part);
		json_decref(all);
		session_close(&s);
		free(rest);
		free(line);
		free(text);
	}
}

static void work_goes_on_as_in_the_runtime(void **state)
{
	(void)state;
	each_recording(goes_on_as_it_did);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recordings_open_as_they_were),
		cmocka_unit_test(work_goes_on_as_in_the_runtime),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
