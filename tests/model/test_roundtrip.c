/* SPDX-License-Identifier: MIT */
/*
 * What is written can be read: random scripts over all targets, releases and hashes, and types of
 * every kind. A session saved as a script and run again has the same memory; a document opened
 * and written again is the same document, and what was opened can be worked on.
 *
 * HMAPVIEW_SCRIPTS=N tries so many scripts, from number HMAPVIEW_FIRST on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "model/base/mem.h"
#include "model/session/script.h"
#include "model/source/snapshot.h"
#include "tests/model/rig.h"

#include <cmocka.h>

enum { SCRIPTS = 2000 };

static const char *const types[] = { "map[int]string", "map[string]int", "map[uint8]bool",
	"map[int64]int8", "map[float64]any", "map[any]string",
	"map[[3]int16]struct{ A int8; B int64 }", "map[string][200]byte", "map[[150]byte]int32",
	"map[struct{ A string; B any }][]string", "map[complex64]error", "map[*int]chan int",
	"map[bool][2]string", "map[uint32]*string", "map[struct{}]int", "map[int16]struct{}",
	"map[uint64][130]int8" };

static const char *const keys[] = { "000102030405060708090a0b0c0d0e0f",
	"f0e1d2c3b4a5968778695a4b3c2d1e0f" };

/* Of lines that may fail, as a type may have no such key: %n is a number up to 60, %s one below
   6. */
static const char *const lines[] = { "fill %n", "fill %n", "fill %n", "delete %s..%n",
	"delete 2..%n", "insert %s..%n", "clear", "range", "range %s", "range all", "next",
	"next %s", "collide %s %s", "grow", "grow same", "evacuate %s", "gc", "make %n", "seed %n",
	"snapshot", "snapshot \"%n\"", "caption \"%n\"", "insert NaN", "undo %s", "undo",
	"redo %s" };

static void add_line(struct rig_dice *d, const char *line, struct text *out)
{
	for (; *line; line++) {
		if (*line != '%')
			text_addc(out, *line);
		else
			text_printf(out, "%u", (unsigned)rig_below(d, *++line == 'n' ? 60 : 6));
	}
}

static void run_loosely(struct session *s, const char *line)
{
	struct error unused;

	session_run(s, line, &unused);
}

/* The type, and in any order the target, the release and the hash. */
static void choose(struct rig_dice *d, struct session *s)
{
	unsigned first = (unsigned)rig_below(d, 3), targets = 0, releases = 0;
	struct text line = { 0 };

	while (target_at(targets))
		targets++;
	while (release_at(releases))
		releases++;
	for (unsigned i = 0; i < 3; i++) {
		uint64_t roll = rig_roll(d);

		text_clear(&line);
		switch ((first + i) % 3) {
		case 0:
			text_printf(&line, "arch %s", target_at((unsigned)(roll % targets))->name);
			break;
		case 1:
			text_printf(&line, "go %s", release_at((unsigned)(roll % releases))->name);
			break;
		default:
			text_printf(&line, "hash %s", roll & 1 ? "aes" : "wyhash");
			/* Of either word size, whatever the target's is. */
			if (roll & 2)
				text_addc(&line, ' ');
			for (unsigned n = (roll & 1 ? 4u : 1u) << (roll >> 2 & 1);
				roll & 2 && n > 0; n--)
				text_add(&line, keys[n % 2]);
		}
		run_loosely(s, text_str(&line));
	}
	text_free(&line);
}

static void run_script(struct rig_dice *d, struct session *s)
{
	unsigned n = 1 + (unsigned)rig_below(d, 9);
	struct text line = { 0 };

	text_printf(&line, "map %s", types[rig_below(d, LENGTH(types))]);
	run_loosely(s, text_str(&line));
	choose(d, s);
	for (unsigned i = 0; i < n; i++) {
		text_clear(&line);
		if (rig_below(d, 25) == 0)
			text_printf(&line, "map %s", types[rig_below(d, LENGTH(types))]);
		else
			add_line(d, lines[rig_below(d, LENGTH(lines))], &line);
		run_loosely(s, text_str(&line));
	}
	text_free(&line);
}

/* Everything that must come back: the document has the snapshots and the hash. */
static char *state_of(struct session *s)
{
	struct text t = { 0 };
	char *document = rig_document(s);

	text_add(&t, document);
	rig_state(s, &t);
	free(document);
	return t.s;
}

static void same(const char *want, const char *got, const char *script, uint64_t number)
{
	size_t i = 0;

	if (strcmp(want, got) == 0)
		return;
	while (want[i] == got[i])
		i++;
	i = i > 200 ? i - 200 : 0;
	fail_msg("script %llu:\n%s\n%.600s\n--- is\n%.600s", (unsigned long long)number, script,
		want + i, got + i);
}

static char *saved(const struct session *s)
{
	struct text text = { 0 };
	FILE *out = text_stream(&text);

	session_write(s, out);
	fclose(out);
	return text.s;
}

/* Under quite other circumstances. */
static void check_script(struct session *s, uint64_t number)
{
	struct session_options o = { .type = "map[any]bool", .arch = "mips", .release = "1.22",
		.seed = 12345, .hint = 77, .history = true };
	char *want = state_of(s), *script = saved(s), *got;
	FILE *in = fmemopen(script, strlen(script), "r");
	struct session again;
	struct error err;

	assert_true(session_open(&again, &o, &err));
	again.desk.keep_json = true;
	if (!script_run_stream(&again, in, "saved", &err))
		fail_msg("script %llu: %s\n%s", (unsigned long long)number, err.msg, script);
	fclose(in);
	got = state_of(&again);
	same(want, got, script, number);
	session_close(&again);
	free(want);
	free(script);
	free(got);
}

/*
 * Old buckets whose chains were cut off are in use and in no snapshot: which bytes these are is a
 * guess then, and what they are made of may be told otherwise. All else is the same.
 */
static void drop_guesses(json_t *all)
{
	json_t *snapshot;
	size_t i;

	json_array_foreach(json_object_get(all, "snapshots"), i, snapshot) {
		json_object_del(snapshot, "ledger");
		json_object_del(snapshot, "old_next_overflow");
		json_object_del(json_object_get(snapshot, "range"), "stands");
		if (!json_is_true(json_object_get(json_object_get(snapshot, "range"), "over")))
			json_object_del(snapshot, "range");
	}
}

static bool same_but_guesses(const char *want, const char *got)
{
	json_t *a = json_loads(want, 0, NULL), *b = json_loads(got, 0, NULL);
	bool ok;

	assert_non_null(a);
	assert_non_null(b);
	drop_guesses(a);
	drop_guesses(b);
	ok = json_equal(a, b);
	json_decref(a);
	json_decref(b);
	return ok;
}

static bool tells_lost(const struct session *s)
{
	for (size_t i = 0; i < s->time.ncaptions; i++)
		if (strstr(s->time.captions[i].text, "Not restored"))
			return true;
	return false;
}

static void check_document(struct session *s, uint64_t number, unsigned long *exact)
{
	char *want = rig_document(s), *script = saved(s), *got;
	FILE *in = fmemopen(want, strlen(want), "r");
	struct session again;
	struct error err;
	bool lost;

	rig_open(&again, NULL, NULL, number % 2);
	again.desk.keep_json = true;
	if (!session_open_stream(&again, in, "document", &err))
		fail_msg("script %llu: %s\n%s", (unsigned long long)number, err.msg, script);
	fclose(in);
	got = rig_document(&again);
	lost = tells_lost(&again);
	*exact += !lost;
	if (!lost || !same_but_guesses(want, got))
		same(want, got, script, number);
	assert_null(again.world.map.fixed);
	run_loosely(&again, "fill 9");
	if (!rig_sound(&again))
		fail_msg("script %llu:\n%s\nthe map that was opened is not sound",
			(unsigned long long)number, script);
	session_close(&again);
	free(want);
	free(got);
	free(script);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *value = getenv(name);

	return value ? strtoull(value, NULL, 10) : otherwise;
}

static void scripts_and_documents(void **state)
{
	uint64_t first = number_of("HMAPVIEW_FIRST", 0),
		 count = number_of("HMAPVIEW_SCRIPTS", SCRIPTS);
	unsigned long exact = 0;

	(void)state;
	for (uint64_t n = first; n < first + count; n++) {
		struct rig_dice d = { n * 0x9e3779b97f4a7c15u + 11 };
		struct session s;
		struct error unused;

		rig_open(&s, NULL, NULL, true);
		s.desk.keep_json = true;
		run_script(&d, &s);
		session_ensure_map(&s, &unused);
		check_script(&s, n);
		if (s.world.map.header)
			check_document(&s, n, &exact);
		session_close(&s);
	}
	print_message("%llu scripts, %lu documents with nothing lost\n", (unsigned long long)count,
		exact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_and_documents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
