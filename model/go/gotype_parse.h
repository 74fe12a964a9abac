/* SPDX-License-Identifier: MIT */
/*
 * Between the files that read types; gotype_parse() is for all others.
 *
 * A name that was declared becomes a node at once, and what it was declared as is read when the
 * text at hand is done (gotype_named.c): so types may lead to each other in any order. Layout
 * comes last.
 */
#ifndef MODEL_GO_GOTYPE_PARSE_H
#define MODEL_GO_GOTYPE_PARSE_H

#include "model/base/text.h"
#include "model/go/gotype.h"

enum {
	DEPTH_MOST = 64,     /* of one text's nesting; a person's type has a handful */
	NESTED_MOST = 1000,  /* of values in values, by way of names */
	FIELDS_MOST = 4096,
	NAME_MOST = 65536,
	NODES_MOST = 1 << 18,
	NODE_NAME_MOST = 4096, /* of an instance: those of an endless cycle grow */
};

struct declaration;

/* A type parameter and its argument. */
struct binding {
	const char *name;
	size_t len;
	struct gotype *type;
};

/* A named type whose declaration is still to be read. */
struct pending {
	struct gotype *type;
	const struct declaration *declaration;
	struct binding *bindings; /* owned; of a generic type */
	unsigned nbindings;
};

/* All nodes that were made, which the root will own. */
struct gotype_pool {
	struct gotype **nodes;
	size_t count, cap;
	const struct declaration **used; /* each once; while it is read */
	size_t nused, used_cap;
	char **declarations; /* their texts */
	size_t ndeclarations;
};

struct parser {
	const char *text, *at;
	const struct gotype_scope *scope;
	struct error *err;
	unsigned depth;
	const struct declaration *in;     /* whose text it is; NULL: the whole type's */
	const struct binding *bindings;
	unsigned nbindings;
	struct gotype_pool *pool;
	struct pending *pending;          /* from `first` on: still to be read */
	size_t first, npending, pending_cap;
};

/* gotype_parse.c */
struct gotype *parse_type(struct parser *p);
struct gotype *parse_func(struct parser *p);     /* behind "func" */
struct gotype *parser_new(struct parser *p, enum gotype_kind kind);

/* Names it from its parts; NULL when that becomes too long. */
struct gotype *parser_finish(struct parser *p, struct gotype *t);

void parser_blanks(struct parser *p);            /* and comments */
bool parser_take(struct parser *p, char c);      /* whether the next sign is c; takes it if so */
/* Behind the bracket that closes the one at s and blanks that follow, or at the text's end. */
const char *parser_behind_brackets(const char *s);
size_t parser_word(struct parser *p);            /* the length of the word that comes; or 0 */
void parser_lines(struct parser *p);             /* the ends of lines that come, too */
bool parser_line_ends(struct parser *p);         /* ";" or the end of a line; takes it */
bool parser_complain(struct parser *p, const char *wanted);
bool parser_letter(char c);
size_t parser_letters(const char *s); /* how many stand there */
bool is_keyword(const char *s, size_t n);        /* "map", "chan", .. */

struct gotype_field *parser_add_field(struct parser *p, struct gotype *t, const char *name,
	size_t len);

void parser_free(struct parser *p);              /* but not the pool */
void pool_free(struct gotype_pool *pool);

/* gotype_struct.c */
struct gotype *parse_struct(struct parser *p);    /* behind "struct" */
struct gotype *parse_interface(struct parser *p); /* behind "interface" */
/* The name of a field that is embedded as s: its type's, without package and arguments. */
void embedded_name(const char *s, const char **name, size_t *len);

/* gotype_named.c: a type that begins with a name, and is none of the above. */
struct gotype *parse_name(struct parser *p);
size_t name_length(const char *s);                /* of a name, with its package */
bool named_read_pending(struct parser *p);

/* The declaration that a name stands for where it is read; NULL when there is none. */
const struct declaration *named_find(struct parser *p, const char *name, size_t len,
	struct error *err);

/* Reads another text in the midst of this one, as the names in it are seen from `in`. */
struct parser parser_inner(struct parser *p, const struct declaration *in, const char *text);

/* gotype_constant.c: an array's length. *known is false when a name in it is not. */
bool parse_constant(struct parser *p, uint64_t *value, bool *known);

/* gotype_name.c */
void gotype_set_names(struct gotype *t);

/* gotype.c: fills size, alignment and the rest. */
bool gotype_lay_out(struct gotype *t, unsigned depth, struct error *err);

/* gotype_complete.c: all that takes whole declarations: names' parts, layout, Go's refusals. */
bool gotype_complete(struct gotype_pool *pool, const struct gotype_scope *scope, struct error *err);
bool gotype_check_value(const struct gotype *t, struct error *err); /* no constraint; or NULL */

#endif
