/* SPDX-License-Identifier: MIT */
/* Command lines that are refused: in one line, with a status that scripts rely on, and no
   output. */
#ifndef TESTS_CLI_REFUSAL_H
#define TESTS_CLI_REFUSAL_H

#include "tests/cli/program.h"

/* A command line that is refused, and a part of what is said. */
struct refusal {
	const char *args[8];
	int status;
	const char *says;
};

/* Ends the test where one is not refused so. */
void check_refused(const struct program *p, int status, const char *says);
void check_all_refused(const struct refusal *list, size_t count);

#endif
