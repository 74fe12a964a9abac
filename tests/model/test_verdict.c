/* SPDX-License-Identifier: MIT */
/* Verdicts: when they speak, when they are silent, and that doing what they say has that effect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/session/verdict.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"

#include <cmocka.h>

static struct verdicts find(const struct session *s)
{
	struct ledger l;
	struct verdicts v;

	ledger_take(&s->world.map, &l);
	verdicts_find(s, &l, &v);
	return v;
}

/* Runs lines on a map of the type and finds the verdicts. Close the session. */
static struct verdicts judged(
	struct session *s, const char *type, const char *arch, const char *lines)
{
	rig_open(s, type, arch, true);
	rig_run(s, lines);
	return find(s);
}

static uint64_t in_use(const char *type, const char *lines)
{
	struct session s;
	uint64_t bytes;

	rig_open(&s, type, NULL, true);
	rig_run(&s, lines);
	bytes = map_reached(&s.world.map).bytes;
	session_close(&s);
	return bytes;
}

static void who_speaks(void **state)
{
	static const struct {
		const char *type, *lines, *kinds;
	} rows[] = {
		{ NULL, "make", "collector" },
		{ NULL, "fill 8", "collector" },
		{ NULL, "make 1000 ; fill 1000", "collector" },
		{ NULL, "make 1000 ; fill 10", "hint too large, collector" },
		{ NULL, "fill 1000", "hint too small, collector" },
		{ NULL, "fill 1000 ; delete 0..994", "emptied, collector" },
		{ NULL, "make 1000 ; fill 5000 ; delete 100..4999", "emptied, collector" },
		/* Half of it: a new map has half the buckets, and chance decides on the rest. */
		{ "map[string]*int", "fill 13000 ; delete 0..6499", "emptied, collector" },
		{ NULL, "fill 13000 ; delete 0..6499", "emptied, collector" },
		/* The hint was right once; no hint spares a growth of the same size. */
		{ NULL, "make 1000 ; fill 1000 ; delete 0..994", "emptied, collector" },
		{ NULL, "fill 60 ; grow same ; evacuate 100", "collector" },
		{ NULL, "fill 26 ; grow", "in a growth, collector" },
		{ "map[int32]int32", "make 400 ; fill 1", "hint too large, collector" },
		{ "map[int64][200]byte", "fill 3", "stored apart, collector" },
		{ "map[int]int", "make 40 ; collide 0 30", "overflow chains, collector" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct text got = { 0 };
		struct session s;
		struct verdicts v = judged(&s, rows[i].type, NULL, rows[i].lines);

		for (int k = 0; k < VERDICTS; k++)
			if (v.holds[k])
				text_printf(&got, "%s%s", got.len ? ", " : "",
					verdict_name((enum verdict_kind)k));
		if (strcmp(text_str(&got), rows[i].kinds) != 0)
			fail_msg("row %zu: %s, not %s", i, text_str(&got), rows[i].kinds);
		text_free(&got);
		verdicts_free(&v);
		session_close(&s);
	}
}

static void emptied_map_is_rebuilt(void **state)
{
	struct session s;
	struct verdicts v = judged(&s, NULL, NULL, "fill 1000 ; delete 0..994");
	uint64_t before = map_reached(&s.world.map).bytes,
		 rebuilt = in_use(NULL, "make 5 ; insert 995..999");
	char *want = xasprintf(
		"holds %s bytes for 5 entries: moving them to a new map would save %s, "
		"neither clear nor delete gives anything back",
		count_text(before).s, count_text(before - rebuilt).s);

	(void)state;
	assert_string_equal(text_str(&v.says[VERDICT_EMPTIED]), want);
	assert_int_equal(v.saves[VERDICT_EMPTIED], before - rebuilt);
	assert_int_equal(in_use(NULL, "fill 1000 ; delete 0..994 ; clear"), before);
	free(want);
	verdicts_free(&v);
	session_close(&s);
}

/* clear gives overflow buckets back, and the lists of them; mapextra stays. */
static void clear_keeps_what_it_says(void **state)
{
	static const char *const types[] = { "map[int]string", "map[int]int", "map[int32]int8" };
	static const char *const lines[] = { "fill 1400 ; delete 0..1390",
		"make 20 ; collide 1 26 ; delete 0..100000" };

	(void)state;
	for (size_t i = 0; i < LENGTH(types) * LENGTH(lines); i++) {
		const char *type = types[i / LENGTH(lines)], *run = lines[i % LENGTH(lines)];
		char *cleared = xasprintf("%s ; insert 1 ; clear", run);
		struct session s;
		struct verdicts v = judged(&s, type, NULL, run);
		const char *says = strstr(text_str(&v.says[VERDICT_EMPTIED]), "clear would keep ");

		if (!says)
			fail_msg("%s, %s: %s", type, run, text_str(&v.says[VERDICT_EMPTIED]));
		says += strlen("clear would keep ");
		assert_int_equal(strncmp(says, count_text(in_use(type, cleared)).s,
			strcspn(says, " ") - 1), 0);
		free(cleared);
		verdicts_free(&v);
		session_close(&s);
	}
}

/* Chains with holes in them can be packed; those of keys that share a bucket cannot. */
static void which_chains_can_be_packed(void **state)
{
	struct text lines = { 0 };
	struct session s;
	struct verdicts v = judged(&s, "map[int]int", NULL, "make 40 ; collide 0 30");

	(void)state;
	assert_non_null(strstr(text_str(&v.says[VERDICT_CHAINS]), "the keys share buckets"));
	assert_int_equal(v.saves[VERDICT_CHAINS], 0);
	verdicts_free(&v);
	session_close(&s);
	text_add(&lines, "make 200 ; fill 200");
	for (int i = 200; i < 500; i++)
		text_printf(&lines, " ; delete %d ; insert %d", i - 200, i);
	v = judged(&s, "map[int]int", NULL, text_str(&lines));
	assert_non_null(strstr(text_str(&v.says[VERDICT_CHAINS]), " packs them, to "));
	assert_true(v.saves[VERDICT_CHAINS] > 0);
	verdicts_free(&v);
	session_close(&s);
	text_free(&lines);
}

static void right_hint_saves(void **state)
{
	struct session s;
	struct verdicts v = judged(&s, NULL, NULL, "make 1000 ; fill 7");

	(void)state;
	assert_int_equal(v.saves[VERDICT_HINT_LARGE],
		in_use(NULL, "make 1000 ; fill 7") - in_use(NULL, "make 7 ; fill 7"));
	assert_string_equal(text_str(&v.says[VERDICT_HINT_LARGE]),
		"the hint 1,000 made 256 buckets, 7 entries need 1: the hint 7 would have saved "
		"57,160 bytes");
	verdicts_free(&v);
	session_close(&s);
}

static void growing_says_how_long(void **state)
{
	struct session s;
	struct verdicts v = judged(&s, NULL, NULL, "fill 26 ; grow");
	struct error err;
	unsigned writes = 0;

	(void)state;
	assert_string_equal(text_str(&v.says[VERDICT_GROWING]),
		"2 of 4 old buckets wait and the old array holds 896 bytes: it takes 1 to 3 more "
		"writes to end it, reads never do");
	while (map_growing(&s.world.map)) {
		assert_true(session_run(&s, writes ? "insert 1001" : "insert 1000", &err).ok);
		writes++;
	}
	assert_in_range(writes, 1, 3);
	verdicts_free(&v);
	session_close(&s);
}

static void the_collectors_reasons(void **state)
{
	static const char *const rows[][2] = {
		{"map[int]int", "skips the buckets: neither keys nor elems have pointers"},
		{"map[string]int", "scans all buckets: keys have pointers in them"},
		{"map[int]*int", "scans all buckets: elems have pointers in them"},
		{"map[string]string", "scans all buckets: keys and elems have pointers in them"},
		{"map[int][200]byte",
			"scans all buckets: what is over 128 bytes is stored as a pointer"},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		struct verdicts v = judged(&s, rows[i][0], NULL, "make");

		assert_string_equal(text_str(&v.says[VERDICT_COLLECTOR]), rows[i][1]);
		verdicts_free(&v);
		session_close(&s);
	}
}

/* In every state each verdict that holds says something, and no other does. */
static bool says_something(struct session *s, const char *where, void *data)
{
	struct verdicts v = find(s);
	bool ok = true;

	(void)where;
	(void)data;
	for (int k = 0; k < VERDICTS; k++) {
		ok = ok && v.holds[k] == (v.says[k].len > 0);
		ok = ok && v.saves[k] <= s->world.heap.state.alloc_bytes;
	}
	verdicts_free(&v);
	return ok;
}

static void any_state(void **state)
{
	(void)state;
	each_random("amd64", 20, says_something, NULL);
	each_random("386", 20, says_something, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_speaks),
		cmocka_unit_test(emptied_map_is_rebuilt),
		cmocka_unit_test(clear_keeps_what_it_says),
		cmocka_unit_test(which_chains_can_be_packed),
		cmocka_unit_test(right_hint_saves),
		cmocka_unit_test(growing_says_how_long),
		cmocka_unit_test(the_collectors_reasons),
		cmocka_unit_test(any_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
