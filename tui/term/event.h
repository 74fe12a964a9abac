/* SPDX-License-Identifier: MIT */
/* What can happen at the terminal, one at a time. */
#ifndef TUI_TERM_EVENT_H
#define TUI_TERM_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/term/key.h"

enum event_type {
	EVENT_NONE, /* the time is over and nothing happened */
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_PASTE,
	EVENT_REDRAW, /* the size changed or the program was continued: draw everything anew */
	EVENT_SIGNAL, /* SIGTERM, SIGHUP or SIGINT: leave, then term_die() */
	EVENT_HANGUP, /* the terminal is gone: leave */
};

enum mouse_type { MOUSE_PRESS, MOUSE_DRAG, MOUSE_RELEASE, MOUSE_WHEEL };

struct mouse {
	enum mouse_type type;
	int x, y;   /* 0-based cell */
	int button; /* 1 left, 2 middle, 3 right; 0 when the terminal does not say */
	int wheel;  /* -1 up, 1 down, for MOUSE_WHEEL */
	unsigned mods;
};

/* Text that was pasted, as the terminal sent it: may hold anything, NUL and escapes too. */
struct paste {
	const char *text; /* NUL after the last byte; valid until the next event is asked for */
	size_t len;
	bool cut; /* there was more than PASTE_MAX */
};

#define PASTE_MAX ((size_t)1 << 20)

struct event {
	enum event_type type;
	union {
		struct key key;
		struct mouse mouse;
		struct paste paste;
		int signal;
	};
};

#endif
