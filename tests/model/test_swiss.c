/* SPDX-License-Identifier: MIT */
/*
 * The rules of the Swiss map against the real runtime, without a session around them: what a
 * recording's script says is done to a map, and each snapshot is compared field by field.
 * `test_swiss FOLDER..` compares the recordings of other folders.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/hex.h"
#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/map/swiss/rules.h"
#include "tests/model/compare.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* A map and what it stands on. */
struct play {
	const struct target *target;
	const struct release *release;
	char *type;
	enum hash_family family;
	uint8_t hashkey[HASHKEY_MOST];
	unsigned hashkey_size;
	struct journal journal;
	struct heap heap;
	struct hasher hasher;
	struct random random;
	struct trace trace;
	struct map map;
	json_t *came;        /* keys of the range */
	json_t *snapshots;
	bool open;
};

static void play_open(struct play *p)
{
	struct error err;

	if (p->open)
		return;
	p->open = true;
	journal_init(&p->journal);
	if (!heap_open(&p->heap, p->target, p->release, &p->journal, &err))
		fail_msg("%s", err.msg);
	random_start(&p->random, &p->journal, 1);
	hasher_init(&p->hasher, p->target, p->release, p->family, p->hashkey, p->hashkey_size);
	p->hasher.heap = &p->heap;
	p->map = (struct map){ .heap = &p->heap, .hasher = &p->hasher, .random = &p->random };
	p->map.type = maptype_new(p->type, p->target, p->release, &err);
	if (!p->map.type)
		fail_msg("%s", err.msg);
	p->came = json_array();
	p->snapshots = json_array();
}

static void play_close(struct play *p)
{
	maptype_free((struct maptype *)(uintptr_t)p->map.type);
	heap_close(&p->heap);
	journal_free(&p->journal);
	trace_free(&p->trace);
	json_decref(p->came);
	json_decref(p->snapshots);
	free(p->type);
}

static json_t *literal(const struct play *p, const struct gotype *t, const uint8_t *at)
{
	struct text text = { 0 };
	json_t *value;

	value_format(&p->heap, t, at, &text, 0);
	value = json_string(text_str(&text));
	text_free(&text);
	return value;
}

/* Snapshots */

static json_t *group_json(const struct play *p, uint64_t addr)
{
	const struct map *m = &p->map;
	uint32_t size = m->type->unit.size;
	uint8_t *what = xmalloc(size), *raw = xmalloc(size);
	char *hex = xmalloc(2 * (size_t)size + 1);
	json_t *group, *ctrl = json_array(), *keys = json_array(), *elems = json_array();

	maptype_unit_bytes(m->type, what);
	for (uint32_t i = 0; i < size; i++)
		raw[i] = what[i] == BYTE_DATA ? map_at(m, addr)[i] : 0;
	hex_write(hex, raw, size);
	hex[2 * size] = '\0';
	for (unsigned i = 0; i < SLOTS; i++) {
		uint8_t control = *control_at(m, addr, i);
		bool full = control <= CONTROL_FULL_MOST;

		json_array_append_new(ctrl, json_integer(control));
		json_array_append_new(keys, full
			? literal(p, m->type->key, map_key(m, addr, i)) : json_string(""));
		json_array_append_new(elems, full
			? literal(p, m->type->elem, map_elem(m, addr, i)) : json_string(""));
	}
	group = json_pack("{s:o, s:s, s:o, s:o}", "ctrl", ctrl, "raw", hex, "keys", keys, "elems",
		elems);
	free(what);
	free(raw);
	free(hex);
	return group;
}

static json_t *table_json(const struct play *p, uint64_t table)
{
	const struct map *m = &p->map;
	struct groups g = groups_of(m, table);
	json_t *groups = json_array();

	for (uint64_t i = 0; i <= g.mask; i++)
		json_array_append_new(groups, group_json(p, group_addr(m, &g, i)));
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:o}", "index",
		(json_int_t)table_index(m, table), "localdepth",
		(json_int_t)table_get(m, table, TABLE_LOCAL_DEPTH), "used",
		(json_int_t)table_get(m, table, TABLE_USED), "capacity",
		(json_int_t)table_get(m, table, TABLE_CAPACITY), "growthleft",
		(json_int_t)table_get(m, table, TABLE_GROWTH_LEFT), "groups", groups);
}

static void add_tables(const struct play *p, json_t *s)
{
	const struct map *m = &p->map;
	uint64_t n = swiss_get(m, SWISS_DIR_LEN), last = 0, group = swiss_get(m, SWISS_DIR_PTR);
	json_t *directory = n ? json_array() : json_null(), *tables = json_array();

	for (uint64_t i = 0; i < n; i++) {
		if (directory_at(m, i) != last)
			json_array_append_new(tables, table_json(p, directory_at(m, i)));
		last = directory_at(m, i);
		json_array_append_new(directory,
			json_integer((json_int_t)json_array_size(tables) - 1));
	}
	json_object_set_new(s, "directory", directory);
	json_object_set_new(s, "tables", tables);
	json_object_set_new(s, "group", !n && group ? group_json(p, group) : json_null());
}

static void add_header(const struct play *p, json_t *s)
{
	static const struct {
		const char *name;
		enum swiss_field field;
	} rows[] = { { "used", SWISS_USED }, { "dirlen", SWISS_DIR_LEN },
		{ "globaldepth", SWISS_GLOBAL_DEPTH }, { "globalshift", SWISS_GLOBAL_SHIFT },
		{ "writing", SWISS_WRITING }, { "clearseq", SWISS_CLEAR_SEQ } };

	for (size_t i = 0; i < LENGTH(rows); i++)
		json_object_set_new(s, rows[i].name,
			json_integer((json_int_t)swiss_get(&p->map, rows[i].field)));
	json_object_set_new(s, "seed", json_sprintf("0x%0*llx", 2 * (int)p->target->ptrsize,
		(unsigned long long)swiss_get(&p->map, SWISS_SEED)));
	json_object_set_new(s, "tombstone_possible",
		json_boolean(swiss_get(&p->map, SWISS_TOMBSTONE_POSSIBLE)));
	json_object_set_new(s, "alloc_objects",
		json_integer((json_int_t)p->heap.state.alloc_objects));
	json_object_set_new(s, "alloc_bytes", json_integer((json_int_t)p->heap.state.alloc_bytes));
}

static void take_snapshot(struct play *p)
{
	const struct range_loop *l = &p->map.loop;
	json_t *s = json_object();

	add_header(p, s);
	add_tables(p, s);
	if (l->begun)
		json_object_set_new(s, "range", json_pack("{s:I, s:I, s:b, s:o}", "entry",
			(json_int_t)l->swiss.entry, "dir", (json_int_t)l->swiss.dir, "over",
			l->over, "keys", json_deep_copy(p->came)));
	json_array_append_new(p->snapshots, s);
}

/* Commands */

static void read_value(struct play *p, const struct gotype *t, const char **at, uint8_t *out)
{
	struct value_home home = { .heap = &p->heap };
	struct error err;

	if (!value_parse(&home, t, at, out, "literal", &err))
		fail_msg("%s", err.msg);
	while (**at == ' ')
		++*at;
}

/* What is done with a key. */
static void run_key(struct play *p, const char *verb, const char *args)
{
	struct map *m = &p->map;
	uint8_t *key = xcalloc(1, (size_t)m->type->key->size + 1);
	uint8_t *elem = xcalloc(1, (size_t)m->type->elem->size + 1);
	struct place where;
	struct error err;
	bool ok = true, deleted;

	read_value(p, m->type->key, &args, key);
	if (strcmp(verb, "insert") == 0) {
		if (*args)
			read_value(p, m->type->elem, &args, elem);
		ok = map_assign(m, key, elem, &err);
	} else if (strcmp(verb, "delete") == 0) {
		ok = map_delete(m, key, &deleted, &err);
	} else {
		map_lookup(m, key, &where);
	}
	if (!ok)
		fail_msg("%s", err.msg);
	free(key);
	free(elem);
}

static void key_came(void *data, const struct place *where)
{
	struct play *p = data;

	json_array_append_new(p->came,
		literal(p, p->map.type->key, map_key(&p->map, where->addr, where->slot)));
}

static void run_next(struct play *p, const char *count)
{
	uint64_t n = strncmp(count, "all", 3) == 0 ? UINT64_MAX : strtoull(count, NULL, 10);

	map_next(&p->map, n, key_came, p);
}

static void run_range(struct play *p, const char *args)
{
	char count[24];
	unsigned long long entry, dir;
	struct place start = { 0 };
	struct error err;

	assert_int_equal(sscanf(args, "%23s from %llu %llu", count, &entry, &dir), 3);
	start.unit = entry;
	start.slot = (unsigned)dir;
	json_array_clear(p->came);
	assert_true(map_range(&p->map, &start, &err));
	run_next(p, count);
}

static void run_hash(struct play *p, const char *args)
{
	p->family = strncmp(args, "aes ", 4) == 0 ? HASH_AES : HASH_WYHASH;
	args = strchr(args, ' ') + 1;
	p->hashkey_size = (unsigned)(strspn(args, "0123456789abcdef") / 2);
	hex_read(p->hashkey, args, p->hashkey_size);
}

static void run_setting(struct play *p, const char *verb, const char *args)
{
	struct error err = { "" };

	if (strcmp(verb, "go") == 0) {
		p->release = release_rules(args);
		if (!p->release)
			fail_msg("unknown Go release %s", args);
	} else if (strcmp(verb, "arch") == 0) {
		p->target = target_find(args, &err);
	} else if (strcmp(verb, "map") == 0) {
		p->type = xstrdup(args);
	} else {
		run_hash(p, args);
	}
	if (err.msg[0])
		fail_msg("%s", err.msg);
}

static void run_line(struct play *p, char *line)
{
	char *args = line + strcspn(line, " ");
	struct error err;

	if (*args)
		*args++ = '\0';
	if (strstr("go arch map hash", line)) {
		run_setting(p, line, args);
		return;
	}
	play_open(p);
	if (strcmp(line, "seed") == 0)
		random_queue(&p->random, strtoull(args, NULL, 16));
	else if (strcmp(line, "make") == 0)
		assert_true(map_make(&p->map, *args ? strtoull(args, NULL, 10) : 0, &err));
	else if (strcmp(line, "clear") == 0)
		map_clear(&p->map);
	else if (strcmp(line, "range") == 0)
		run_range(p, args);
	else if (strcmp(line, "next") == 0)
		run_next(p, args);
	else if (strcmp(line, "snapshot") == 0)
		take_snapshot(p);
	else
		run_key(p, line, args);
}

/* Recordings */

/* All is undone and done again, and is the same. */
static void there_and_back(struct play *p)
{
	size_t size = (size_t)heap_size(&p->heap), end = p->journal.at;
	uint8_t *memory = xmalloc(size), *base = heap_at(&p->heap, p->heap.base);
	struct map map = p->map;

	memcpy(memory, base, size);
	journal_move(&p->journal, 0);
	assert_true(p->map.header == 0);
	for (size_t i = 0; i < size; i++)
		assert_int_equal(base[i], 0);
	journal_move(&p->journal, end);
	assert_memory_equal(base, memory, size);
	assert_memory_equal(&p->map, &map, sizeof map);
	free(memory);
}

/* Runs a script, with events or without. */
static void run_script(struct play *p, const char *path, bool events)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	*p = (struct play){ .hashkey_size = 0 };
	if (!in)
		fail_msg("%s cannot be read", path);
	while ((len = getline(&line, &cap, in)) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && *line != '#')
			run_line(p, line);
		if (p->open && events)
			p->map.trace = &p->trace;
	}
	free(line);
	fclose(in);
}

static json_t *sizes_json(const struct maptype *t)
{
	json_t *o = json_pack("{s:i, s:i, s:b, s:b, s:i, s:i, s:i}", "keysize", (int)t->key->size,
		"elemsize", (int)t->elem->size, "indirectkey", t->indirect_key, "indirectelem",
		t->indirect_elem, "groupsize", (int)t->unit.size, "group_ptrdata",
		(int)swiss_pointer_bytes(t), "mapflags", (int)swiss_flags(t));
	bool split = t->release->split_groups;
	int elem = (int)(t->unit.elems - t->unit.keys);

	json_object_set_new(o, "elemoff", json_integer(split ? 0 : elem));
	json_object_set_new(o, "slotsize", json_integer(t->unit.key_step));
	json_object_set_new(o, "keysoff", json_integer(t->unit.keys));
	json_object_set_new(o, "keystride", json_integer(t->unit.key_step));
	json_object_set_new(o, "elemsoff", json_integer(t->unit.elems));
	json_object_set_new(o, "elemstride", json_integer(t->unit.elem_step));
	return o;
}

static bool same_as_recorded(const char *path, bool events)
{
	char *json = xmalloc(strlen(path) + 8);
	struct play p;
	json_error_t at;
	json_t *want, *sizes;
	bool ok;

	sprintf(json, "%.*s.json", (int)(strlen(path) - 3), path);
	want = json_load_file(json, 0, &at);
	if (!want)
		fail_msg("%s: %s", json, at.text);
	run_script(&p, path, events);
	there_and_back(&p);
	sizes = sizes_json(p.map.type);
	ok = compare_values(path, want, sizes) &&
		compare_values(path, json_object_get(want, "snapshots"), p.snapshots);
	json_decref(want);
	json_decref(sizes);
	free(json);
	play_close(&p);
	return ok;
}

static const char *folder = "tests/recordings/swiss";

static void equals_the_runtime(void **state)
{
	unsigned files = 0, different = 0;
	DIR *dir = opendir(folder);
	struct dirent *d;

	(void)state;
	assert_non_null(dir);
	while ((d = readdir(dir)) != NULL) {
		char path[600];
		size_t n = strlen(d->d_name);

		if (n < 3 || strcmp(d->d_name + n - 3, ".hm") != 0)
			continue;
		snprintf(path, sizeof path, "%s/%.300s", folder, d->d_name);
		different += !same_as_recorded(path, files % 2);
		files++;
	}
	closedir(dir);
	printf("%s: %u recordings, %u differences\n", folder, files, different);
	assert_true(files > 0);
	assert_int_equal(different, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(equals_the_runtime) };
	int failed = 0;

	if (argc < 2)
		return cmocka_run_group_tests(tests, NULL, NULL);
	for (int i = 1; i < argc; i++) {
		folder = argv[i];
		failed += cmocka_run_group_tests(tests, NULL, NULL);
	}
	return failed != 0;
}
