/* SPDX-License-Identifier: MIT */
/*
 * Sessions that begin with a snapshot file, or with what was captured from a program: the commands
 * open and capture, and what they make impossible.
 */
#include "model/session/command.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/source/rebuild.h"

enum { JOURNALED_MOST = 64 << 20, JOURNALED_ENTRIES = 10000 };

/* The snapshots of a file that are opened: from, to - 1. */
struct range {
	size_t from, to;
};

/* What a snapshot says of names goes over what they were. */
static void add_declarations(struct session *s, const struct declared *all)
{
	struct error unused;
	bool changed;

	for (size_t i = 0; i < all->count; i++) {
		char *text = declaration_text(&all->list[i]);

		declared_add(s->given.declared, text, &changed, &unused);
		free(text);
	}
}

/* Back to before everything, on the target of a snapshot and with its type. */
static bool begin(struct session *s, const struct source_setting *set, struct error *err)
{
	add_declarations(s, &set->declared);
	s->given.target = set->target;
	s->given.release = set->release;
	s->given.release_chosen = true;
	s->given.base = set->base;
	free(s->given.first_type);
	s->given.first_type = xstrdup(set->type->asked);
	s->given.first_hint = 0;
	s->given.stays = set->stays;
	s->given.family = target_hash(set->target);
	s->given.family_chosen = set->hashed;
	if (set->hashed) {
		s->given.family = s->given.chosen = set->family;
		s->given.hashkey_size = set->hashkey_size;
		memcpy(s->given.hashkey, set->hashkey, sizeof s->given.hashkey);
	}
	return session_reset(s, err);
}

/* Whether the session's memory is of the same kind. */
static bool same_world(const struct session *s, const struct source_setting *set)
{
	return s->given.target == set->target && s->given.release == set->release &&
		s->given.base == set->base && s->given.stays == set->stays &&
		s->given.family_chosen == set->hashed &&
		(!set->hashed || (s->given.family == set->family &&
			s->given.hashkey_size == set->hashkey_size &&
			memcmp(s->given.hashkey, set->hashkey, s->given.hashkey_size) == 0));
}

/*
 * The next snapshot is of another target, release or hash: it gets a heap of its own. The journal
 * does not lead back from there; who goes back runs all again.
 */
static bool change_world(struct session *s, const struct source_setting *set, struct error *err)
{
	uint64_t now = s->time.now, stop = s->run.stop;
	bool ok = begin(s, set, err);

	s->time.now = now;
	s->run.stop = stop;
	session_record(s, false);
	s->run.step_journal = s->world.journal.at;
	return ok;
}

static void add_caption(struct session *s, const struct source *src, size_t i,
	const struct text *lost)
{
	const struct source_snapshot *snap = &src->list[i];
	const char *words = snap->caption ? snap->caption : "";
	char *text = xasprintf("%s, snapshot %zu of %zu: %s%s%s%s%s", src->name, i + 1, src->count,
		snap->title, lost->len ? ". Not restored: " : "", text_str(lost),
		*words ? ". " : "", words);
	struct caption *c = session_set_caption(s, text);

	c->here = true;
	c->own = strlen(text) - strlen(words);
}

/* Of a program the title line says what it is. */
static void add_words(struct session *s, const struct source *src, size_t i,
	const struct text *lost)
{
	static const char
		torn[] = "It was written to all the time: this is no picture of one moment.";
	const struct capture *c = src->list[i].captured;

	if (!c)
		add_caption(s, src, i, lost);
	else if (c->writing)
		session_set_caption(s, xstrdup(torn))->here = true;
}

static bool is_large(const struct source_snapshot *snap)
{
	return snap->buckets.count + snap->tables.used > JOURNALED_ENTRIES; /* one of them is 0 */
}

/*
 * The journal need not know a copy of a program's memory, nor a large map that nothing stands
 * before: it can be laid again.
 */
static bool is_apart(const struct session *s, const struct source_snapshot *snap)
{
	uint64_t bytes = 0;

	if (s->time.now == 0 && is_large(snap))
		return true;
	for (size_t i = 0; snap->captured && i < snap->captured->copied.memory.count; i++)
		bytes += snap->captured->copied.memory.list[i].size;
	return s->time.now > 0 && bytes > JOURNALED_MOST;
}

/* Memory of the snapshot's type and target, and in it the snapshot. */
static bool show_one(struct session *s, const struct source *src, size_t i, struct text *lost,
	struct error *err)
{
	const struct source_setting *set = src->list[i].setting;
	char *label = xasprintf("%s %zu", src->list[i].captured ? "capture" : "snapshot", i + 1);
	bool on = s->world.journal.on, same = same_world(s, set);
	bool apart = !same || is_apart(s, &src->list[i]);
	bool ok = same || change_world(s, set, err);

	if (same && apart) {
		session_record(s, false);
		s->run.step_journal = s->world.journal.at;
	}
	add_declarations(s, &set->declared);
	if (ok && (strcmp(s->world.map.type->asked, set->type->asked) != 0 ||
			!gotype_read_alike(s->world.map.type->type, set->type->type)))
		ok = session_set_type(s, set->type->asked, err);
	ok = ok && rebuild(&s->world, src, i, lost, err);
	if (ok)
		step_end(s, label, NULL, NULL);
	if (apart)
		session_record(s, on);
	free(label);
	return ok;
}

/* Each snapshot is a point of the timeline. */
static bool show(struct session *s, const struct source *src, struct range range, struct error *err)
{
	if (!s->run.again)
		s->run.goal = s->time.now + range.to - range.from;
	for (size_t i = range.from; i < range.to; i++) {
		struct text lost = { 0 };
		bool ok;

		/* What was given up before the first one would leave nothing to look at. */
		if (session_stops(s) || !step_begin(s))
			return i > range.from || !s->run.interrupted || work_fail(err);
		ok = show_one(s, src, i, &lost, err);

		if (ok && !s->run.replaying) {
			add_words(s, src, i, &lost);
			session_remember(s, xstrdup(src->list[i].title))->opened = true;
		}
		text_free(&lost);
		if (!ok)
			return false;
	}
	return true;
}

/* A session that nobody sees, on the file's target. */
static bool open_hidden(struct session *s, const struct source_setting *set, struct error *err)
{
	struct session_options o = { .type = set->type->asked, .arch = set->target->name,
		.release = set->release->name, .seed = SESSION_SEED,
		.declared = &set->declared };

	return session_open(s, &o, err);
}

bool session_open_snapshot(struct session *s, const struct source *src, size_t i, struct error *err)
{
	const struct source_setting *set = src->list[i].setting;

	if (!open_hidden(s, set, err))
		return false;
	if (begin(s, set, err) && show(s, src, (struct range){ i, i + 1 }, err))
		return true;
	session_close(s);
	return false;
}

/* Whether all of it can be opened. */
static bool try(struct session *s, const struct source *src, struct range range, struct error *err)
{
	const struct source_setting *set = src->list[range.from].setting;
	struct session trial;
	bool ok;

	if (!open_hidden(&trial, set, err))
		return false;
	trial.hooks.watcher = s->hooks.watcher;
	ok = begin(&trial, set, err) && show(&trial, src, range, err) &&
		(!trial.run.interrupted || work_fail(err));
	session_close(&trial);
	return ok;
}

/* N, counted from 1; all of them when it is left out. */
static bool read_range(const struct source *src, const char *args, struct range *range,
	struct error *err)
{
	uint64_t n;

	*range = (struct range){ 0, src->count };
	if (!args_more(&args))
		return true;
	if (!args_number(&args, UINT32_MAX, &n, err) || !args_end(&args, "open FILE [N]", err))
		return false;
	if (n == 0 || n > src->count)
		return fail(err, "%.160s: there is no snapshot %llu: it has %zu", src->name,
			(unsigned long long)n, src->count);
	*range = (struct range){ (size_t)n - 1, (size_t)n };
	return true;
}

/* Nothing was done yet that could be lost. */
static bool is_fresh(const struct session *s)
{
	return !s->time.nentries && !s->time.total && !s->world.map.header && !s->time.nsnapshots &&
		!s->time.ncaptions;
}

/* The snapshots, instead of all that was there. Takes the source. */
static bool replace(struct session *s, struct source *src, struct range range, struct error *err)
{
	uint64_t most = s->run.stop - s->time.now;

	session_forget_all(s);
	s->source = src;
	if (!begin(s, src->list[range.from].setting, err))
		return false;
	s->run.stop = most;
	s->run.step_journal = s->world.journal.at;
	return show(s, src, range, err);
}

/* In a fresh session they are not tried before: what they left behind is forgotten again. */
static bool open_fresh(struct session *s, struct source *src, struct range range, struct error *err)
{
	struct circumstances before = s->given;
	struct error unused;

	before.first_type = xstrdup(s->given.first_type);
	if (replace(s, src, range, err)) {
		free(before.first_type);
		return true;
	}
	free(s->given.first_type);
	s->given = before;
	landmarks_free(&s->time.landmarks);
	session_forget_source(s);
	session_forget_snapshots(s);
	session_forget_captions(s, 0);
	session_reset(s, &unused);
	s->run.step_journal = s->world.journal.at;
	return false;
}

/* Takes the source. */
static bool open_source(struct session *s, struct source *src, const char *args, struct error *err)
{
	struct range range;
	bool ok = read_range(src, args, &range, err);

	if (ok && is_fresh(s))
		return open_fresh(s, src, range, err);
	if (ok && try(s, src, range, err)) {
		bool bound = s->run.bound;

		/* What was there is gone by now. */
		s->run.bound = true;
		ok = replace(s, src, range, err);
		s->run.bound = bound;
		return ok;
	}
	source_free(src);
	return false;
}

bool command_open(struct session *s, const char *args, struct error *err)
{
	struct range range;
	struct source *src;
	char *file;
	bool ok;

	if (!args_file(&args, true, &file, err))
		return false;
	if (!file)
		return fail(err, "a file is missing: open FILE [N]");
	if (s->run.again) {
		free(file);
		return read_range(s->source, args, &range, err) && show(s, s->source, range, err);
	}
	src = s->opening ? s->opening : source_load(&s->access, file, &s->hooks.watcher, err);
	s->opening = NULL;
	ok = src && open_source(s, src, args, err);
	free(file);
	return ok;
}

/* One that is there: of a timeline that is run again, or of a file that says so. */
static bool capture_again(struct session *s, uint64_t n, struct error *err)
{
	if (!source_is_captured(s->source) || n == 0 || n > s->source->count)
		return fail(err,
			"there is no capture %llu here: capture takes one of the program that "
			"hmapview --pid or --core looks at", (unsigned long long)n);
	return show(s, s->source, (struct range){ (size_t)n - 1, (size_t)n }, err);
}

/* The command is kept as one that leads to what it captured. */
static void name_capture(struct session *s, size_t n)
{
	if (!s->run.pending)
		return;
	free(s->run.pending);
	s->run.pending = xasprintf("capture %zu", n);
}

static bool capture_first(struct session *s, struct capture *c, struct error *err)
{
	struct source *src = source_captured(c, err);

	if (!src)
		return false;
	name_capture(s, 1);
	return open_fresh(s, src, (struct range){ 0, 1 }, err);
}

bool command_capture(struct session *s, const char *args, struct error *err)
{
	struct capture *c;
	uint64_t n;
	size_t at;

	if (args_more(&args))
		return args_number(&args, UINT32_MAX, &n, err) &&
			args_end(&args, "capture", err) && capture_again(s, n, err);
	if (!s->hooks.capture || (!is_fresh(s) && !source_is_captured(s->source)))
		return fail(err, "no program is looked at: hmapview --pid N --map MAP");
	c = s->hooks.capture(s->hooks.capture_data, err);
	if (!c)
		return false;
	if (!s->source)
		return capture_first(s, c, err);
	at = s->source->count;
	if (!source_add_captured(s->source, c, err))
		return false;
	name_capture(s, at + 1);
	return show(s, s->source, (struct range){ at, at + 1 }, err);
}

bool session_open_stream(struct session *s, FILE *in, const char *path, struct error *err)
{
	struct text line = { 0 };
	struct source *src;
	bool ok;

	src = source_read(in, strcmp(path, "-") == 0 ? "standard input" : path, &s->hooks.watcher,
		err);
	if (!src)
		return false;
	text_add(&line, "open ");
	args_add_file(&line, path);
	s->opening = src;
	ok = session_run_as(s, text_str(&line), err);
	text_free(&line);
	return ok;
}

bool session_may_change(const struct session *s, struct error *err)
{
	if (!s->source)
		return true;
	return fail(err, "a snapshot is of one target and hash, these are of %s, Go %s: %.160s",
		s->given.target->name, s->given.release->name, s->source->name);
}

uint64_t session_first(const struct session *s)
{
	return s->source ? 1 : 0;
}

const char *session_captured(const struct session *s)
{
	return source_is_captured(s->source) ? s->source->name : NULL;
}

const char *session_file(const struct session *s)
{
	const char *slash = s->source ? strrchr(s->source->name, '/') : NULL;

	if (!s->source || source_is_captured(s->source))
		return NULL;
	return slash && slash[1] ? slash + 1 : s->source->name;
}

/* The capture that the present point is. */
static const struct source_snapshot *captured_here(const struct session *s)
{
	unsigned long long n;

	for (size_t i = s->time.nentries; i > 0; i--) {
		const struct entry *e = &s->time.entries[i - 1];

		if (e->first + 1 == s->time.now && sscanf(e->text, "capture %llu", &n) == 1 && n &&
			n <= s->source->count)
			return &s->source->list[n - 1];
	}
	return NULL;
}

/* Which snapshots of the file the timeline begins with; false when it begins with none. */
static bool find_range(const struct session *s, struct range *range)
{
	struct error unused;
	const char *args;
	char *file;

	if (!s->source || source_is_captured(s->source) || !s->time.nentries ||
		!command_find(behind_first(s->time.entries[0].text), &args, &unused) ||
		!args_file(&args, true, &file, &unused))
		return false;
	free(file);
	return read_range(s->source, args, range, &unused);
}

const struct source_snapshot *session_opened(const struct session *s)
{
	const struct entry *e = s->time.nentries ? &s->time.entries[0] : NULL;
	struct range range;

	if (source_is_captured(s->source))
		return captured_here(s);
	/* How many steps it made is known when others follow. */
	if (!e || s->time.now == 0 || (s->time.nentries > 1 && s->time.now > e->steps) ||
		!find_range(s, &range) || s->time.now > range.to - range.from)
		return NULL;
	return &s->source->list[range.from + s->time.now - 1];
}

size_t session_first_opened(const struct session *s)
{
	struct range range;

	return find_range(s, &range) ? range.from : 0;
}

bool session_lays_again(const struct session *s)
{
	const struct source_snapshot *opened = session_opened(s);

	return opened && s->time.now == 1 && !opened->captured && is_large(opened);
}
