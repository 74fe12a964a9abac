/* SPDX-License-Identifier: MIT */
/* What is remembered on the way: snapshots under titles, and captions to be shown. */
#include "model/session/command.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/quoted.h"
#include "model/source/snapshot.h"

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

bool session_ensure_present(struct session *s, struct error *err)
{
	if (!s->world.map.header && s->time.now < s->time.total && !s->run.again)
		return fail(err, "there is no map at op %llu: redo leads to where one is made",
			(unsigned long long)s->time.now);
	return session_ensure_map(s, err);
}

static struct subject subject_of(const struct session *s)
{
	return (struct subject){ .world = &s->world, .opened = session_opened(s),
		.caption = session_words(s), .watcher = &s->hooks.watcher,
		.again = session_lays_again(s) };
}

/* The snapshot that was not kept, in a session beside this one, if this shows another point. */
struct laid {
	const struct session *s;
	struct session beside;
	bool open;
};

static const struct map *lay_again(void *data, struct error *err)
{
	struct laid *l = data;

	if (session_lays_again(l->s))
		return &l->s->world.map;
	if (!l->open)
		l->open = session_open_snapshot(
			&l->beside, l->s->source, session_first_opened(l->s), err);
	return l->open ? &l->beside.world.map : NULL;
}

bool session_write_snapshots(const struct session *s, FILE *out, struct error *err)
{
	struct subject now = subject_of(s);
	struct laid laid = { .s = s };
	bool ok;

	now.make = lay_again;
	now.data = &laid;
	ok = snapshot_write(&s->time, &now, out, err);
	if (laid.open)
		session_close(&laid.beside);
	return ok;
}

static void keep(struct session *s, struct snapshot *snap, struct kept_snapshot *before)
{
	struct subject now = subject_of(s);

	snap->kept = snapshot_keep(&now, snap->title, before);
}

struct snapshot *session_remember(struct session *s, char *title)
{
	struct kept_snapshot *before;
	struct snapshot *snap;

	session_keep_due(s);
	before = s->time.nsnapshots ? s->time.snapshots[s->time.nsnapshots - 1].kept : NULL;
	xadd(s->time.snapshots, s->time.nsnapshots, s->time.snapshots_cap,
		(struct snapshot){ .point = s->time.now, .title = title });
	snap = &s->time.snapshots[s->time.nsnapshots - 1];
	/* A program's map may be large: it is not there twice until it has to be. */
	snap->due = s->desk.keep_json && session_captured(s);
	if (s->desk.keep_json && !snap->due)
		keep(s, snap, before);
	return snap;
}

void session_keep_due(struct session *s)
{
	size_t n = s->time.nsnapshots;
	struct snapshot *last = n ? &s->time.snapshots[n - 1] : NULL;

	if (!last || !last->due || last->point != s->time.now)
		return;
	last->due = false;
	keep(s, last, n > 1 ? s->time.snapshots[n - 2].kept : NULL);
}

bool command_snapshot(struct session *s, const char *args, struct error *err)
{
	char *title = read_words(args, "the title", err);
	/* It may be what makes the map, and that is a step. */
	bool ok = title && session_ensure_present(s, err);

	if (!ok || s->run.replaying) {
		free(title);
		return ok;
	}
	if (!*title) {
		free(title);
		title = xasprintf("snapshot %zu", s->time.nsnapshots + 1);
	}
	session_remember(s, title);
	return true;
}

/* The caption of the present point, made when it has none yet. */
static struct caption *caption_here(struct session *s)
{
	size_t i = s->time.ncaptions;

	while (i > 0 && s->time.captions[i - 1].point > s->time.now)
		i--;
	if (i > 0 && s->time.captions[i - 1].point == s->time.now)
		return &s->time.captions[i - 1];
	s->time.captions = xroom(s->time.captions, &s->time.captions_cap, s->time.ncaptions,
		sizeof *s->time.captions);
	memmove(s->time.captions + i + 1, s->time.captions + i, (s->time.ncaptions++ -
		i) * sizeof *s->time.captions);
	s->time.captions[i] = (struct caption){ .point = s->time.now };
	return &s->time.captions[i];
}

struct caption *session_set_caption(struct session *s, char *text)
{
	struct caption *c = caption_here(s);

	caption_free(c);
	*c = (struct caption){ .text = text, .entries = s->time.nentries, .point = s->time.now };
	return c;
}

/* --view NAME before the words; to be freed, NULL when there is none. */
static char *read_view(const char **args)
{
	static const char option[] = "--view ";
	const char *at = *args + strlen(option);
	size_t n;

	if (strncmp(*args, option, strlen(option)) != 0)
		return NULL;
	at += strspn(at, " ");
	n = strcspn(at, " ");
	*args = at + n + strspn(at + n, " ");
	return n ? xasprintf("%.*s", (int)n, at) : NULL;
}

bool command_caption(struct session *s, const char *args, struct error *err)
{
	char *words, *view;

	if (s->run.replaying)
		return true;
	view = read_view(&args);
	words = read_words(args, "the caption", err);
	if (words)
		session_set_caption(s, words)->view = view;
	else
		free(view);
	return words != NULL;
}

static const struct caption *caption_shown(const struct session *s)
{
	/* An operation half done is not yet what was written about. */
	uint64_t at = session_half_done(s) ? s->time.now - 1 : s->time.now;
	size_t i = s->time.ncaptions;

	while (i > 0 && s->time.captions[i - 1].point > at)
		i--;
	if (i == 0 || (s->time.captions[i - 1].here && s->time.captions[i - 1].point != at))
		return NULL;
	return &s->time.captions[i - 1];
}

const char *session_caption(const struct session *s)
{
	const struct caption *c = caption_shown(s);

	return c && *c->text ? c->text : NULL;
}

const char *session_caption_view(const struct session *s)
{
	const struct caption *c = caption_shown(s);

	return c && *c->text && c->point == s->time.now ? c->view : NULL;
}

const char *session_words(const struct session *s)
{
	const struct caption *c = caption_shown(s);

	return c && c->text[c->own] ? c->text + c->own : NULL;
}
