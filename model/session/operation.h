/* SPDX-License-Identifier: MIT */
/*
 * Operations on one key each, and what they need: shared by the commands that name their keys
 * (operations.c) and those that look for keys of their own (fresh.c).
 */
#ifndef MODEL_SESSION_OPERATION_H
#define MODEL_SESSION_OPERATION_H

#include "model/session/command.h"

/* Room for one key and one elem of the session's map, zero at first. */
struct cell {
	uint8_t *key, *elem; /* owned */
};

struct cell cell_new(const struct session *s);
void cell_free(struct cell *c);

/* Where values go: into the session's heap, or into its scratch memory. */
struct value_home session_home(struct session *s, bool scratch);

/* Between step_begin() and step_end(): the operation, and the point it makes. */
typedef bool operation(struct session *s, struct cell *c, bool show_elem, struct error *err);

operation assign_step, delete_step, lookup_step;

/* A map to look up in: see session_ensure_map(). */
bool ensure_readable(struct session *s, struct error *err);

/* operations_file.c: the keys of a file, from "@FILE" or "@<<WORD" on. */
enum keys_use { KEYS_INSERT, KEYS_DELETE, KEYS_LOOKUP };

bool file_keys(struct session *s, const char *args, enum keys_use use, struct error *err);

/* loop.c: where a range is to begin, "from A B", what `verb` is not followed by else. */
struct range_from {
	bool given;
	uint64_t from[2];        /* what the range draws */
	struct place place;
};

bool read_range_from(struct session *s, const char *args, const char *verb,
	struct range_from *start, struct error *err);

/* Whether so many more entries fit: what cannot is refused at once, not tried. */
bool session_check_room(struct session *s, uint64_t more, struct error *err);

#endif
