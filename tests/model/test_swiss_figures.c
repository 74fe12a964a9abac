/* SPDX-License-Identifier: MIT */
/*
 * What Swiss maps allocate and have in use, against what the real runtime counted: each row of
 * swiss_figures.tsv, under each release that has such maps, with seeds of three kinds. The rows
 * were taken of groups with slots in them; where chance would decide there is no row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/map/classic/reach.h"
#include "tests/model/rig.h"

#include <cmocka.h>

struct row {
	char arch[16], type[64], hint[24];
	unsigned n;
	struct account allocated, in_use;
};

static bool read_row(const char *line, struct row *r)
{
	unsigned long long v[4];

	if (sscanf(line, "%15[^\t]\t%63[^\t]\t%u\t%23[^\t]\t%llu\t%llu\t%llu\t%llu", r->arch,
		    r->type, &r->n, r->hint, &v[0], &v[1], &v[2], &v[3]) != 8)
		return false;
	r->allocated = (struct account){ .bytes = v[0], .objects = v[1] };
	r->in_use = (struct account){ .bytes = v[2], .objects = v[3] };
	return true;
}

static bool same_account(struct account a, struct account b)
{
	return a.bytes == b.bytes && a.objects == b.objects;
}

static void check_row(const struct row *r, const char *go, const char *seed)
{
	struct session s;
	struct account allocated, in_use;
	char lines[128];

	rig_open(&s, r->type, r->arch, false);
	snprintf(lines, sizeof lines, "go %s ; random %s ; make %s ; fill %u", go, seed,
		strcmp(r->hint, "none") == 0 ? "" : r->hint, r->n);
	rig_run(&s, lines);
	allocated = (struct account){ .objects = s.world.heap.state.alloc_objects,
		.bytes = s.world.heap.state.alloc_bytes };
	in_use = map_reached(&s.world.map);
	if (!same_account(allocated, r->allocated) || !same_account(in_use, r->in_use))
		fail_msg(
			"%s %s, %s: allocated %llu in %llu, not %llu in %llu; in use %llu in %llu, "
			"not %llu in %llu",
			r->arch, r->type, lines, (unsigned long long)allocated.bytes,
			(unsigned long long)allocated.objects,
			(unsigned long long)r->allocated.bytes,
			(unsigned long long)r->allocated.objects, (unsigned long long)in_use.bytes,
			(unsigned long long)in_use.objects, (unsigned long long)r->in_use.bytes,
			(unsigned long long)r->in_use.objects);
	session_close(&s);
}

static void each_row_is_the_runtimes(void **state)
{
	static const char *const seeds[] = { "1", "77", "123456789" };
	FILE *in = fopen("tests/model/swiss_figures.tsv", "r");
	unsigned rows = 0, releases = 0;
	char line[256];

	(void)state;
	assert_non_null(in);
	while (fgets(line, sizeof line, in)) {
		struct row r;

		if (*line == '#')
			continue;
		if (!read_row(line, &r))
			fail_msg("not a row: %s", line);
		rows++;
		releases = 0;
		for (unsigned i = 0; release_at(i); i++) {
			const struct release *go = release_at(i);

			if (go->engine != ENGINE_SWISS || go->split_groups)
				continue;
			check_row(&r, go->name, seeds[(rows + releases) % LENGTH(seeds)]);
			releases++;
		}
	}
	fclose(in);
	assert_int_equal(rows, 172 - 1);
	assert_int_equal(releases, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_is_the_runtimes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
