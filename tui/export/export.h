/* SPDX-License-Identifier: MIT */
/*
 * Exports: the present state in one of the formats of a table. What is written depends on
 * nothing but the session and the options; never on the terminal or the locale.
 * A file appears whole or not at all.
 */
#ifndef TUI_EXPORT_EXPORT_H
#define TUI_EXPORT_EXPORT_H

#include <stdio.h>

#include "tui/export/frames.h"
#include "tui/export/picture.h"

struct export_options {
	struct page_options page;
	int height;                  /* of a cast; 0: CAST_HEIGHT */
	enum frames_kind frames;     /* FRAMES_NONE: the present state alone */
	const struct frames *at;     /* the frame where these are, alone; NULL: all of them */
	const struct theme *theme;   /* of what is painted */
	const struct picture_source *screen; /* what is written where no view is chosen; or NULL */
};

/* Where in a document a format belongs: as text in a fenced block, among the text, or nowhere. */
enum export_place { PLACE_FENCE, PLACE_PROSE, PLACE_FILE };

/* Either a writer of its own, or a picture: of the view chosen, or always of `view`. */
struct export_format {
	const char *name;
	const char *help;
	enum export_place place;
	bool frames;  /* of a writer: --frames may say what is shown */
	unsigned takes; /* of a writer: enum page_takes */
	bool (*write)(struct session *s, const struct export_options *o, FILE *out,
		struct error *err);
	const struct picture_format *picture;
	const char *view;
	/* Of what is kept in files: how it begins, and what follows soon. */
	const char *begins, *holds;
};

/* The i-th format, NULL past the last. */
const struct export_format *export_format_at(unsigned i);
const struct export_format *export_format_find(const char *name, struct error *err);

/* The format that a file's name stands for, by its ending; NULL when that says none. */
const struct export_format *export_format_of(const char *file);

/* Whether a format can show a view: always that, or any that is chosen. */
bool export_shows(const struct export_format *f, const char *view);

/* Whether a format heeds what is chosen; nothing that was asked for is left out silently. */
bool export_takes(const struct export_format *f, const struct page_options *page,
	enum frames_kind frames, struct error *err);

/*
 * False with err filled, too, when what was written does not say all that was asked for: then err
 * has what it could not say.
 */
bool export_write(struct session *s, const struct export_format *f,
	const struct export_options *options, FILE *out, struct error *err);

/* Whether a file with that name that begins so is a picture that was written here: PLACE_FILE. */
bool export_wrote(const char *name, const char *head);

/* Writes to a file, where that is allowed, or to standard output when file is NULL. */
bool export_to(struct session *s, const struct export_format *f, const struct export_options *o,
	const struct access *a, const char *file, struct error *err);

/*
 * The same; of frames there is a file each when the name has a % in it, which stands for the
 * frame's number.
 */
bool export_files(struct session *s, const struct export_format *f,
	const struct export_options *o, const struct access *a, const char *file,
	struct error *err);

/* What session->export is: export_data points to struct export_options, which hold for all. */
bool export_command(struct session *s, const char *args, struct error *err);

/*
 * Exports come from a screen: in its theme, pages from its look on, and where no view is chosen
 * what it shows. All of them must last as long as the session exports.
 */
void export_set_screen(struct session *s, const struct theme *theme, const struct look *look,
	const struct picture_source *screen);

#endif
