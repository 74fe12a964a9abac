/* SPDX-License-Identifier: MIT */
/* Where theme files are looked for. */
#ifndef THEMES_SEARCH_H
#define THEMES_SEARCH_H

/* The file of that theme, to be freed; NULL when no folder has it. */
char *search_find(const char *name);

#endif
