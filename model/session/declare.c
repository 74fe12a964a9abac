/* SPDX-License-Identifier: MIT */
/* The commands type and const, and Go files: what types have names. */
#include "model/session/command.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

/* A copy of what is declared, to be changed and given to session_declare(), or dropped. */
static struct declared *copy(const struct session *s)
{
	struct declared *all = xcalloc(1, sizeof *all);

	declared_copy(all, s->given.declared);
	return all;
}

static void drop(struct declared *all)
{
	declared_free(all);
	free(all);
}

/* Whether Go would take it, as far as the types that it names are known. */
static bool check_one(const struct session *s, struct declared *all, size_t i, struct error *err)
{
	struct gotype_scope scope = session_scope(s);
	const struct declaration *d = &all->list[i];
	struct gotype *t;
	char *name;

	if (d->kind == DECLARED_CONST || d->params || strchr(d->name, '['))
		return true;
	scope.declared = all;
	name = xasprintf("%s.%s", d->package, d->name);
	t = gotype_parse(name, &scope, err);
	gotype_free(t);
	free(name);
	return t != NULL;
}

/* The last one, and those that may name it: of them a script is made, and each is read there. */
static bool check(const struct session *s, struct declared *all, struct error *err)
{
	if (!check_one(s, all, all->last, err))
		return false;
	for (size_t i = 0; i < all->count; i++)
		if (!all->list[i].where && !check_one(s, all, i, err))
			return strncmp(err->msg, "type ", 5) != 0 &&
				fail_in(err, "type %.100s", all->list[i].name);
	return true;
}

/* One declaration, with its word before it. */
static bool declare(struct session *s, const char *word, const char *args, struct error *err)
{
	struct declared *all = copy(s);
	char *text = xasprintf("%s %s", word, args);
	bool changed = false, ok;

	ok = declared_add(all, text, &changed, err) && (!changed || check(s, all, err));
	free(text);
	if (ok && changed)
		return session_declare(s, all, err);
	drop(all);
	return ok;
}

static bool read_types(struct session *s, const char *file, struct error *err)
{
	struct declared *all = copy(s);

	if (declared_read_file(all, &s->access, file, err))
		return session_declare(s, all, err);
	drop(all);
	return false;
}

bool command_type(struct session *s, const char *args, struct error *err)
{
	char *file;
	bool ok;

	if (*args != '@')
		return *args ? declare(s, "type", args, err)
			: fail(err, "a declaration is missing: type NAME TYPE");
	if (!args_only_file(args + 1, "type @FILE.go", &file, err))
		return false;
	ok = read_types(s, file, err);
	free(file);
	return ok;
}

bool command_const(struct session *s, const char *args, struct error *err)
{
	return *args ? declare(s, "const", args, err)
		: fail(err, "a constant is missing: const NAME = VALUE");
}
