/* SPDX-License-Identifier: MIT */
/* The commands that set what runs depend on, and those that look at the timeline. */
#include "model/engines/engines.h"
#include "model/session/command.h"
#include "model/session/twin.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/figures/check.h"
#include "model/base/hex.h"
#include "model/base/mem.h"

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
	struct gotype_scope scope = session_scope(s);
	struct maptype *t;
	bool same;

	if (!*args)
		return fail(err, "a type is missing, such as map[string]int");
	t = maptype_new(args, &scope, err);
	if (!t)
		return false;
	same = strcmp(t->type->name, s->world.map.type->type->name) == 0;
	maptype_free(t);
	/*
	 * Written differently, it is the same type still; before anything was made, the last
	 * word counts.
	 */
	if (same && s->world.map.header)
		return true;
	if (!s->world.map.header) {
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

/* All of the arguments is a name; what is missing where there is none. */
static bool set_by_name(struct session *s, const char *args, command_run *set, const char *missing,
	struct error *err)
{
	char *name = take_rest(&args);
	bool ok = *name ? set(s, name, err) : fail(err, "a %s", missing);

	free(name);
	return ok;
}

bool command_arch(struct session *s, const char *args, struct error *err)
{
	return set_by_name(s, args, session_set_arch, "target is missing, such as amd64 or 386",
		err);
}

bool command_go(struct session *s, const char *args, struct error *err)
{
	return set_by_name(s, args, session_set_release, "release is missing, such as 1.19", err);
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
		return fail(err,
			"the key has %zu hexadecimal digits: %u for 64 bit or %u for 32 bit",
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
	if (!read_key(&args, family, key, &size, err) ||
		!args_end(&args, "hash aes|wyhash [HEX]", err))
		return false;
	return session_set_hash(s, family, size ? key : NULL, size, err);
}

bool command_seed(struct session *s, const char *args, struct error *err)
{
	unsigned bytes = s->given.release->engine == ENGINE_SWISS ? s->given.target->ptrsize : 4;
	uint64_t most = UINT64_MAX >> (64 - 8 * bytes), value;
	const char *given = args;

	if (!args_number(&args, s->run.again ? UINT64_MAX : most, &value, err) ||
		!args_end(&args, "seed HEX", err))
		return false;
	if (random_waiting(&s->world.random.seeds) == RANDOM_QUEUE)
		return fail(err, "%d values are waiting already", RANDOM_QUEUE);
	session_change(s);
	if (value > most)
		aside_tell(s, given, xasprintf("%llu", (unsigned long long)(value & most)));
	return random_add(&s->world.random, &s->world.random.seeds, value & most);
}

bool command_draw(struct session *s, const char *args, struct error *err)
{
	struct random *random = &s->world.random;
	uint64_t most = s->given.release->wide_draws ? UINT64_MAX : UINT32_MAX, value, all = 0;
	const char *given = args;
	struct text fits = { 0 };
	uint32_t count = 0;

	for (const char *at = args; count == 0 || args_more(&at); count++)
		if (!args_number(&at, s->run.again ? UINT64_MAX : most, &value, err))
			return false;
	if (count > RANDOM_QUEUE - random_waiting(&random->draws))
		return fail(err, "%d values may wait, %u do already", RANDOM_QUEUE,
			random_waiting(&random->draws));
	session_change(s);
	while (args_more(&args) && args_number(&args, UINT64_MAX, &value, err)) {
		all |= value;
		value &= most;
		random_add(random, &random->draws, value);
		text_printf(&fits, "%s%llu", fits.len ? " " : "", (unsigned long long)value);
	}
	if (all > most)
		aside_tell(s, given, xstrdup(text_str(&fits)));
	text_free(&fits);
	return true;
}

bool command_random(struct session *s, const char *args, struct error *err)
{
	uint64_t n;

	return args_number(&args, UINT64_MAX, &n, err) && args_end(&args, "random N", err) &&
		session_set_seed(s, n, err);
}

bool command_hint(struct session *s, const char *args, struct error *err)
{
	uint64_t n;

	return args_number(&args, INT64_MAX, &n, err) && args_end(&args, "hint N", err) &&
		session_set_hint(s, n, err);
}

bool command_beside(struct session *s, const char *args, struct error *err)
{
	return set_by_name(s, args, session_set_twin, "release is missing, such as 1.27", err);
}

bool command_escape(struct session *s, const char *args, struct error *err)
{
	bool stays = args_word(&args, "no");

	if (!stays && !args_word(&args, "yes"))
		return fail(err, "yes or no is expected");
	return args_end(&args, "escape yes|no", err) && session_set_stays(s, stays, err);
}

static bool load_scene(struct session *s, const char *name, struct error *err)
{
	return s->hooks.scene ? s->hooks.scene(s, name, err)
		: fail(err, "there are no scenes to load here");
}

bool command_scene(struct session *s, const char *args, struct error *err)
{
	return set_by_name(s, args, load_scene, "name is missing, such as tombstones", err);
}

bool command_check(struct session *s, const char *args, struct error *err)
{
	struct check c;
	bool ok;

	if (!args_end(&args, "check", err))
		return false;
	ok = check_map(&s->world.map, &c);
	if (!ok)
		fail(err, "%llu fault%s, the first: %s: %s", (unsigned long long)c.faults,
			c.faults == 1 ? "" : "s", c.book->laws[c.list[0].law].name,
			text_str(&c.list[0].says));
	check_free(&c);
	return ok;
}

bool command_export(struct session *s, const char *args, struct error *err)
{
	if (!*args)
		return fail(err, "a format is missing, such as text or json");
	if (!s->hooks.export)
		return fail(err, "there is nothing to export with");
	return session_ensure_present(s, err) && s->hooks.export(s, args, err);
}

/*
 * How many operations of the command that the present lies in are behind it, or before it: of the
 * one that ends here, or begins here. 0 when there is none.
 */
static uint64_t whole_command(const struct session *s, bool back)
{
	const struct timeline *t = &s->time;

	for (size_t i = 0; i < t->nentries; i++) {
		const struct entry *e = &t->entries[i];
		uint64_t last = e->first + e->steps;

		if (back && e->first < t->now && t->now <= last)
			return t->now - e->first;
		if (!back && e->first <= t->now && t->now < last)
			return last - t->now;
	}
	return 0;
}

/* How far back or forth: so many operations, or a command. */
static bool read_steps(const struct session *s, const char *args, bool back, uint64_t *n,
	struct error *err)
{
	*n = 1;
	if (!args_word(&args, "command"))
		return args_last_number(&args, UINT64_MAX, n, back ? "undo [N]" : "redo [N]", err);
	*n = whole_command(s, back);
	*n += !*n;
	return args_end(&args, back ? "undo command" : "redo command", err);
}

bool command_undo(struct session *s, const char *args, struct error *err)
{
	uint64_t n;

	if (!read_steps(s, args, true, &n, err))
		return false;
	if (s->time.now <= session_first(s))
		return fail(err, "this is the beginning");
	n = n < s->time.now - session_first(s) ? n : s->time.now - session_first(s);
	return session_goto(s, s->time.now - n, err);
}

bool command_redo(struct session *s, const char *args, struct error *err)
{
	uint64_t n;

	if (!read_steps(s, args, false, &n, err))
		return false;
	if (s->time.now == s->time.total)
		return fail(err, "this is the end");
	return session_goto(s, n < s->time.total - s->time.now ? s->time.now + n : s->time.total,
		err);
}
