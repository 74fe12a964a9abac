/* SPDX-License-Identifier: MIT */
/*
 * Markdown, as far as pictures in it go: comments that say what a picture shows, and the text
 * below them that is the picture.
 *
 *     <!-- hmapview --frames growth demo.hm -->       <!-- hmapview --width 60
 *     ```text                                         map map[string]bool
 *     the picture                                     fill 9
 *     ```                                             -->
 *                                                     ~~~
 *     <!-- hmapview -x markdown demo.hm -->           the picture
 *     the picture, tables and all                     ~~~
 *     <!-- /hmapview -->
 *                                                     <!-- hmapview -x svg demo.hm -->
 *                                                     ![in colours](picture.svg)
 *
 * As in Markdown itself, a comment or a fence is set in by three blanks at most, and what stands
 * in a fenced block is only text: there one can show what a comment looks like.
 */
#ifndef TUI_DOCUMENT_MARKDOWN_H
#define TUI_DOCUMENT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "model/base/error.h"

struct markdown {
	const char *text;    /* borrowed */
	size_t len, at;
	unsigned line;       /* at `at`, from 1 */
	unsigned error_line; /* where it went wrong; 0 when it did not */
};

struct markdown_block {
	unsigned line;             /* where the comment begins */
	const char *options;       /* behind the program's name, on the first line */
	size_t options_len;
	const char *script;        /* the lines below, up to the end; NULL when they are blank */
	size_t script_len;
	unsigned script_line;
	size_t start, end;         /* the picture: whole lines of text */
	unsigned body_line;        /* its first */
	int indent;                /* of the fence */
	int fence;                 /* how many signs it has; 0 when there is none */
	char sign;                 /* '`' or '~' */
	bool crlf;                 /* how its lines end */
	const char *link;          /* or the file that it is in */
	size_t link_len;
};

void markdown_begin(struct markdown *m, const char *text, size_t len);

/* The next comment; false behind the last one, and when something is wrong: error_line. */
bool markdown_next(struct markdown *m, struct markdown_block *b, struct error *err);

/*
 * The picture that belongs to it: in the fence that follows, up to the comment that ends it, or in
 * the file that the line below shows or links to.
 */
bool markdown_fenced(struct markdown *m, struct markdown_block *b, struct error *err);
bool markdown_open(struct markdown *m, struct markdown_block *b, struct error *err);
bool markdown_link(struct markdown *m, struct markdown_block *b, const char *format,
	struct error *err);

/* Whether a line would end the block's fence. */
bool markdown_ends_fence(const struct markdown_block *b, const char *line, size_t len);

#endif
