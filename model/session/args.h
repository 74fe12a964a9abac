/* SPDX-License-Identifier: MIT */
/*
 * Arguments of commands: words of a line, taken one after another. Each function passes over
 * blanks, and moves *at behind what it took; a comment ends the line.
 */
#ifndef MODEL_SESSION_ARGS_H
#define MODEL_SESSION_ARGS_H

#include <stdint.h>

#include "model/base/error.h"
#include "model/base/text.h"

void args_skip(const char **at); /* blanks */
bool args_more(const char **at); /* whether anything follows them */

/* Nothing may follow; the error names what does, and says what would be right. */
bool args_end(const char **at, const char *usage, struct error *err);

/* A count: 2000000, 2_000_000, 2M, 2e6, 1.5M, or 0x1e8480. */
bool args_number(const char **at, uint64_t most, uint64_t *value, struct error *err);

/* The same if anything follows; else *value stays. Nothing may follow it. */
bool args_last_number(const char **at, uint64_t most, uint64_t *value, const char *usage,
	struct error *err);

bool args_run(const char **at, int64_t *from, int64_t *to); /* A..B, counts, both included */
bool args_word(const char **at, const char *word);          /* just that one */

/*
 * A file's name: the rest of the line, without a number at its end if one may stand there; or in
 * quotes. *file is to be freed, NULL when there is none. args_only_file() wants one, and nothing
 * else; args_add_file() writes a name so that it is read back.
 */
bool args_file(const char **at, bool number, char **file, struct error *err);
bool args_only_file(const char *at, const char *usage, char **file, struct error *err);
void args_add_file(struct text *line, const char *file);

#endif
