/* SPDX-License-Identifier: MIT */
/*
 * The lists of core files that real programs left: every map is found, with what the program itself
 * said of it, and by its name alone.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/aimed.h"
#include "tests/live/cores.h"

#include <cmocka.h>

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
		json_t *top = cores_list(i), *maps = json_object_get(top, "maps");
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
	json_t *top = cores_list(0), *maps = json_object_get(top, "maps"), *m;
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
		cores.core[0], "--exe", cores.exe[0], "--width", "110") });

	(void)state;
	assert_int_equal(o.status, 0);
	assert_int_equal(strncmp(o.out, "core file: go1.22.12, amd64\n", 28), 0);
	assert_non_null(strstr(o.out, " 3,000 "));
	assert_non_null(strstr(o.out, "  main.large                 map[uint64]uint64\n"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "markdown", "--core", cores.core[2],
		"--exe", cores.exe[2]) });
	assert_int_equal(o.status, 0);
	assert_non_null(
		strstr(o.out, "| bytes | entries | free or dead | address | name | type |"));
	assert_non_null(strstr(o.out, "| `one of 4 types` |"));
	outcome_free(&o);
}

/* A name alone leads to its map, and to no other; half of one, or one too many, to none. */
static void test_names(void **state)
{
	static const char *const none[] = { "main.cfg", "main.cfg.byNam", "main.users.x",
		"main.list", "main.list[3]", "main.none", "main.nilmap", "main", "", "users",
		"main.users[", "." };
	struct error err;
	struct live l;
	size_t count;
	struct told *told = recorded_told(&recordings[0], &count);
	uint64_t head, type;

	(void)state;
	assert_true(live_open_core(&l, cores.core[0], cores.exe[0], &err));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_maps),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
