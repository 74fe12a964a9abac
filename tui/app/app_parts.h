/* SPDX-License-Identifier: MIT */
/*
 * What the files of the screen share: app.c (life and drawing), app_input.c (keys, the prompt),
 * app_mouse.c, app_action.c (what keys do), app_overlay.c (pages over the picture), app_maps.c
 * (the list of maps), app_write.c (writing files), app_time.c (going along the timeline),
 * app_quiz.c (asking what comes next), app_work.c (work that takes long). Nobody else needs it.
 */
#ifndef TUI_APP_APP_PARTS_H
#define TUI_APP_APP_PARTS_H

#include "tui/app/app.h"
#include "tui/export/picture.h"
#include "tui/page/views.h"
#include "tui/maps/list.h"
#include "tui/screen/layout.h"
#include "tui/term/term.h"
#include "tui/view/entries.h"
#include "tui/view/progress.h"
#include "tui/view/quiz.h"

/* What the mouse holds while its button is down. */
enum grab { GRAB_NONE, GRAB_TIMELINE, GRAB_MINIMAP };

/* The last press of the mouse. */
struct click {
	double ms; /* 0: none counts */
	int x, y;
};

struct app_search {
	char *sought;  /* what was last searched for; NULL for nothing yet; owned */
	bool asking;   /* the prompt is that of a search */
};

struct app_play {
	bool on;
	int ms;        /* from one operation to the next */
};

/* A page over the picture, until a key takes it away. */
struct app_page {
	const struct page_view *view; /* NULL: none */
	int top, rows;
};

/* The program that is looked at. */
struct app_program {
	const struct app_maps *maps; /* NULL: none is */
	struct maps_list list; /* of its maps */
	bool chosen;   /* one of them was opened */
	unsigned again_ms; /* it is looked at again so often; 0: when asked to */
	double again_at;
};

/* A command that waits for a yes, as it replaces a file; or a script that was pasted. */
struct app_asked {
	char *line;    /* NULL: none does; owned */
	bool script;   /* it is more than one line, to be run one by one */
	bool yes;      /* it was given */
};

/* What comes next is asked for; look.asks has the words that are shown. */
struct app_quiz {
	bool on;
	struct quiz quiz;  /* of the next step, or of the one that was told of */
	unsigned asked;    /* questions of it that were told of */
	bool told;         /* what was told is read, until one goes on; else the prompt waits */
	bool inside;       /* where the session stood then: */
	uint64_t now, edition;
	struct text words;
};

struct app_mouse {
	enum grab grab;
	struct click click;
};

struct app {
	struct session *s;
	const struct config *config;
	struct term *term;
	struct theme theme;
	struct canvas *canvas;
	struct look look;
	struct prompt prompt;
	struct keymap keymap;
	struct screen_state state;
	char message[sizeof((struct error *)0)->msg];
	struct app_search search;
	struct app_play play;
	struct app_page overlay;
	struct app_program program;
	int selected;  /* row of the page of scenes */
	struct entries entries; /* while their page is open */
	struct picture_source picture; /* of what is on the screen */
	struct app_asked asked;
	struct app_quiz quiz;
	struct app_mouse mouse;
	const struct target *last_target; /* that a key led away from, and leads back to; or NULL */
	const struct release *first_release; /* likewise: it is on the way round, whatever it is */
	struct progress progress; /* of the work under way */
	bool no_term;  /* it could not be opened */
	bool stopped;  /* the last command was given up by C-c */
	bool input_taken; /* standard input is a script */
	bool leave;
	int signal; /* that ended the program, 0 for none */
};

/* At the bottom, until the next key; the text may hold anything. */
void app_say(struct app *a, enum role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* app_action.c */
void app_act(struct app *a, enum action action);
bool app_seek(struct app *a, bool back, struct error *err); /* what a->search.sought says */
bool app_run_line(struct app *a, const char *line, struct error *err); /* shows what it did */
void app_run_now(struct app *a, const char *line);                     /* errors are said */
void app_tell_hash(struct app *a); /* where the picture is not the one that programs have */

void app_move_rows(struct app *a, int64_t by); /* of the atlas */
void app_scroll_slot(struct app *a, int by);

/* app_input.c */
void app_begin_find(struct app *a); /* opens its prompt */
void app_list_on(struct app *a);    /* the list of entries, while it is not done */
void app_key(struct app *a, struct key key);
void app_scroll_overlay(struct app *a, int by);

bool app_list_move(enum action action, size_t *selected, size_t count, size_t page);

/* app_maps.c */
void app_open_maps(struct app *a);
void app_look_at_maps(struct app *a);
bool app_shows_maps(const struct app *a);
void app_maps_key(struct app *a, enum action action);

/* app_mouse.c */
void app_mouse(struct app *a, const struct mouse *mouse);

/* app_overlay.c */
void app_draw_overlay(struct app *a);
void app_open_overlay(struct app *a, const struct page_view *view);
void app_open_page(struct app *a, const char *view); /* by its name */
bool app_shows(const struct app *a, enum view_id view); /* over the picture */
bool app_picture(void *app, bool ascii, page_sink *sink, void *sink_data, struct error *err);

/* app_write.c */
void app_ask(struct app *a, const char *line, const char *file); /* it would be replaced */
void app_answer(struct app *a, struct key key);
bool app_ask_script(struct app *a, const struct paste *paste); /* false: it is none */
bool app_may_replace(void *app);     /* for session.hooks.replace */
void app_tell_written(struct app *a, const struct session_outcome *o);

/* app_quiz.c */
void app_quiz_begin(struct app *a);
void app_quiz_free(struct app *a);
bool app_quiz_key(struct app *a, struct key key); /* false: the key has its usual meaning */
void app_quiz_after(struct app *a); /* a key had that: the questions follow where it led */

/* app_work.c */
void app_work_begins(struct app *a);
bool app_works(const struct work *work, void *app); /* for session.hooks.watcher */
void app_tell_stop(struct app *a);   /* if it was C-c */

/* app.c */
void app_take_session(struct app *a); /* it is another one: all that looks at it begins anew */
bool app_open_term(struct app *a, struct error *err); /* and a canvas of its size */

/* app_time.c */
enum { PLAY_FASTEST = 16, PLAY_FIRST = 400, PLAY_SLOWEST = 6400 }; /* ms from step to step */
void app_step_event(struct app *a, bool forth);
void app_jump(struct app *a, bool forth);
void app_speed(struct app *a, bool faster);
void app_play_on(struct app *a);
bool app_step_over_nothing(struct session *s, uint64_t before, struct error *err);
bool app_go(struct session *s, uint64_t to, struct error *err);

#endif
