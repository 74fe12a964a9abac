/* SPDX-License-Identifier: MIT */
/*
 * A token is the bytes of one key, mouse report or answer of a terminal.
 *
 *     q   ESC   0xc3 0xa9   ESC x   ESC O P   ESC [ 1 ; 5 C   ESC [ < 0 ; 7 ; 3 M   ESC ] ... BEL
 *
 * It is cut here because libtermkey trusts what it reads: it stores more parameters than it has
 * room for, and uses the leading and trailing marks of a control sequence as an index. So it is
 * given whole tokens only, and only of the kinds that mean something to it.
 */
#ifndef TUI_TERM_TOKEN_H
#define TUI_TERM_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum token_kind {
	TOKEN_KEY,   /* for libtermkey: a key or a mouse report */
	TOKEN_PASTE, /* a paste begins */
	TOKEN_JUNK,  /* nothing that we know or asked for */
};

/* Length of the token that begins at bytes; 0 when it goes on after them. */
size_t token_cut(const char *bytes, size_t len, bool utf8, enum token_kind *kind);

/* Whether an unfinished token, after which nothing came, was typed as such: Escape, M-[. */
bool token_typed(const char *bytes, size_t len);

/*
 * Whether an unfinished token is what only a terminal sends: a mouse report, a paste, a key with
 * numbers. Its rest may come late, and what would it be otherwise? Keys that nobody pressed.
 */
bool token_sent(const char *bytes, size_t len);

/* Whether bytes are the rest of such a token, of which the first count bytes were taken
   as typed. */
bool token_goes_on(const char *begun, size_t count, const char *bytes, size_t len);

#endif
