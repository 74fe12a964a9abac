/* SPDX-License-Identifier: MIT */
/*
 * What an argument may be, by the name that it goes by in the help: ARCH, FORMAT, VIEW, ...
 * The prompt, the shells' completion and the manual offer what these lists say.
 */
#ifndef TUI_CLI_CHOICE_H
#define TUI_CLI_CHOICE_H

#include <stdbool.h>

/* What is given is the visitor's only while it runs; help is one line, maybe "". */
typedef void choice_visit(void *data, const char *word, const char *help);

struct choice {
	const char *arg;
	void (*each)(choice_visit *visit, void *data); /* NULL: there are files only */
	const char *print; /* users add their own: --print of this lists all; or NULL */
	const char *files; /* endings of files that may be named too, "" for any; or NULL */
};

/* NULL when the name stands for nothing that could be listed: a number, a text. */
const struct choice *choice_find(const char *arg);

#endif
