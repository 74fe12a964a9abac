/* SPDX-License-Identifier: MIT */
/*
 * Sheets: the figures of a view, filled once and printed in three ways: drawn on a pane, as
 * Markdown, as JSON.
 *
 * A sheet is a list of blocks: titles and sentences, tables, and facts, which are figures that
 * stand alone in JSON. A table has columns and rows; its rows are stored, or made one by one as
 * they are printed, so that a list of millions takes no room. What is for some of the printers
 * only says so: blocks, columns and rows alike.
 *
 * Laws of what is drawn: a figure is there whole, in whatever width, or its column is left out
 * and a … says so; between two figures is a blank. So a column is as wide as what is in it.
 *
 * A name of JSON with dots in it leads into objects: "slots.live". Names of one object follow
 * each other.
 */
#ifndef TUI_SHEET_SHEET_H
#define TUI_SHEET_SHEET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/base/error.h"
#include "model/base/text.h"
#include "tui/canvas/pane.h"

/* For whom something is. */
enum {
	FOR_PANE = 1, FOR_MARKDOWN = 2, FOR_JSON = 4,
	FOR_PEOPLE = FOR_PANE | FOR_MARKDOWN,
	FOR_ALL = FOR_PEOPLE | FOR_JSON,
};

enum { COLUMNS_MOST = 24 };

enum figure_kind {
	FIGURE_NONE,
	FIGURE_NULL,   /* not known: only programs get it */
	FIGURE_COUNT,  /* for people with its thousands apart */
	FIGURE_NUMBER, /* what names something, such as a unit: digits as one would type them */
	FIGURE_CHANGE, /* with its sign */
	FIGURE_REAL,
	FIGURE_FLAG,
	FIGURE_WORDS,  /* the program's own */
	FIGURE_DATA,   /* what a key, a file or a user holds */
	FIGURE_CODE,   /* the program's own, but code: in Markdown as data is */
};

struct figure {
	enum figure_kind kind;
	int decimals;              /* of a real one */
	bool absent;               /* in JSON it is not there */
	const char *before, *after; /* what stands around it for people, such as "%"; or NULL */
	union {
		uint64_t count;
		int64_t change;
		double real;
		size_t text;       /* where it begins in the row's texts */
	};
};

/* Beside a row, where there is room: parts of the table's `most`. */
enum bar_kind { BAR_NONE, BAR_PART, BAR_CHANGE };

struct bar {
	enum bar_kind kind;
	enum role role;
	double value;   /* BAR_CHANGE: to the right of an axis, or when below 0 to its left */
	double behind;  /* lies behind it, in a shade; 0: nothing does */
	double mark;    /* a line where that would end; 0: none */
};

struct row {
	unsigned who;              /* FOR_ALL unless said otherwise */
	bool total;                /* a sum of the others: in bold */
	enum role role;            /* of all its figures; ROLE_COUNT: the columns' */
	struct bar bar;
	unsigned count;
	struct figure cells[COLUMNS_MOST];
	struct text texts;         /* owned */
};

/* Each adds the figure of the next column; a text that is NULL is not known. */
void row_none(struct row *r);
void row_null(struct row *r);
void row_count(struct row *r, uint64_t n);
void row_number(struct row *r, uint64_t n);
void row_change(struct row *r, int64_t change);
void row_real(struct row *r, double real, int decimals);
void row_flag(struct row *r, bool flag);
void row_words(struct row *r, const char *words);
void row_data(struct row *r, const char *data);
void row_code(struct row *r, const char *code);
void row_printf(struct row *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same of a text that the caller adds to what this returns, before the next figure. */
struct text *row_add(struct row *r, enum figure_kind kind);

/* What stands around the figure added last. */
void row_around(struct row *r, const char *before, const char *after);

/* The text of a cell that has one. */
const char *row_text(const struct row *r, const struct figure *f);

/* A cell in words for people. */
void row_print(const struct row *r, unsigned column, struct text *out);

void row_free(struct row *r);

struct column {
	const char *name;      /* on the pane; NULL: it is not there */
	const char *title;     /* in Markdown; NULL: it is not there */
	const char *field;     /* in JSON; NULL: it is not there */
	int width; /* it takes on the pane at least; of a left one, exactly, 0: the rest */
	int rank;              /* those of the highest rank are left out first; 0: last of all */
	int gap;               /* blanks before its figures; 0: two */
	enum role role;
	bool left;             /* text, which may be cut; else a figure, at the right */
	bool dots;             /* a zero is a dot */
	bool below;            /* stands in rows of its own below, set in */
	bool bold;             /* in Markdown so are totals of it, as the first column's are */
};

enum table_style {
	TABLE_GRID,
	TABLE_LIST,  /* "first: second", in Markdown a list, the first in bold */
	TABLE_LAWS,  /* whether the third is 0 as a mark, the first, the second wrapped */
	TABLE_LINES, /* "first: second", in Markdown a table */
};

/* Makes row i, which is clean; asked for in order. */
typedef void row_maker(void *data, size_t i, struct row *r);

struct sheet_table {
	const char *field;     /* of JSON; NULL: it is not there */
	unsigned who;
	enum table_style style;
	struct column columns[COLUMNS_MOST];
	unsigned ncolumns;
	enum role heads;       /* of the columns' names */
	bool plain;            /* the first column's name is a label like the others */
	int indent;            /* of a left first column's rows */
	int most[2];           /* rows for people, on a pane and in Markdown; 0: all */
	bool ends;             /* of more the first and the last ones, else the first ones */
	double bar_most;       /* what a whole bar stands for */
	int bar_from, bar_least; /* where bars begin at the least; the room they need */
	int bar_spare;         /* columns behind them that stay free */
	struct row *rows;      /* owned; or, when NULL: */
	row_maker *make;
	void *data;
	size_t count, cap;
};

/* The table's next row, stored; good until the next one. */
struct row *table_row(struct sheet_table *t);

/* Makes or copies row i; r is the caller's, cleared before and to be freed in the end. */
const struct row *table_at(const struct sheet_table *t, size_t i, struct row *r);

/* Takes a column away from people. */
void table_hide(struct sheet_table *t, unsigned column);

struct sheet;

struct sheet *sheet_new(void);
void sheet_free(struct sheet *s);

/* What is freed with the sheet. */
void sheet_keep(struct sheet *s, void *what, void (*drop)(void *what));

/* A blank row, unless nothing stands above it. */
void sheet_gap(struct sheet *s);

/* One line, cut where it does not fit; data or the program's own text. */
void sheet_line(struct sheet *s, unsigned who, enum role role, bool data, const char *text);

/* The same below a gap: it is of the table that follows, whose sign for columns it takes. */
void sheet_title(struct sheet *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sentences, wrapped; set in by `in` columns, and what goes on below by `indent` more. */
void sheet_words(struct sheet *s, unsigned who, int in, int indent, enum role role,
	const char *text);

/* The same of a text that the caller adds to what these return, before the next block. */
struct text *sheet_add_line(struct sheet *s, unsigned who, enum role role, bool data);
struct text *sheet_add_words(struct sheet *s, unsigned who, int in, int indent, enum role role);

/* A table with these columns; good until the sheet is freed. */
struct sheet_table *sheet_table(struct sheet *s, const char *field, const struct column *columns,
	unsigned count);

/* The same with rows made by a function. */
struct sheet_table *sheet_rows(struct sheet *s, const char *field, const struct column *columns,
	unsigned count, size_t rows, row_maker *make, void *data);

/* A figure of JSON: one is added to the row that this returns. */
struct row *sheet_fact(struct sheet *s, const char *field);
void sheet_count(struct sheet *s, const char *field, uint64_t n);
void sheet_real(struct sheet *s, const char *field, double real);
void sheet_flag(struct sheet *s, const char *field, bool flag);
void sheet_data(struct sheet *s, const char *field, const char *data);
void sheet_null(struct sheet *s, const char *field); /* what is not known */

/* What follows is in an object of JSON, or in a list; in a list there are no names. */
void sheet_begin(struct sheet *s, const char *field, bool list);
void sheet_end(struct sheet *s);

/* The printers. On a pane it returns the rows it takes; nothing is drawn outside of the pane. */
int sheet_draw(const struct sheet *s, const struct pane *p);
void sheet_text(const struct sheet *s, int width, FILE *out); /* what is drawn, however long */
void sheet_markdown(const struct sheet *s, FILE *out);
size_t markdown_longest_run(const char *text); /* of backticks: quotes around it are longer */
bool sheet_has_tables(const struct sheet *s); /* Markdown shows more than sentences */
void sheet_lines(const struct sheet *s, FILE *out); /* tables of lines, as plain text */

/* One object. */
void sheet_json(const struct sheet *s, FILE *out);

#endif
