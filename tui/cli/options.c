/* SPDX-License-Identifier: MIT */
#include "tui/cli/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model/session/command.h"
#include "tui/export/export.h"

/* X(id, letter or 0, long name, argument or NULL, help) */
#define OPTIONS(X) \
	X(TYPE, 't', "type", "TYPE", "the map's Go type (map[int]string)") \
	X(TYPES, 0, "types", "FILE.go", "a Go file whose types may be named; as many as one likes") \
	X(ARCH, 'a', "arch", "ARCH", "the target: amd64, 386, arm64, arm, ... (amd64)") \
	X(GO, 0, "go", "VERSION", "the Go release, 1.18 to 1.27 (1.19)") \
	X(PID, 0, "pid", "N", "list the maps of this process, which runs a Go program") \
	X(CORE, 0, "core", "FILE", "list those of a core file") \
	X(EXE, 0, "exe", "FILE", "the program that left it (the one that it names)") \
	X(MAP, 0, "map", "MAP", "of these maps one: its name, as main.cfg.byName, or 0xADDRESS") \
	X(AGAIN, 0, "again", "2s[*N]", "look again every so often, N times: points of its time (once)") \
	X(MAX_HOLD, 0, "max-hold", "TIME", "the longest time that the process may be stopped (500ms)") \
	X(REDACT, 0, "redact", NULL, "make keys and elems of the map unreadable, and stale bytes") \
	X(FILL, 'n', "fill", "N", "insert the keys 0..N-1 before anything else") \
	X(HINT, 0, "hint", "N", "make(map[K]V, N)") \
	X(SEED, 0, "seed", "N", "start of all randomness (1)") \
	X(SCENE, 0, "scene", "SCENE", "a scene instead of a script: a lesson with captions") \
	X(LIST_SCENES, 0, "list-scenes", NULL, "list the scenes") \
	X(EXPORT, 'x', "export", "FORMAT", "write in this format, and exit") \
	X(OUTPUT, 'o', "output", "FILE", "where -x writes (standard output)") \
	X(VIEW, 0, "view", "VIEW", "the picture: one of the views below (map)") \
	X(WIDTH, 0, "width", "N", "its columns (80)") \
	X(CURSOR, 0, "cursor", "PLACE", "what it looks at: a key, @BUCKET, 0xADDRESS, longest, ...") \
	X(BUCKETS, 0, "buckets", "A..B", "the buckets it shows, or \"all\" (those that fit a page)") \
	X(AT, 0, "at", "N[.M]", "go to op N of the timeline; to its event M") \
	X(FRAMES, 0, "frames", "FRAMES", "a picture each: ops, events, growth or snapshots") \
	X(HEIGHT, 0, "height", "N", "rows of a cast (24)") \
	X(THEME, 'T', "theme", "THEME", "colours: default, light, dark, mono, colorblind, or a file") \
	X(TRUST, 0, "trust", NULL, "the script may write anywhere, and replace files") \
	X(UPDATE, 0, "update", "FILE.md", "make the pictures in Markdown files anew, and exit") \
	X(CHECK, 0, "check", "FILE.md", "say which of them are stale, and exit") \
	X(CONFIG, 'c', "config", "FILE", "the configuration") \
	X(COLOR, 0, "color", "WHEN", "colours: auto, always or never") \
	X(PRINT, 0, "print", "WHAT", "the manual (man), completion (bash, zsh, fish), ...") \
	X(HELP, 'h', "help", NULL, "this help") \
	X(VERSION, 'V', "version", NULL, "the version")

enum option_id {
	OPTION_NONE = 0xff, /* above every letter */
#define X(id, letter, name, arg, help) OPTION_##id,
	OPTIONS(X)
#undef X
};

static const struct option_row table[] = {
#define X(id, letter, name, arg, help) { OPTION_##id, letter, name, arg, help },
	OPTIONS(X)
#undef X
};

#define COUNT (sizeof table / sizeof *table)

const struct option_row *option_at(unsigned i)
{
	return i < COUNT ? &table[i] : NULL;
}

enum { HEIGHT_LEAST = 10, HEIGHT_MOST = 200 };

static bool read_number(const char *name, const char *text, uint64_t most, uint64_t *value,
	struct error *err)
{
	const char *at = text;

	if (args_number(&at, most, value, err) && args_end(&at, "a number", err))
		return true;
	return fail_in(err, "--%s", name);
}

static bool read_height(const char *text, int *height, struct error *err)
{
	uint64_t n;

	if (!read_number("height", text, HEIGHT_MOST, &n, err))
		return false;
	*height = (int)n;
	return n >= HEIGHT_LEAST || fail(err, "--height: %d rows at least", HEIGHT_LEAST);
}

static bool read_pid(const char *text, int *pid, struct error *err)
{
	uint64_t n;

	if (!read_number("pid", text, INT_MAX, &n, err))
		return false;
	*pid = (int)n;
	return n > 0 || fail(err, "--pid: processes are counted from 1");
}

/* 2s, 500ms, 1m; a number alone is seconds. Behind it is *text then. */
static bool read_time(const char *name, const char **text, unsigned *ms, struct error *err)
{
	static const struct {
		const char *word;
		double ms;
	} units[] = { { "ms", 1 }, { "s", 1e3 }, { "m", 6e4 }, { "", 1e3 } };
	size_t i = 0, n = strspn(*text, "0123456789.");
	char *end;
	double value;

	if (n == 0)
		return fail(err, "--%s: a time is expected, such as 2s or 500ms: \"%.40s\"", name,
			*text);
	value = strtod(*text, &end);
	while (strncmp(end, units[i].word, strlen(units[i].word)) != 0)
		i++;
	*text = end + strlen(units[i].word);
	value *= units[i].ms;
	if (!(value >= 1 && value <= 3600e3))
		return fail(err, "--%s: from 1ms to an hour", name);
	*ms = (unsigned)value;
	return true;
}

static bool read_again(const char *text, struct options *o, struct error *err)
{
	if (!read_time("again", &text, &o->live.again_ms, err))
		return false;
	if (!*text)
		return true;
	if (*text != '*' || !read_number("again", text + 1, UINT32_MAX, &o->live.again_times, err))
		return fail(err, "--again: a time and how often is expected, such as 2s*10");
	return o->live.again_times > 0 || fail(err, "--again: 1 time at least");
}

/* N, or N.M: an operation, and how many of its events. */
static bool read_at(const char *text, struct options *o, struct error *err)
{
	const char *dot = strchr(text, '.');
	char op[24];

	o->has_at = true;
	o->at_events = UINT64_MAX;
	snprintf(op, sizeof op, "%.*s", dot && dot - text < 23 ? (int)(dot - text) : 23, text);
	return read_number("at", op, INT64_MAX, &o->at, err) &&
		(!dot || read_number("at", dot + 1, INT64_MAX, &o->at_events, err));
}

static bool take_option(struct options *o, enum option_id id, const char *arg, struct error *err)
{
	switch (id) {
	case OPTION_TYPE:
		o->type = arg;
		break;
	case OPTION_TYPES:
		if (o->ntypes == OPTIONS_TYPES)
			return fail(err, "--types: %d files at most", OPTIONS_TYPES);
		o->types[o->ntypes++] = arg;
		break;
	case OPTION_ARCH:
		o->arch = arg;
		break;
	case OPTION_GO:
		o->release = arg;
		break;
	case OPTION_PID:
		return read_pid(arg, &o->live.pid, err);
	case OPTION_CORE:
		o->live.core = arg;
		break;
	case OPTION_EXE:
		o->live.exe = arg;
		break;
	case OPTION_MAP:
		o->live.map = arg;
		break;
	case OPTION_AGAIN:
		return read_again(arg, o, err);
	case OPTION_MAX_HOLD:
		return read_time("max-hold", &arg, &o->live.max_hold_ms, err) &&
			(!*arg || fail(err, "--max-hold: \"%.40s\" behind the time", arg));
	case OPTION_REDACT:
		o->live.redact = true;
		break;
	case OPTION_FILL:
		o->made.has_fill = true;
		return read_number("fill", arg, INT64_MAX, &o->made.fill, err);
	case OPTION_HINT:
		return read_number("hint", arg, INT64_MAX, &o->made.hint, err);
	case OPTION_SEED:
		o->made.has_seed = true;
		return read_number("seed", arg, UINT64_MAX, &o->made.seed, err);
	case OPTION_SCENE:
		o->scene = arg;
		break;
	case OPTION_LIST_SCENES:
		o->list_scenes = true;
		break;
	case OPTION_EXPORT:
		o->format = arg;
		break;
	case OPTION_OUTPUT:
		o->output = arg;
		break;
	case OPTION_VIEW:
		return page_option(&o->page, "view", arg, err);
	case OPTION_WIDTH:
		return page_option(&o->page, "width", arg, err);
	case OPTION_CURSOR:
		return page_option(&o->page, "cursor", arg, err);
	case OPTION_BUCKETS:
		return page_option(&o->page, "buckets", arg, err);
	case OPTION_AT:
		return read_at(arg, o, err);
	case OPTION_HEIGHT:
		return read_height(arg, &o->height, err);
	case OPTION_TRUST:
		o->trust = true;
		break;
	case OPTION_UPDATE:
		o->update = arg;
		break;
	case OPTION_CHECK:
		o->check = arg;
		break;
	case OPTION_FRAMES:
		return frames_find(arg, &o->frames, err);
	case OPTION_THEME:
		o->theme = arg;
		break;
	case OPTION_CONFIG:
		o->config = arg;
		break;
	case OPTION_COLOR:
		o->color = arg;
		break;
	case OPTION_PRINT:
		o->print = arg;
		break;
	case OPTION_HELP:
		o->help = true;
		break;
	case OPTION_VERSION:
		o->version = true;
		break;
	case OPTION_NONE:
		break;
	}
	return true;
}

static enum option_id by_letter(int c)
{
	for (size_t i = 0; i < COUNT; i++)
		if (table[i].letter == c || table[i].id == c)
			return (enum option_id)table[i].id;
	return OPTION_NONE;
}

/* What getopt_long stumbled over. */
static bool complain(char **argv, int result, struct error *err)
{
	const char *word = argv[optind - 1];

	if (result == ':') {
		if (optopt > 0 && optopt < OPTION_NONE)
			return fail(err, "option -%c needs an argument: try --help", optopt);
		return fail(err, "option %.60s needs an argument: try --help", word);
	}
	if (optopt > 0 && optopt < OPTION_NONE)
		return fail(err, "unknown option -%c: try --help", optopt);
	return fail(err, "unknown option %.60s: try --help", word);
}

/* What only exports heed. */
static bool check_screen(const struct options *o, struct error *err)
{
	const struct {
		bool given;
		const char *name;
	} needs[] = { { o->output, "output" }, { o->page.view, "view" },
		{ o->page.width, "width" }, { o->page.cursor, "cursor" },
		{ o->page.buckets.pick != PICK_PAGE, "buckets" }, { o->frames, "frames" },
		{ o->height, "height" } };

	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
		if (needs[i].given)
			return fail(err, "--%s needs --export FORMAT", needs[i].name);
	return true;
}

/* A program's memory is of its own type and target; and of a list of maps nothing is run. */
static bool check_live(const struct options *o, struct error *err)
{
	const char *whose = o->live.pid ? "pid" : "core";
	const struct {
		bool given;
		const char *name;
		bool list; /* with a list alone */
	} strange[] = { { o->live.pid && o->live.core, "core", false },
		{ o->live.pid && o->live.exe, "exe", false }, { o->type, "type", true },
		{ o->arch, "arch", false }, { o->release, "go", false },
		{ o->made.has_fill, "fill", false }, { o->made.hint, "hint", false },
		{ o->scene, "scene", false },
		{ o->made.has_seed, "seed", true }, { o->has_at, "at", true },
		{ o->frames, "frames", true }, { o->page.view, "view", true },
		{ o->page.cursor, "cursor", true }, { o->trust, "trust", true },
		{ o->page.buckets.pick != PICK_PAGE, "buckets", true },
		{ o->height, "height", true } };

	if (!o->live.pid && !o->live.core)
		return o->live.map || o->live.again_ms || o->live.max_hold_ms || o->live.redact ?
			fail(err, "--%s needs --pid N or --core FILE", o->live.map ? "map" :
				o->live.again_ms ? "again" : o->live.redact ? "redact" :
				"max-hold") : !o->live.exe || fail(err, "--exe needs --core FILE");
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
		if (strange[i].given && (!o->live.map || !strange[i].list))
			return fail(err, "--%s does not go with --%s%s", strange[i].name, whose,
				strange[i].list ? " without --map" : "");
	if (o->live.again_ms && o->format && (!o->live.map || !o->live.again_times))
		return fail(err, "--again with -x: of one map, and how often: --map MAP --again 2s*10");
	return !o->script || o->live.map || fail(err, "no script goes with --%s: \"%.60s\"", whose, o->script);
}

/* What does not go together. */
static bool check_options(struct options *o, struct error *err)
{
	if (o->operand_count > 0)
		o->script = o->operands[0];
	if (o->operand_count > 1)
		return fail(err, "one script at most, and \"%.60s\" is another", o->operands[1]);
	if (o->scene && o->script)
		return fail(err, "a scene or a script, not both: --scene %.40s, %.60s", o->scene,
			o->script);
	return check_live(o, err) && (o->format || check_screen(o, err));
}

bool options_parse(struct options *o, int argc, char **argv, struct error *err)
{
	struct option longs[COUNT + 1] = { 0 };
	char shorts[2 * COUNT + 2] = ":", *end = shorts + 1;
	int c, given = 0;

	*o = (struct options){ 0 };
	for (size_t i = 0; i < COUNT; i++) {
		longs[i] = (struct option){ .name = table[i].name, .has_arg = table[i].arg != NULL,
			.val = table[i].id };
		if (!table[i].letter)
			continue;
		*end++ = table[i].letter;
		if (table[i].arg)
			*end++ = ':';
	}
	opterr = 0;
	optind = 0; /* from the beginning, also the second time */
	while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (c == ':' || c == '?')
			return complain(argv, c, err);
		if (!take_option(o, by_letter(c), optarg, err))
			return false;
		given++;
	}
	o->operands = argv + optind;
	o->operand_count = argc - optind;
	if (o->update || o->check)
		return given == 1 || fail(err, "--%s takes Markdown files, and no other option",
			o->update ? "update" : "check");
	return check_options(o, err);
}

void options_help(FILE *out)
{
	fputs("Usage: hmapview [OPTION]... [SCRIPT]\n"
	      "Shows the memory of a Go map, and lets you work on it. SCRIPT holds commands, "
	      "\"-\" is\nstandard input. With -x nothing is shown, SCRIPT is run and its result "
	      "written.\n\n"
	      "Options:\n", out);
	for (size_t i = 0; i < COUNT; i++) {
		char left[64];

		snprintf(left, sizeof left, "%s%c%s --%s%s%s", table[i].letter ? "-" : " ",
			table[i].letter ? table[i].letter : ' ', table[i].letter ? "," : " ",
			table[i].name, table[i].arg ? " " : "", table[i].arg ? table[i].arg : "");
		fprintf(out, "  %-24s %s\n", left, table[i].help);
	}
	fputs("\nFormats of --export, and of the command export:\n", out);
	for (unsigned i = 0; export_format_at(i); i++)
		fprintf(out, "  %-24s %s\n", export_format_at(i)->name, export_format_at(i)->help);
	fputs("\nViews, for --view:\n", out);
	for (unsigned i = 0; page_view_at(i); i++)
		fprintf(out, "  %-24s %s\n", page_view_at(i)->name, page_view_at(i)->help);
	fputs("\nCommands, in scripts and at the : prompt:\n", out);
	for (unsigned i = 0; command_at(i); i++) {
		const struct command *command = command_at(i);
		char left[64];

		snprintf(left, sizeof left, "%s %s", command->name, command->args);
		fprintf(out, "  %-32s %s\n", left, command->help);
	}
	fputs("\nExit status: 0 done, 1 the work failed, 2 the command line is wrong.\n", out);
}
