/* SPDX-License-Identifier: MIT */
#include "tui/cli/options_check.h"

#include <string.h>

#include "tui/export/export.h"

bool compare_add(struct compare_options *c, const char *type, struct error *err)
{
	if (c->count == OPTIONS_COMPARED)
		return fail(err, "--compare: %d types at most", OPTIONS_COMPARED);
	c->types[c->count++] = type;
	return true;
}

/* An option, and whether it was given. */
struct given {
	bool given;
	const char *name;
};

/* The first that was given; NULL: none was. */
static const char *first_given(const struct given *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].given)
			return list[i].name;
	return NULL;
}

#define FIRST_GIVEN(list) first_given(list, sizeof(list) / sizeof *(list))

/* Whether none is there that does not go with this. */
static bool none_given(const char *name, const char *with, struct error *err)
{
	return !name || fail(err, "--%s does not go with %s", name, with);
}

/* What only exports heed. */
static bool check_screen(const struct options *o, struct error *err)
{
	const struct picture_options *p = &o->picture;
	const struct given needs[] = { { o->output.file, "output" }, { p->page.view, "view" },
		{ p->page.width, "width" }, { p->page.cursor, "cursor" },
		{ p->page.buckets.pick != PICK_PAGE, "buckets" }, { p->frames, "frames" },
		{ p->height, "height" } };
	const char *name = FIRST_GIVEN(needs);

	return !name || fail(err, "--%s needs --export FORMAT", name);
}

/* Of a program that is run the map has its own type and target; and the script is what it does. */
static bool check_run(const struct options *o, struct error *err)
{
	const struct live_options *live = &o->source.live;
	const struct given never[] = { { live->pid, "pid" }, { live->core, "core" },
		{ live->exe, "exe" }, { live->debug, "debug" }, { live->debuginfod, "debuginfod" },
		{ live->processes, "all-processes" }, { live->by, "by" },
		{ live->again_ms, "again" }, { live->max_hold_ms, "max-hold" },
		{ live->redact, "redact" }, { live->as_go, "as-go" }, { o->map.arch, "arch" },
		{ o->map.release, "go" }, { o->map.ntypes, "types" }, { o->map.has_fill, "fill" },
		{ o->map.hint, "hint" }, { o->map.stays, "escape" }, { o->map.has_seed, "seed" },
		{ o->source.scene, "scene" }, { o->source.quiz, "quiz" },
		{ o->compare.count, "compare" }, { live->lint, "lint" },
		{ live->profile, "profile" }, { live->writers, "writers" },
		{ live->reach, "reach" }, { live->held, "held" } };

	if (!*o->source.run.program)
		return fail(err, "a program is missing: hmapview run PROGRAM [ARGUMENT]...");
	if (!none_given(FIRST_GIVEN(never), "run", err))
		return false;
	return o->output.format || check_screen(o, err);
}

/* What is of running programs alone. */
static bool check_simulated(const struct options *o, struct error *err)
{
	const struct live_options *live = &o->source.live;
	const struct given needs[] = { { live->map, "map" }, { live->again_ms, "again" },
		{ live->by, "by" }, { live->reach, "reach" }, { live->held, "held" },
		{ live->writers, "writers" }, { live->debug, "debug" },
		{ live->debuginfod, "debuginfod" },
		{ live->redact, "redact" }, { live->max_hold_ms, "max-hold" } };
	const char *name = FIRST_GIVEN(needs);

	if (name)
		return fail(err, "--%s needs --pid N or --core FILE", name);
	if (o->source.run.ops)
		return fail(err, "--ops needs run PROGRAM");
	if (live->as_go && !o->source.script)
		return fail(err, "--as-go needs --pid N, --core FILE, or a file of snapshots");
	return !live->exe || fail(err, "--exe needs --core FILE, --profile FILE or --lint");
}

/* A program's memory is of its own type and target; and of a list of maps nothing is run. */
static bool check_live(const struct options *o, struct error *err)
{
	const struct live_options *live = &o->source.live;
	const struct picture_options *p = &o->picture;
	const char *whose = live->processes ? "all-processes" : live->pid ? "pid" : "core";
	const char *name;
	bool many = live->processes != PROCESSES_NONE;
	const struct given never[] = { { live->pid && live->core, "core" },
		{ many && live->pid, "pid" }, { many && live->core, "core" },
		{ many && live->exe, "exe" }, { many && live->map, "map" },
		{ many && live->debug, "debug" },
		{ many && live->again_ms, "again" }, { many && live->redact, "redact" },
		{ live->by && live->map, "by" }, { live->reach && live->map, "reach" },
		{ live->pid && live->exe, "exe" }, { o->map.type && !live->map, "type" },
		{ o->map.arch, "arch" }, { o->map.release, "go" }, { o->map.has_fill, "fill" },
		{ live->as_go && (live->again_ms || live->redact), "as-go" },
		{ o->map.hint, "hint" }, { o->map.stays, "escape" },
		{ o->source.run.ops, "ops" }, { o->source.scene, "scene" } };
	const struct given not_writers[] = { { many, "all-processes" }, { live->map, "map" },
		{ live->by, "by" }, { live->reach, "reach" }, { live->held, "held" },
		{ live->again_ms, "again" }, { live->redact, "redact" }, { live->as_go, "as-go" },
		{ live->max_hold_ms, "max-hold" }, { o->output.ngates, "expect" } };
	const struct given of_list[] = { { o->map.has_seed, "seed" },
		{ o->source.has_at, "at" }, { p->frames, "frames" }, { p->page.view, "view" },
		{ p->page.cursor, "cursor" }, { o->output.trust, "trust" },
		{ p->page.buckets.pick != PICK_PAGE, "buckets" }, { p->height, "height" } };

	name = FIRST_GIVEN(never);
	if (name)
		return fail(err, "--%s does not go with --%s%s", name, whose,
			strcmp(name, "type") == 0 ? " without --map" : "");
	if (live->writers && !none_given(FIRST_GIVEN(not_writers), "--writers", err))
		return false;
	name = live->map ? NULL : FIRST_GIVEN(of_list);
	if (name)
		return fail(err, "--%s does not go with --%s without --map", name, whose);
	if (live->again_ms && is_written(&o->output) && (!live->map || !live->again_times))
		return fail(err, "--again with -x or --expect: of one map, and how often: "
			"--map MAP --again 2s*10");
	return !o->source.script || live->map ||
		fail(err, "no script goes with --%s: \"%.60s\"", whose, o->source.script);
}

/* Of one map of one program one thing is said. */
static bool check_held(const struct options *o, struct error *err)
{
	const struct live_options *live = &o->source.live;
	const struct given never[] = { { live->processes != PROCESSES_NONE, "all-processes" },
		{ live->map, "map" }, { live->by, "by" }, { live->again_ms, "again" },
		{ live->redact, "redact" }, { live->as_go, "as-go" },
		{ o->output.ngates, "expect" } };

	return !live->held || none_given(FIRST_GIVEN(never), "--held", err);
}

/* What is no script is one more type; and there is no map but these, nor a picture but that. */
static bool check_compared(struct options *o, struct error *err)
{
	struct page_options *page = &o->picture.page;
	const struct live_options *live = &o->source.live;
	const struct given never[] = { { o->map.type, "type" }, { o->source.scene, "scene" },
		{ o->source.quiz, "quiz" }, { live->pid, "pid" }, { live->core, "core" },
		{ live->processes, "all-processes" }, { live->lint, "lint" },
		{ live->profile, "profile" },
		{ o->source.has_at, "at" }, { o->picture.frames, "frames" }, { page->view, "view" },
		{ page->cursor, "cursor" }, { page->buckets.pick != PICK_PAGE, "buckets" },
		{ o->picture.height, "height" }, { o->output.trust, "trust" },
		{ o->output.ngates, "expect" } };
	const struct export_format *f;

	if (!none_given(FIRST_GIVEN(never), "--compare", err))
		return false;
	for (int i = 0; i < o->operand_count; i++)
		if (!compare_add(&o->compare, o->operands[i], err))
			return false;
	if (!o->output.format)
		o->output.format = "compare";
	f = export_format_find(o->output.format, err);
	if (f && !export_shows(f, "compare"))
		return fail(err, "--compare: %s shows something else", f->name);
	if (f && !f->view)
		page->view = "compare";
	return f && check_simulated(o, err);
}

/* Types of a file, or a profile: of no map, nothing is run. */
static bool check_unmapped(const struct options *o, const char *whose, struct error *err)
{
	const struct live_options *live = &o->source.live;
	const struct picture_options *p = &o->picture;
	const struct given never[] = { { live_given(live), live->pid ? "pid" : live->core ? "core" :
			"all-processes" }, { live->lint && live->profile, "lint" },
		{ live->map, "map" }, { live->again_ms, "again" },
		{ live->by, "by" }, { live->reach, "reach" }, { live->held, "held" },
		{ live->redact, "redact" }, { live->max_hold_ms, "max-hold" },
		{ live->writers, "writers" }, { live->debug, "debug" },
		{ live->debuginfod, "debuginfod" },
		{ live->as_go, "as-go" }, { o->map.type, "type" },
		{ o->source.quiz, "quiz" }, { o->source.run.ops, "ops" },
		{ o->map.stays, "escape" },
		{ live->profile && o->map.release, "go" },
		{ o->map.ntypes, "types" }, { o->map.arch, "arch" },
		{ o->map.has_fill, "fill" }, { o->map.hint, "hint" }, { o->map.has_seed, "seed" },
		{ o->source.scene, "scene" }, { o->source.has_at, "at" }, { p->frames, "frames" },
		{ p->page.view, "view" }, { p->page.cursor, "cursor" }, { p->height, "height" },
		{ p->page.buckets.pick != PICK_PAGE, "buckets" }, { o->output.trust, "trust" },
		{ o->output.ngates, "expect" } };
	const char *name = FIRST_GIVEN(never);

	if (name)
		return fail(err, "--%s does not go with --%s", name, whose);
	if (live->lint && !live->exe)
		return fail(err, "--lint needs --exe PROGRAM");
	if (p->page.width && o->output.format && strcmp(o->output.format, "text") != 0)
		return fail(err, "--width: %.40s has none", o->output.format);
	return o->operand_count == 0 ||
		fail(err, "no script goes with --%s: \"%.60s\"", whose, o->operands[0]);
}

/* What has a dot or a folder in its name is a script. What is written shows the questions. */
static bool check_quiz(struct options *o, struct error *err)
{
	struct source_options *source = &o->source;
	struct page_options *page = &o->picture.page;
	bool script = strpbrk(source->quiz, "./") || strcmp(source->quiz, "-") == 0;
	const struct given never[] = { { source->scene, "scene" }, { live_given(&source->live),
			"pid, --core or --all-processes" }, { o->picture.frames, "frames" },
		{ page->view, "view" }, { page->cursor, "cursor" },
		{ page->buckets.pick != PICK_PAGE, "buckets" }, { o->picture.height, "height" } };
	const struct export_format *f;

	if (!none_given(FIRST_GIVEN(never), "--quiz", err))
		return false;
	if (source->script)
		return fail(err, "a quiz of one script: --quiz %.60s, not of %.60s too",
			source->quiz, source->script);
	*(script ? &source->script : &source->scene) = source->quiz;
	f = o->output.format ? export_format_find(o->output.format, err) : NULL;
	if (!o->output.format)
		return true;
	if (f && !export_shows(f, "quiz"))
		return fail(err, "--quiz: %s shows something else", f->name);
	if (f && !f->view)
		page->view = "quiz";
	return f != NULL;
}

/* Standard output may be named; and what a file is called says what it holds. */
static void take_output(struct output_options *out)
{
	const struct export_format *f;

	if (out->file && !strcmp(out->file, "-"))
		out->file = NULL;
	f = out->file && !out->format ? export_format_of(out->file) : NULL;
	if (f)
		out->format = f->name;
}

bool options_check(struct options *o, struct error *err)
{
	take_output(&o->output);
	if (o->source.run.program)
		return check_run(o, err);
	if (o->compare.count)
		return check_compared(o, err);
	if (o->source.live.lint || o->source.live.profile)
		return check_unmapped(o, o->source.live.profile ? "profile" : "lint", err);
	if (o->operand_count > 0)
		o->source.script = o->operands[0];
	if (o->operand_count > 1)
		return fail(err, "one script at most, and \"%.60s\" is another", o->operands[1]);
	if (o->source.quiz && !check_quiz(o, err))
		return false;
	if (o->source.scene && o->source.script)
		return fail(err, "a scene or a script, not both: --scene %.40s, %.60s",
			o->source.scene, o->source.script);
	if (!(live_given(&o->source.live) ? check_held(o, err) && check_live(o, err)
			: check_simulated(o, err)))
		return false;
	return o->output.format || check_screen(o, err);
}
