/* SPDX-License-Identifier: MIT */
/*
 * The smallest program that uses the terminal: shows its size, the last events and some cells of
 * every kind, and ends in whatever way it is told to.
 *
 *     q quits with 7    z suspends    t changes the theme    c crashes    a aborts    o overflows
 * the stack x calls exit(9)   m has no memory left     p shows the cursor at 3,1
 */
#ifndef TESTS_DEMO_H
#define TESTS_DEMO_H

/* Words: ascii utf8 always never nomouse taken; returns the exit status. */
int demo_main(int argc, char **argv);

#endif
