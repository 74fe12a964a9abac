/* SPDX-License-Identifier: MIT */
/*
 * Snapshot files as a source: what was written is read back as it was, what the real runtime
 * recorded too, and work on it goes on as it would have; what is no snapshot is refused in words.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/figures/classic/laws.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/session/script.h"
#include "model/source/snapshot.h"
#include "model/source/source.h"
#include "tests/model/compare.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const char *const folders[] = { "tests/recordings", "tests/recordings/swiss" };

static bool open_text(struct session *s, const char *text, size_t len, struct error *err)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, len ? len : 1, "r");
	bool ok;

	assert_non_null(in);
	if (!len)
		getc(in);
	ok = session_open_stream(s, in, "test.json", err);
	fclose(in);
	return ok;
}

static void reopen(struct session *s, const char *text)
{
	struct error err;

	rig_open(s, NULL, NULL, true);
	s->desk.keep_json = true;
	if (!open_text(s, text, strlen(text), &err))
		fail_msg("%s", err.msg);
}

static json_t *load(const char *text)
{
	json_error_t err;
	json_t *all = json_loads(text, 0, &err);

	if (!all)
		fail_msg("%d: %s", err.line, err.text);
	return all;
}

/* Round trips */

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
	got = load(text);
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

static const char *const types[] = { "map[int]string", "map[string]string", "map[uint16]int64",
	"map[[200]byte]int", "map[string][200]byte", "map[any]error", "map[int][]string",
	"map[struct{ A int8; B float64 }]struct{ X []int; Y any }", "map[*int]int", "map[bool]int",
	"map[float64][150]byte", "map[[0]int]struct{}", "map[complex64]bool",
	"map[struct{ A string; _ int16; B any }]chan int",
	"map[[40]string][3]any" };

/* A growth in which chains with spare buckets were cut off: not all in use is in a snapshot. */
static const char cut_off[] = "fill 70 ; collide 0 30 ; grow same ; snapshot ; evacuate 1 ; "
			      "snapshot ; gc ; evacuate 5";

static const char *const scripts[] = {
	cut_off,
	"make", "make 200", "fill 1", "fill 2 ; delete 0..1", "fill 2 ; range",
	"fill 40 ; delete 3..30 ; snapshot \"one \\\"more\\\"\" ; grow ; snapshot ; evacuate 1",
	"fill 200 ; delete 50..100 ; collide 3 12 ; range ; grow same ; evacuate 2",
	"fill 120 ; range ; grow ; range ; evacuate 3 ; seed 7 ; seed 8 ; gc",
	"fill 300 ; caption \"words\" ; clear ; fill 10",
	"make 100 ; collide 1 40 ; delete 5 ; snapshot \"a\" ; clear",
	"fill 60 ; range all ; snapshot ; range 20 ; snapshot ; next 5 ; snapshot ; delete 3..9",
	"fill 104 ; grow ; range 9 ; snapshot ; next 30 ; snapshot ; range 8 from 1 3",
};

/* A script as far as the type has keys for it. */
static void run_loosely(struct session *s, const char *script)
{
	struct error unused;

	while (*script) {
		const char *end = strstr(script, " ; ");
		char *line = end ? xstrndup(script, (size_t)(end - script)) : xstrdup(script);

		session_run(s, line, &unused);
		free(line);
		script = end ? end + 3 : script + strlen(script);
	}
}

static bool same_text(const char *before, const char *after, bool inexact)
{
	json_t *a, *b, *snapshot;
	size_t i;
	bool same;

	if (!inexact)
		return strcmp(before, after) == 0;
	a = load(before);
	b = load(after);
	/* Which bytes these are is our own guess then; the promised fields are not. */
	json_array_foreach(json_object_get(a, "snapshots"), i, snapshot)
		json_object_del(snapshot, "ledger");
	same = compare_values("inexact", a, b);
	json_decref(a);
	json_decref(b);
	return same;
}

static void check_round_trip(const char *type, const char *arch, const char *script)
{
	struct session s, again;
	char *before, *after;

	rig_open(&s, type, arch, true);
	s.desk.keep_json = true;
	run_loosely(&s, script);
	before = rig_document(&s);
	reopen(&again, before);
	after = rig_document(&again);
	if (!same_text(before, after, script == cut_off))
		fail_msg("%s %s %s\n%.3000s\n%.3000s", type, arch, script, before, after);
	if (again.world.map.fixed || !rig_sound(&again))
		fail_msg("%s %s %s: %s", type, arch, script, again.world.map.fixed);
	session_close(&again);
	session_close(&s);
	free(before);
	free(after);
}

static void exports_open_as_they_were(void **state)
{
	static const char *const archs[] = { "amd64", "386", "s390x", "mips" };

	(void)state;
	for (size_t t = 0; t < LENGTH(types); t++)
		for (size_t i = 0; i < LENGTH(scripts); i++)
			for (size_t a = 0; a < LENGTH(archs); a++)
				check_round_trip(types[t], archs[a], scripts[i]);
}

/* Going on */

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
		all = load(text);
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

/*
 * A loop that stopped before a snapshot goes on behind it as it would have; unless it walks an
 * old array and keys have pointers, which snapshots do not show of evacuated cells.
 */
static void check_loop(const char *type, const char *before, const char *behind)
{
	struct session s, again;
	char *text, *want, *got;
	bool lost;

	rig_open(&s, type, NULL, true);
	s.desk.keep_json = true;
	run_loosely(&s, before);
	text = rig_document(&s);
	run_loosely(&s, behind);
	want = rig_document(&s);
	reopen(&again, text);
	lost = strstr(session_caption(&again), "Not restored: its range loop") != NULL;
	assert_true(!lost || ((s.world.map.type->key->pointers || s.world.map.type->indirect_key) &&
			     strstr(before, "grow")));
	if (lost)
		goto end;
	run_loosely(&again, behind);
	got = rig_document(&again);
	if (strcmp(want, got) != 0)
		fail_msg("%s, %s, %s:\n%.6000s\n%.6000s", type, before, behind, want, got);
	free(got);
end:
	session_close(&again);
	session_close(&s);
	free(text);
	free(want);
}

static void loops_go_on(void **state)
{
	static const char *const before[] = {
		"fill 60 ; range 20 ; snapshot", "fill 30 ; range 1 ; snapshot",
		"fill 8 ; range 3 from 0 6 ; snapshot",        /* one bucket */
		"fill 100 ; range 9 ; grow ; snapshot",        /* along what is the old array now */
		"fill 104 ; grow ; range 12 ; snapshot",       /* in old buckets that wait */
		"fill 104 ; grow ; range 12 ; evacuate 3 ; snapshot",
		"make 400 ; collide 2 30 ; range 15 from 2 3 ; snapshot", /* in overflow buckets */
	};
	static const char *const behind[] = {
		"next 7 ; snapshot ; next all ; snapshot",
		"delete 0..9 ; insert 300..310 ; next 9 ; evacuate 2 ; snapshot ; next all ; snapshot",
	};

	(void)state;
	for (size_t t = 0; t < LENGTH(types); t++)
		for (size_t i = 0; i < LENGTH(before); i++)
			for (size_t k = 0; k < LENGTH(behind); k++)
				check_loop(types[t], before[i], behind[k]);
}

/* The array that the loop walks is in no snapshot any more. */
static void a_lost_loop_is_told(void **state)
{
	struct session s, again;
	struct error err;
	char *text;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 20 ; range 5 ; fill 60 ; snapshot \"a\"");
	text = rig_document(&s);
	reopen(&again, text);
	assert_string_equal(session_caption(&again), "test.json, snapshot 1 of 1: a. Not restored: "
		"its range loop, which walks what no snapshot shows");
	assert_false(session_run(&again, "next", &err).ok);
	assert_string_equal(err.msg, "next: no range loop is under way: range N begins one");
	session_close(&again);
	session_close(&s);
	free(text);
}

/* What only stale memory of a growth reaches is not in a snapshot, and that is said. */
static void lost_objects_are_told(void **state)
{
	struct session s, again;
	struct account was;
	char *text, *told;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 70 ; collide 0 30 ; grow same ; evacuate 1 ; snapshot");
	was = map_reached(&s.world.map);
	text = rig_document(&s);
	reopen(&again, text);
	told = xasprintf(". Not restored: %llu bytes in %llu objects that only stale memory reaches",
		(unsigned long long)(was.bytes - map_reached(&again.world.map).bytes),
		(unsigned long long)(was.objects - map_reached(&again.world.map).objects));
	assert_non_null(strstr(session_caption(&again), told));
	assert_true(was.objects > map_reached(&again.world.map).objects);
	session_close(&again);
	session_close(&s);
	free(text);
	free(told);
}

/* On the timeline */

/* Three snapshots: 2 keys, 9 keys mid-growth with a caption, 40 keys. */
static char *three(void)
{
	struct session s;
	char *text;

	rig_open(&s, "map[string]int", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s,
		"fill 2 ; snapshot \"two\" ; fill 9 ; caption \"it grows\" ; snapshot \"nine\"");
	rig_run(&s, "fill 40 ; caption ; snapshot \"forty\"");
	text = rig_document(&s);
	session_close(&s);
	return text;
}

static void snapshots_are_points(void **state)
{
	char *text = three();
	struct session s;

	(void)state;
	reopen(&s, text);
	assert_int_equal(s.time.total, 3);
	assert_string_equal(session_caption(&s), "test.json, snapshot 3 of 3: forty");
	assert_string_equal(session_file(&s), "test.json");
	rig_run(&s, "undo");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 9);
	assert_string_equal(session_caption(&s), "test.json, snapshot 2 of 3: nine. it grows");
	assert_string_equal(session_point(&s)->label, "snapshot 2");
	rig_run(&s, "undo 7");
	assert_int_equal(s.time.now, 1);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 2);
	rig_fails(&s, "undo", "undo: this is the beginning");
	rig_run(&s, "redo ; insert \"x\" 5");
	assert_int_equal(s.time.total, 3);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 10);
	assert_null(session_caption(&s));
	rig_run(&s, "undo ; undo");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 2);
	session_close(&s);
	free(text);
}

static void one_target_only(void **state)
{
	char *text = three();
	struct session s;

	(void)state;
	reopen(&s, text);
	rig_fails(&s, "arch 386",
		"arch: a snapshot is of one target and hash, these are of amd64, Go 1.19: test.json");
	rig_fails(&s, "go 1.22",
		"go: a snapshot is of one target and hash, these are of amd64, Go 1.19: test.json");
	rig_fails(&s, "hash wyhash",
		"hash: a snapshot is of one target and hash, these are of amd64, Go 1.19: test.json");
	rig_run(&s, "arch amd64 ; go 1.20");
	session_close(&s);
	free(text);
}

/* What was written before a new future is written as it was; then the present state. */
static void documents_of_what_follows(void **state)
{
	char *text = three(), *after;
	json_t *all, *list;
	struct session s;

	(void)state;
	reopen(&s, text);
	rig_run(&s, "insert \"x\"");
	after = rig_document(&s);
	all = load(after);
	list = json_object_get(all, "snapshots");
	assert_int_equal(json_array_size(list), 4);
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(list, 3), "title")), "end");
	json_decref(all);
	free(after);
	session_close(&s);
	free(text);
}

/* Replaces the first occurrence of `from` behind `behind`. */
static char *altered(const char *text, const char *behind, const char *from, const char *to)
{
	const char *at = strstr(text, behind);

	at = at ? strstr(at, from) : NULL;
	if (!at)
		fail_msg("%s ... %s is not there", behind, from);
	return xasprintf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

/* A map that breaks a law can be looked at, and check says which. */
static void unsound_maps_are_looked_at(void **state)
{
	char *text = three(), *bad = altered(text, "\"count\"", "2", "5");
	struct session s;
	struct check c;

	(void)state;
	reopen(&s, bad);
	rig_run(&s, "undo 2");
	assert_false(check_map(&s.world.map, &c));
	assert_int_equal(c.list[0].law, LAW_COUNT);
	check_free(&c);
	rig_fails(&s, "gc",
		"gc: this map can be looked at only: its memory breaks the laws of the map, see check");
	rig_fails(&s, "insert \"a\"", "insert: this map can be looked at only: its memory breaks "
				       "the laws of the map, see check");
	rig_run(&s, "map map[int]int ; fill 3 ; check");
	session_close(&s);
	free(bad);
	free(text);
}

static void what_is_not_recorded_stays_unknown(void **state)
{
	char *text = three(), *bad = altered(text, "\"keys\"", "\\\"key-1\\\"", "?"), *after;
	struct session s;
	struct check c;

	(void)state;
	reopen(&s, bad);
	after = rig_document(&s);
	assert_non_null(strstr(after, "[\"\\\"key-0\\\"\",\"?\","));
	rig_run(&s, "undo 2");
	assert_true(check_map(&s.world.map, &c));
	rig_fails(&s, "lookup \"a\"", "lookup: this map can be looked at only: the file does not "
				       "say what all keys and elems are");
	session_close(&s);
	free(after);
	free(bad);
	free(text);
}

static void without_a_hash_it_is_looked_at(void **state)
{
	char *text = three(), *bad = altered(text, "", "\"hashkey\"", "\"other\""), *after;
	struct session s;
	struct check c;

	(void)state;
	reopen(&s, bad);
	assert_true(check_map(&s.world.map, &c));
	rig_fails(&s, "delete \"a\"",
		"delete: this map can be looked at only: the file does not say how keys are hashed");
	after = rig_document(&s);
	assert_null(strstr(after, "\"hash\""));
	free(after);
	session_close(&s);
	free(bad);
	free(text);
}

/* What is no snapshot */

static void refused(const char *text, const char *message)
{
	struct session s;
	struct error err = { "" };
	struct text before = { 0 }, after = { 0 };

	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 3");
	rig_state(&s, &before);
	if (open_text(&s, text, strlen(text), &err))
		fail_msg("opened: %s", message);
	if (strcmp(err.msg, message) != 0)
		fail_msg("\n%s\n%s", err.msg, message);
	rig_state(&s, &after);
	assert_string_equal(text_str(&before), text_str(&after));
	assert_int_equal(s.time.total, 4);
	session_close(&s);
	/* In a session where nothing was done yet nothing of it stays either. */
	rig_open(&s, "map[string]bool", "386", true);
	rig_run(&s, "hash wyhash ; hint 20");
	text_clear(&before);
	text_clear(&after);
	rig_state(&s, &before);
	assert_false(open_text(&s, text, strlen(text), &err));
	assert_string_equal(err.msg, message);
	rig_state(&s, &after);
	assert_string_equal(text_str(&before), text_str(&after));
	assert_int_equal(s.time.total, 0);
	assert_int_equal(s.time.nsnapshots, 0);
	rig_run(&s, "fill 30 ; undo 3");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 27);
	assert_true(rig_sound(&s));
	session_close(&s);
	text_free(&before);
	text_free(&after);
}

static void other_documents_are_refused(void **state)
{
	(void)state;
	refused("",
		"test.json: the file is empty: a snapshot in the format hmapview/1 is expected");
	refused("hello", "test.json:1:5: this is no JSON: '[' or '{' expected near 'hello'");
	refused("[1]", "test.json: a list: an object in the format hmapview/1 is expected");
	refused("{}", "test.json: no snapshot file: \"format\": \"hmapview/1\" is expected");
	refused("{\"format\": \"hmapview/2\"}",
		"test.json: format is \"hmapview/2\": \"hmapview/1\" is expected");
	refused("{\"engine\": \"swiss\"}", "test.json: arch: missing: a string is expected");
	refused("{\"engine\": \"swiss\", \"arch\": \"386\", \"go\": \"go1.19\", "
		"\"type\": \"map[int]int\"}", "test.json: engine is \"swiss\": Go 1.19 has the "
		"classic map, \"classic\" is expected");
	refused("{\"snapshots\": []}", "test.json: arch: missing: a string is expected");
	refused("{\"arch\": 5}", "test.json: arch: a number: a string is expected");
	refused("{\"arch\": \"vax\", \"go\": \"go1.19\", \"type\": \"map[int]int\"}",
		"test.json: unknown target \"vax\": " RIG_TARGETS);
	refused("{\"arch\": \"386\", \"go\": \"go1.28\", \"type\": \"map[int]int\"}",
		"test.json: unknown Go release \"go1.28\": " RIG_RELEASES RIG_NEWER);
	refused("{\"arch\": \"386\", \"go\": \"go1.19\", \"type\": \"int\"}",
		"test.json: type int is no map: it is written as map[KEY]ELEM");
	refused("{\"arch\": \"386\", \"go\": \"go1.19\", \"type\": \"map[int]int\", "
		"\"snapshots\": []}",
		"test.json: snapshots: an empty list: one at least is expected");
}

static void damage_is_named(void **state)
{
	static const struct {
		const char *behind, *from, *to, *message;
	} cases[] = {
		{ "", "\"bucketsize\": 208", "\"bucketsize\": 144",
			"bucketsize is 144: a map[string]int on amd64 has 208" },
		{ "", "\"hashkey\": \"ca", "\"hashkey\": \"",
			"hashkey: 254 digits: 256 are expected" },
		{ "", "\"aes\"", "\"md5\"", "hash is \"md5\": \"aes\" or \"wyhash\" is expected" },
		{ "", "\"count\"", "\"kount\"",
			"snapshots[0].count: missing: a number is expected" },
		{ "", "\"count\": 2", "\"count\": \"2\"",
			"snapshots[0].count: a string: a number is expected" },
		{ "", "\"count\": 2", "\"count\": -2", "snapshots[0].count: -2: a number from 0 to "
			"9223372036854775807 is expected" },
		{ "nine", "\"B\": 1", "\"B\": 9",
			"snapshots[1].buckets: 2 buckets: B says that there are 2^9" },
		{ "nine", "\"B\": 1", "\"B\": 256",
			"snapshots[1].B: 256: a number from 0 to 255 is expected" },
		{ "", "\"hash0\": \"0x", "\"hash0\": \"",
			"snapshots[0].hash0: \"910a2dec\": 0x and 8 "
			"hexadecimal digits are expected" },
		{ "", "\"extra\": false", "\"extra\": 0",
			"snapshots[0].extra: a number: true or false is expected" },
		{ "", "\"next_overflow\": -1", "\"next_overflow\": 3",
			"snapshots[0]: next_overflow is "
			"3, and extra is false: it lies in there" },
		{ "", "\"raw\":\"", "\"raw\":\"00",
			"snapshots[0].buckets[0][0].raw: 418 digits: 416 are "
			"expected" },
		{ "\"raw\":\"", "0000", "0z00",
			"snapshots[0].buckets[0][0].raw: digit 5 is no hexadecimal digit" },
		{ "\"tophash\":[", ",0]", ",7]",
			"snapshots[0].buckets[0][0].tophash[7]: 7, and the raw "
			"byte is 0: they are the same byte" },
		{ "\"tophash\":[", ",0,0]", ",0]",
			"snapshots[0].buckets[0][0].tophash: 7 numbers: 8 are expected" },
		{ "\"keys\":[", "\"\\\"key-0\\\"\"", "\"\"",
			"snapshots[0].buckets[0][0].keys[0]: empty, "
			"and tophash 164 says that the cell is live" },
		{ "\"keys\":[", "key-0", "key-00", "snapshots[0].buckets[0][0].keys[0]: "
			"\"key-00\" is not what the raw bytes say" },
		{ "\"keys\":[", "\"\\\"key-0\\\"\"", "\"7\"",
			"snapshots[0].buckets[0][0].keys[0]: key "
			"7 is no string: it is written as \"text\"" },
		{ "\"elems\":[", "\"0\"", "\"1\"",
			"snapshots[0].buckets[0][0].elems[0]: 1 is not what the raw bytes say" },
		{ "\"elems\":[", "\"0\"", "\"0 0\"",
			"snapshots[0].buckets[0][0].elems[0]: \" 0\" behind "
			"the literal is not understood" },
		{ "", "\"buckets\": [", "\"buckets\": 5, \"x\": [",
			"snapshots[0].buckets: a number: a list of buckets or null is expected" },
		{ "nine", "\"oldbuckets\": null", "\"oldbuckets\": [[]]",
			"snapshots[1].oldbuckets[0]: "
			"an empty list: a bucket is expected, then its overflow buckets" },
		{ "nine", "\"oldbuckets\": null", "\"oldbuckets\": []",
			"snapshots[1].oldbuckets: 0 buckets: B says that there are 2^0" },
		{ "nine", "\"B\": 1", "\"B\": 0",
			"snapshots[1].buckets: 2 buckets: B says that there are 2^0" },
		{ "", "\"random\": \"0x", "\"random\": \"", "snapshots[0].random: "
			"\"9e3779b97f4a7c16\": 0x and 16 hexadecimal digits are expected" },
	};
	char *text = three();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char *bad = altered(text, cases[i].behind, cases[i].from, cases[i].to);
		char *message = xasprintf("test.json: %s", cases[i].message);
		refused(bad, message);
		free(message);
		free(bad);
	}
	free(text);
}

/* Snapshots of several types or targets */

static void snapshots_of_several_types(void **state)
{
	struct session s, again;
	struct text first = { 0 };
	char *text, *other;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 30 ; snapshot \"ints\" ; map map[string][200]byte ; fill 9 ; "
		    "snapshot \"strings\" ; grow ; snapshot \"grows\"");
	text = rig_document(&s);
	assert_non_null(strstr(text, "{\"type\": \"map[int]string\", \"arch\": \"amd64\", \"keysize\": 8, "
				     "\"elemsize\": 16, \"bucketsize\": 208, \"title\": \"ints\""));
	assert_non_null(strstr(text, "{\"title\": \"strings\""));
	reopen(&again, text);
	other = rig_document(&again);
	assert_string_equal(text, other);
	rig_goto(&again, 1);
	rig_state(&again, &first);
	assert_string_equal(again.world.map.type->asked, "map[int]string");
	rig_goto(&again, 3);
	rig_goto(&again, 1);
	rig_same_state(&again, text_str(&first), "back");
	rig_goto(&again, 2);
	rig_run(&again, "insert \"more\" ; delete 0..3");
	assert_true(rig_sound(&again));
	free(text);
	free(other);
	text_free(&first);
	session_close(&again);
	session_close(&s);
}

/* The document of a map of the type, on the target and with the hash, after the lines. */
static json_t *document_of(const char *type, const char *arch, const char *script)
{
	struct session s;
	char *text;
	json_t *all;

	rig_open(&s, type, arch, true);
	s.desk.keep_json = true;
	rig_run(&s, script);
	text = rig_document(&s);
	all = load(text);
	free(text);
	session_close(&s);
	return all;
}

/* Puts the other document's snapshots behind its own, each with what it is read by. */
static void join(json_t *all, json_t *other)
{
	static const char *const names[] = { "type", "arch", "go", "hash", "hashkey", "keysize",
		"elemsize", "bucketsize" };
	json_t *snapshot;
	size_t i;

	json_array_foreach(json_object_get(other, "snapshots"), i, snapshot) {
		json_t *own = json_object();

		for (size_t n = 0; n < LENGTH(names); n++)
			json_object_set(own, names[n], json_object_get(other, names[n]));
		json_object_update(own, snapshot);
		json_array_append_new(json_object_get(all, "snapshots"), own);
	}
	json_decref(other);
}

static void snapshots_of_several_targets(void **state)
{
	static const char script[] = "fill 20 ; snapshot ; grow ; snapshot";
	json_t *all = document_of("map[int]string", "amd64", script), *got;
	struct session s, again;
	struct text points[7] = { { 0 } };
	char *text, *other;

	(void)state;
	join(all, document_of("map[string]int", "386", script));
	join(all, document_of("map[any][]string", "s390x", "go 1.22 ; fill 9 ; snapshot ; clear ; snapshot"));
	text = json_dumps(all, 0);
	reopen(&s, text);
	assert_int_equal(s.time.total, 6);
	other = rig_document(&s);
	for (uint64_t p = 1; p <= 6; p++) {
		rig_goto(&s, p);
		rig_state(&s, &points[p]);
		assert_ptr_equal(s.world.map.heap->target, s.given.target);
		assert_true(rig_sound(&s));
	}
	for (uint64_t n = 0; n < 30; n++) {
		uint64_t p = 1 + n * 7 % 6 * (n % 5) % 6;

		rig_goto(&s, p);
		rig_same_state(&s, text_str(&points[p]), "again");
	}
	rig_goto(&s, 6);
	rig_run(&s, "fill 40 ; undo 41 ; insert 5");
	assert_true(rig_sound(&s));
	/* What it writes says the same, whichever of them is at the top. */
	reopen(&again, other);
	free(other);
	other = rig_document(&again);
	got = load(other);
	assert_int_equal(json_array_size(json_object_get(got, "snapshots")), 6);
	assert_string_equal(json_string_value(json_object_get(got, "arch")), "s390x");
	for (uint64_t p = 1; p <= 6; p++) {
		json_t *a = json_array_get(json_object_get(all, "snapshots"), p - 1);
		json_t *b = json_array_get(json_object_get(got, "snapshots"), p - 1);

		assert_true(json_equal(json_object_get(a, "buckets"), json_object_get(b, "buckets")));
		assert_true(json_equal(json_object_get(a, "hash0"), json_object_get(b, "hash0")));
		text_free(&points[p]);
	}
	session_close(&again);
	session_close(&s);
	json_decref(got);
	json_decref(all);
	free(other);
	free(text);
}

/* Members may come in any order: one that says how others are read may stand behind them. */
static void members_in_any_order(void **state)
{
	char *text = three(), *sorted, *got;
	struct session s;
	json_t *all = load(text);

	(void)state;
	sorted = json_dumps(all, JSON_SORT_KEYS);
	assert_true(strstr(sorted, "\"snapshots\"") < strstr(sorted, "\"type\": \"map"));
	reopen(&s, sorted);
	got = rig_document(&s);
	assert_string_equal(got, text);
	session_close(&s);
	json_decref(all);
	free(sorted);
	free(got);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recordings_open_as_they_were),
		cmocka_unit_test(exports_open_as_they_were),
		cmocka_unit_test(work_goes_on_as_in_the_runtime),
		cmocka_unit_test(loops_go_on),
		cmocka_unit_test(a_lost_loop_is_told),
		cmocka_unit_test(lost_objects_are_told),
		cmocka_unit_test(snapshots_are_points),
		cmocka_unit_test(one_target_only),
		cmocka_unit_test(documents_of_what_follows),
		cmocka_unit_test(unsound_maps_are_looked_at),
		cmocka_unit_test(what_is_not_recorded_stays_unknown),
		cmocka_unit_test(without_a_hash_it_is_looked_at),
		cmocka_unit_test(snapshots_of_several_types),
		cmocka_unit_test(snapshots_of_several_targets),
		cmocka_unit_test(members_in_any_order),
		cmocka_unit_test(other_documents_are_refused),
		cmocka_unit_test(damage_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
