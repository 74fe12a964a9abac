/* SPDX-License-Identifier: MIT */
#include "tests/screen/demo.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/canvas/pane.h"
#include "tui/term/term.h"

#define LOG_ROWS 6

struct demo {
	struct term *term;
	struct canvas *canvas;
	struct theme theme;
	char log[LOG_ROWS][160]; /* the last one first */
	int count;
	bool cursor;
};

static void draw(struct demo *demo)
{
	struct pane all, inside;
	int w, h;

	term_size(demo->term, &w, &h);
	canvas_resize(demo->canvas, w, h);
	all = canvas_pane(demo->canvas);
	pane_printf(&all, 0, 0, ROLE_TEXT, "size %dx%d %s %s %s", w, h,
		term_ascii(demo->term) ? "ascii" : "utf8", term_mono(demo->term) ? "mono" : "color",
		demo->theme.name);
	pane_text(&all, 0, 1, ROLE_TOPHASH, "tophash");
	pane_text(&all, 10, 1, ROLE_KEY, "key");
	pane_flag(&all, 11, 1, 1, 1, CELL_CURSOR);
	pane_text(&all, 20, 1, ROLE_DIM, "dim");
	pane_text(&all, 30, 1, ROLE_TIMELINE_NOW, "now");
	pane_flag(&all, 31, 1, 1, 1, CELL_CURSOR);
	inside = pane_sub(&all, 0, 2, 30, 3);
	inside = pane_box(&inside, ROLE_BORDER, "box", NULL);
	pane_data(&inside, 0, 0, ROLE_KEY, "\xe6\xbc\xa2 \xc3\xa9 \x1b[31m \xff");
	for (int i = 0; i < LOG_ROWS; i++)
		pane_text(&all, 0, 5 + i, ROLE_MESSAGE, demo->log[i]);
	pane_put(&all, w - 1, h - 1, ROLE_TEXT, '%');
	term_draw(demo->term, demo->canvas, demo->cursor ? 3 : -1, demo->cursor ? 1 : -1);
}

static void note(struct demo *demo, const char *text)
{
	memmove(demo->log[1], demo->log[0], sizeof demo->log - sizeof demo->log[0]);
	snprintf(demo->log[0], sizeof demo->log[0], "%d %s", ++demo->count, text);
}

static void describe(const struct event *event, char *text, size_t size)
{
	static const char *const mouse[] = {"press", "drag", "release", "wheel"};
	char name[KEY_NAME_MAX];

	switch (event->type) {
	case EVENT_KEY:
		snprintf(text, size, "key %s", key_name(event->key, name));
		break;
	case EVENT_MOUSE:
		snprintf(text, size, "%s %d at %d,%d %+d", mouse[event->mouse.type],
			event->mouse.button, event->mouse.x, event->mouse.y, event->mouse.wheel);
		break;
	case EVENT_PASTE:
		snprintf(text, size, "paste %zu%s %.40s", event->paste.len,
			event->paste.cut ? " cut" : "", event->paste.text);
		break;
	case EVENT_REDRAW:
		snprintf(text, size, "redraw");
		break;
	default:
		snprintf(text, size, "event %d", (int)event->type);
	}
}

/* Uses up the stack; the volatile keeps the compiler from making a loop of it. */
static int fall(volatile int *from)
{
	volatile int depth = *from + 1;

	return depth > 0 ? fall(&depth) + depth : 0;
}

static void act(struct demo *demo, char32_t ch)
{
	struct error err;

	switch (ch) {
	case 'z':
		term_suspend(demo->term);
		note(demo, "continued");
		break;
	case 't':
		theme_load(&demo->theme, "themes/colorblind.ini", &err);
		term_set_theme(demo->term, &demo->theme);
		break;
	case 'c':
		raise(SIGSEGV);
		break;
	case 'o':
		fall(&demo->count);
		break;
	case 'a':
		abort();
	case 'x':
		exit(9);
	case 'm':
		mem_out_hook();
		exit(1);
	case 'p':
		demo->cursor = !demo->cursor;
		break;
	default:
		break;
	}
}

/* Returns the exit status, or minus the signal to die by. */
static int run(struct demo *demo)
{
	struct event event;
	char text[128];

	for (;;) {
		draw(demo);
		term_next_event(demo->term, -1, &event);
		if (event.type == EVENT_SIGNAL)
			return -event.signal;
		if (event.type == EVENT_HANGUP)
			return 8;
		describe(&event, text, sizeof text);
		note(demo, text);
		if (event.type != EVENT_KEY || event.key.sym != SYM_CHAR || event.key.mods)
			continue;
		if (event.key.ch == 'q')
			return 7;
		act(demo, event.key.ch);
	}
}

static bool has(int argc, char **argv, const char *word)
{
	for (int i = 0; i < argc; i++) {
		if (!strcmp(argv[i], word))
			return true;
	}
	return false;
}

int demo_main(int argc, char **argv)
{
	struct demo demo = {0};
	struct term_options options = {.theme = &demo.theme,
		.color = has(argc, argv, "always")  ? COLOR_ALWAYS
			 : has(argc, argv, "never") ? COLOR_NEVER
						    : COLOR_AUTO,
		.charset = has(argc, argv, "ascii")  ? CHARSET_ASCII
			   : has(argc, argv, "utf8") ? CHARSET_UTF8
						     : CHARSET_AUTO,
		.escape_ms = 50,
		.mouse = !has(argc, argv, "nomouse"),
		.input_taken = has(argc, argv, "taken")};
	struct error err;
	int status;

	theme_default(&demo.theme);
	demo.term = term_open(&options, &err);
	if (!demo.term) {
		fprintf(stderr, "demo: %s\n", err.msg);
		return 1;
	}
	demo.canvas = canvas_new(1, 1, term_ascii(demo.term));
	status = run(&demo);
	canvas_free(demo.canvas);
	term_close(demo.term);
	if (status < 0)
		term_die(-status);
	return status;
}
