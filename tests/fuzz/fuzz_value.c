/* SPDX-License-Identifier: MIT */
/*
 * A target, a type and a literal of it, a line each. What is read is written as something that is
 * read as the same.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/value.h"
#include "model/session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_MOST = 1 << 16 };

static void demand(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

static void format(const struct value_home *home, const struct gotype *t, const uint8_t *value,
	struct text *out)
{
	text_add(out, "");
	value_format(home->heap, t, value, out, 0);
}

/* The literal that was written for a value gives it again. */
static void try_again(const struct value_home *home, const struct gotype *t, const uint8_t *value)
{
	uint8_t *again = xcalloc(1, t->size + 1);
	struct text first = { 0 }, second = { 0 };
	struct error err;
	const char *at;

	format(home, t, value, &first);
	at = first.s;
	demand(value_parse(home, t, &at, again, "elem", &err) && !*at, "a written literal is one");
	format(home, t, again, &second);
	demand(!strcmp(first.s, second.s), "a literal is written alike again");
	demand(t->pointers || !memcmp(value, again, t->size), "a literal gives the same bytes");
	text_free(&first);
	text_free(&second);
	free(again);
}

static void try_literal(struct session *s, const struct gotype *t, const char *literal)
{
	struct value_home home = { .heap = &s->world.heap };
	uint8_t *value = xcalloc(1, t->size + 1);
	struct error err;

	if (value_parse(&home, t, &literal, value, "key", &err))
		try_again(&home, t, value);
	memset(value, 0, t->size);
	if (value_generate(&home, t, 7, value, &err))
		try_again(&home, t, value);
	free(value);
}

static void try_type(struct session *s, const char *text, const char *literal)
{
	struct error err;
	struct gotype_scope scope = session_scope(s);
	struct gotype *t = gotype_parse(text, &scope, &err), *again;

	if (!t)
		return;
	again = gotype_parse(t->name, &scope, &err);
	demand(again && !strcmp(again->name, t->name), "a type's name is that type");
	demand(again->size == t->size && again->align == t->align, "laid out alike");
	/* What has no size has no values: no map has such a key or elem. */
	if (t->size <= SIZE_MOST && !t->unknown)
		try_literal(s, t, literal);
	gotype_free(again);
	gotype_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *arch = xstrndup((const char *)data, size);
	char *type = strchr(arch, '\n'), *literal = type ? strchr(type + 1, '\n') : NULL;
	struct session s;
	struct error err;

	if (literal) {
		struct session_options o = { .arch = arch };

		*type++ = '\0';
		*literal++ = '\0';
		if (session_open(&s, &o, &err)) {
			try_type(&s, type, literal);
			session_close(&s);
		}
	}
	free(arch);
	return 0;
}
