/* SPDX-License-Identifier: MIT */
/*
 * Input: bytes from a terminal in, events out. The only place that knows libtermkey.
 *
 * Bytes are fed from outside, so decoding needs no terminal and can be tested. What is pasted never
 * reaches the key decoder: between the marks of a bracketed paste bytes are collected as they are.
 * A slow line cuts what a terminal sends in two anywhere; no half of it becomes keys.
 */
#ifndef TUI_TERM_INPUT_H
#define TUI_TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/base/error.h"
#include "tui/term/event.h"

struct input;

enum input_state {
	INPUT_EVENT,   /* event is filled */
	INPUT_EMPTY,   /* nothing left */
	INPUT_PARTIAL, /* what is left may be the beginning of a key, or be Escape */
	INPUT_SENT,    /* what is left is the beginning of what no one types: a mouse report */
	INPUT_PASTING, /* within a paste */
};

/*
 * fd is a terminal open for writing too, of the type $TERM, which must be set and known; or -1
 * for none, then term is the type.
 */
struct input *input_new(int fd, const char *term, bool utf8, struct error *err);
void input_free(struct input *input);

/* Keypad mode of the terminal; on after input_new(). */
void input_start(struct input *input);
void input_stop(struct input *input);

/* Room for more bytes; 0 only while events wait. */
size_t input_room(const struct input *input);
void input_feed(struct input *input, const char *bytes, size_t len); /* len <= room */

enum input_state input_next(struct input *input, struct event *event);

/*
 * Whether the byte was typed, not pasted, among what was fed and not yet looked at: then it and all
 * before it are dropped.
 */
bool input_drop_to(struct input *input, char byte);

/* The same for an escape that was the last byte, and to which nothing belongs that came in time. */
bool input_drop_escape(struct input *input);

/* No more bytes came in time: what is left is whole as it is. */
void input_force(struct input *input);

#endif
