/* SPDX-License-Identifier: MIT */
/* The figures of the summary and the ledger where they are not those of the header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/program.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void check(const char *const *args, const char *script, const char *part)
{
	struct scratch folder;
	struct outcome o;
	char *in;

	scratch_make(&folder);
	in = scratch_write(&folder, "in.hm", script, strlen(script));
	o = program_run(&(struct program){.args = args, .in = in});
	if (o.status != 0 || !strstr(o.out, part))
		fail_msg("\"%s\" is not in: %s%s", part, o.out, o.err);
	outcome_free(&o);
	free(in);
	scratch_remove(&folder);
}

static void test_growths(void **state)
{
	(void)state;
	/* Buckets that are done, not the mark; and which growth comes. */
	check(ARGS("-x", "summary"), "", "\ngrowing: 2 of 4 old buckets evacuated\n");
	check(ARGS("-x", "summary", "-"),
		"map map[int]int\nmake 20\ninsert 0..25\ngrow same\nundo\n",
		"\nnext growth: at the next new key, to the same size\n");
	check(ARGS("-x", "summary", "-n", "26"), "", "\nnext growth: at entry 27\n");
}

static void test_large(void **state)
{
	(void)state;
	check(ARGS("-x", "summary", "-t", "map[int32]int8", "-n", "430000"), "",
		": it counts one in 4)\n");
	/* No figure runs into its neighbour. */
	check(ARGS("-x", "ledger", "-n", "1000000"), "", "13,631,489   4,194,304  1,454,253,912  ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_growths),
		cmocka_unit_test(test_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
