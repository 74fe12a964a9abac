/* SPDX-License-Identifier: MIT */
/*
 * Inserts, lookups and deletes beside the real runtime: CPU time, user and system, and peak
 * memory. Both take turns, several times over, and the medians are compared, since other work on
 * the machine slows both down.
 *
 * For hmapview an insert's figure is that of a whole run of `-x summary -n N`, start and summary
 * included. Lookups and deletes follow in a second run, which is told to do them one after the
 * other; the figures are what its clock says between. Go's are those of the loop alone.
 */
#ifndef BENCH_BESIDE_H
#define BENCH_BESIDE_H

struct beside {
	char *program;   /* hmapview */
	char *release;   /* whose map it shows, and that the oracle was built with */
	char *oracle;    /* the Go program of tests/oracle; NULL: without the real runtime */
};

/* Maps of a million entries up to `most`. */
void bench_beside(const struct beside *b, long most);

#endif
