/* SPDX-License-Identifier: MIT */
/* Differences between points, and the figures along the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/session/diff.h"
#include "model/figures/classic/accounts.h"
#include "model/session/lifecycle.h"
#include "model/base/mem.h"
#include "model/source/snapshot.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const struct access anyone;

static void kinds(void **state)
{
	struct session s;
	struct diff d;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "make 20 ; insert 1 10 ; insert 2 20 ; insert 3 30"); /* points 1 to 4 */
	rig_run(&s, "delete 2 ; insert 3 33 ; insert 4 40");              /* 5 to 7 */
	assert_true(diff_points(&s, 4, 7, &d, &err));
	assert_int_equal(s.time.now, 7);
	assert_int_equal(d.kinds[DIFF_CAME], 1);
	assert_int_equal(d.kinds[DIFF_WENT], 1);
	assert_int_equal(d.kinds[DIFF_CHANGED], 1);
	assert_int_equal(d.kinds[DIFF_STAYED], 1);
	assert_int_equal(d.count, 3);
	assert_string_equal(d.cells[0].key, "4");
	assert_null(d.cells[0].elem[0]);
	assert_string_equal(d.cells[0].elem[1], "40");
	assert_string_equal(d.cells[1].key, "2");
	assert_null(d.cells[1].elem[1]);
	assert_string_equal(d.cells[2].key, "3");
	assert_string_equal(d.cells[2].elem[0], "30");
	assert_string_equal(d.cells[2].elem[1], "33");
	diff_free(&d);
	session_close(&s);
}

/* After a growth all cells have moved; before and after it none came or went. */
static void growth_moves(void **state)
{
	struct session s;
	struct diff d;
	struct error err;

	(void)state;
	rig_open(&s, "map[string]int", "386", true);
	rig_run(&s, "fill 53 ; evacuate 8");
	assert_true(diff_points(&s, 54, s.time.total, &d, &err));
	assert_int_equal(d.kinds[DIFF_CAME] + d.kinds[DIFF_WENT] + d.kinds[DIFF_CHANGED], 0);
	assert_true(d.kinds[DIFF_MOVED] > 20);
	assert_true(d.sides[1].ledger.total < d.sides[0].ledger.total);
	diff_free(&d);
	session_close(&s);
}

/* The sums of the buckets are those of the cells. */
static void buckets_add_up(void **state)
{
	struct session s;
	struct diff d;
	struct error err;
	struct diff_unit *list, sum = { 0 };
	size_t count;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 30 ; insert 3 33 ; delete 5..9 ; insert 40..70");
	assert_true(diff_points(&s, 20, s.time.total, &d, &err));
	list = diff_units(&d, &count);
	for (size_t i = 0; i < count; i++) {
		sum.came += list[i].came;
		sum.went += list[i].went;
		sum.changed += list[i].changed;
		sum.in += list[i].in;
		sum.out += list[i].out;
		if (i)
			assert_true(list[i].at.old || list[i].at.unit > list[i - 1].at.unit);
	}
	assert_int_equal(sum.came, d.kinds[DIFF_CAME]);
	assert_int_equal(sum.went, d.kinds[DIFF_WENT]);
	assert_int_equal(sum.changed, d.kinds[DIFF_CHANGED]);
	assert_int_equal(sum.in, sum.out);
	assert_in_range(sum.in, d.kinds[DIFF_MOVED], d.kinds[DIFF_MOVED] + sum.changed);
	assert_true(d.kinds[DIFF_MOVED] > 0 && sum.changed == 1);
	free(list);
	diff_free(&d);
	session_close(&s);
}

/* The other way round, what came has gone. */
static void backwards(void **state)
{
	struct session s;
	struct diff ab, ba;
	struct error err;

	(void)state;
	rig_open(&s, "map[float64]string", NULL, true);
	rig_run(&s, "fill 40 ; insert NaN ; insert NaN ; delete 3..9");
	assert_true(diff_points(&s, 5, s.time.total, &ab, &err));
	assert_true(diff_points(&s, s.time.total, 5, &ba, &err));
	assert_int_equal(ab.kinds[DIFF_CAME], ba.kinds[DIFF_WENT]);
	assert_int_equal(ab.kinds[DIFF_WENT], ba.kinds[DIFF_CAME]);
	assert_int_equal(ab.kinds[DIFF_MOVED], ba.kinds[DIFF_MOVED]);
	assert_int_equal(ab.sides[1].entries, 35);
	diff_free(&ab);
	diff_free(&ba);
	session_close(&s);
}

static void refused(void **state)
{
	struct session s;
	struct diff d;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 3 ; map map[string]int ; fill 2");
	assert_false(diff_points(&s, 3, s.time.total, &d, &err));
	assert_string_equal(err.msg, "map[int]int and map[string]int cannot be compared");
	diff_free(&d);
	/* Before the first map there is nothing, which can be compared with anything. */
	assert_true(diff_points(&s, 0, s.time.total, &d, &err));
	assert_int_equal(d.kinds[DIFF_CAME], 2);
	diff_free(&d);
	session_close(&s);
}

/* Files */

/* The present as a file of the name. */
static void write_snapshot(struct session *s, const char *path)
{
	FILE *out = fopen(path, "w");
	struct error err;

	assert_non_null(out);
	assert_true(session_write_snapshots(s, out, &err));
	fclose(out);
}

/* What two snapshots differ by is what the points differ by at which they were written. */
static void files_say_the_same(void **state)
{
	char a[] = "/tmp/hmapview-a-XXXXXX", b[] = "/tmp/hmapview-b-XXXXXX";
	struct session s;
	struct diff points, files;
	struct error err;

	(void)state;
	close(mkstemp(a));
	close(mkstemp(b));
	rig_open(&s, "map[string]int", NULL, true);
	rig_run(&s, "fill 30");
	write_snapshot(&s, a);
	rig_run(&s, "delete 3..8 ; insert \"key-1\" 7 ; insert 40..44");
	write_snapshot(&s, b);
	assert_true(diff_points(&s, 31, s.time.total, &points, &err));
	assert_true(diff_files(&anyone, a, b, NULL, &files, &err));
	for (int k = 0; k < DIFF_KINDS; k++)
		assert_int_equal(files.kinds[k], points.kinds[k]);
	for (int side = 0; side < 2; side++) {
		assert_int_equal(files.sides[side].entries, points.sides[side].entries);
		assert_int_equal(files.sides[side].ledger.total, points.sides[side].ledger.total);
		for (unsigned c = 0; c < LEDGER_CAUSES; c++)
			assert_int_equal(
				ledger_cause_bytes(&files.sides[side].ledger, c),
				ledger_cause_bytes(
					&points.sides[side].ledger, c));
	}
	diff_free(&points);
	diff_free(&files);
	session_close(&s);
	unlink(a);
	unlink(b);
}

/* What moved lies in the tables that a split has replaced, and those that it made; others stay. */
static void check_split(const struct diff *d, unsigned tables, const char *what)
{
	uint64_t old = 0, stayed = 0;
	size_t count;
	struct diff_unit *list = diff_units(d, &count);

	assert_int_equal(d->sides[0].arrays, tables);
	assert_int_equal(d->sides[1].arrays, tables + 1);
	for (size_t i = 0; i < count; i++) {
		const struct diff_unit *u = &list[i];
		bool split = u->at.old;

		for (size_t k = 0; !split && k < tables; k++)
			split |= d->sides[0].after[k] == u->at.array;
		old += u->at.old;
		if (!u->at.old && (u->in || u->out) && split)
			fail_msg("%s: table %llu stayed, and its cells moved", what,
				(unsigned long long)u->at.array);
		if (u->at.old)
			assert_int_equal(u->in, 0);
	}
	for (size_t k = 0; k < tables; k++)
		stayed += d->sides[0].after[k] != DIFF_GONE;
	assert_true(old > 0);
	assert_int_equal(stayed, tables - 1);
	assert_int_equal(d->kinds[DIFF_STAYED] > 0, tables > 1);
	assert_int_equal(d->kinds[DIFF_WENT], 0);
	free(list);
}

/* With a split the numbers of the tables behind it shift: they are the same tables. */
static void splits_shift_numbers(void **state)
{
	char a[] = "/tmp/hmapview-a-XXXXXX", b[] = "/tmp/hmapview-b-XXXXXX";
	struct session s;
	struct error err;

	(void)state;
	close(mkstemp(a));
	close(mkstemp(b));
	rig_open_go(&s, "map[uint16]uint16", NULL, "1.27", true);
	rig_run(&s, "fill 890");
	for (unsigned tables = 1; tables < 7; tables++) {
		uint64_t from = s.time.total;
		struct diff points, files;

		write_snapshot(&s, a);
		rig_run(&s, "grow split");
		write_snapshot(&s, b);
		assert_true(diff_points(&s, from, s.time.total, &points, &err));
		assert_true(diff_files(&anyone, a, b, NULL, &files, &err));
		check_split(&points, tables, "points");
		check_split(&files, tables, "files");
		for (int k = 0; k < DIFF_KINDS; k++)
			assert_int_equal(files.kinds[k], points.kinds[k]);
		diff_free(&points);
		diff_free(&files);
	}
	session_close(&s);
	unlink(a);
	unlink(b);
}

/* Files are read as the command open reads them, with the same strictness (test_source.c). */
static void files_refused(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "{", "'}' expected near end of file" },
		{ "[]", ": a list: an object in the format hmapview/1 is expected" },
		{ "{\"format\": \"hmapview/2\"}",
			": format is \"hmapview/2\": \"hmapview/1\" is expected" },
		{ "{\"format\": \"hmapview/1\"}", ": arch: missing: a string is expected" },
		{ "{\"arch\": \"amd64\", \"go\": \"go1.19\", \"type\": \"map[int]int\", "
		  "\"snapshots\": [{\"title\": 7}]}",
			": snapshots[0].title: a number: a string is" },
	};
	char path[] = "/tmp/hmapview-c-XXXXXX";
	struct diff d;
	struct error err;

	(void)state;
	close(mkstemp(path));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		FILE *out = fopen(path, "w");

		fputs(rows[i].text, out);
		fclose(out);
		assert_false(diff_files(&anyone, path, path, NULL, &d, &err));
		if (!strstr(err.msg, rows[i].message))
			fail_msg("row %zu: %s", i, err.msg);
		diff_free(&d);
	}
	unlink(path);
}

static void write_type(const char *type, const char *path)
{
	struct session s;

	rig_open(&s, type, NULL, true);
	rig_run(&s, "fill 3");
	write_snapshot(&s, path);
	session_close(&s);
}

/* A type may be written in many ways; another one cannot be compared. */
static void files_of_types(void **state)
{
	char a[] = "/tmp/hmapview-a-XXXXXX", b[] = "/tmp/hmapview-b-XXXXXX";
	struct diff d;
	struct error err;

	(void)state;
	close(mkstemp(a));
	close(mkstemp(b));
	write_type("map[int]uint8", a);
	write_type("map[int] byte", b);
	assert_true(diff_files(&anyone, a, b, NULL, &d, &err));
	assert_int_equal(d.kinds[DIFF_STAYED], 3);
	diff_free(&d);
	write_type("map[int]int8", b);
	assert_false(diff_files(&anyone, a, b, NULL, &d, &err));
	assert_string_equal(err.msg, "map[int]uint8 and map[int]int8 cannot be compared");
	diff_free(&d);
	unlink(a);
	unlink(b);
}

/* A difference is made once, and again when something that it is of has changed. */
static void made_once(void **state)
{
	const struct diff *d;
	const char *title;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 9 ; diff 4");
	d = session_diff(&s, &title, &err);
	assert_non_null(d);
	assert_string_equal(title, "from op 4 to op 10");
	assert_int_equal(d->kinds[DIFF_CAME], 6);
	assert_ptr_equal(session_diff(&s, &title, &err), d);
	rig_run(&s, "diff 5");
	assert_int_equal(session_diff(&s, &title, &err)->kinds[DIFF_CAME], 5);
	rig_run(&s, "insert 50 ; diff 5");
	assert_int_equal(session_diff(&s, &title, &err)->kinds[DIFF_CAME], 6);
	rig_run(&s, "diff no.json nor.json");
	assert_null(session_diff(&s, &title, &err));
	assert_string_equal(title, "from no.json to nor.json");
	session_close(&s);
}

/* Any snapshot of a file, by its number or its title. */
static void snapshots_of_files(void **state)
{
	static const struct {
		const char *a, *b;
		uint64_t came, went;
	} rows[] = {
		{ "@1", "@2", 3, 0 }, { "@2", "@1", 0, 3 }, { "@one", "@the end", 2, 0 },
		{ "@2", "", 0, 1 }, { "", "@3", 0, 0 }, { "@3", "@the end", 0, 0 },
	};
	char path[] = "/tmp/hmapview-diff-XXXXXX";
	int fd = mkstemp(path);
	FILE *out = fdopen(fd, "w");
	struct session s;
	struct error err;
	struct diff d;
	char name[64];

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	rig_run(&s,
		"fill 4 ; snapshot \"one\" ; insert 10..12 ; snapshot ; delete 10 ; snapshot \"the "
		"end\"");
	assert_true(session_write_snapshots(&s, out, &err));
	fclose(out);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char *a = xasprintf("%s%s", path, rows[i].a),
		     *b = xasprintf("%s%s", path, rows[i].b);

		if (!diff_files(&anyone, a, b, NULL, &d, &err))
			fail_msg("%s", err.msg);
		assert_int_equal(d.kinds[DIFF_CAME], rows[i].came);
		assert_int_equal(d.kinds[DIFF_WENT], rows[i].went);
		diff_free(&d);
		free(a);
		free(b);
	}
	snprintf(name, sizeof name, "%s@four", path);
	assert_false(diff_files(&anyone, path, name, NULL, &d, &err));
	assert_non_null(strstr(err.msg, "it has no snapshot \"four\": it has 3"));
	diff_free(&d);
	snprintf(name, sizeof name, "%s@0", path);
	assert_false(diff_files(&anyone, path, name, NULL, &d, &err));
	diff_free(&d);
	unlink(path);
	rig_run(&s, "diff a.json@\"the end\" \"my file.json@2\" # nothing");
	assert_string_equal(s.desk.diff_files[0], "a.json@the end");
	assert_string_equal(s.desk.diff_files[1], "my file.json@2");
	session_close(&s);
}

static void command(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 5 ; diff 2 # and now");
	assert_true(s.desk.diff_chosen && s.desk.diff[0] == 2 && s.desk.diff[1] == 6);
	rig_run(&s, "diff one.json two.json");
	assert_string_equal(s.desk.diff_files[0], "one.json");
	assert_string_equal(s.desk.diff_files[1], "two.json");
	rig_run(&s, "diff 6 1");
	assert_null(s.desk.diff_files[0]);
	rig_fails(&s, "diff", "diff: a number is missing");
	rig_fails(&s, "diff 7", "diff: 7 is too large: 6 at most");
	rig_fails(&s, "diff 1 2 3", "diff: \"3\" is too much: diff A [B]");
	rig_fails(
		&s, "diff one.json", "diff: another file is missing: diff A [B] or diff FILE FILE");
	session_close(&s);
}

/* Lifecycle */

static void what_happened(void **state)
{
	static const char *const want[] = { "made", "the first entry", "a doubling starts and ends",
		"cleared", "collected", "the end" };
	struct lifecycle life;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	rig_run(&s, "fill 12 ; clear ; gc ; insert 1 ; insert 2");
	assert_true(lifecycle_take(&s, &life, &err));
	assert_int_equal(s.time.now, s.time.total);
	for (size_t i = 0, k = 0; i < life.nevents && k < LENGTH(want); i++)
		if (strcmp(life.events[i].what, want[k]) == 0 && ++k == LENGTH(want))
			assert_int_equal(i, life.nevents - 1);
	assert_int_equal(life.nsamples, s.time.total + 1);
	lifecycle_free(&life);
	session_close(&s);
}

/* Each sample's figures are those of a session that ran only so far. */
static void samples_are_true(void **state)
{
	struct lifecycle life;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 2000");
	assert_true(lifecycle_take(&s, &life, &err));
	assert_int_equal(life.nsamples, LIFE_SAMPLES);
	assert_int_equal(life.samples[LIFE_SAMPLES - 1].op, s.time.total);
	for (size_t i = 1; i < life.nsamples; i += 40) {
		struct session t;
		char line[32];
		struct account in_use;

		rig_open(&t, NULL, NULL, false);
		snprintf(
			line, sizeof line, "fill %llu", (unsigned long long)life.samples[i].op - 1);
		rig_run(&t, life.samples[i].op > 1 ? line : "make");
		in_use = map_reached(&t.world.map);
		assert_int_equal(life.samples[i].in_use.bytes, in_use.bytes);
		assert_int_equal(life.samples[i].in_use.objects, in_use.objects);
		assert_int_equal(life.samples[i].allocated.bytes, t.world.heap.state.alloc_bytes);
		session_close(&t);
	}
	lifecycle_free(&life);
	session_close(&s);
}

/* A long time is run again once; the figures are those of each moment all the same. */
static void long_times(void **state)
{
	static const char *const types[] = { "map[int]int", "map[string]int" };

	(void)state;
	for (size_t t = 0; t < LENGTH(types); t++) {
		struct lifecycle life;
		struct session s, half;
		struct error err;
		size_t growths = 0;

		rig_open(&s, types[t], NULL, t);
		rig_run(&s, "fill 200001 ; delete 0..200000 ; clear");
		rig_open(&half, types[t], NULL, false);
		rig_run(&half, "fill 106497");
		assert_true(lifecycle_take(&s, &life, &err));
		assert_int_equal(s.time.now, s.time.total);
		for (size_t i = 0; i < life.nevents; i++) {
			growths += strstr(life.events[i].what, "doubling") != NULL;
			if (life.events[i].op != half.time.total)
				continue;
			assert_string_equal(life.events[i].what, "a doubling starts");
			assert_int_equal(life.events[i].in_use.bytes,
				map_reached(&half.world.map).bytes);
			assert_int_equal(life.events[i].allocated.objects,
				half.world.heap.state.alloc_objects);
			growths += 100;
		}
		assert_int_equal(growths, 115);
		assert_true(life.nsamples > 100);
		assert_int_equal(life.samples[life.nsamples - 1].op, s.time.total);
		assert_int_equal(life.events[life.nevents - 1].op, s.time.total);
		assert_string_equal(life.events[life.nevents - 1].what, "cleared");
		lifecycle_free(&life);
		session_close(&half);
		session_close(&s);
	}
}

/* It is taken once, and again when the timeline has changed. */
static void taken_once(void **state)
{
	const struct lifecycle *life;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 20");
	life = session_lifecycle(&s, &err);
	assert_int_equal(life->total, 21);
	rig_run(&s, "undo 10");
	assert_ptr_equal(session_lifecycle(&s, &err), life);
	rig_run(&s, "insert 99");
	assert_int_equal(session_lifecycle(&s, &err)->total, 12);
	rig_run(&s, "arch 386");
	assert_int_equal(session_lifecycle(&s, &err)->samples[1].allocated.bytes, 32);
	session_close(&s);
}

/* Of maps that are too large for cells the bytes are compared all the same. */
static void too_many_entries(void **state)
{
	struct session s;
	struct error err;
	const char *title;
	const struct diff *d;

	(void)state;
	rig_open(&s, "map[int32]bool", NULL, false);
	rig_run(&s, "fill 2000001");
	rig_run_number(&s, "diff", (unsigned)s.time.total);
	d = session_diff(&s, &title, &err);
	assert_non_null(d);
	assert_false(d->whole);
	assert_int_equal(d->count, 0);
	assert_int_equal(d->sides[0].ledger.entries, 2000001);
	assert_int_equal(ledger_cause_bytes(&d->sides[1].ledger, LEDGER_KEYS), 4 * 2000001);
	assert_false(session_diff_whole(&s, &err));
	assert_string_equal(
		err.msg, "diff: 2,000,001 entries are too many to compare: 2,000,000 at most");
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(growth_moves),
		cmocka_unit_test(buckets_add_up),
		cmocka_unit_test(backwards),
		cmocka_unit_test(refused),
		cmocka_unit_test(files_say_the_same),
		cmocka_unit_test(splits_shift_numbers),
		cmocka_unit_test(files_refused),
		cmocka_unit_test(files_of_types),
		cmocka_unit_test(made_once),
		cmocka_unit_test(snapshots_of_files),
		cmocka_unit_test(command),
		cmocka_unit_test(what_happened),
		cmocka_unit_test(samples_are_true),
		cmocka_unit_test(long_times),
		cmocka_unit_test(taken_once),
		cmocka_unit_test(too_many_entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
