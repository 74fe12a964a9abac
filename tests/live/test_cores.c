/* SPDX-License-Identifier: MIT */
/*
 * Core files that real programs left: every map is found, with what the program itself said of it;
 * and core files and executables that are not what they should be.
 */
#include <inttypes.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/live/aimed.h"
#include "model/live/capture.h"
#include "model/live/census.h"
#include "model/session/session.h"
#include "model/source/source.h"
#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"
#include "tui/page/views.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Each recording, unpacked once. */
static struct scratch folder;
static char *cores[8], *exes[8];

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	for (size_t i = 0; i < recordings_count; i++) {
		cores[i] = recorded_unpack(&recordings[i], "core", folder.path);
		exes[i] = recorded_unpack(&recordings[i], "exe", folder.path);
	}
	return 0;
}

static int forget(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		free(cores[i]);
		free(exes[i]);
	}
	scratch_remove(&folder);
	return 0;
}

static json_t *list_of(const char *core, const char *exe)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core", core,
		"--exe", exe) });
	json_error_t at;
	json_t *top;

	if (o.status != 0)
		fail_msg("%s: %s", core, o.err);
	assert_string_equal(o.err, "");
	top = json_loads(o.out, 0, &at);
	assert_non_null(top);
	outcome_free(&o);
	return top;
}

static const char *string_of(json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static json_t *find(json_t *maps, uint64_t addr)
{
	char text[24];
	size_t i;
	json_t *m;

	snprintf(text, sizeof text, "0x%" PRIx64, addr);
	json_array_foreach(maps, i, m)
		if (strcmp(string_of(m, "addr"), text) == 0)
			return m;
	return NULL;
}

static bool is_candidate(json_t *m, const char *type)
{
	size_t i;
	json_t *one;

	json_array_foreach(json_object_get(m, "candidates"), i, one)
		if (strcmp(json_string_value(one), type) == 0)
			return true;
	return false;
}

/* Where its type and name are known they are the right ones; else its type is one that fits. */
static void check_told(const struct recorded *r, json_t *maps, const struct told *t)
{
	json_t *m = find(maps, t->addr);
	const char *type, *name;

	if (!m)
		fail_msg("%s: %s is missing", r->name, t->name);
	assert_int_equal(json_integer_value(json_object_get(m, "entries")), t->entries);
	type = string_of(m, "type");
	name = string_of(m, "name");
	if (type)
		assert_string_equal(type, t->type);
	else if (!is_candidate(m, t->type))
		fail_msg("%s: %s: %s does not fit", r->name, t->name, t->type);
	if (!r->named) {
		assert_null(name);
		return;
	}
	assert_non_null(type);
	if (strcmp(t->name, "-") == 0)
		assert_null(name);
	else
		assert_string_equal(name, t->name);
	assert_true(json_is_true(json_object_get(m, "reached")) == (name != NULL));
}

static void test_all_maps(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		const struct recorded *r = &recordings[i];
		json_t *top = list_of(cores[i], exes[i]), *maps = json_object_get(top, "maps");
		size_t count;
		struct told *told = recorded_told(r, &count);

		assert_string_equal(string_of(top, "format"), "hmapview-maps/1");
		assert_string_equal(string_of(top, "go"), r->go);
		assert_string_equal(string_of(top, "arch"), r->arch);
		assert_true(json_is_null(json_object_get(top, "pid")));
		assert_int_equal(count, 22);
		for (size_t k = 0; k < count; k++)
			check_told(r, maps, &told[k]);
		/* One more is main.chain.next.next.tags, and there is nothing else. */
		assert_int_equal(json_array_size(maps), count + 1);
		assert_true(json_integer_value(json_object_get(top, "empty")) >= 1);
		free(told);
		json_decref(top);
	}
}

/* The largest first; what they take and what a rebuild would give back. */
static void test_figures(void **state)
{
	json_t *top = list_of(cores[0], exes[0]), *maps = json_object_get(top, "maps"), *m;
	json_int_t before = INT64_MAX;
	size_t i;

	(void)state;
	json_array_foreach(maps, i, m) {
		json_int_t bytes = json_integer_value(json_object_get(m, "bytes"));

		assert_true(bytes <= before);
		assert_true(bytes >= 48);
		before = bytes;
	}
	m = json_array_get(maps, 0);
	assert_string_equal(string_of(m, "name"), "main.large");
	m = json_array_get(maps, 1);
	assert_string_equal(string_of(m, "name"), "main.emptied");
	assert_string_equal(string_of(m, "verdict"), "emptied: a rebuild gives back 49 kB");
	json_decref(top);
}

static void test_formats(void **state)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "text", "--core",
		cores[0], "--exe", exes[0], "--width", "110") });

	(void)state;
	assert_int_equal(o.status, 0);
	assert_int_equal(strncmp(o.out, "core file: go1.22.12, amd64\n", 28), 0);
	assert_non_null(strstr(o.out, " 3,000 "));
	assert_non_null(strstr(o.out, "  main.large                 map[uint64]uint64\n"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "markdown", "--core", cores[2],
		"--exe", exes[2]) });
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "| bytes | entries | free or dead | address | name | type |"));
	assert_non_null(strstr(o.out, "| `one of 4 types` |"));
	outcome_free(&o);
}

/* Keys and elems of a bucket, or of a group's slots. */
static size_t count_keys(json_t *v)
{
	json_t *keys = json_object_get(v, "keys"), *one;
	const char *name;
	size_t n = 0, i;

	json_array_foreach(keys, i, one)
		n += *json_string_value(one) != '\0';
	if (!keys) {
		json_array_foreach(v, i, one)
			n += count_keys(one);
		json_object_foreach(v, name, one)
			n += count_keys(one);
	}
	return n;
}

static struct outcome map_of(size_t i, const char *map)
{
	return program_run(&(struct program){ .args = ARGS("-x", "json", "--core", cores[i],
		"--exe", exes[i], "--map", map) });
}

/*
 * A map as a snapshot has all its entries, and takes what the list says of it; that of a classic
 * map is opened again.
 */
static void check_map(size_t i, json_t *m)
{
	const char *addr = string_of(m, "addr");
	struct outcome o = map_of(i, addr);
	json_t *top, *snapshot;

	if (!string_of(m, "type") && json_array_size(json_object_get(m, "candidates")) != 1) {
		const char *first = json_string_value(json_array_get(json_object_get(m,
			"candidates"), 0));

		assert_int_equal(o.status, 1);
		assert_non_null(strstr(o.err, "is not known"));
		outcome_free(&o);
		o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core", cores[i],
			"--exe", exes[i], "--map", addr, "-t", first) });
	}
	if (o.status != 0)
		fail_msg("%s: %s", string_of(m, "type"), o.err);
	top = json_loads(o.out, 0, NULL);
	assert_non_null(top);
	snapshot = json_array_get(json_object_get(top, "snapshots"), 0);
	assert_int_equal(count_keys(snapshot), json_integer_value(json_object_get(m, "entries")));
	assert_null(json_object_get(snapshot, "alloc_bytes"));
	if (string_of(m, "type"))
		assert_int_equal(json_integer_value(json_object_get(snapshot, "inuse_bytes")),
			json_integer_value(json_object_get(m, "bytes")));
	json_decref(top);
	outcome_free(&o);
}

static void test_each_map(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		json_t *top = list_of(cores[i], exes[i]), *m;
		size_t k;

		json_array_foreach(json_object_get(top, "maps"), k, m)
			check_map(i, m);
		json_decref(top);
	}
}

/* A name alone leads to its map, and to no other; half of one, or one too many, to none. */
static void test_names(void **state)
{
	static const char *const none[] = { "main.cfg", "main.cfg.byNam", "main.users.x", "main.list",
		"main.list[3]", "main.none", "main.nilmap", "main", "", "users", "main.users[", "." };
	struct error err;
	struct live l;
	size_t count;
	struct told *told = recorded_told(&recordings[0], &count);
	uint64_t head, type;

	(void)state;
	assert_true(live_open_core(&l, cores[0], exes[0], &err));
	for (size_t i = 0; i < count; i++) {
		struct rtype t;
		char *name;

		if (strcmp(told[i].name, "-") == 0)
			continue;
		if (!aimed_find(&l, told[i].name, &head, &type, &err) || head != told[i].addr)
			fail_msg("%s is not found", told[i].name);
		assert_true(rtype_read(&l.view.types, type, &t));
		name = rtype_name(&l.view.types, &t);
		assert_string_equal(name, told[i].type);
		free(name);
	}
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(aimed_find(&l, none[i], &head, &type, &err));
	live_close(&l);
	free(told);
}

/* What was in them, as the program put it there. */
static void test_contents(void **state)
{
	static const struct {
		const char *map, *holds[3];
	} rows[] = {
		{ "main.held", { "\"\\\"one\\\"\"", "two\\\\x1b[31m", "three" } },
		{ "main.cfg.byID", { "\"{19, -19, \\\"key-19\\\"}\"", "\"{0, 0, \\\"key-0\\\"}\"",
			"\"map[uint32]main.point\", \"types\": [\"type point struct { x int16; "
			"y int16; name string }\"]" } },
		{ "main.cfg.byName", { "\"one\\\"", "\"map[string]*main.rec\"", "\"type rec struct "
			"{ id int; tags map[string]bool; next *main.rec }\"" } },
		{ "main.names", { "\"x\\\"", "\"main.set[string]\"", "\"type set[string] "
			"map[string]struct {}\"" } },
		{ "main.bigs", { "\"map[main.big]main.big\"", "\"type big struct { a [20]int64 }\"",
			"\"{{1, 0, 0" } },
		{ "main.floats", { "\"0.5\"", "\"7\"", "\"nil\"" } },
		{ "main.users", { "\"9801\"", "key-99", "\"type\": \"map[string]int\"" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct outcome o = map_of(0, rows[i].map);
		char *path;

		assert_int_equal(o.status, 0);
		for (int k = 0; k < 3; k++)
			if (!strstr(o.out, rows[i].holds[k]))
				fail_msg("%s: %s is missing", rows[i].map, rows[i].holds[k]);
		path = scratch_write(&folder, "map.json", o.out, o.out_len);
		outcome_free(&o);
		o = program_run(&(struct program){ .args = ARGS("-x", "text", path) });
		assert_int_equal(o.status, 0);
		outcome_free(&o);
		free(path);
	}
}

/* Whatever is run on a captured map. */
static struct outcome look(size_t i, const char *map, const char *format, const char *view,
	const char *script)
{
	const char *args[16] = { "-x", format, "--core", cores[i], "--exe", exes[i], "--map", map };
	char *path = script ? scratch_write(&folder, "script.hm", script, strlen(script)) : NULL;
	size_t n = 8;
	struct outcome o;

	if (view) {
		args[n++] = "--view";
		args[n++] = view;
	}
	args[n] = path;
	o = program_run(&(struct program){ .args = args });
	free(path);
	return o;
}

/* Its snapshot is of the type that the program has, and opens where nothing is known of that. */
static void check_elsewhere(size_t i, json_t *m)
{
	struct outcome o = map_of(i, string_of(m, "addr"));
	json_t *top = json_loads(o.out, 0, NULL);
	const char *type = string_of(m, "type");
	char *path = scratch_write(&folder, "map.json", o.out, o.out_len);

	assert_non_null(top);
	if (!strstr(type, "interface {}"))
		assert_string_equal(string_of(top, "type"), type);
	json_decref(top);
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "check", path) });
	if (o.status != 0 || !strstr(o.out, "all laws hold"))
		fail_msg("%s %s: %s%s", recordings[i].name, type, o.out, o.err);
	outcome_free(&o);
	free(path);
}

/* Every law holds of every map, with the hash key that the program had, found without symbols. */
static void test_laws(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		json_t *top = list_of(cores[i], exes[i]), *m;
		size_t k;

		json_array_foreach(json_object_get(top, "maps"), k, m) {
			struct outcome o;

			if (!string_of(m, "type"))
				continue;
			o = look(i, string_of(m, "addr"), "check", NULL, NULL);
			if (o.status != 0 || !strstr(o.out, "all laws hold"))
				fail_msg("%s %s: %s%s", recordings[i].name, string_of(m, "type"),
					o.out, o.err);
			outcome_free(&o);
			check_elsewhere(i, m);
			o = look(i, string_of(m, "addr"), "json", NULL, NULL);
			if (json_integer_value(json_object_get(m, "entries")) >= 20 &&
				!strstr(o.out, "\"hashkey\""))
				fail_msg("%s %s: no hash key", recordings[i].name,
					string_of(m, "type"));
			outcome_free(&o);
		}
		json_decref(top);
	}
}

static void test_views(void **state)
{
	(void)state;
	for (unsigned v = 0; page_view_at(v); v++) {
		struct outcome o = look(0, "main.users", "text", page_view_at(v)->name, NULL);

		if (o.status != 0 || !*o.out)
			fail_msg("%s: %s", page_view_at(v)->name, o.err);
		outcome_free(&o);
	}
}

/* The map goes on by the rules of its release; its title says that it does. */
static void test_goes_on(void **state)
{
	struct outcome o = look(0, "main.users", "text", "map", "insert \"new\" 7\n");

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "went on from "));
	outcome_free(&o);
	o = look(0, "main.users", "summary", NULL, "insert \"new\" 7\ninsert \"key-1\" 0\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\ncount: 101\n"));
	outcome_free(&o);
	/* At its own address, and with a second look as a point of time. */
	o = look(0, "main.users", "text", "header", "capture\ndelete \"key-1\"\nundo 2\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "0xc0000"));
	outcome_free(&o);
	o = look(0, "main.users", "json", NULL, "capture\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\"title\": \"main.users, capture 2\""));
	assert_null(strstr(o.out, "\"title\": \"end\""));
	outcome_free(&o);
	/* What was captured stays what it was, wherever one goes from there. */
	o = look(0, "main.users", "json", NULL, "delete \"key-1\"\ncapture\nundo 2\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\"title\": \"main.users\", \"count\": 100,"));
	assert_non_null(strstr(o.out, "\"title\": \"main.users, capture 2\""));
	outcome_free(&o);
}

/* A view says of the file what it says of the map in the core, which has its keys. */
static void check_alike(const char *map, const char *path, const char *view)
{
	struct outcome is = program_run(&(struct program){ .args = ARGS("-x", "text", "--view",
		view, path) }), was = look(0, map, "text", view, NULL);
	const char *a = is.out + strcspn(is.out, "\n"), *b = was.out + strcspn(was.out, "\n");

	size_t n = (size_t)(strstr(b, "\nhints,") ? strstr(b, "\nhints,") - b : (ptrdiff_t)strlen(b));

	a += 1 + strcspn(a + 1, "\n"); /* which snapshot it is of */
	assert_int_equal(is.status, 0);
	/* Maps that are filled to compare with have a hash key of their own. */
	if (strncmp(a, b, n) != 0)
		fail_msg("%s: %s\nis not%s", map, a, b);
	outcome_free(&is);
	outcome_free(&was);
}

/* What a redacted map holds nobody learns; how it lies, what it takes and what is alike he does. */
static void test_redacted(void **state)
{
	static const char *const maps[] = { "main.users", "main.cfg.byID", "main.floats", "main.bigs",
		"main.dead", "main.large", "main.held" };
	static const char *const secrets[] = { "key-", "\"one", "\"two", "\"9801\"", "three", "\"7\"" };

	(void)state;
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
		char *path = xasprintf("%s/%s.json", folder.path, maps[i]);
		struct outcome plain = map_of(0, maps[i]), o = program_run(&(struct program){
			.args = ARGS("-x", "json", "--core", cores[0], "--exe", exes[0], "--map",
				maps[i], "--redact", "-o", path) });
		json_t *was, *is, *snapshots[2];
		struct stat info;
		char *bytes;
		size_t len;

		assert_int_equal(plain.status, 0);
		if (o.status != 0)
			fail_msg("%s: %s", maps[i], o.err);
		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 0777, 0600);
		bytes = file_read(path, &len);
		for (size_t k = 0; k < sizeof secrets / sizeof *secrets; k++)
			if (strstr(bytes, secrets[k]))
				fail_msg("%s: %s is told", maps[i], secrets[k]);
		assert_null(strstr(bytes, "hashkey"));
		was = json_loads(plain.out, 0, NULL);
		is = json_loads(bytes, 0, NULL);
		assert_true(was && is);
		snapshots[0] = json_array_get(json_object_get(was, "snapshots"), 0);
		snapshots[1] = json_array_get(json_object_get(is, "snapshots"), 0);
		assert_int_equal(count_keys(snapshots[0]), count_keys(snapshots[1]));
		if (!json_equal(json_object_get(snapshots[0], "ledger"),
			json_object_get(snapshots[1], "ledger")))
			fail_msg("%s: its ledger is another", maps[i]);
		outcome_free(&o);
		outcome_free(&plain);
		o = program_run(&(struct program){ .args = ARGS("-x", "check", path) });
		if (o.status != 0 || !strstr(o.out, "all laws hold") ||
			strstr(o.out, "hashes were not checked"))
			fail_msg("%s: %s%s", maps[i], o.out, o.err);
		outcome_free(&o);
		check_alike(maps[i], path, "shape");
		check_alike(maps[i], path, "ledger");
		json_decref(was);
		json_decref(is);
		free(bytes);
		free(path);
	}
}

static void test_no_such_map(void **state)
{
	struct outcome o = map_of(0, "main.nothing");

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.err, "no map with memory is called main.nothing"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--map", "main.users") });
	assert_int_equal(o.status, 2);
	outcome_free(&o);
}

static void check_refused(const char *core, const char *exe, const char *says)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core", core,
		exe ? "--exe" : NULL, exe) });

	assert_int_equal(o.status, 1);
	assert_string_equal(o.out, "");
	if (!strstr(o.err, says) || strncmp(o.err, "hmapview: ", 10) != 0 ||
		strchr(o.err, '\n') != o.err + strlen(o.err) - 1)
		fail_msg("%s\nis not: %s", o.err, says);
	outcome_free(&o);
}

static void test_refused(void **state)
{
	char *none = xasprintf("%s/none", folder.path);

	(void)state;
	check_refused(none, NULL, "No such file");
	check_refused(folder.path, NULL, "not a core file");
	check_refused("Makefile", NULL, "Makefile: not a core file");
	check_refused(exes[0], NULL, "not a core file");
	check_refused(cores[0], "Makefile", "Makefile: not a program");
	check_refused(cores[0], program_path(), "not a Go program");
	check_refused(cores[0], none, "No such file");
	check_refused(cores[0], NULL, "/tmp/demo/demo: No such file");
	check_refused(cores[0], exes[2], "its build id is not that of");
	check_refused(cores[0], exes[1], "its build id is not that of");
	check_refused(cores[2], exes[0], "its build id is not that of");
	free(none);
}

/* The notes of an executable are gone, so that it has no build id. */
static void test_no_build_id(void **state)
{
	size_t len;
	char *bytes = file_read(exes[0], &len), *path;
	uint64_t at;
	uint16_t count;

	(void)state;
	memcpy(&at, bytes + 32, 8);
	memcpy(&count, bytes + 56, 2);
	for (unsigned i = 0; i < count; i++)
		if (bytes[at + i * 56] == 4)
			memset(bytes + at + i * 56, 0, 4);
	path = scratch_write(&folder, "bare", bytes, len);
	check_refused(cores[0], path, "its build id is not that of");
	free(path);
	free(bytes);
}

/* A part of a file, as of a disk that was full. */
static char *cut(const char *path, unsigned percent)
{
	char *to = xasprintf("%s/cut", folder.path);
	char *command = xasprintf("cp --sparse=always '%s' '%s'", path, to);
	struct stat info;

	assert_int_equal(system(command), 0);
	assert_int_equal(stat(to, &info), 0);
	assert_int_equal(truncate(to, info.st_size / 100 * percent), 0);
	free(command);
	return to;
}

/* What can be shown is shown, or one line says why not; that something is missing is said. */
static void test_truncated(void **state)
{
	static const unsigned parts[] = { 0, 5, 50, 95 };

	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
			char *core = cut(cores[i], parts[k]);
			struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json",
				"--core", core, "--exe", exes[i]) });

			assert_true(o.status == 0 || o.status == 1);
			if (parts[k] && !strstr(o.err, "truncated, "))
				fail_msg("%s at %u %%: %s", recordings[i].name, parts[k], o.err);
			assert_true((o.out[0] == '\0') == (o.status == 1));
			outcome_free(&o);
			free(core);
		}
	}
}

static uint64_t draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

/* Some bytes are others than they were; whatever comes of it, it comes to an end. */
static void spoil(const char *path, uint64_t *random, unsigned times)
{
	FILE *f = xfopen(path, "r+");
	struct stat info;

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &info), 0);
	for (unsigned i = 0; i < times; i++) {
		/* One in two near the beginning, where the tables are. */
		uint64_t range = i % 2 ? 4096 : (uint64_t)info.st_size;
		int byte = (int)(draw(random) % 256);

		fseeko(f, (off_t)(draw(random) % range), SEEK_SET);
		fputc(byte, f);
	}
	fclose(f);
}

static char *copy(const char *path, const char *name)
{
	char *to = xasprintf("%s/%s", folder.path, name);
	char *command = xasprintf("cp --sparse=always '%s' '%s'", path, to);

	assert_int_equal(system(command), 0);
	free(command);
	return to;
}

static void look_at(const char *core, const char *exe)
{
	struct live l;
	struct census c;
	struct error err;
	FILE *nowhere;

	if (!live_open_core(&l, core, exe, &err))
		return;
	nowhere = xfopen("/dev/null", "w");
	census_take(&c, &l, &err);
	for (size_t i = 0; i < c.count; i++) {
		struct capture_wish wish = { .head = c.list[i].head.at, .type = c.list[i].type };
		struct capture *m = xcalloc(1, sizeof *m);
		struct source *src;
		struct session s;

		if (!wish.type || !capture_take(m, &l, &wish, &err)) {
			free(m);
			continue;
		}
		src = source_captured(m, &err);
		if (src && session_open_snapshot(&s, src, 0, &err)) {
			session_write_snapshots(&s, nowhere, &err);
			session_close(&s);
		}
		source_free(src);
	}
	census_free(&c);
	live_close(&l);
	fclose(nowhere);
}

static void test_spoiled(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (unsigned n = 0; n < 40; n++) {
		size_t i = n % recordings_count;
		char *core = copy(cores[i], "spoiled-core"), *exe = copy(exes[i], "spoiled-exe");

		spoil(core, &random, n % 3 == 0 ? 2000 : 20);
		if (n % 2 && !recordings[i].named)
			spoil(exe, &random, 20);
		look_at(core, exe);
		free(core);
		free(exe);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_maps),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_each_map),
		cmocka_unit_test(test_contents),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_laws),
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_redacted),
		cmocka_unit_test(test_no_such_map),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_build_id),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_spoiled),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
