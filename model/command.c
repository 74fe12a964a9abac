/* SPDX-License-Identifier: MIT */
#include "model/command.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

static const struct command commands[] = {
	{ "map", "TYPE", "the map's type; starts a new map when it differs", ARG_TYPE, true,
		command_map },
	{ "arch", "NAME", "the target; everything so far is run again for it", ARG_ARCH, false,
		command_arch },
	{ "go", "VERSION", "the Go release; everything so far is run again for it", ARG_RELEASE,
		false, command_go },
	{ "hash", "aes|wyhash [HEX]", "the hash function and its process-wide key", ARG_HASH,
		false, command_hash },
	{ "seed", "U32", "the hash0 that is drawn next; several queue up", ARG_NUMBER, true,
		command_seed },
	{ "make", "[HINT]", "a new map", ARG_NUMBER, true, command_make },
	{ "insert", "KEY [ELEM] | A..B", "m[KEY] = ELEM; or the generated keys A to B", ARG_KEY,
		true, command_insert },
	{ "fill", "N", "insert the generated keys 0 to N-1", ARG_NUMBER, true, command_fill },
	{ "delete", "KEY | A..B", "delete(m, KEY)", ARG_KEY, true, command_delete },
	{ "clear", "", "clear(m)", ARG_NONE, true, command_clear },
	{ "lookup", "KEY | A..B", "_, ok := m[KEY]; changes nothing, shows the probe", ARG_KEY,
		true, command_lookup },
	{ "range", "[N|all] [from BUCKET SLOT]", 
		"a range loop, left at its first entry; or stopped at its Nth", ARG_NUMBER, true,
		command_range },
	{ "next", "[N|all]", "go on with a stopped range loop, N entries far", ARG_NUMBER, true,
		command_next },
	{ "collide", "BUCKET [N]", "insert N keys that land in that bucket", ARG_NUMBER, true,
		command_collide },
	{ "grow", "[same]", "insert fresh keys until a growth starts; or a same-size one",
		ARG_TEXT, true, command_grow },
	{ "evacuate", "[N]", "move the next N old buckets on", ARG_NUMBER, true, command_evacuate },
	{ "gc", "", "collect what the map no longer reaches", ARG_NONE, true, command_gc },
	{ "check", "", "fails where the map's memory breaks a law", ARG_NONE, false, command_check },
	{ "snapshot", "[\"TITLE\"]", "remember the state under a title", ARG_TEXT, true,
		command_snapshot },
	{ "caption", "[\"TEXT\"]", "words to show from here on; none without TEXT", ARG_TEXT, true,
		command_caption },
	{ "scene", "NAME", "begin anew with a scene that ships with the program", ARG_SCENE, false,
		command_scene },
	{ "diff", "A [B] | FILE FILE", "compare points, A and B or A and now; or snapshot files",
		ARG_NUMBER, false, command_diff },
	{ "export", "[--view NAME] FORMAT [FILE]", "write the state now", ARG_FORMAT, false, command_export },
	{ "undo", "[N]", "N operations back", ARG_NUMBER, false, command_undo },
	{ "redo", "[N]", "N operations forth", ARG_NUMBER, false, command_redo },
};

const struct command *command_at(unsigned i)
{
	return i < sizeof commands / sizeof *commands ? &commands[i] : NULL;
}

void args_skip(const char **at)
{
	while (**at == ' ' || **at == '\t')
		++*at;
}

const struct command *command_find(const char *line, const char **args, struct error *err)
{
	size_t n;

	args_skip(&line);
	n = strcspn(line, " \t#");
	for (unsigned i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strlen(commands[i].name) != n || memcmp(commands[i].name, line, n) != 0)
			continue;
		*args = line + n;
		args_skip(args);
		return &commands[i];
	}
	fail(err, "unknown command \"%.*s\"", n > 40 ? 40 : (int)n, line);
	return NULL;
}

/* Nothing may follow but blanks and a comment. */
bool args_end(const char **at, const char *usage, struct error *err)
{
	args_skip(at);
	if (**at == '\0' || **at == '#')
		return true;
	return fail(err, "\"%.40s\" is too much: %s", *at, usage);
}

bool args_word(const char **at, const char *word)
{
	size_t n = strlen(word);

	args_skip(at);
	if (strncmp(*at, word, n) != 0 || ((*at)[n] && !strchr(" \t#", (*at)[n])))
		return false;
	*at += n;
	return true;
}

bool args_number(const char **at, uint64_t most, uint64_t *value, struct error *err)
{
	char *end;
	int n;

	args_skip(at);
	n = (int)strcspn(*at, " \t#");
	n = n > 40 ? 40 : n;
	if (n == 0)
		return fail(err, "a number is missing");
	if (**at == '-')
		return fail(err, "%.*s is negative: a number from 0 up is expected", n, *at);
	errno = 0;
	*value = strtoull(*at, &end, **at == '0' && ((*at)[1] | 32) == 'x' ? 16 : 10);
	if (!isdigit((unsigned char)**at) || (*end && !strchr(" \t#", *end)))
		return fail(err, "\"%.*s\" is no number", n, *at);
	if (errno == ERANGE || *value > most)
		return fail(err, "%.*s is too large: %llu at most", n, *at, (unsigned long long)most);
	*at = end;
	return true;
}

/* One end of a run: digits, perhaps with a minus. */
static bool run_end(const char **at, int64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)(*at)[**at == '-']))
		return false;
	errno = 0;
	*value = strtoll(*at, &end, 10);
	*at = end;
	return errno == 0;
}

bool args_run(const char **at, int64_t *from, int64_t *to)
{
	const char *s = *at;

	if (!run_end(&s, from) || strncmp(s, "..", 2) != 0)
		return false;
	s += 2;
	if (!run_end(&s, to) || (*s && !strchr(" \t#", *s)))
		return false;
	*at = s;
	return true;
}

/* "#" begins a comment, except in a literal's quotes. */
char *command_text(const char *line)
{
	const char *end = line;
	char quote = 0;

	for (; *end && (quote || *end != '#'); end++) {
		if (quote && *end == '\\' && quote != '`' && end[1])
			end++;
		else if (quote && *end == quote)
			quote = 0;
		else if (!quote && (*end == '"' || *end == '`' || *end == '\''))
			quote = *end;
	}
	while (end > line && strchr(" \t\r", end[-1]))
		end--;
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	return xstrndup(line, (size_t)(end - line));
}

/*
 * A command that changed nothing is kept at the end of the timeline only; in its past it may be
 * given without a new future. What it remembered there belongs to its point.
 */
static void drop_pending(struct session *s, const struct command *c, bool ok)
{
	if (ok && s->now == s->total)
		session_change(s);
	else if (ok && (c->run == command_snapshot || c->run == command_caption))
		session_add_remark(s, s->pending);
	free(s->pending);
	s->pending = NULL;
}

/* Runs a command that belongs to the timeline, and keeps it if it did anything. */
static bool run_timeline(struct session *s, const struct command *c, char *text, const char *args,
	struct error *err)
{
	uint64_t first = s->now;
	bool ok;

	s->pending = text;
	s->step_journal = s->journal.at;
	s->running = true;
	ok = c->run(s, args, err);
	s->running = false;
	if (s->pending) {
		drop_pending(s, c, ok);
		return ok;
	}
	/* In the past, a command that fails costs nothing. */
	if (!ok && session_restore_future(s))
		return false;
	session_drop_future(s);
	s->total = s->now;
	if (!ok) {
		/* What the step under way changed is undone; the steps before it stay. */
		if (s->journal.on) {
			journal_move(&s->journal, s->step_journal);
			journal_cut(&s->journal);
		}
		s->trace.count = s->npoints ? s->points[s->npoints - 1].trace : 0;
	}
	/* A long run that was given up before its end is followed by others. */
	if (s->history && !s->journal.on)
		session_record(s, true);
	s->entries[s->nentries - 1].steps = s->now - first;
	s->entries[s->nentries - 1].cut = !ok;
	if (!ok && s->now == first)
		free(s->entries[--s->nentries].text);
	return ok;
}

bool session_run(struct session *s, const char *line, struct error *err)
{
	char *text = command_text(line);
	const struct command *c;
	const char *args;
	bool ok;

	s->forgot_future = false;
	if (!*text) {
		free(text);
		return true;
	}
	c = command_find(text, &args, err);
	/* Only an export may look at an operation half done. */
	if (c && c->run != command_export)
		session_whole(s);
	if (c && c->timeline) {
		ok = run_timeline(s, c, text, args, err);
	} else {
		ok = c && c->run(s, args, err);
		free(text);
	}
	return ok || (c && fail_in(err, "%s", c->name));
}
