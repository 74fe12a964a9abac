/* SPDX-License-Identifier: MIT */
#include "model/session/keys.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "model/base/mem.h"
#include "model/go/store.h"

#define OPENS "@<<"

enum { CHUNK = 1 << 16 };

bool keys_follow(const char *line, const char **word, size_t *len)
{
	const char *s = line;

	while (isalnum((unsigned char)*s) || *s == ' ' || *s == '\t')
		s++;
	if (s == line || strncmp(s, OPENS, strlen(OPENS)) != 0)
		return false;
	*word = s + strlen(OPENS);
	*len = strcspn(*word, " \t\r\n");
	return *len > 0;
}

/* Files */

static bool read_all(FILE *in, struct text *out, const struct watcher *watcher, struct error *err)
{
	struct stat info;
	uint64_t of = fstat(fileno(in), &info) == 0 && S_ISREG(info.st_mode)
		? (uint64_t)info.st_size : 0;
	char chunk[CHUNK];
	size_t n;

	while ((n = fread(chunk, 1, sizeof chunk, in)) > 0) {
		if (out->len + n > KEYS_MOST)
			return fail(err, "it is larger than %d bytes", KEYS_MOST);
		text_addn(out, chunk, n);
		if (work_stops(
			    watcher, (struct work){ .unit = "byte", .done = out->len, .of = of }))
			return work_fail(err);
	}
	return !ferror(in) || fail(err, "it cannot be read: %s", strerror(errno));
}

static bool no_nul(const struct text *t, struct error *err)
{
	const char *nul = t->len ? memchr(t->s, '\0', t->len) : NULL;
	unsigned long line = 1;

	for (const char *s = t->s; nul && s < nul; s++)
		line += *s == '\n';
	return !nul || fail(err, "a NUL byte in line %lu: these are no keys", line);
}

/* Whether a line of the text is just that. */
static bool has_line(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = text; (s = strstr(s, word)); s += n)
		if ((s == text || s[-1] == '\n') && (!s[n] || strchr("\r\n", s[n])))
			return true;
	return false;
}

/* A word that no line is, so that it can end them. */
static char *ending(const char *text)
{
	char *word = xstrdup("END");

	for (unsigned i = 2; has_line(text, word); i++) {
		free(word);
		word = xasprintf("END%u", i);
	}
	return word;
}

static char *with_lines(const char *command, const char *file, const struct text *lines)
{
	const char *text = lines->len ? lines->s : "";
	bool ended = lines->len == 0 || text[lines->len - 1] == '\n';
	char *word = ending(text);
	struct text out = { 0 };

	text_addn(&out, command, strcspn(command, "@"));
	text_printf(&out, OPENS "%s %s\n", word, file);
	text_addn(&out, text, lines->len);
	text_printf(&out, "%s%s", ended ? "" : "\n", word);
	free(word);
	return out.s;
}

char *keys_load(const char *command, const struct access *access, const char *file,
	const struct watcher *watcher, struct error *err)
{
	char *path = access_path(access, file), *out = NULL;
	FILE *in = access_open(access, path, err);
	struct text lines = { 0 };

	if (in && read_all(in, &lines, watcher, err) && no_nul(&lines, err))
		out = with_lines(command, file, &lines);
	else if (in)
		fail_in(err, "%s", file);
	if (in)
		fclose(in);
	text_free(&lines);
	free(path);
	return out;
}

/* Lines */

void keys_rewind(struct keys *k, const char *args)
{
	k->at = args + strcspn(args, "\n");
	k->at += *k->at == '\n';
	k->line = 0;
}

bool keys_begin(struct keys *k, const char *args, struct error *err)
{
	size_t len = strcspn(args + strlen(OPENS), " \t\r\n"), name;
	const char *word = args + strlen(OPENS), *behind = word + len, *s;

	*k = (struct keys){ 0 };
	behind += strspn(behind, " \t");
	name = strcspn(behind, "\r\n");
	k->end = args + strlen(args);
	while (k->end > args && k->end[-1] != '\n')
		k->end--;
	if (k->end == args || strncmp(k->end, word, len) != 0 || k->end[len])
		return fail(err, "the keys below it are not ended by the line %.*s",
			len > 40 ? 40 : (int)len, word);
	keys_rewind(k, args);
	s = k->at;
	k->quoted = k->at + strspn(k->at, "\r\n") < k->end && s[strspn(s, "\r\n")] == '"';
	k->name = name ? xstrndup(behind, name) : NULL;
	return true;
}

void keys_end(struct keys *k)
{
	text_free(&k->text);
	free(k->name);
	k->name = NULL;
}

/* The next line that has anything, without its end. */
static bool next_line(struct keys *k)
{
	while (k->at < k->end) {
		const char *newline = memchr(k->at, '\n', (size_t)(k->end - k->at));
		size_t n = (size_t)((newline ? newline : k->end) - k->at);

		text_clear(&k->text);
		text_addn(&k->text, k->at, n > 0 && k->at[n - 1] == '\r' ? n - 1 : n);
		k->at += n + (newline != NULL);
		k->line++;
		if (k->text.len > 0)
			return true;
	}
	return false;
}

/* JSON as a literal. */
static void add_json(const json_t *j, struct text *out)
{
	size_t i, n = json_is_object(j) ? json_object_size(j) : json_array_size(j);
	const json_t *item;
	const char *name;
	char *number;

	if (json_is_string(j)) {
		value_quote(out, (const uint8_t *)json_string_value(j), json_string_length(j));
	} else if (json_is_array(j)) {
		text_add(out, "{");
		json_array_foreach(j, i, item) {
			add_json(item, out);
			text_add(out, i + 1 < n ? ", " : "");
		}
		text_add(out, "}");
	} else if (json_is_object(j)) {
		text_add(out, "{");
		json_object_foreach((json_t *)(uintptr_t)j, name, item) {
			text_printf(out, "%s: ", name);
			add_json(item, out);
			text_add(out, --n ? ", " : "");
		}
		text_add(out, "}");
	} else if (json_is_null(j)) {
		text_add(out, "nil");
	} else {
		number = json_dumps(j, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
		text_add(out, number);
		free(number);
	}
}

/* {"A": 1} has a string and a colon where a literal has a value, [1] no type behind it. */
static bool is_json(const char *s)
{
	const char *last = s + strlen(s);

	while (last > s && strchr(" \t", last[-1]))
		last--;
	if (*s == '[')
		return last[-1] == ']';
	if (*s != '{' || last[-1] != '}')
		return false;
	s += 1 + strspn(s + 1, " \t");
	if (*s != '"')
		return false;
	for (s++; *s && *s != '"'; s++)
		s += *s == '\\' && s[1];
	s += *s == '"';
	return s[strspn(s, " \t")] == ':';
}

static bool as_literal(struct text *line, bool must, struct error *err)
{
	json_error_t where;
	json_t *j = json_loadb(line->s, line->len, JSON_DECODE_ANY | JSON_ALLOW_NUL |
		JSON_REJECT_DUPLICATES, &where);

	if (!j)
		return !must || fail(err, "%s", where.text);
	text_clear(line);
	add_json(j, line);
	json_decref(j);
	return true;
}

static bool read_key(struct keys *k, const struct value_home *home, const struct gotype *key,
	uint8_t *out, struct error *err)
{
	const char *at;
	bool string = key->kind == KIND_STRING;

	memset(out, 0, (size_t)key->size);
	if (string && !k->quoted)
		return store_string(home, k->text.s, k->text.len, out, err);
	at = k->text.s + strspn(k->text.s, " \t");
	if ((string || is_json(at)) && !as_literal(&k->text, !string, err))
		return false;
	at = k->text.s;
	if (!value_parse(home, key, &at, out, "key", err))
		return false;
	at += strspn(at, " \t");
	return !*at || fail(err, "\"%.40s\" is too much: a key a line", at);
}

bool keys_next(struct keys *k, const struct value_home *home, const struct gotype *key,
	uint8_t *out, struct error *err)
{
	err->msg[0] = '\0';
	if (!next_line(k))
		return false;
	if (read_key(k, home, key, out, err))
		return true;
	return k->name ? fail_in(err, "%s:%lu", k->name, k->line)
		: fail_in(err, "line %lu of the keys", k->line);
}
