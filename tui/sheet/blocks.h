/* SPDX-License-Identifier: MIT */
/* What a sheet is made of, for its printers. Nobody else needs it. */
#ifndef TUI_SHEET_BLOCKS_H
#define TUI_SHEET_BLOCKS_H

#include "tui/sheet/sheet.h"

enum block_kind { BLOCK_GAP, BLOCK_LINE, BLOCK_TITLE, BLOCK_WORDS, BLOCK_TABLE, BLOCK_FACT,
	BLOCK_BEGIN, BLOCK_END };

struct block {
	enum block_kind kind;
	unsigned who;
	enum role role;
	bool data;           /* the text is */
	bool list;           /* that begins, or ends; else an object */
	int in, indent;
	struct text text;    /* owned; of a fact and of what begins its field, if it has one */
	struct sheet_table *table; /* owned */
	struct row *fact;    /* owned; one cell */
};

struct kept {
	void *what;
	void (*drop)(void *what);
};

struct sheet {
	struct block *blocks;
	size_t count, cap;
	struct kept *kept;
	size_t nkept, kept_cap;
};

/* How many rows of so many are shown from the start, at most `most`, and how many are not. */
struct cut {
	size_t head, left;
};
struct cut table_cut(const struct sheet_table *t, int most);

#endif
