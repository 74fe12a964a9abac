/* SPDX-License-Identifier: MIT */
/* What a page shows, as words: of the command line, and of the command export. */
#include <string.h>

#include "model/base/nearest.h"
#include "model/session/command.h"
#include "tui/page/page.h"

enum { WIDTH_LEAST = 40, WIDTH_MOST = 500 };

static bool read_view(const char *text, struct page_options *o, struct error *err)
{
	o->view = text;
	return page_view_find(text, err) != NULL;
}

static bool read_width(const char *text, struct page_options *o, struct error *err)
{
	uint64_t n;

	if (!args_number(&text, WIDTH_MOST, &n, err) || !args_end(&text, "a number", err))
		return false;
	o->width = (int)n;
	return n >= WIDTH_LEAST || fail(err, "%d columns at least", WIDTH_LEAST);
}

static bool read_cursor(const char *text, struct page_options *o, struct error *err)
{
	o->cursor = text;
	return *text || fail(err, "what to look at is missing: a key, or @BUCKET");
}

static bool read_buckets(const char *text, struct page_options *o, struct error *err)
{
	static const char usage[] = "A..B, one bucket or \"all\" is expected";
	struct page_buckets *b = &o->buckets;
	int64_t from, to;
	const char *at = text;

	*b = (struct page_buckets){ .pick = PICK_ALL };
	if (strcmp(text, "all") == 0)
		return true;
	b->pick = PICK_RANGE;
	if (args_run(&at, &from, &to) && !*at && from >= 0 && to >= 0) {
		b->from = (uint64_t)from;
		b->to = (uint64_t)to;
		return from <= to || fail(err, "%.40s runs backwards", text);
	}
	at = text;
	if (strstr(text, "..") || !args_number(&at, INT64_MAX, &b->from, err) || *at)
		return fail(err, "\"%.40s\" is no buckets: %s", text, usage);
	b->to = b->from;
	return true;
}

static const struct {
	const char *name;
	bool (*read)(const char *text, struct page_options *o, struct error *err);
} readers[] = {
	{ "view", read_view },
	{ "width", read_width },
	{ "cursor", read_cursor },
	{ "buckets", read_buckets },
};

bool page_option(struct page_options *o, const char *name, const char *value, struct error *err)
{
	struct nearest nearest = nearest_begin(name, strlen(name));
	char near[NEAREST_WORDS];

	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		if (strcmp(name, readers[i].name) == 0)
			return readers[i].read(value, o, err) || fail_in(err, "--%s", name);
		nearest_try(&nearest, readers[i].name);
	}
	return fail(err, "unknown option --%.40s: %sone of --view, --width, --cursor, --buckets",
		name, nearest_words(&nearest, near));
}

bool page_takes(const struct page_options *o, unsigned takes, const char *whose,
	struct error *err)
{
	const struct {
		bool given;
		unsigned bit;
		const char *name;
	} options[] = { { o->view, TAKES_VIEW, "view" }, { o->width, TAKES_WIDTH, "width" },
		{ o->cursor, TAKES_CURSOR, "cursor" },
		{ o->buckets.pick != PICK_PAGE, TAKES_BUCKETS, "buckets" } };
	const struct page_view *view = page_view_find(o->view, err);
	unsigned mine = takes & TAKES_VIEW && view ? view->takes : TAKES_CURSOR | TAKES_BUCKETS;

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		unsigned bit = options[i].bit;

		if (options[i].given && !(takes & bit))
			return fail(err, "--%s: %s has none", options[i].name, whose);
		if (options[i].given && bit & (TAKES_CURSOR | TAKES_BUCKETS) && !(mine & bit))
			return fail(err, "--%s: the view %s has none", options[i].name, view->name);
	}
	return true;
}
