/* SPDX-License-Identifier: MIT */
/*
 * Declarations of types and constants, by the names that types have them under: what the command
 * `type` gave, Go files and snapshots. A package is known by its import path, of which types show
 * the last word; what says none is of package main. A declaration is kept as text, and read where
 * its name occurs: so they may come in any order.
 */
#ifndef MODEL_GO_DECLARED_H
#define MODEL_GO_DECLARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "model/base/access.h"
#include "model/base/error.h"
#include "model/base/table.h"

enum declaration_kind { DECLARED_TYPE, DECLARED_ALIAS, DECLARED_CONST };

struct declaration {
	enum declaration_kind kind;
	const char *package;  /* "main", "net/netip" */
	const char *name;     /* "Session"; of an instance alone "Pair[int,string]" */
	const char *params;   /* of a generic type, "K comparable, V any"; NULL: none */
	const char *body;     /* a type; or a constant's expression; one line without comments */
	const char *where;    /* FILE.go:12; NULL: a command's */
	bool used;            /* a type was read by it */
};

/* All strings of the list are its own. */
struct declared {
	struct declaration *list;
	size_t count, cap;
	struct table index;   /* of the list, by package and name */
	size_t last;          /* that was added, or stayed as it was */
};

void declared_free(struct declared *d);
void declared_copy(struct declared *to, const struct declared *from);

/*
 * Adds one as Go writes it behind the word "type", "NAME T", "NAME = T", "NAME[K comparable] T";
 * the name may have its package before it. It replaces one of the same name; *changed says
 * whether anything is different.
 */
bool declared_add_type(struct declared *d, const char *text, const char *package,
	const char *where, bool *changed, struct error *err);

/* The same behind the word "const": "NAME = VALUE"; iota in it is the number given. */
bool declared_add_const(struct declared *d, const char *text, const char *package,
	const char *where, unsigned iota, bool *changed, struct error *err);

/* As declaration_text() gives it: with "type" or "const" before it. */
bool declared_add(struct declared *d, const char *text, bool *changed, struct error *err);

/* NULL when there is none. */
struct declaration *declared_find(const struct declared *d, const char *package, size_t plen,
	const char *name, size_t len);

/* Whether "pb" may stand for the package: for its import path, or the last word of it. */
bool declared_package(const char *package, const char *word, size_t len);

/* The last word of an import path, which the types of a package are seen under. */
const char *declared_base(const char *package, size_t *len);

/* "type NAME T" or "const NAME = VALUE", with the package unless it is main; to be freed. */
char *declaration_text(const struct declaration *d);

/* Behind the comment or quoted text at s; s itself when there is none. */
const char *declared_skip(const char *s, const char *end);

/* One line of a text: ends of lines become ";" where Go would put one, comments go; to be freed. */
char *declared_line(const char *text, size_t len);

/* Reads the declarations of a Go file; all else in it is skipped. Errors begin with NAME:LINE. */
bool declared_read(struct declared *d, FILE *in, const char *name, struct error *err);

/* The same of a file by its name, for who may read it. */
bool declared_read_file(struct declared *d, const struct access *access, const char *name,
	struct error *err);

#endif
