/* SPDX-License-Identifier: MIT */
/*
 * Scenes: scripts that ship with the program, each a lesson whose captions say what to look at.
 * The first line of one is a comment, `# NUMBER TITLE`: which of the lessons it is and what
 * it is about. Users may add their own.
 */
#ifndef TUI_SCENES_SCENE_H
#define TUI_SCENES_SCENE_H

#include <stdio.h>

#include "model/session/session.h"
#include "tui/canvas/pane.h"

struct scene {
	char *name, *title;   /* owned */
	unsigned number;      /* UINT_MAX when it has none */
};

struct scenes {
	struct scene *list;   /* by number, then by name */
	size_t count, cap;
};

struct scenes scenes_find(void);
void scenes_free(struct scenes *scenes);

/* The list of them, for --list-scenes and for the screen; the rows that it takes there. One of
   the rows may be selected; -1 is none. */
void scenes_print(FILE *out);
int scenes_draw(const struct pane *p, int selected);

/* The name in that row, to be freed; NULL past the last. */
char *scene_at(int i);

bool scene_known(const char *name, struct error *err);

/* Runs one in a session just opened. */
bool scene_run(struct session *s, const char *name, struct error *err);

/* What session->scene is: one is run instead of all that was there, and stands at its beginning.
   On failure all stays as it was. */
bool scene_load(struct session *s, const char *name, struct error *err);

/* Back to the first point that has something to say. */
bool scene_begin(struct session *s, struct error *err);

#endif
