/* SPDX-License-Identifier: MIT */
/*
 * Types as the real Go laid them out, or refused them: a sample is kept, tests/oracle/types writes
 * others. Run with files as arguments, it compares those.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/go/gotype.h"
#include "model/target/release.h"

#include <cmocka.h>

struct tally {
	unsigned compared, refused, wrong;
};

/* "SIZE ALIGN OFFSET..", as the recording has it. */
static void describe(const struct gotype *t, struct text *out)
{
	text_printf(out, "%llu %u", (unsigned long long)t->size, t->align);
	for (unsigned i = 0; t->kind == KIND_STRUCT && i < t->nfields; i++)
		text_printf(out, " %llu", (unsigned long long)t->fields[i].offset);
}

static void compare(const char *release, const char *arch, const char *type, const char *want,
	struct tally *n)
{
	struct gotype_scope scope = { 0 };
	struct text have = { 0 };
	struct error err;
	struct gotype *t;

	scope.target = target_find(arch, &err);
	scope.release = release_find(release, &err);
	if (!scope.target || !scope.release)
		fail_msg("%s %s: %s", release, arch, err.msg);
	t = gotype_parse(type, &scope, &err);
	n->compared++;
	n->refused += strcmp(want, "refused") == 0;
	/* A name that this Go lacks: what leads to it has a size all the same. */
	if (t && strcmp(want, "refused") == 0 && gotype_missing(t, 0)) {
		gotype_free(t);
		return;
	}
	if (t && gotype_known(t, &err))
		describe(t, &have);
	else
		text_add(&have, "refused");
	if (strcmp(want, text_str(&have)) != 0) {
		n->wrong++;
		fprintf(stderr, "%s %s %s: %s, and Go says %s%s%s\n", release, arch, type,
			text_str(&have), want, have.s[0] == 'r' ? ": " : "",
			have.s[0] == 'r' ? err.msg : "");
	}
	text_free(&have);
	gotype_free(t);
}

static bool compare_file(const char *name, struct tally *n)
{
	FILE *in = fopen(name, "r");
	char *line = NULL, *save;
	size_t room = 0;

	if (!in)
		return false;
	while (getline(&line, &room, in) > 0) {
		char *release = strtok_r(line, " ", &save), *arch = strtok_r(NULL, "\t", &save);
		char *type = strtok_r(NULL, "\t", &save), *want = strtok_r(NULL, "\n", &save);

		if (want)
			compare(release, arch, type, want, n);
	}
	free(line);
	fclose(in);
	return true;
}

static void types_are_as_recorded(void **state)
{
	struct tally n = { 0 };

	(void)state;
	assert_true(compare_file("tests/oracle/types/sample.txt", &n));
	assert_true(n.compared > 500 && n.refused > 20);
	assert_int_equal(n.wrong, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(types_are_as_recorded) };
	struct tally n = { 0 };

	if (argc < 2)
		return cmocka_run_group_tests(tests, NULL, NULL);
	for (int i = 1; i < argc; i++)
		compare_file(argv[i], &n);
	printf("types: %u compared, %u of them refused by Go, %u different\n", n.compared,
		n.refused, n.wrong);
	return n.wrong || n.compared == 0;
}
