/* SPDX-License-Identifier: MIT */
/*
 * The maps of recorded programs under another release: what the same program, built with that
 * release, has of the same maps.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/engines/engines.h"
#include "model/figures/slots.h"
#include "tests/live/cores.h"

#include <cmocka.h>

enum { CLASSIC = 0, SWISS = 2 }; /* recordings: 1.22 with names, 1.26 without */

static json_t *list_under(size_t i, const char *release, const char *by)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core",
		cores.core[i], "--exe", cores.exe[i], "--as-go", release, "--by", by) });
	json_t *top = json_loads(o.out, 0, NULL);

	if (o.status != 0 || !top)
		fail_msg("%s", o.err);
	outcome_free(&o);
	return top;
}

static uint64_t number(json_t *of, const char *name)
{
	return (uint64_t)json_integer_value(json_object_get(of, name));
}

static json_t *listed_at(json_t *top, uint64_t addr)
{
	char text[24];
	size_t i;
	json_t *m;

	snprintf(text, sizeof text, "0x%" PRIx64, addr);
	json_array_foreach(json_object_get(top, "maps"), i, m)
		if (strcmp(string_of(m, "addr"), text) == 0)
			return m;
	fail_msg("%s is missing", text);
	return NULL;
}

/* What was deleted from them is not known elsewhere; nor, without its type, what lies apart. */
static bool is_past(const char *name)
{
	return strcmp(name, "main.emptied") == 0 || strcmp(name, "main.dead") == 0 ||
		strcmp(name, "main.bigs") == 0;
}

/* One that grew by inserts comes to what the program of that release has, to the byte. */
static void test_other_design(void **state)
{
	json_t *from = list_under(CLASSIC, "1.26", "map"), *to = cores_list(SWISS);
	size_t count, same;
	struct told *old = recorded_told(&recordings[CLASSIC], &count);
	struct told *new = recorded_told(&recordings[SWISS], &same);

	(void)state;
	assert_int_equal(count, same);
	for (size_t i = 0; i < count; i++) {
		json_t *m = listed_at(from, old[i].addr), *u = json_object_get(m, "as_go");
		uint64_t is = number(u, "bytes"),
			 real = number(listed_at(to, new[i].addr), "bytes");

		assert_true(json_is_true(json_object_get(u, "estimated")));
		assert_null(json_object_get(u, "split_bytes"));
		if (number(m, "entries") != 2 && is_past(old[i].name))
			assert_true(is <= real && number(u, "for_entries") > number(m, "entries"));
		else if (is != real && !is_past(old[i].name))
			fail_msg("%s: %" PRIu64 ", not %" PRIu64, old[i].name, is, real);
	}
	free(old);
	free(new);
	json_decref(from);
	json_decref(to);
}

/* Under its own release each map takes what it takes. */
static void test_own(void **state)
{
	size_t k;
	json_t *m;

	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		json_t *top = list_under(i, recordings[i].go, "map");
		uint64_t known = 0;

		json_array_foreach(json_object_get(top, "maps"), k, m) {
			json_t *u = json_object_get(m, "as_go");

			known += json_is_object(u);
			if (json_is_object(u))
				assert_int_equal(number(u, "bytes"), number(m, "bytes"));
			assert_false(json_is_true(json_object_get(u, "estimated")));
		}
		assert_true(known >= 5);
		assert_int_equal(known + number(json_object_get(top, "as_go"), "unknown"),
			json_array_size(json_object_get(top, "maps")));
		json_decref(top);
	}
}

/* Groups of another layout, in the tables that are there: 376 bytes of map[int32]bool. */
static void test_split(void **state)
{
	json_t *top = list_under(SWISS, "1.27", "map");
	size_t count;
	struct told *told = recorded_told(&recordings[SWISS], &count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		json_t *u = json_object_get(listed_at(top, told[i].addr), "as_go");

		if (strcmp(told[i].name, "main.list[2]") != 0)
			continue;
		assert_int_equal(number(u, "bytes"), 48 + 8 + 32 + 4 * 72);
		assert_int_equal(number(u, "split_bytes"), 48 + 8 + 32 + 4 * 48);
		assert_int_equal(number(u, "padding"), 3);
		assert_int_equal(number(u, "slot"), 8);
	}
	free(told);
	json_decref(top);
}

/* All together; and by type. */
static void test_sums(void **state)
{
	json_t *top = list_under(CLASSIC, "1.27", "map"), *sum = json_object_get(top, "as_go"), *m;
	uint64_t was = 0, bytes = 0, split = 0, grow = 0;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(top, "maps"), i, m) {
		json_t *u = json_object_get(m, "as_go");

		was += number(m, "bytes");
		bytes += number(u, "bytes");
		split += number(u, "split_bytes");
		grow += number(u, "bytes") > number(m, "bytes") &&
			(number(u, "bytes") - number(m, "bytes")) * 8 >= number(m, "bytes");
	}
	assert_int_equal(number(sum, "was"), was);
	assert_int_equal(number(sum, "bytes"), bytes);
	assert_int_equal(number(sum, "split_bytes"), split);
	assert_int_equal(number(json_object_get(sum, "grow"), "maps"), grow);
	assert_true(grow > 3 && number(json_object_get(sum, "grow_without_pointers"), "maps") == 3);
	json_decref(top);
	top = list_under(CLASSIC, "1.27", "type");
	json_array_foreach(json_object_get(top, "groups"), i, m) {
		bytes -= number(json_object_get(m, "as_go"), "bytes");
		split -= number(json_object_get(m, "as_go"), "split_bytes");
	}
	/* But for the headers of maps that were never filled. */
	assert_true(bytes + 2 * 48 <= 2 * 48 && split + 2 * 48 <= 2 * 48);
	json_decref(top);
}

static uint64_t bytes_of(const char *type, const char *release, uint64_t entries)
{
	struct error err;
	struct gotype_scope scope = { .target = target_find("amd64", &err),
		.release = release_find(release, &err) };
	struct maptype *t = maptype_new(type, &scope, &err);
	uint64_t bytes;

	assert_non_null(t);
	bytes = grown_bytes(t, entries, entries);
	maptype_free(t);
	return bytes;
}

/* What a million sets took in programs of these releases, in kB: within 2 %. */
static void test_million(void **state)
{
	static const struct {
		const char *release;
		uint64_t kB;
	} rows[] = { { "1.23", 22300 }, { "1.24", 37700 }, { "1.27", 37700 },
		{ "1.27-X:mapsplitgroup", 21000 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t kB = bytes_of("map[int64]struct{}", rows[i].release, 1000000) / 1000;

		if (kB < rows[i].kB * 98 / 100 || kB > rows[i].kB * 102 / 100)
			fail_msg("%s: %" PRIu64 " kB", rows[i].release, kB);
	}
	assert_int_equal(bytes_of("map[int64]struct{}", "1.27", 8), 48 + 144);
	assert_int_equal(bytes_of("map[int64]struct{}", "1.23", 1), 48 + 80);
}

static void check(size_t i, const char *format, const char *width, const char *const *says)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", format, "--core",
		cores.core[i], "--exe", cores.exe[i], "--as-go", "1.27", width ? "--width" : NULL,
		width) });

	assert_int_equal(o.status, 0);
	for (; *says; says++)
		if (!strstr(o.out, *says))
			fail_msg("%s: %s", *says, o.out);
	outcome_free(&o);
}

static void test_people(void **state)
{
	(void)state;
	check(CLASSIC, "text", "200",
		ARGS("under Go 1.27 they would take about 114 kB, 47 kB less; "
		     "with mapsplitgroup 113 kB, 48 kB less\n",
			" there change         split    entries",
			"≈73,936   -13%       ≈73,936      3,000   31%     0xc00005c3f0  "
			"main.large",
			"takes about 33% more there: 8 of 24 bytes in a slot are padding; with "
			"mapsplitgroup "
			"192 bytes\n",
			"7 maps grow by an eighth or more, in all by 336 bytes"));
	/* A map has its type, and what is said of it is whole, in whatever width. */
	check(CLASSIC, "text", "100", ARGS("         split  map\n"));
	check(CLASSIC, "text", "80", ARGS(" there change  map\n",
		"≈73,936   -13%  main.large                 map[uint64]uint64\n",
		"of 24 bytes in a slot are padding; with\n    mapsplitgroup 192 bytes\n"));
	check(CLASSIC, "markdown", NULL, ARGS("| bytes | there | change | with mapsplitgroup | "
		"entries |"));
	check(SWISS, "text", "200", ARGS("; of 15 maps the type is not known\n"));
}

static void check_refused(int status, const char *says, const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (o.status != status || !strstr(o.err, says) || *o.out)
		fail_msg("%d: %s", o.status, o.err);
	outcome_free(&o);
}

static void test_refused(void **state)
{
	(void)state;
	check_refused(2, "1.99", ARGS("--core", cores.core[0], "-x", "text", "--as-go", "1.99"));
	check_refused(2, "--as-go: openmetrics tells what is",
		ARGS("--core", cores.core[0], "-x", "openmetrics", "--as-go", "1.27"));
	check_refused(2, "--as-go does not go with --pid",
		ARGS("--pid", "1", "--as-go", "1.27", "--again", "2s"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_other_design),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_million),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
