/* SPDX-License-Identifier: MIT */
#include "model/session/replay.h"

#include <jansson.h>
#include <string.h>

#include "model/session/script.h"

/* Comparing */

/* What is of the heap that a map lies in, and of what was done to get there. */
static bool is_apart(const char *name)
{
	static const char *const apart[] = { "title", "addr", "alloc_objects", "alloc_bytes",
		"referred_objects", "referred_bytes" };

	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		if (strcmp(apart[i], name) == 0)
			return true;
	return false;
}

static bool is_unknown(const json_t *v)
{
	return json_is_string(v) && strcmp(json_string_value(v), "?") == 0;
}

/* Whether they are alike in all that both have; else where tells the first place. */
static bool alike(json_t *a, json_t *b, struct text *where)
{
	size_t len = where->len, i;
	const char *name;
	json_t *one;

	if (json_is_array(a) && json_is_array(b) && json_array_size(a) == json_array_size(b)) {
		json_array_foreach(a, i, one) {
			text_printf(where, "[%zu]", i);
			if (!alike(one, json_array_get(b, i), where))
				return false;
			where->len = len;
		}
		return true;
	}
	if (!json_is_object(a) || !json_is_object(b))
		return json_equal(a, b) || is_unknown(a) || is_unknown(b);
	json_object_foreach(a, name, one) {
		json_t *other = json_object_get(b, name);

		text_printf(where, "%s%s", len ? "." : "", name);
		if (other && !is_apart(name) && !alike(one, other, where))
			return false;
		where->len = len;
	}
	return true;
}

/* The present state as a snapshot; NULL with err filled. */
static json_t *snapshot_of(const struct session *s, struct error *err)
{
	struct text text = { 0 };
	FILE *out = text_stream(&text);
	bool ok = session_write_snapshots(s, out, err);
	json_t *all, *last;

	fclose(out);
	all = ok ? json_loadb(text.s, text.len, 0, NULL) : NULL;
	last = json_object_get(all, "snapshots");
	last = json_incref(json_array_get(last, json_array_size(last) - 1));
	json_decref(all);
	text_free(&text);
	if (ok && !last)
		fail(err, "its state cannot be written");
	return last;
}

static struct capture *hand_over(void *data, struct error *err)
{
	struct recording *r = data;
	struct capture *c = r->capture;

	r->capture = NULL;
	if (!c)
		fail(err, "it was captured already");
	return c;
}

/* The memory that the program had, as a snapshot. */
static json_t *captured(struct recording *r, struct error *err)
{
	const struct session_options o = { .seed = SESSION_SEED, .history = true };
	struct session s;
	json_t *json = NULL;

	if (!session_open(&s, &o, err))
		return NULL;
	s.hooks.capture = hand_over;
	s.hooks.capture_data = r;
	if (session_run_as(&s, "capture", err))
		json = snapshot_of(&s, err);
	session_close(&s);
	return json;
}

static void compare(struct replay *p, struct recording *r, const struct session *s)
{
	struct text where = { 0 };
	struct error err;
	json_t *was = captured(r, &err), *is = was ? snapshot_of(s, &err) : NULL;

	if (!is) {
		text_printf(&p->verdict, "not compared with what the program had: %s", err.msg);
	} else if (alike(was, is, &where)) {
		p->exact = true;
		text_add(&p->verdict, "byte for byte what the program had");
	} else {
		text_printf(&p->verdict, "the program had something else in %s", text_str(&where));
	}
	json_decref(was);
	json_decref(is);
	text_free(&where);
}

/* Making */

static bool run_once(struct replay *p, struct recording *r, struct error *err)
{
	const struct session_options o = { .seed = SESSION_SEED };
	struct session s;
	FILE *in = fmemopen(p->script.s, p->script.len, "r");
	bool ok;

	if (!in)
		return fail(err, "%.300s: its operations cannot be read again", r->name);
	ok = session_open(&s, &o, err);
	if (ok) {
		ok = script_run_stream(&s, in, r->name, err) && session_ensure_map(&s, err);
		if (ok && r->capture)
			compare(p, r, &s);
		session_close(&s);
	}
	fclose(in);
	return ok;
}

static void say(struct replay *p, const struct recording *r)
{
	const struct recorded_map *m = r->chosen;
	struct text words = { 0 };

	if (!p->verdict.len)
		text_printf(&p->verdict, "not compared with what the program had: %s",
			r->no_capture.msg);
	if (!p->exact && !r->live.hash.known)
		text_add(&p->verdict, "; the hash key is not known");
	if (!p->exact && m->spoiled)
		text_printf(&p->verdict, "; %s", m->spoiled);
	text_printf(&words, "%s: %zu operation%s, %s", r->name, m->count, m->count == 1 ? "" : "s",
		text_str(&p->verdict));
	text_add(&p->script, "caption ");
	value_quote(&p->script, (const uint8_t *)words.s, words.len);
	text_add(&p->script, "\n");
	text_free(&words);
}

bool replay_make(struct replay *p, const struct recording_wish *wish, struct error *err)
{
	struct recording r;
	FILE *out;
	bool ok;

	*p = (struct replay){ 0 };
	ok = recording_make(&r, wish, err);
	if (ok) {
		out = text_stream(&p->script);
		recording_write(&r, out);
		fclose(out);
		ok = run_once(p, &r, err);
		if (ok)
			say(p, &r);
	}
	recording_free(&r);
	return ok;
}

void replay_free(struct replay *p)
{
	text_free(&p->script);
	text_free(&p->verdict);
}
