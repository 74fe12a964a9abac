/* SPDX-License-Identifier: MIT */
/*
 * Heap profiles: those that the program `profiled` recorded (tests/live/record), with what it told
 * of its maps by the runtime's own frames, which profiles leave out; and with LIVE_PROFILED a build
 * of it that runs now (tests/live/matrix).
 */
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "model/base/mem.h"
#include "model/live/profile.h"
#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct recorded builds[] = {
	{ "go1.26-profiled", "go1.26.8", "amd64", false },
	{ "go1.22-386-profiled", "go1.22.12", "386", false },
};

enum { BUILDS = sizeof builds / sizeof *builds, TOLD_MOST = 64 };

static struct scratch folder;
static char *exes[BUILDS];

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	for (size_t i = 0; i < BUILDS; i++)
		exes[i] = recorded_unpack(&builds[i], "exe", folder.path);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	for (size_t i = 0; i < BUILDS; i++)
		free(exes[i]);
	scratch_remove(&folder);
	return 0;
}

/* What the program told of a line. */
struct said {
	char function[64];
	json_int_t line, use, use_objects, alloc, alloc_objects;
	bool seen;
};

struct truth {
	struct said list[TOLD_MOST];
	size_t count;
	json_int_t use, alloc;
};

static struct truth truth_read(const char *path)
{
	struct truth t = { .count = 0 };
	FILE *f = xfopen(path, "r");
	char line[256];

	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		struct said s = { .seen = false };

		if (sscanf(line, "maps %63s %lld %lld %lld %lld %lld", s.function, &s.line, &s.use,
			&s.use_objects, &s.alloc, &s.alloc_objects) == 6 && t.count < TOLD_MOST)
			t.list[t.count++] = s;
		else
			assert_int_equal(sscanf(line, "all %lld %lld", &t.use, &t.alloc), 2);
	}
	fclose(f);
	assert_true(t.count > 10 && t.use > 0);
	return t;
}

static json_t *profile_json(const char *profile, const char *exe)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--profile",
		profile, exe ? "--exe" : NULL, exe) });
	json_t *top = json_loads(o.out, 0, NULL);

	if (o.status != 0 || !top)
		fail_msg("%s: %s", profile, o.err);
	assert_string_equal(o.err, "");
	outcome_free(&o);
	return top;
}

static json_int_t number(json_t *object, const char *name)
{
	assert_true(json_is_integer(json_object_get(object, name)));
	return json_integer_value(json_object_get(object, name));
}

static const char *words(json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s ? s : "";
}

static struct said *said_of(struct truth *t, json_t *line)
{
	for (size_t i = 0; i < t->count; i++)
		if (strncmp(t->list[i].function, words(line, "function"),
			strcspn(t->list[i].function, "[")) == 0 &&
			t->list[i].line == number(line, "line"))
			return &t->list[i];
	return NULL;
}

/* Every byte, where all allocations are counted. */
static void check_exact(const char *profile, const char *exe, const char *truth)
{
	struct truth t = truth_read(truth);
	json_t *top = profile_json(profile, exe), *line;
	json_int_t use[TOLD_MOST] = { 0 }, objects[TOLD_MOST] = { 0 }, alloc[TOLD_MOST] = { 0 };
	json_int_t maps = 0;
	size_t i;

	assert_int_equal(number(json_object_get(top, "in_use"), "bytes"), t.use);
	assert_int_equal(number(json_object_get(top, "allocated"), "bytes"), t.alloc);
	json_array_foreach(json_object_get(top, "lines"), i, line) {
		struct said *s = said_of(&t, line);

		if (!s)
			fail_msg("%s:%d is no line of maps", words(line, "function"),
				(int)number(line, "line"));
		use[s - t.list] += number(line, "in_use_bytes");
		objects[s - t.list] += number(line, "in_use_objects");
		alloc[s - t.list] += number(line, "allocated_bytes");
		assert_int_equal(number(line, "in_use_error"), 0);
		assert_true(*words(line, "call") != '\0');
	}
	for (i = 0; i < t.count; i++) {
		if (use[i] != t.list[i].use || objects[i] != t.list[i].use_objects ||
			alloc[i] != t.list[i].alloc)
			fail_msg("%s: %s:%d: %lld in use, not %lld", profile, t.list[i].function,
				(int)t.list[i].line, use[i], t.list[i].use);
		maps += use[i];
	}
	assert_int_equal(number(json_object_get(top, "maps_in_use"), "bytes"), maps);
	json_decref(top);
}

static void test_exact(void **state)
{
	(void)state;
	for (size_t i = 0; i < BUILDS; i++) {
		char *profile = xasprintf("tests/live/%s.pb.gz", builds[i].name);
		char *truth = xasprintf("tests/live/%s.txt", builds[i].name);

		check_exact(profile, exes[i], truth);
		free(profile);
		free(truth);
	}
}

/* Where only some are: of what another run of the same program counted, all but by chance. */
static void test_counted(void **state)
{
	unsigned within = 0, lines = 0;

	(void)state;
	for (size_t i = 0; i < BUILDS; i++) {
		char *profile = xasprintf("tests/live/%s-some.pb.gz", builds[i].name);
		char *truth = xasprintf("tests/live/%s-some.txt", builds[i].name);
		struct truth t = truth_read(truth);
		json_t *top = profile_json(profile, exes[i]), *line;
		size_t k;

		assert_int_equal(number(top, "period"), 65536);
		json_array_foreach(json_object_get(top, "lines"), k, line) {
			const struct said *s = said_of(&t, line);
			json_int_t off = s ? number(line, "in_use_bytes") - s->use : 0;

			assert_non_null(s);
			lines += s->use > 100000;
			within += s->use > 100000 && llabs(off) <= number(line, "in_use_error");
		}
		json_decref(top);
		free(profile);
		free(truth);
	}
	assert_true(lines >= 12);
	assert_true(within + 1 >= lines);
}

static json_t *line_at(json_t *top, const char *function, const char *call)
{
	json_t *line;
	size_t i;

	json_array_foreach(json_object_get(top, "lines"), i, line)
		if (strcmp(words(line, "function"), function) == 0 &&
			strstr(words(line, "call"), call))
			return line;
	fail_msg("no %s by %s", function, call);
	return NULL;
}

static void check_words(json_t *line, const char *type, const char *holds, const char *hint,
	const char *hinted)
{
	assert_string_equal(words(line, "type"), type);
	assert_string_equal(words(line, "holds"), holds);
	assert_string_equal(words(line, "hint"), hint);
	assert_string_equal(words(line, "hinted"), hinted);
}

/* What the sizes say, and what a hint would do. */
static void test_words(void **state)
{
	json_t *top = profile_json("tests/live/go1.22-386-profiled.pb.gz", exes[1]);

	(void)state;
	check_words(line_at(top, "main.grown", "mapassign_fast32"), "map[int]int",
		"in use: 1 array of 512 buckets, for 1,665 to 3,328 entries",
		"a hint spares 47,632 of 96,784 bytes allocated",
		"one map of as many, made with a hint, takes 49,200");
	check_words(line_at(top, "main.manySmall", "mapassign"), "map[int]string",
		"in use: 600 arrays of 1 bucket, for 600 to 4,800 entries",
		"a hint changes nothing for maps of up to 8 entries", "");
	check_words(line_at(top, "main.hinted", "makemap"), "map[int64]int32",
		"in use: 1 array of 1,024 buckets, for 3,329 to 6,656 entries",
		"made with a hint; what outgrows it stands where entries are assigned", "");
	check_words(line_at(top, "main.manySmall", "makemap_small"), "",
		"headers of 600 maps, of which 600 in use",
		"made without a hint; what they hold stands where entries are assigned", "");
	check_words(line_at(top, "main.put", "mapassign"), "map[int]int", "nothing of it is in use",
		"a hint spares up to 95,504 of 95,504 bytes allocated", "");
	check_words(line_at(top, "main.storedApart", "mapassign"), "map[main.large]int",
		"in use: 1 array of 32 buckets, for 105 to 208 entries",
		"a hint spares 3,008 of 5,696 bytes allocated",
		"one map of as many, made with a hint, takes 2,736 without what is stored apart");
	check_words(line_at(top, "main.reflected", "reflect.mapassign"), "",
		"the code does not name the type, as in generic functions", "", "");
	json_decref(top);
	top = profile_json("tests/live/go1.26-profiled.pb.gz", exes[0]);
	check_words(line_at(top, "main.grown", "mapassign_fast64"), "map[int]int",
		"in use: 4 arrays of 128 groups, for 1,796 to 3,584 entries",
		"a hint spares 74,096 of 147,824 bytes allocated",
		"one map of as many, made with a hint, takes 73,936");
	json_decref(top);
}

/* Synthetic profiles: protobuf, written here. */
struct bytes {
	uint8_t data[1 << 12];
	size_t len;
};

static void put_varint(struct bytes *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		b->data[b->len++] = (uint8_t)(v | 0x80);
	b->data[b->len++] = (uint8_t)v;
}

static void put_number(struct bytes *b, unsigned field, uint64_t v)
{
	put_varint(b, field << 3);
	put_varint(b, v);
}

static void put_bytes(struct bytes *b, unsigned field, const void *data, size_t len)
{
	put_varint(b, field << 3 | 2);
	put_varint(b, len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
}

/* With the four values of heap profiles, or what else is counted first. */
static void put_types(struct bytes *b, const char *first)
{
	const char *const strings[] = { "", first, "alloc_space", "inuse_objects", "inuse_space",
		"bytes", "main.f", "runtime.mapassign_faststr", "/proc/nonexistent/program" };

	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		put_bytes(b, 6, strings[i], strlen(strings[i]));
	for (unsigned i = 1; i <= 4; i++) {
		struct bytes type = { .len = 0 };

		put_number(&type, 1, i);
		put_bytes(b, 1, type.data, type.len);
	}
}

/* A sample of one frame: two locations, 1 a program's and 2 the runtime's. */
static void put_sample(struct bytes *b, uint64_t location, uint64_t objects, uint64_t size)
{
	struct bytes s = { .len = 0 }, values = { .len = 0 }, label = { .len = 0 };

	put_number(&s, 1, location);
	if (location == 2)
		put_number(&s, 1, 1);
	for (unsigned i = 0; i < 4; i++)
		put_varint(&values, i % 2 ? objects * size : objects);
	put_bytes(&s, 2, values.data, values.len);
	put_number(&label, 1, 5);
	put_number(&label, 3, size);
	put_bytes(&s, 3, label.data, label.len);
	put_bytes(b, 2, s.data, s.len);
}

static void put_places(struct bytes *b)
{
	for (unsigned i = 1; i <= 2; i++) {
		struct bytes line = { .len = 0 }, location = { .len = 0 }, function = { .len = 0 };

		put_number(&line, 1, i);
		put_number(&line, 2, 10 * i);
		put_number(&location, 1, i);
		put_number(&location, 3, 0x1000 * i);
		put_bytes(&location, 4, line.data, line.len);
		put_bytes(b, 4, location.data, location.len);
		put_number(&function, 1, i);
		put_number(&function, 2, 5 + i);
		put_bytes(b, 5, function.data, function.len);
	}
}

static char *write_file(const struct bytes *b)
{
	return scratch_write(&folder, "profile.pb", (const char *)b->data, b->len);
}

/* A profile as it is read; true where it was taken. */
static bool take(struct profile *p, const struct bytes *b, struct error *err)
{
	char *path = write_file(b);
	FILE *in = xfopen(path, "r");
	bool ok = profile_take(p, in, "profile", NULL, err);

	fclose(in);
	free(path);
	return ok;
}

/* Errors are those that chance leaves: of 100 draws about 95 are within. */
static void test_error(void **state)
{
	enum { OBJECTS = 20000, SIZE = 4096, PERIOD = 524288, DRAWS = 200 };
	double chance = 1 - exp(-(double)SIZE / PERIOD);
	unsigned within = 0;
	uint64_t random = 1;

	(void)state;
	for (unsigned n = 0; n < DRAWS; n++) {
		struct bytes b = { .len = 0 };
		struct profile p;
		struct error err;
		uint64_t counted = 0;

		for (unsigned i = 0; i < OBJECTS; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			counted += (double)(random >> 11) < chance * 9007199254740992.0;
		}
		put_types(&b, "alloc_objects");
		put_places(&b);
		put_number(&b, 12, PERIOD);
		put_sample(&b, 1, (uint64_t)((double)counted / chance), SIZE);
		assert_true(take(&p, &b, &err));
		within += fabs((double)p.use.bytes - (double)OBJECTS * SIZE) <=
			(double)profile_error(&p.use);
		profile_free(&p);
	}
	assert_in_range(within, DRAWS * 91 / 100, DRAWS * 99 / 100);
}

/* Figures that no program has are told all the same. */
static void test_absurd(void **state)
{
	struct bytes b = { .len = 0 };
	struct profile p;
	struct error err;

	(void)state;
	put_types(&b, "alloc_objects");
	put_places(&b);
	put_number(&b, 12, INT64_MAX);
	put_sample(&b, 1, INT64_MAX, INT64_MAX);
	put_sample(&b, 1, INT64_MAX / 2, 1);
	put_sample(&b, 1, UINT64_MAX, 1); /* below nothing: none */
	assert_true(take(&p, &b, &err));
	assert_int_equal(profile_error(&p.use), INT64_MAX);
	assert_int_equal(p.nlines, 1);
	profile_free(&p);
}

/* Where the program is not there: all lines are told, and that it is missing; where the runtime's
   frames were kept, they tell. */
static void test_without_program(void **state)
{
	struct bytes b = { .len = 0 };
	char *path;
	struct outcome o;
	json_t *top, *lines;

	(void)state;
	put_types(&b, "alloc_objects");
	put_places(&b);
	put_sample(&b, 1, 10, 64);
	put_sample(&b, 2, 1, 128);
	path = write_file(&b);
	top = profile_json(path, NULL);
	lines = json_object_get(top, "lines");
	assert_true(json_is_null(json_object_get(top, "exe")));
	assert_true(json_is_null(json_object_get(top, "maps_in_use")));
	assert_int_equal(json_array_size(lines), 2);
	assert_true(json_is_null(json_object_get(json_array_get(lines, 0), "call")));
	assert_int_equal(number(json_array_get(lines, 0), "in_use_bytes"), 640);
	assert_string_equal(words(json_array_get(lines, 1), "call"), "runtime.mapassign_faststr");
	assert_string_equal(words(json_array_get(lines, 1), "function"), "main.f");
	json_decref(top);
	o = program_run(&(struct program){ .args = ARGS("--profile", path) });
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "--exe"));
	outcome_free(&o);
	free(path);
}

static void check_refused(int status, const char *says, const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (o.status != status || !strstr(o.err, says) || *o.out)
		fail_msg("%d: %s, not %s", o.status, o.err, says);
	assert_ptr_equal(strchr(o.err, '\n'), o.err + strlen(o.err) - 1);
	outcome_free(&o);
}

static void check_bytes_refused(const struct bytes *b, const char *says)
{
	char *path = write_file(b);

	check_refused(1, says, ARGS("--profile", path));
	free(path);
}

static void test_refused(void **state)
{
	const char *profile = "tests/live/go1.26-profiled.pb.gz";
	struct bytes b = { .len = 0 };

	(void)state;
	check_bytes_refused(&b, "it is empty");
	put_types(&b, "samples");
	check_bytes_refused(&b, "it counts samples, not inuse_space and alloc_space");
	b.len--;
	check_bytes_refused(&b, "its fields cannot be read");
	check_refused(1, "Makefile: not a profile", ARGS("--profile", "Makefile"));
	check_refused(1, "/proc/nonexistent", ARGS("--profile", "/proc/nonexistent"));
	check_refused(1, "it is not the program of",
		ARGS("--profile", "tests/live/go1.22-386-profiled.pb.gz", "--exe", exes[0]));
	check_refused(
		1, "Makefile: not a program", ARGS("--profile", profile, "--exe", "Makefile"));
	check_refused(2, "one of text, markdown, json", ARGS("--profile", profile, "-x", "svg"));
	check_refused(
		2, "--pid does not go with --profile", ARGS("--profile", profile, "--pid", "1"));
	check_refused(2, "--go does not go with --profile",
		ARGS("--profile", profile, "--go", "1.26"));
	check_refused(2, "--lint does not go with --profile",
		ARGS("--profile", profile, "--lint", "--exe", exes[0]));
	check_refused(2, "no script", ARGS("--profile", profile, "x.hm"));
}

/* More than there may be, or than fits. */
static void test_bounds(void **state)
{
	enum { MANY = (1 << 20) + 1, ZEROS = (64 << 20) + (1 << 17) };
	char *path = xasprintf("%s/many.pb.gz", folder.path);
	static const uint8_t zeros[1 << 16];
	gzFile f = gzopen(path, "wb1");
	struct bytes b = { .len = 0 };
	size_t len;
	char *bytes;

	(void)state;
	put_types(&b, "alloc_objects");
	assert_non_null(f);
	gzwrite(f, b.data, (unsigned)b.len);
	for (unsigned i = 0; i < MANY; i++)
		gzwrite(f, "\x1a", 2); /* a mapping of no bytes */
	gzclose(f);
	check_refused(1, "more than 1048576 mappings", ARGS("--profile", path));
	f = gzopen(path, "wb1");
	for (unsigned i = 0; i < ZEROS; i += sizeof zeros)
		gzwrite(f, zeros, sizeof zeros);
	gzclose(f);
	check_refused(1, "more than 64 MB", ARGS("--profile", path));
	free(path);
	/* Cut off. */
	bytes = file_read("tests/live/go1.26-profiled.pb.gz", &len);
	path = scratch_write(&folder, "cut.pb.gz", bytes, len / 2);
	check_refused(1, "it ends too early", ARGS("--profile", path));
	free(path);
	free(bytes);
}

/* A profile or a program in which something is broken comes to an end all the same. */
static void test_spoiled(void **state)
{
	gzFile f = gzopen("tests/live/go1.26-profiled.pb.gz", "rb");
	static char whole[1 << 18], spoiled[1 << 18];
	int len = gzread(f, whole, sizeof whole);
	size_t exe_len;
	char *exe = file_read(exes[0], &exe_len);
	uint64_t random = 1;

	(void)state;
	gzclose(f);
	assert_true(len > 1000 && (size_t)len < sizeof whole);
	for (unsigned n = 0; n < 40; n++) {
		char *path, *program = NULL;
		struct outcome o;

		memcpy(spoiled, whole, (size_t)len);
		for (unsigned i = 0; i < n % 8; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			spoiled[(random >> 33) % (unsigned)len] = (char)(random >> 25);
		}
		for (unsigned i = 0; n % 4 == 0 && i < 4000; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			exe[4096 + (random >> 33) % (exe_len - 4096)] = (char)(random >> 25);
		}
		path = scratch_write(&folder, "spoiled.pb", spoiled, (size_t)len);
		program = n % 4 ? NULL : scratch_write(&folder, "spoiled.exe", exe, exe_len);
		o = program_run(&(struct program){ .args = ARGS("-x", n % 2 ? "json" : "text",
			"--profile", path, "--exe", program ? program : exes[0]) });
		assert_true(o.status == 0 || o.status == 1);
		assert_true(o.status == 0 || strlen(o.err) > 10);
		outcome_free(&o);
		free(path);
		free(program);
	}
	free(exe);
}

/* A build that runs now. */
static void test_now(void **state)
{
	const char *exe = getenv("LIVE_PROFILED");
	char *profile, *truth, *command;

	(void)state;
	if (!exe)
		skip();
	profile = xasprintf("%s/now.pb.gz", folder.path);
	truth = xasprintf("%s/now.txt", folder.path);
	command = xasprintf("%s %s 1 2>%s", exe, profile, truth);
	assert_int_equal(system(command), 0);
	check_exact(profile, exe, truth);
	printf("%s: profiled, every line of maps right\n", exe);
	free(profile);
	free(truth);
	free(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_counted),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_absurd),
		cmocka_unit_test(test_without_program),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_spoiled),
		cmocka_unit_test(test_now),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
