/* SPDX-License-Identifier: MIT */
/*
 * Contrast of two colours, 0xrrggbb, as WCAG 2.1 reckons it: from 1 to 21. Text that ordinary eyes
 * are to read has 4.5 at least (success criterion 1.4.3).
 */
#ifndef TUI_EXPORT_CONTRAST_H
#define TUI_EXPORT_CONTRAST_H

#define CONTRAST_LEAST 4.5

double contrast_ratio(unsigned a, unsigned b);

/* The ink itself where it can be read on the ground, else as much darker or brighter as it
   takes. */
unsigned contrast_readable(unsigned ink, unsigned ground);

/* Seven parts of ink over three of ground. */
unsigned contrast_dimmed(unsigned ink, unsigned ground);

#endif
