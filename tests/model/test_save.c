/* SPDX-License-Identifier: MIT */
/*
 * Sessions written as scripts. The law: a fresh session, under other options, that runs the
 * script has the same memory, position, snapshots and captions, whatever was done before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/session/script.h"
#include "model/source/snapshot.h"
#include "tests/model/rig.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

enum { SESSIONS = 600, LINES = 40, MOST = 2000 };

static char *written(const struct session *s)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	session_write(s, out);
	fclose(out);
	return text;
}

/* Everything that must come back. */
static char *state_of(struct session *s)
{
	struct text t = { 0 };
	struct error err;

	if (!session_ensure_map(s, &err))
		fail_msg("%s", err.msg);
	text_printf(&t, "point %llu of %llu\n", (unsigned long long)s->time.now,
		(unsigned long long)s->time.total);
	for (size_t i = 0; i < s->time.nsnapshots; i++) {
		char *json = s->time.snapshots[i].kept
			? snapshot_kept_json(s->time.snapshots[i].kept) : NULL;

		text_printf(&t, "snapshot %s at %llu: %s\n", s->time.snapshots[i].title,
			(unsigned long long)s->time.snapshots[i].point, json ? json : "");
		free(json);
	}
	for (size_t i = 0; i < s->time.ncaptions; i++)
		text_printf(&t, "caption %s at %llu, %s\n", s->time.captions[i].text,
			(unsigned long long)s->time.captions[i].point,
			s->time.captions[i].view ? s->time.captions[i].view : "usual");
	rig_state(s, &t);
	return t.s;
}

/* A session under quite other circumstances. */
static void open_other(struct session *s)
{
	struct session_options o = { .type = "map[uint8]bool", .arch = "mips", .release = "1.22",
		.seed = 12345, .hint = 77, .stays = true, .history = true };
	struct error err;

	assert_true(session_open(s, &o, &err));
	s->desk.keep_json = true;
}

static void run_text(struct session *s, const char *text, const char *what)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	struct error err;

	if (!script_run_stream(s, in, "saved", &err))
		fail_msg("%s: %s\n%s", what, err.msg, text);
	fclose(in);
}

static void check_law(struct session *s, const char *what)
{
	char *before, *script, *after, *again;
	struct session other;
	struct error err;

	session_ensure_map(s, &err);
	before = state_of(s);
	script = written(s);
	open_other(&other);
	run_text(&other, script, what);
	after = state_of(&other);
	if (strcmp(before, after) != 0) {
		fprintf(stderr, "%s\n", script);
		for (size_t i = 0; before[i]; i++)
			if (before[i] != after[i]) {
				i = i > 200 ? i - 200 : 0;
				fail_msg("%s:\n%.400s\n---\n%.400s", what, before + i, after + i);
			}
	}
	again = written(&other);
	free(again);
	session_close(&other);
	free(before);
	free(after);
	free(script);
}

static void law_of(const char *lines)
{
	struct session s;
	struct error unused;

	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	while (*lines) {
		const char *end = strstr(lines, " ; ");
		char *line = end ? xstrndup(lines, (size_t)(end - lines)) : xstrdup(lines);

		session_run(&s, line, &unused);
		free(line);
		lines = end ? end + 3 : lines + strlen(lines);
	}
	check_law(&s, lines);
	session_close(&s);
}

static void plain_sessions(void **state)
{
	(void)state;
	law_of("fill 20");
	law_of("map map[string]int ; arch 386 ; hash wyhash ; fill 20 ; delete \"key-3\" ; undo 5");
	law_of("fill 100 ; undo 50 ; insert 500 \"x # y\"");
	law_of("fill 100 ; undo 50 ; insert 500 ; undo 20 ; grow ; snapshot ; evacuate 2 ; gc");
	law_of("hint 100 ; fill 30 ; undo 3 ; insert 7 ; map map[any]int ; insert 1.5 2 ; clear");
	law_of("random 99 ; seed 5 ; seed 6 ; fill 9 ; clear ; delete 1 ; make 50 ; range");
	/* An AES hash waits where the target has none, in whatever order the two were said. */
	law_of("hash aes ; arch arm64 ; fill 20");
	law_of("arch s390x ; hash aes ; fill 20 ; undo 3");
	law_of("hash aes 000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f"
	       "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0eff ; arch mips ; "
	       "fill 20");
	law_of("hash aes ; fill 10 ; caption \"a\" ; insert 77 ; caption ; lookup 3 ; go 1.21");
}

/* Numbers that fitted where they were given: run again they stand for smaller ones. */
static void numbers_too_large_by_now(void **state)
{
	(void)state;
	law_of("fill 100 ; range 3 from 12 6 ; fill 9 ; undo 2 ; make ; hint 2 ; go 1.21");
	law_of("go 1.27 ; fill 3 ; range 2 from 900 9 ; rebuild from 7 2 ; go 1.22 ; fill 4");
	law_of("go 1.27 ; fill 3 ; clone from 6 2 ; first 2 rebuild from 5 1 ; go 1.20");
	law_of("go 1.27 ; seed 0x1122334455667788 ; draw 7 0x1122334455667788 ; draw 9 ; fill 3 ; "
	       "range ; go 1.19");
	law_of("go 1.27 ; fill 3 ; range 2 from 900 9 ; arch 386 ; go 1.19 ; go 1.27");
}

static void snapshots_besides_the_timeline(void **state)
{
	(void)state;
	law_of("fill 10 ; snapshot \"a\" ; undo 5 ; snapshot \"b\" ; redo 2 ; caption \"c\"");
	law_of("fill 10 ; snapshot \"a\" ; undo 5 ; insert 99 ; snapshot ; undo ; insert 98");
	law_of("fill 10 ; undo 4 ; insert 50..60 ; snapshot \"x\" ; undo 3 ; snapshot \"y\" ; undo "
	       "4 ; "
	       "insert 70 ; undo 3 ; insert 71 ; snapshot \"z\"");
	law_of("fill 10 ; undo 5 ; snapshot \"b\" ; arch 386 ; undo 2 ; insert 99 ; snapshot");
	law_of("snapshot \"none\" ; fill 3 ; undo 3 ; caption \"empty\" ; fill 5 ; snapshot");
	law_of("fill 20 ; undo 9 ; caption \"mid\" ; redo 9 ; snapshot ; undo 4 ; delete 3");
	/* A snapshot that made the map makes it again on the way back from a failure. */
	law_of("map map[bool]int ; snapshot ; fill 2 ; grow ; undo 1 ; grow ; insert true");
	law_of("fill 20 ; undo 9 ; snapshot \"m\" ; undo 2 ; snapshot \"n\" ; go 1.22 ; fill 25");
}

static const char *const lines[] = { "map map[string]int", "map map[int]string",
	"map map[uint8]any", "insert %k", "insert %k", "insert %r", "fill %n", "delete %k",
	"delete %r", "clear", "rebuild", "clone", "lookup %k", "range", "range %s", "next",
	"collide %s %s", "grow", "grow same", "evacuate %s", "gc", "check", "snapshot",
	"snapshot \"%n\"", "caption \"%n\"", "caption --view ledger \"%n\"", "undo %n", "undo %s",
	"undo", "redo %s", "redo", "seed %n", "make", "make %n", "arch amd64", "arch 386",
	"go 1.19", "go 1.22", "hash aes", "hash wyhash", "random %n", "hint %n", "first %s fill %n",
	"first %s grow", "undo %s", "undo %s", "snapshot \"%n\"", "insert %r", "go 1.24",
	"go 1.27", "go 1.27-X:mapsplitgroup", "go 1.18", "arch s390x", "escape no", "escape yes",
	"range %s from %n %s", "range all from %n %n", "rebuild from %s %s", "clone from %s %s",
	"first %s range %s from %n %s", "seed 0x112233445566778%s", "draw %n 0x11223344556677%n",
	"collide %s:%s %s", "grow split", "beside 1.2%s", "undo command", "redo command" };

static void add_line(struct rig_dice *d, const struct session *s, struct text *out)
{
	bool strings = s->world.map.type->key->kind == KIND_STRING;

	for (const char *p = lines[rig_below(d, LENGTH(lines))]; *p; p++) {
		unsigned a = (unsigned)rig_below(d, 60);

		if (*p != '%')
			text_addc(out, *p);
		else if (*++p == 'k')
			text_printf(out, strings ? "\"key-%u\"" : "%u", a);
		else if (*p == 'r')
			text_printf(out, "%u..%u", a, a + (unsigned)rig_below(d, 30));
		else
			text_printf(out, "%u", *p == 'n' ? a : (unsigned)rig_below(d, 6));
	}
}

static void random_timelines(void **state)
{
	(void)state;
	for (uint64_t n = 0; n < SESSIONS; n++) {
		struct rig_dice d = { n * 0x9e3779b97f4a7c15u + 7 };
		struct session s;
		struct error unused;
		char what[40];

		rig_open(&s, n % 3 ? NULL : "map[string]string", n % 5 ? NULL : "386", true);
		s.desk.keep_json = true;
		for (unsigned i = 0; i < LINES; i++) {
			struct text line = { 0 };

			add_line(&d, &s, &line);
			session_run(&s, text_str(&line), &unused);
			text_free(&line);
			if (s.world.map.header && map_get(&s.world.map, HMAP_COUNT) > MOST)
				break;
		}
		snprintf(what, sizeof what, "session %llu", (unsigned long long)n);
		check_law(&s, what);
		session_close(&s);
	}
}

/* The commands */

static void in_folder(struct scratch *at)
{
	scratch_make(at);
	assert_int_equal(chdir(at->path), 0);
}

static void save_and_load(void **state)
{
	char *here = getcwd(NULL, 0), *before, *after;
	struct scratch at;
	struct session s;

	(void)state;
	in_folder(&at);
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "arch 386 ; fill 30 ; snapshot ; undo 4 ; save my session.hm");
	before = state_of(&s);
	rig_run(&s, "map map[int]bool ; fill 9 ; load my session.hm");
	after = state_of(&s);
	assert_string_equal(before, after);
	free(after);
	/* Over the file that is there; and in quotes. */
	rig_run(&s, "insert 5 ; save \"my session.hm\" ; fill 50 ; load \"my session.hm\"");
	assert_int_equal(s.time.total, 28);
	session_close(&s);
	free(before);
	assert_int_equal(chdir(here), 0);
	free(here);
	scratch_remove(&at);
}

/* A session that began with a snapshot file is one that opens it. */
static void sessions_of_files(void **state)
{
	char *here = getcwd(NULL, 0), *json = NULL;
	struct scratch at;
	struct session s;
	struct error err;
	size_t len;
	FILE *out = open_memstream(&json, &len);

	(void)state;
	in_folder(&at);
	rig_open(&s, "map[string]int", "386", true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 5 ; snapshot \"a\" ; fill 50 ; snapshot \"b\" ; grow ; snapshot \"c\"");
	assert_true(session_write_snapshots(&s, out, &err));
	fclose(out);
	free(scratch_write(&at, "it's #1.json", json, len));
	rig_run(&s, "open \"it's #1.json\"");
	check_law(&s, "opened");
	rig_run(&s, "undo ; insert \"x\" 7 ; snapshot ; undo 2 ; caption \"here\"");
	check_law(&s, "opened and worked on");
	rig_run(&s, "open \"it's #1.json\" 2 ; fill 60 ; undo 5");
	check_law(&s, "the second one");
	/* Those that were gone back over are no longer remembered when all is run again. */
	rig_run(&s, "open \"it's #1.json\" ; undo 2 ; insert \"x\" 7 ; random 9");
	check_law(&s, "some of them");
	rig_run(&s, "undo ; insert \"y\" ; random 8");
	check_law(&s, "some of them, once more");
	rig_fails(&s, "hint 5",
		"hint: a snapshot is of one target and hash, these are of 386, Go 1.19: it's "
		"#1.json");
	session_close(&s);
	free(json);
	assert_int_equal(chdir(here), 0);
	free(here);
	scratch_remove(&at);
}

/* Not what may not be. */
static bool give_up(const struct work *work, void *data)
{
	int *left = data;

	return !work->bound && (*left)-- == 0;
}

/* Gives up opening the file after so many looks: all is as it was, or some snapshots are there. */
static void open_and_give_up(const char *before, int looks)
{
	struct text want = { 0 };
	struct session s;
	struct error err;
	bool ok;

	rig_open(&s, "map[string]int", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, before);
	rig_state(&s, &want);
	s.hooks.watcher = (struct watcher){ give_up, &looks };
	ok = session_run(&s, "open a.json", &err).ok;
	s.hooks.watcher.stops = NULL;
	if (!ok) {
		assert_string_equal(err.msg, "open: stopped before its end");
		assert_int_equal(s.time.nentries, *before != '\0');
		rig_same_state(&s, text_str(&want), "given up");
	}
	rig_run(&s, "insert \"x\" 7");
	check_law(&s, "given up");
	text_free(&want);
	session_close(&s);
}

static void files_that_are_given_up(void **state)
{
	char *here = getcwd(NULL, 0), *json;
	struct scratch at;
	struct session s;

	(void)state;
	in_folder(&at);
	rig_open(&s, "map[string]int", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 5 ; snapshot a ; fill 50 ; snapshot b ; grow ; snapshot c");
	json = rig_document(&s);
	session_close(&s);
	free(scratch_write(&at, "a.json", json, strlen(json)));
	free(json);
	for (int looks = 0; looks < 9; looks++) {
		open_and_give_up("", looks);
		open_and_give_up("fill 9", looks);
	}
	assert_int_equal(chdir(here), 0);
	free(here);
	scratch_remove(&at);
}

/* An operation that found nothing to do is not on the timeline: what was opened is as it was. */
static void nothing_done_to_what_was_opened(void **state)
{
	char *here = getcwd(NULL, 0), *json, *again;
	struct scratch at;
	struct session s;

	(void)state;
	in_folder(&at);
	rig_open_go(&s, "map[string]int", NULL, "1.27", true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 20");
	json = rig_document(&s);
	free(scratch_write(&at, "a.json", json, strlen(json)));
	rig_run(&s, "open a.json");
	free(json);
	json = rig_document(&s);
	rig_run(&s, "evacuate ; fill 0 ; collide 0 0");
	again = rig_document(&s);
	assert_string_equal(json, again);
	check_law(&s, "nothing done");
	session_close(&s);
	free(again);
	free(json);
	assert_int_equal(chdir(here), 0);
	free(here);
	scratch_remove(&at);
}

static void what_cannot_be_saved(void **state)
{
	char *here = getcwd(NULL, 0);
	struct scratch at;
	struct session s;

	(void)state;
	in_folder(&at);
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 5");
	rig_fails(&s, "save", "save: a file is missing: save FILE");
	rig_fails(&s, "save \"x", "save: the file's name has a quote without its end");
	rig_fails(&s, "save no/such/file.hm", "save: no/such/file.hm: No such file or directory");
	rig_fails(&s, "load", "load: a file is missing: load FILE");
	rig_fails(&s, "load none.hm", "load: none.hm: No such file or directory");
	rig_fails(&s, "first", "first: a number is missing");
	rig_fails(&s, "first 0 grow",
		"first: 0 operations are none: a number from 1 up is expected");
	rig_fails(&s, "first 5", "first: a command is missing: first N COMMAND");
	rig_fails(&s, "first 5 undo", "first: undo makes no operations that could be counted");
	rig_fails(&s, "first 5 insert x",
		"first: insert: key x is no int: it is written as 42 or 0x2a");
	/* A script that fails leaves all as it was; one that loads itself does so. */
	free(scratch_write(&at, "bad.hm", "fill 9\nnonsense\n", 16));
	rig_fails(&s, "load bad.hm", "load: bad.hm:2: unknown command \"nonsense\"");
	free(scratch_write(&at, "self.hm", "fill 9\nload self.hm\n", 20));
	rig_fails(&s, "load self.hm",
		"load: self.hm:2: load: self.hm:2: load: self.hm:2: load: "
		"self.hm:2: load: self.hm:2: load: self.hm:2: load: self.hm:2: load: self.hm:2: "
		"load: "
		"self.hm: scripts load each other, 8 deep");
	/* What a script saves is not written before it is known to work. */
	free(scratch_write(&at, "half.hm", "fill 9\nsave out.hm\nnonsense\n", 28));
	rig_fails(&s, "load half.hm", "load: half.hm:3: unknown command \"nonsense\"");
	assert_int_equal(access("out.hm", F_OK), -1);
	session_close(&s);
	assert_int_equal(chdir(here), 0);
	free(here);
	scratch_remove(&at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_sessions),
		cmocka_unit_test(numbers_too_large_by_now),
		cmocka_unit_test(snapshots_besides_the_timeline),
		cmocka_unit_test(random_timelines),
		cmocka_unit_test(save_and_load),
		cmocka_unit_test(sessions_of_files),
		cmocka_unit_test(files_that_are_given_up),
		cmocka_unit_test(nothing_done_to_what_was_opened),
		cmocka_unit_test(what_cannot_be_saved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
