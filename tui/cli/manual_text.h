/* SPDX-License-Identifier: MIT */
/* The manual's own words, in mdoc(7). */
#ifndef TUI_CLI_MANUAL_TEXT_H
#define TUI_CLI_MANUAL_TEXT_H

/* More about one row of a table than its help says. */
struct manual_note {
	const char *of, *text;
};

/* Each ends with a row of NULL. */
extern const struct manual_note manual_options[], manual_commands[];

/* The page. A line "@name" stands for what a table says. */
extern const char manual_text[];

#endif
