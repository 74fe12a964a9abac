/* SPDX-License-Identifier: MIT */
/*
 * Bytes from a terminal through the whole screen: this stands in for tui/term/term.c, with its
 * own way of reading keys and no terminal. Byte 0 lets time pass, byte 255 with two behind it
 * is another size; the bytes end with the terminal hanging up.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/session/session.h"
#include "tui/app/app.h"
#include "tui/export/export.h"
#include "tui/scenes/scene.h"
#include "tui/term/input.h"
#include "tui/term/term.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	TIME_OVER = 0, NEW_SIZE = 255,
	EVENTS_MOST = 400,
	LOOKS_MOST = 2000, /* during long work, of all that a run does */
	STOP_EVERY = 50,   /* of these one finds that the work was told to stop */
	WIDTHS = 200, HEIGHTS = 70,
};

struct term {
	const uint8_t *at, *end;
	struct input *input;
	int w, h, events;
	unsigned looks;
};

/* The one terminal, as the screen opens it; without a bound on what an input may be. */
static struct term terminal;

static void demand(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

static int next_byte(struct term *term)
{
	return term->at < term->end ? *term->at++ : 0;
}

struct term *term_open(const struct term_options *options, struct error *err)
{
	(void)options;
	terminal.input = input_new(-1, "xterm-256color", true, err);
	return terminal.input ? &terminal : NULL;
}

void term_close(struct term *term)
{
	if (term)
		input_free(term->input);
}

void term_size(const struct term *term, int *w, int *h)
{
	*w = term->w;
	*h = term->h;
}

bool term_cut(const struct term *term, int *w, int *h)
{
	term_size(term, w, h);
	return false;
}

bool term_ascii(const struct term *term)
{
	(void)term;
	return false;
}

bool term_mono(const struct term *term)
{
	(void)term;
	return false;
}

void term_set_theme(struct term *term, const struct theme *theme)
{
	(void)term;
	(void)theme;
}

/* A cursor at -1 is hidden. During long work the canvas is that of the frame before. */
void term_draw(struct term *term, const struct canvas *canvas, int x, int y)
{
	demand(canvas->w == term->w && canvas->h == term->h, "a picture fills the terminal");
	demand(x == -1 || (x >= 0 && x < term->w && y >= 0 && y < term->h), "the cursor is on it");
}

void term_redraw(struct term *term)
{
	(void)term;
}

static void resize(struct term *term)
{
	term->w = 1 + next_byte(term) % WIDTHS;
	term->h = 1 + next_byte(term) % HEIGHTS;
}

/* Takes in one byte; true when event is filled by what it means here. */
static bool take_byte(struct term *term, enum input_state state, int timeout_ms,
	struct event *event)
{
	uint8_t byte = *term->at++;

	if (byte == NEW_SIZE) {
		resize(term);
		*event = (struct event){ .type = EVENT_REDRAW };
		return true;
	}
	if (byte != TIME_OVER) {
		input_feed(term->input, (const char *)&byte, 1);
		return false;
	}
	if (state != INPUT_EMPTY)
		input_force(term->input);
	*event = (struct event){ .type = EVENT_NONE };
	return timeout_ms >= 0;
}

void term_next_event(struct term *term, int timeout_ms, struct event *event)
{
	for (term->events++; ; ) {
		enum input_state state = input_next(term->input, event);

		if (state == INPUT_EVENT)
			return;
		if (term->at == term->end || term->events > EVENTS_MOST)
			break;
		if (take_byte(term, state, timeout_ms, event))
			return;
	}
	*event = (struct event){ .type = EVENT_HANGUP };
}

/* Asked during long work, which is looked at by no other clock here. */
bool term_wants_end(const struct term *term)
{
	return term->looks > LOOKS_MOST;
}

bool term_takes_stop(struct term *term)
{
	return ++term->looks % STOP_EVERY == 0;
}

void term_suspend(struct term *term)
{
	(void)term;
}

_Noreturn void term_die(int signal)
{
	fprintf(stderr, "no signal came, but %d is died of\n", signal);
	abort();
}

static void run(const char *script, const uint8_t *data, size_t size)
{
	struct session_options so = { .seed = 1, .history = true };
	struct theme theme;
	struct export_options eo = { .theme = &theme };
	struct config config;
	struct session s;
	struct error err;

	terminal = (struct term){ .at = data, .end = data + size };
	resize(&terminal);
	config_init(&config);
	demand(session_open(&s, &so, &err), "a session opens");
	/* It may read and write nothing. */
	s.access = (struct access){ .who = ASKER_SCENE, .folder = "/proc/nonexistent" };
	theme_default(&theme);
	s.desk.keep_json = true;
	s.hooks.export = export_command;
	s.hooks.export_data = &eo;
	s.hooks.scene = scene_load;
	demand(session_run(&s, script, &err).ok, "the first command runs");
	demand(app_run(&s, &config, &(struct app_options){ 0 }, &err) == 0, "the screen opens");
	session_close(&s);
	config_free(&config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* There is no history of the prompt without a home. */
	unsetenv("HOME");
	unsetenv("XDG_STATE_HOME");
	run("fill 20", data, size);
	return 0;
}
