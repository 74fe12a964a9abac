/* SPDX-License-Identifier: MIT */
/* What the tests of the model share: sessions that must work, their state, their invariants. */
#ifndef TESTS_MODEL_RIG_H
#define TESTS_MODEL_RIG_H

#include "model/session/session.h"

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

/* What is said of an unknown Go release: those that are known; behind it, of one to come. */
#define RIG_RELEASES "1.18 to 1.27, 1.27-X:mapsplitgroup, 1.24-X:noswissmap, 1.25-X:noswissmap"
#define RIG_TARGETS \
	"one of amd64, 386, arm64, arm, s390x, ppc64, ppc64le, riscv64, loong64, mips, mipsle, " \
	"mips64, mips64le"
#define RIG_NEWER "; this program is older than that release"

/* NULL for the default type or target. Ends the test when it fails. */
void rig_open(struct session *s, const char *type, const char *arch, bool history);

/* The same under a Go release, NULL for the default one. */
void rig_open_go(struct session *s, const char *type, const char *arch, const char *release,
	bool history);

/* Runs command lines, parted by newlines or " ; ". Ends the test at the first that fails. */
void rig_run(struct session *s, const char *lines);

/* A command with a number behind it. */
void rig_run_number(struct session *s, const char *command, unsigned n);

/* To that point of the timeline. */
void rig_goto(struct session *s, uint64_t p);

/* Runs one line that must fail with just this message, and must change nothing. */
void rig_fails(struct session *s, const char *line, const char *message);

/* The session's snapshots as -x json writes them; to be freed. */
char *rig_document(struct session *s);

/*
 * Everything about the present that must come back with it: header, type, random state, allocator,
 * and a checksum of all target memory. `when` says when it should have been so.
 */
void rig_state(const struct session *s, struct text *out);
void rig_same_state(const struct session *s, const char *want, const char *when);

/* A checksum of the target memory handed out so far. */
uint64_t rig_memory(const struct session *s);

/*
 * Whether the map's memory obeys the laws of the classic map; says on standard error which one
 * it breaks. Slow: looks up every key.
 */
bool rig_sound(struct session *s);

/* Pseudo random numbers of the tests' own. */
struct rig_dice {
	uint64_t state;
};

uint64_t rig_roll(struct rig_dice *d);

/* 0 .. below - 1 */
uint64_t rig_below(struct rig_dice *d, uint64_t below);

#endif
