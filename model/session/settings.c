/* SPDX-License-Identifier: MIT */
/* The commands that set what runs depend on, and those that look at the timeline. */
#include "model/session/command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/analysis/check.h"
#include "model/base/hex.h"
#include "model/base/mem.h"
#include "model/go/quoted.h"
#include "model/snapshot/snapshot.h"

static char *take_rest(const char **at)
{
	size_t n;

	args_skip(at);
	n = strcspn(*at, "#");
	while (n > 0 && isspace((unsigned char)(*at)[n - 1]))
		n--;
	*at += n;
	return xstrndup(*at - n, n);
}

bool command_map(struct session *s, const char *args, struct error *err)
{
	struct maptype *t;
	bool same;

	if (!*args)
		return fail(err, "a type is missing, such as map[string]int");
	t = maptype_new(args, s->target, s->release, err);
	if (!t)
		return false;
	same = strcmp(t->type->name, s->map.type->type->name) == 0;
	maptype_free(t);
	/* Written differently, it is the same type still; before anything was made, the last word counts. */
	if (same && s->map.hmap)
		return true;
	if (!s->map.hmap) {
		session_change(s);
		return session_set_type(s, args, err);
	}
	if (!step_begin(s))
		return true;
	if (!session_set_type(s, args, err))
		return false;
	step_end(s, "map", NULL, NULL);
	return true;
}

bool command_arch(struct session *s, const char *args, struct error *err)
{
	char *name = take_rest(&args);
	bool ok = *name ? session_set_arch(s, name, err)
			: fail(err, "a target is missing, such as amd64 or 386");

	free(name);
	return ok;
}

bool command_go(struct session *s, const char *args, struct error *err)
{
	char *name = take_rest(&args);
	bool ok = *name ? session_set_release(s, name, err)
			: fail(err, "a release is missing, such as 1.19");

	free(name);
	return ok;
}

/* The bytes of a hash key. */
static bool read_key(const char **at, enum hash_family family, uint8_t *key, unsigned *size,
	struct error *err)
{
	unsigned small = family == HASH_AES ? 64 : 16;
	size_t n = 0;

	while (hex_digit((*at)[n]) >= 0)
		n++;
	if ((*at)[n] && !strchr(" \t#", (*at)[n]))
		return fail(err, "\"%.1s\" in the key is no hexadecimal digit", *at + n);
	if (n != 0 && n != 2 * small && n != 4 * small)
		return fail(err, "the key has %zu hexadecimal digits: %u for 64 bit or %u for 32 bit",
			n, 4 * small, 2 * small);
	*size = (unsigned)(n / 2);
	hex_read(key, *at, *size);
	*at += n;
	return true;
}

bool command_hash(struct session *s, const char *args, struct error *err)
{
	enum hash_family family = HASH_AES;
	uint8_t key[HASHKEY_MOST];
	unsigned size = 0;

	if (args_word(&args, "wyhash"))
		family = HASH_WYHASH;
	else if (!args_word(&args, "aes"))
		return fail(err, "aes or wyhash is expected");
	args_skip(&args);
	if (!read_key(&args, family, key, &size, err) || !args_end(&args, "hash aes|wyhash [HEX]", err))
		return false;
	return session_set_hash(s, family, size ? key : NULL, size, err);
}

bool command_seed(struct session *s, const char *args, struct error *err)
{
	uint64_t value;

	if (!args_number(&args, UINT32_MAX, &value, err) || !args_end(&args, "seed U32", err))
		return false;
	if (s->random.tail - s->random.head == RANDOM_QUEUE)
		return fail(err, "%d values are waiting already", RANDOM_QUEUE);
	session_change(s);
	return random_queue(&s->random, (uint32_t)value);
}

/* "WORDS", a Go string, or words as they are. To be freed; NULL with err filled. */
static char *read_words(const char *args, const char *what, struct error *err)
{
	struct text words = { 0 };
	bool ok;

	if (*args != '"')
		return xstrdup(args);
	text_add(&words, "");
	ok = quoted_read(&args, &words, what, err) &&
		args_end(&args, "all of it belongs between the quotes", err);
	if (ok && strlen(words.s) != words.len)
		ok = fail(err, "%s cannot hold a NUL byte", what);
	if (ok)
		return words.s;
	text_free(&words);
	return NULL;
}

/* In the past no map is made to be looked at: that would cost what follows. */
static bool ensure_present(struct session *s, struct error *err)
{
	if (!s->map.hmap && s->now < s->total && !s->again)
		return fail(err, "there is no map at op %llu: redo leads to where one is made",
			(unsigned long long)s->now);
	return session_ensure_map(s, err);
}

struct snapshot *session_remember(struct session *s, char *title)
{
	struct snapshot *snap;

	s->snapshots = grow(s->snapshots, &s->snapshots_cap, s->nsnapshots, sizeof *s->snapshots);
	snap = &s->snapshots[s->nsnapshots++];
	*snap = (struct snapshot){ .point = s->now, .title = title };
	if (s->keep_json)
		snap->json = snapshot_json(s, title);
	return snap;
}

bool command_snapshot(struct session *s, const char *args, struct error *err)
{
	char *title = read_words(args, "the title", err);
	/* It may be what makes the map, and that is a step. */
	bool ok = title && ensure_present(s, err);

	if (!ok || s->replaying) {
		free(title);
		return ok;
	}
	if (!*title) {
		free(title);
		title = xasprintf("snapshot %zu", s->nsnapshots + 1);
	}
	session_remember(s, title);
	return true;
}

/* The caption of the present point, made when it has none yet. */
static struct caption *caption_here(struct session *s)
{
	size_t i = s->ncaptions;

	while (i > 0 && s->captions[i - 1].point > s->now)
		i--;
	if (i > 0 && s->captions[i - 1].point == s->now)
		return &s->captions[i - 1];
	s->captions = grow(s->captions, &s->captions_cap, s->ncaptions, sizeof *s->captions);
	memmove(s->captions + i + 1, s->captions + i, (s->ncaptions++ - i) * sizeof *s->captions);
	s->captions[i] = (struct caption){ .point = s->now };
	return &s->captions[i];
}

struct caption *session_set_caption(struct session *s, char *text)
{
	struct caption *c = caption_here(s);

	free(c->text);
	*c = (struct caption){ .text = text, .point = s->now };
	return c;
}

bool command_caption(struct session *s, const char *args, struct error *err)
{
	char *words;

	if (s->replaying)
		return true;
	words = read_words(args, "the caption", err);
	if (words)
		session_set_caption(s, words);
	return words != NULL;
}

static const struct caption *caption_shown(const struct session *s)
{
	/* An operation half done is not yet what was written about. */
	uint64_t at = session_half_done(s) ? s->now - 1 : s->now;
	size_t i = s->ncaptions;

	while (i > 0 && s->captions[i - 1].point > at)
		i--;
	if (i == 0 || (s->captions[i - 1].here && s->captions[i - 1].point != at))
		return NULL;
	return &s->captions[i - 1];
}

const char *session_caption(const struct session *s)
{
	const struct caption *c = caption_shown(s);

	return c && *c->text ? c->text : NULL;
}

const char *session_words(const struct session *s)
{
	const struct caption *c = caption_shown(s);

	return c && c->text[c->own] ? c->text + c->own : NULL;
}

bool command_scene(struct session *s, const char *args, struct error *err)
{
	char *name = take_rest(&args);
	bool ok = false;

	if (!*name)
		fail(err, "a name is missing, such as tombstones");
	else if (!s->scene)
		fail(err, "there are no scenes to load here");
	else
		ok = s->scene(s, name, err);
	free(name);
	return ok;
}

bool command_check(struct session *s, const char *args, struct error *err)
{
	struct check c;
	bool ok;

	if (!args_end(&args, "check", err))
		return false;
	ok = check_map(&s->map, &c);
	if (!ok)
		fail(err, "%llu fault%s, the first: %s: %s", (unsigned long long)c.faults,
			c.faults == 1 ? "" : "s", law_name(c.list[0].law),
			text_str(&c.list[0].says));
	check_free(&c);
	return ok;
}

static void choose_diff(struct session *s, uint64_t a, uint64_t b, char *file_a, char *file_b)
{
	free(s->diff_files[0]);
	free(s->diff_files[1]);
	s->diff[0] = a;
	s->diff[1] = b;
	s->diff_files[0] = file_a;
	s->diff_files[1] = file_b;
	s->diff_chosen = true;
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
	uint64_t a, b = s->now;

	args_skip(&args);
	if (*args && !isdigit((unsigned char)*args) && *args != '-' && *args != '#')
		return choose_files(s, args, err);
	if (!args_number(&args, s->total, &a, err))
		return false;
	args_skip(&args);
	if (*args && *args != '#' && !args_number(&args, s->total, &b, err))
		return false;
	if (!args_end(&args, "diff A [B]", err))
		return false;
	choose_diff(s, a, b, NULL, NULL);
	return true;
}

const struct target *session_layout(const struct session *s, int i)
{
	struct error unused;

	if (s->layout[i])
		return s->layout[i];
	return i == 0 ? s->target : target_find(s->target->ptrsize == 8 ? "386" : "amd64", &unused);
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
	s->layout[0] = b ? a : NULL;
	s->layout[1] = b ? b : a;
	return true;
}

bool command_export(struct session *s, const char *args, struct error *err)
{
	if (!*args)
		return fail(err, "a format is missing, such as text or json");
	if (!s->export)
		return fail(err, "there is nothing to export with");
	return ensure_present(s, err) && s->export(s, args, err);
}

static bool read_count(const char *args, const char *usage, uint64_t *n, struct error *err)
{
	*n = 1;
	args_skip(&args);
	if (*args && *args != '#' && !args_number(&args, UINT64_MAX, n, err))
		return false;
	return args_end(&args, usage, err);
}

bool command_undo(struct session *s, const char *args, struct error *err)
{
	uint64_t n;

	if (!read_count(args, "undo [N]", &n, err))
		return false;
	if (s->now <= session_first(s))
		return fail(err, "this is the beginning");
	n = n < s->now - session_first(s) ? n : s->now - session_first(s);
	return session_goto(s, s->now - n, err);
}

bool command_redo(struct session *s, const char *args, struct error *err)
{
	uint64_t n;

	if (!read_count(args, "redo [N]", &n, err))
		return false;
	if (s->now == s->total)
		return fail(err, "this is the end");
	return session_goto(s, n < s->total - s->now ? s->now + n : s->total, err);
}
