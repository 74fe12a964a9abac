/* SPDX-License-Identifier: MIT */
/* The commands that say what is compared: points or files, targets, types. */
#include "model/session/command.h"
#include "model/session/comparison.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

static void choose_diff(struct session *s, uint64_t a, uint64_t b, char *file_a, char *file_b)
{
	free(s->desk.diff_files[0]);
	free(s->desk.diff_files[1]);
	s->desk.diff[0] = a;
	s->desk.diff[1] = b;
	s->desk.diff_files[0] = file_a;
	s->desk.diff_files[1] = file_b;
	/* They are read when they are looked at, on behalf of who asks now. */
	free(s->desk.diff_folder);
	s->desk.diff_folder = s->access.folder ? xstrdup(s->access.folder) : NULL;
	s->desk.diff_access = s->access;
	s->desk.diff_access.folder = s->desk.diff_folder;
	s->desk.diff_chosen = true;
}

/*
 * A word, in which quotes hold blanks and go away; *at moves behind it. To be freed, "" when
 * there is none; NULL with err filled.
 */
static char *take_word(const char **at, struct error *err)
{
	struct text word = { 0 };
	bool quoted = false;

	args_skip(at);
	for (; **at && (quoted || !strchr(" \t#", **at)); ++*at) {
		if (**at == '"')
			quoted = !quoted;
		else
			text_addc(&word, **at);
	}
	text_add(&word, "");
	if (!quoted)
		return word.s;
	fail(err, "%.60s has a quote without its end", word.s);
	text_free(&word);
	return NULL;
}

/* Two files, each perhaps with @SNAPSHOT behind its name; read when they are looked at. */
static bool choose_files(struct session *s, const char *args, struct error *err)
{
	char *first = take_word(&args, err), *second = first ? take_word(&args, err) : NULL;

	if (second && !*second)
		fail(err, "another file is missing: diff A [B] or diff FILE FILE");
	else if (second && args_end(&args, "diff FILE[@SNAPSHOT] FILE[@SNAPSHOT]", err)) {
		choose_diff(s, 0, 0, first, second);
		return true;
	}
	free(first);
	free(second);
	return false;
}

bool command_diff(struct session *s, const char *args, struct error *err)
{
	uint64_t a, b = s->time.now;

	if (args_more(&args) && !isdigit((unsigned char)*args) && *args != '-')
		return choose_files(s, args, err);
	if (!args_number(&args, s->time.total, &a, err))
		return false;
	if (!args_last_number(&args, s->time.total, &b, "diff A [B]", err))
		return false;
	choose_diff(s, a, b, NULL, NULL);
	return true;
}

const struct target *session_layout(const struct session *s, int i)
{
	struct error unused;

	if (s->desk.layout[i])
		return s->desk.layout[i];
	return i == 0 ? s->given.target : target_find(s->given.target->ptrsize == 8 ? "386"
		: "amd64", &unused);
}

/* A word names a target; none left is NULL. */
static bool take_target(const char **at, const struct target **t, struct error *err)
{
	size_t n;
	char *name;

	*t = NULL;
	args_skip(at);
	n = strcspn(*at, " \t#");
	if (n == 0)
		return true;
	name = xstrndup(*at, n);
	*at += n;
	*t = target_find(name, err);
	free(name);
	return *t != NULL;
}

bool command_layout(struct session *s, const char *args, struct error *err)
{
	const struct target *a, *b;

	if (!take_target(&args, &a, err) || !take_target(&args, &b, err) ||
		!args_end(&args, "layout [ARCH [ARCH]]", err))
		return false;
	s->desk.layout[0] = b ? a : NULL;
	s->desk.layout[1] = b ? b : a;
	return true;
}

/* The comma or the end behind the type at s: within brackets and quotes are others. */
static const char *type_end(const char *s)
{
	int open = 0;
	const char *close;

	for (; *s && (*s != ',' || open > 0); s++) {
		if (strchr("\"`", *s)) {
			close = strchr(s + 1, *s);
			s = close ? close : s;
		}
		open += strchr("([{", *s) != NULL;
		open -= strchr(")]}", *s) != NULL;
	}
	return s;
}

bool command_compare(struct session *s, const char *args, struct error *err)
{
	uint64_t entries = map_count(&s->world.map);
	const char *types[COMPARED_MOST + 1];
	char *words[COMPARED_MOST + 1];
	unsigned n = 0;
	bool ok;

	if (isdigit((unsigned char)*args) && !args_number(&args, INT64_MAX, &entries, err))
		return false;
	if (entries == 0)
		entries = COMPARED_ENTRIES;
	if (!args_more(&args))
		return fail(err, "a type is missing: compare [N] TYPE, TYPE, ..");
	for (const char *end; *args && n <= COMPARED_MOST; args = *end ? end + 1 : end) {
		args_skip(&args);
		end = type_end(args);
		types[n] = words[n] = xstrndup(args, (size_t)(end - args));
		n++;
	}
	ok = session_compare(s, types, n, entries, err);
	while (n > 0)
		free(words[--n]);
	return ok;
}
