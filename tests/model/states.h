/* SPDX-License-Identifier: MIT */
/* Many states of many maps, one after the other: for laws that hold in each of them. */
#ifndef TESTS_MODEL_STATES_H
#define TESTS_MODEL_STATES_H

#include "model/session/session.h"

/* Called at each point; `where` says in words where that is. False ends the test. */
typedef bool visit(struct session *s, const char *where, void *data);

/* Each step of each script of tests/recordings, under its own release. Returns how many. */
unsigned long each_recorded(visit *f, void *data);

/* Each step of random runs of inserts, deletes, clears, ranges: so many runs on each target. */
unsigned long each_random(const char *arch, unsigned runs, visit *f, void *data);

/* The same for Swiss maps: one release after the other, 64 and 32 bit, both byte orders. */
unsigned long each_random_swiss(unsigned runs, visit *f, void *data);

/* The releases that have Swiss maps, with an experiment that lays groups out in another way. */
enum { SWISS_RELEASES = 5 };
extern const char *const swiss_releases[SWISS_RELEASES];

/* Each point of a session from the first to the last. */
unsigned long each_point(struct session *s, const char *where, visit *f, void *data);

#endif
