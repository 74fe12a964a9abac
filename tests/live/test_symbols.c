/* SPDX-License-Identifier: MIT */
/*
 * Names where there is no debugging information: of a recorded program that has its symbols, which
 * say where variables lie, and objects that say their type.
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
#include "model/live/live.h"
#include "model/live/symbols.h"
#include "tests/live/cores.h"

#include <cmocka.h>

static const struct recorded recorded = { "go1.24-symbols", "go1.24.13", "amd64", true };

static struct scratch folder;
static char *core, *exe;

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	core = recorded_unpack(&recorded, "core", folder.path);
	exe = recorded_unpack(&recorded, "exe", folder.path);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	free(core);
	free(exe);
	scratch_remove(&folder);
	return 0;
}

static const char *name_of(json_t *top, uint64_t addr)
{
	char text[24];
	size_t i;
	json_t *m;

	snprintf(text, sizeof text, "0x%" PRIx64, addr);
	json_array_foreach(json_object_get(top, "maps"), i, m)
		if (strcmp(string_of(m, "addr"), text) == 0)
			return string_of(m, "name");
	fail_msg("%s is missing", text);
	return NULL;
}

/* A name is the right one, or the variable's with an offset, or there is none. */
static void test_names(void **state)
{
	/* Fields of variables, by their offset; what small objects lead to has no name. */
	static const struct {
		const char *told, *name;
	} others[] = { { "main.cfg.byName", "main.cfg+0" }, { "main.cfg.byID", "main.cfg+8" },
		{ "main.shards[0].m", "main.shards+24" }, { "main.shards[1].m", "main.shards+56" },
		{ "main.shards[2].m", "main.shards+88" }, { "main.cfg.limits.perUser", NULL },
		{ "main.nested[\"in\"]", NULL }, { "main.chain.tags", NULL },
		{ "main.chain.next.tags", NULL }, { "-", NULL } };
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core", core,
		"--exe", exe) });
	json_t *top = json_loads(o.out, 0, NULL);
	size_t count, n = sizeof others / sizeof *others;
	struct told *told = recorded_told(&recorded, &count);

	(void)state;
	if (!top)
		fail_msg("%s", o.err);
	assert_int_equal(count, 22);
	for (size_t i = 0; i < count; i++) {
		const char *name = name_of(top, told[i].addr), *want = told[i].name;

		for (size_t k = 0; k < n; k++)
			if (strcmp(others[k].told, told[i].name) == 0)
				want = others[k].name;
		if (!name != !want || (name && strcmp(name, want) != 0))
			fail_msg("%s is called %s", told[i].name, name ? name : "nothing");
	}
	json_decref(top);
	outcome_free(&o);
	free(told);
}

/* By such a name one map is opened. */
static void test_opened(void **state)
{
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("-x", "check", "--core", core, "--exe", exe,
					   "--map", "main.shards+56", "-t", "map[int]int") });

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "laws hold"));
	outcome_free(&o);
}

static void test_symbols(void **state)
{
	const struct symbol *s;
	struct symbols all;
	struct error err;
	struct live l;

	(void)state;
	assert_true(live_open_core(&l, core, exe, &err));
	assert_null(l.program.dwarf);
	symbols_find(&all, &l.program, &l.module);
	for (size_t i = 0; i < all.count; i++) {
		s = &all.list[i];
		assert_ptr_equal(symbols_at(&all, s->addr + s->size - 1), s);
		assert_true(i == 0 || all.list[i - 1].addr <= s->addr);
		if (strcmp(s->name, "main.shards") == 0)
			assert_int_equal(s->size, 96);
	}
	assert_true(all.count > 15);
	assert_null(symbols_at(&all, 0));
	assert_null(symbols_at(&all, UINT64_MAX));
	symbols_free(&all);
	live_close(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_opened),
		cmocka_unit_test(test_symbols),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
