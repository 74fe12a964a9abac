/* SPDX-License-Identifier: MIT */
#include "tests/cli/refusal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One line, from us, that ends; no control bytes in it. */
static bool is_one_line(const char *err)
{
	size_t n = strlen(err);

	if (strncmp(err, "hmapview: ", 10) != 0 || n < 12 || strchr(err, '\n') != err + n - 1)
		return false;
	for (size_t i = 0; i + 1 < n; i++)
		if ((unsigned char)err[i] < ' ' || err[i] == 127)
			return false;
	return true;
}

static void print_args(const char *const *args)
{
	fprintf(stderr, "hmapview");
	for (; *args; args++)
		fprintf(stderr, " '%.60s'", *args);
	fputc('\n', stderr);
}

void check_refused(const struct program *p, int status, const char *says)
{
	struct outcome o = program_run(p);

	if (o.status != status || !is_one_line(o.err) || !strstr(o.err, says) || o.out_len) {
		print_args(p->args);
		fprintf(stderr, "status %d, expected %d; %zu bytes of output; said:\n%s", o.status,
			status, o.out_len, o.err);
		fail_msg("expected one line with \"%s\"", says);
	}
	outcome_free(&o);
}

void check_all_refused(const struct refusal *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_refused(
			&(struct program){ .args = list[i].args }, list[i].status, list[i].says);
}
