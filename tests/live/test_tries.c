/* SPDX-License-Identifier: MIT */
/*
 * Tries of recorded programs: those of sync.Map and of package unique are found with what the
 * program said of them, by name where it has debugging information; a sync.Map of before 1.24 is
 * two maps, which have names. And memory in which they are spoiled: cycles, depths, chains.
 *
 * The program runs, too, where LIVE_TRIES says which build of it: see tests/live/matrix.
 */
#include <gelf.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/live/live.h"
#include "model/live/tries.h"
#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { NAMED, STRIPPED, PAIRS, RECORDED };

static const struct recorded tries[RECORDED] = {
	[NAMED] = { "go1.26-tries", "go1.26.8", "amd64", true },
	[STRIPPED] = { "go1.27-tries-stripped", "go1.27.4", "amd64", false },
	[PAIRS] = { "go1.23-tries-386", "go1.23.12", "386", true },
};

static struct scratch folder;
static char *core[RECORDED], *exe[RECORDED];

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	for (unsigned i = 0; i < RECORDED; i++) {
		core[i] = recorded_unpack(&tries[i], "core", folder.path);
		exe[i] = recorded_unpack(&tries[i], "exe", folder.path);
	}
	return 0;
}

static int forget(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RECORDED; i++) {
		free(core[i]);
		free(exe[i]);
	}
	scratch_remove(&folder);
	return 0;
}

static json_t *list_with(const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });
	json_t *top = json_loads(o.out, 0, NULL);

	if (o.status != 0 || !top)
		fail_msg("%s", o.err);
	outcome_free(&o);
	return top;
}

static json_t *list_of(unsigned i)
{
	return list_with(ARGS("-x", "json", "--core", core[i], "--exe", exe[i]));
}

static const char *word_of(json_t *m, const char *name)
{
	const char *s = json_string_value(json_object_get(m, name));

	return s ? s : "";
}

/* In "tries" or "maps": how many have that name and that type, or where NULL any, and entries. */
static unsigned count(json_t *top, const char *where, const char *name, const char *type,
	json_int_t entries)
{
	unsigned n = 0;
	json_t *m;
	size_t i;

	json_array_foreach(json_object_get(top, where), i, m)
		n += (!name || strcmp(word_of(m, "name"), name) == 0) &&
			(!type || strcmp(word_of(m, "type"), type) == 0) &&
			json_integer_value(json_object_get(m, "entries")) == entries;
	return n;
}

static const struct {
	const char *name;
	json_int_t entries;
} told[] = { { "main.sessions", 301 }, { "main.caches[0].items", 3 },
	{ "main.caches[1].items", 40 }, { "main.far", 17 }, { "main.held", 5 },
	{ "main.vacant", 0 } };

static void check_named(json_t *top)
{
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (count(top, "tries", told[i].name, "sync.Map", told[i].entries) != 1)
			fail_msg("%s", told[i].name);
	assert_int_equal(count(top, "tries", "unique.uniqueMaps", NULL, 2), 1);
	assert_int_equal(count(top, "maps", "main.sessions[\"last\"].tags", NULL, 1), 0);
	assert_int_equal(count(top, "maps", "main.sessions[\"sess:1\"].tags", "map[string]bool",
		1), 1);
}

static void test_named(void **state)
{
	json_t *top = list_of(NAMED), *m;
	size_t i;

	(void)state;
	check_named(top);
	assert_int_equal(count(top, "tries", NULL, "unique.canonMap[string]", 300), 1);
	assert_int_equal(count(top, "tries", NULL, "unique.canonMap[main.place]", 25), 1);
	json_array_foreach(json_object_get(top, "tries"), i, m) {
		json_int_t nodes = json_integer_value(json_object_get(m, "nodes"));
		json_int_t entries = json_integer_value(json_object_get(m, "entries"));
		const char *type = word_of(m, "type");
		int entry = strstr(type, "canonMap") ? 32 : 48;

		assert_true(json_is_false(json_object_get(m, "at_least")));
		assert_int_equal(json_integer_value(json_object_get(m, "bytes")),
			nodes * 160 + entries * entry);
		/* Each node but the root, and each entry, is a child: none has the same hash. */
		assert_int_equal(json_integer_value(json_object_get(m, "free_bytes")),
			8 * (16 * nodes - (nodes - 1) - entries));
	}
	json_decref(top);
}

/* Without debugging information they are found by their types, and have no names. */
static void test_stripped(void **state)
{
	json_t *top = list_of(STRIPPED);

	(void)state;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i].entries)
			assert_int_equal(count(top, "tries", "", "sync.Map", told[i].entries), 1);
	assert_int_equal(count(top, "tries", NULL, "unique.canonMap[string]", 300), 1);
	assert_int_equal(count(top, "tries", NULL, "unique.canonMap[main.place]", 25), 1);
	json_decref(top);
}

/* The read-only map, and the one that is written to. */
static void test_pairs(void **state)
{
	static const char type[] = "map[interface {}]*sync.entry";
	json_t *top = list_of(PAIRS);

	(void)state;
	assert_int_equal(count(top, "maps", "main.sessions.dirty", type, 301), 1);
	assert_int_equal(count(top, "maps", "main.sessions.read.m", type, 300), 1);
	assert_int_equal(count(top, "maps", "main.caches[1].items.dirty", type, 40), 1);
	assert_int_equal(count(top, "maps", "main.far.dirty", type, 17), 1);
	assert_int_equal(count(top, "maps", "main.held.dirty", type, 5), 1);
	assert_int_equal(count(top, "maps", "main.sessions.dirty[\"sess:1\"].p.tags",
		"map[string]bool", 1), 1);
	assert_int_equal(count(top, "tries", "unique.uniqueMaps", NULL, 2), 1);
	assert_int_equal(count(top, "tries", NULL,
		"concurrent.HashTrieMap[string,internal/weak.Pointer[string]]", 300), 1);
	json_decref(top);
}

static void check_says(const char *says, bool on_error, const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (!strstr(on_error ? o.err : o.out, says) || (o.status != 0) != on_error)
		fail_msg("%s%s", o.out, o.err);
	outcome_free(&o);
}

static void test_people(void **state)
{
	(void)state;
	check_says(" are tries: counted and sized, their inside is not stepped\n", false,
		ARGS("-x", "text", "--core", core[NAMED], "--exe", exe[NAMED]));
	check_says("  main.sessions              sync.Map (trie)\n", false,
		ARGS("-x", "text", "--core", core[NAMED], "--exe", exe[NAMED], "--width", "120"));
	check_says("| `main.far` | `sync.Map (trie)` |", false,
		ARGS("-x", "markdown", "--core", core[NAMED], "--exe", exe[NAMED]));
	check_says("main.caches[*].items       sync.Map (trie)\n", false,
		ARGS("-x", "text", "--core", core[NAMED], "--exe", exe[NAMED], "--by", "path",
			"--width", "120"));
	check_says(
		"main.sessions is a trie, not a map of the language: its inside is not stepped\n",
		true,
		ARGS("-x", "text", "--core", core[NAMED], "--exe", exe[NAMED], "--map",
			"main.sessions"));
	check_says("main.sessions: entries < 300", true, ARGS("--core", core[NAMED], "--exe",
		exe[NAMED], "--expect", "main.sessions entries < 300"));
	check_says("\"key\": \"\\\"on\\\"\"", false, ARGS("-x", "json",
		"--view", "entries", "--core", core[NAMED], "--exe", exe[NAMED], "--map",
		"main.sessions[\"sess:1\"].tags"));
}

/* Spoiled memory */

/* Where in the core file the program has what is at an address. */
static off_t place_of(Elf *elf, uint64_t addr)
{
	size_t n = 0;
	GElf_Phdr h;

	assert_int_equal(elf_getphdrnum(elf, &n), 0);
	for (size_t i = 0; i < n; i++) {
		assert_non_null(gelf_getphdr(elf, (int)i, &h));
		if (h.p_type == PT_LOAD && addr >= h.p_vaddr && addr - h.p_vaddr + 8 <= h.p_filesz)
			return (off_t)(h.p_offset + (addr - h.p_vaddr));
	}
	fail_msg("%" PRIx64 " is not in the file", addr);
	return 0;
}

/* Words of the core file that are others for a while. */
struct spoiler {
	struct {
		off_t at;
		uint64_t was;
	} list[2048];
	size_t count;
};

static void spoil(struct spoiler *s, uint64_t addr, uint64_t word)
{
	int fd = open(core[STRIPPED], O_RDWR);
	Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
	off_t at = place_of(elf, addr);

	assert_true(s->count < sizeof s->list / sizeof *s->list);
	s->list[s->count].at = at;
	assert_int_equal(pread(fd, &s->list[s->count++].was, 8, at), 8);
	assert_int_equal(pwrite(fd, &word, 8, at), 8);
	elf_end(elf);
	close(fd);
}

static void mend(struct spoiler *s)
{
	int fd = open(core[STRIPPED], O_RDWR);

	while (s->count) {
		s->count--;
		assert_int_equal(pwrite(fd, &s->list[s->count].was, 8, s->list[s->count].at), 8);
	}
	close(fd);
}

struct opened {
	struct live l;
	struct trie_kinds kinds;
	const struct trie_kind *map; /* that of sync.Map */
	struct trie large;       /* with most entries, as a search finds it */
	size_t found;
	uint64_t entries[512];
	size_t nentries;
};

static void take(void *data, const struct trie *t)
{
	struct opened *o = data;

	o->found++;
	if (t->entries > o->large.entries && t->kinds & 1ull << (o->map - o->kinds.list))
		o->large = *t;
}

static bool take_entry(void *data, uint64_t key, uint64_t value)
{
	struct opened *o = data;

	(void)value;
	o->entries[o->nentries++] = key - o->map->key;
	return o->nentries < 512;
}

/* All that can be found there; nothing of it has to be true. */
static void look(struct opened *o)
{
	struct trie_search search;
	struct error err;

	*o = (struct opened){ 0 };
	assert_true(live_open_core(&o->l, core[STRIPPED], exe[STRIPPED], &err));
	trie_kinds_find(&o->kinds, &o->l.view.types);
	for (size_t i = 0; i < o->kinds.count; i++)
		if (strcmp(o->kinds.list[i].name, "sync.Map") == 0)
			o->map = &o->kinds.list[i];
	assert_non_null(o->map);
	assert_true(live_hold(&o->l, &err));
	trie_search_begin(&search, &o->l.view, &o->kinds, 60000);
	tries_find(&search, take, o);
	if (o->large.root)
		trie_each(&o->l.view, o->map, o->large.root, 512, take_entry, o);
	live_release(&o->l);
}

static void leave(struct opened *o)
{
	trie_kinds_free(&o->kinds);
	live_close(&o->l);
}

/* The children of a node that are nodes. */
static size_t nodes_below(struct opened *o, uint64_t at, uint64_t *list, size_t most)
{
	struct image *im = &o->l.image;
	size_t n = 0;

	for (unsigned i = 0; i < 16 && n < most; i++) {
		uint64_t child, is;

		if (image_word(im, at + o->map->children + 8 * i, &child) && child &&
			image_uint(im, child, 1, &is) && !is)
			list[n++] = child;
	}
	return n;
}

static void test_spoiled(void **state)
{
	struct opened whole, o;
	struct spoiler s = { .count = 0 };
	uint64_t nodes[64];
	size_t n, found;

	(void)state;
	look(&whole);
	found = whole.found;
	assert_int_equal(whole.large.entries, 301);
	assert_int_equal(whole.nentries, 301);
	/* An entry that follows itself; a root that is its own child. */
	spoil(&s, whole.entries[7] + whole.map->next, whole.entries[7]);
	look(&o);
	assert_int_equal(o.found, found - 1);
	leave(&o);
	mend(&s);
	spoil(&s, whole.large.root + whole.map->children, whole.large.root);
	look(&o);
	assert_int_equal(o.found, found - 1);
	leave(&o);
	mend(&s);
	/* A chain of nodes that is longer than a hash. */
	n = nodes_below(&whole, whole.large.root, nodes, 16);
	for (size_t i = 0; i < n && n < 40; i++)
		n += nodes_below(&whole, nodes[i], nodes + n, 64 - n);
	assert_true(n > 18);
	for (size_t i = 0; i < n; i++) {
		for (unsigned c = 0; c < 16; c++)
			spoil(&s, nodes[i] + whole.map->children + 8 * c, c == 3 && i + 1 < n ?
				nodes[i + 1] : 0);
		spoil(&s, nodes[i] + whole.map->parent, i ? nodes[i - 1] : whole.large.root);
	}
	look(&o);
	assert_true(o.large.entries < 301);
	leave(&o);
	mend(&s);
	look(&o);
	assert_int_equal(o.found, found);
	leave(&o);
	leave(&whole);
}

/* Words of nodes and entries by chance: it comes to an end, and counts no more than there is. */
static void test_chance(void **state)
{
	struct opened whole, o;
	struct spoiler s = { .count = 0 };
	uint64_t random = 1, nodes[16];
	size_t n;

	(void)state;
	look(&whole);
	n = nodes_below(&whole, whole.large.root, nodes, 16);
	for (unsigned k = 0; k < 60; k++) {
		for (unsigned i = 0; i < 6; i++) {
			uint64_t at, to;

			random = random * 6364136223846793005u + 1442695040888963407u;
			at = random >> 62 ? nodes[(random >> 33) % n] + 8 * ((random >> 20) % 19)
				: whole.entries[(random >> 33) % 300] + 8 * ((random >> 20) % 6);
			to = random >> 60 & 1 ? nodes[(random >> 40) % n] : random >> 59 & 1 ?
				whole.entries[(random >> 40) % 300] : random >> 58 & 1 ? random : 1;
			spoil(&s, at, to);
		}
		look(&o);
		assert_true(o.large.entries < 1000);
		leave(&o);
		mend(&s);
	}
	leave(&whole);
}

/* What takes too long says so. */
static void test_bounded(void **state)
{
	struct opened o;
	struct trie_search search;
	struct trie t;

	(void)state;
	look(&o);
	trie_search_begin(&search, &o.l.view, &o.kinds, 60000);
	search.left = 100;
	assert_true(trie_read(&search, o.large.root, o.map, &t));
	assert_true(t.least && t.entries + t.nodes <= 100 && t.entries);
	leave(&o);
}

/* The program as it runs, built with whatever release. */
static void test_running(void **state)
{
	const char *path = getenv("LIVE_TRIES");
	int in[2], err[2];
	char line[128], *pid;
	json_t *top;
	pid_t child;
	FILE *says;

	(void)state;
	if (!path)
		skip();
	assert_true(pipe(in) == 0 && pipe(err) == 0);
	child = fork();
	if (child == 0) {
		dup2(in[0], 0);
		dup2(err[1], 2);
		close(in[1]);
		close(err[0]);
		execl(path, path, (char *)NULL);
		_exit(127);
	}
	close(err[1]);
	says = fdopen(err[0], "r");
	while (fgets(line, sizeof line, says) && strncmp(line, "ready", 5) != 0)
		continue;
	fclose(says);
	pid = xasprintf("%d", (int)child);
	top = list_with(ARGS("-x", "json", "--pid", pid));
	if (json_object_get(top, "tries") && !strstr(word_of(top, "go"), "1.23"))
		check_named(top);
	else
		assert_int_equal(count(top, "maps", "main.sessions.dirty", NULL, 301), 1);
	printf("%zu tries\n", json_array_size(json_object_get(top, "tries")));
	json_decref(top);
	free(pid);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(in[0]);
	close(in[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_stripped),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_spoiled),
		cmocka_unit_test(test_chance),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_running),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
