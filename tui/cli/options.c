/* SPDX-License-Identifier: MIT */
#include "tui/cli/options_check.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/nearest.h"
#include "model/figures/gate.h"
#include "model/session/command.h"
#include "tui/cli/choice.h"

enum { HEIGHT_LEAST = 10, HEIGHT_MOST = 200 };

static bool read_number(const char *name, const char *text, uint64_t most, uint64_t *value,
	struct error *err)
{
	const char *at = text;

	if (args_number(&at, most, value, err) && args_end(&at, "a number", err))
		return true;
	return fail_in(err, "--%s", name);
}

/* How an option takes its argument. */

static bool take_text(void *into, const char *name, const char *arg, struct error *err)
{
	(void)name;
	(void)err;
	*(const char **)into = arg;
	return true;
}

static bool take_flag(void *into, const char *name, const char *arg, struct error *err)
{
	(void)name;
	(void)arg;
	(void)err;
	*(bool *)into = true;
	return true;
}

static bool take_page(void *into, const char *name, const char *arg, struct error *err)
{
	return page_option(into, name, arg, err);
}

static bool take_types(void *into, const char *name, const char *arg, struct error *err)
{
	struct map_options *map = into;

	if (map->ntypes == OPTIONS_TYPES)
		return fail(err, "--%s: %d files at most", name, OPTIONS_TYPES);
	map->types[map->ntypes++] = arg;
	return true;
}

static bool take_gate(void *into, const char *name, const char *arg, struct error *err)
{
	struct output_options *output = into;
	struct gate gate;

	if (output->ngates == OPTIONS_GATES)
		return fail(err, "--%s: %d at most", name, OPTIONS_GATES);
	output->gates[output->ngates++] = arg;
	return gate_read(&gate, arg, err) || fail_in(err, "--%s \"%.100s\"", name, arg);
}

static bool take_compared(void *into, const char *name, const char *arg, struct error *err)
{
	(void)name;
	return compare_add(into, arg, err);
}

static bool take_fill(void *into, const char *name, const char *arg, struct error *err)
{
	struct map_options *map = into;

	map->has_fill = true;
	return read_number(name, arg, INT64_MAX, &map->fill, err);
}

static bool take_hint(void *into, const char *name, const char *arg, struct error *err)
{
	return read_number(name, arg, INT64_MAX, into, err);
}

static bool take_escape(void *into, const char *name, const char *arg, struct error *err)
{
	*(bool *)into = strcmp(arg, "no") == 0;
	return *(bool *)into || strcmp(arg, "yes") == 0 ||
		fail(err, "--%s: yes or no is expected: \"%.40s\"", name, arg);
}

static bool take_seed(void *into, const char *name, const char *arg, struct error *err)
{
	struct map_options *map = into;

	map->has_seed = true;
	return read_number(name, arg, UINT64_MAX, &map->seed, err);
}

static bool take_frames(void *into, const char *name, const char *arg, struct error *err)
{
	(void)name;
	return frames_find(arg, into, err);
}

static bool take_height(void *into, const char *name, const char *arg, struct error *err)
{
	uint64_t n;

	if (!read_number(name, arg, HEIGHT_MOST, &n, err))
		return false;
	*(int *)into = (int)n;
	return n >= HEIGHT_LEAST || fail(err, "--%s: %d rows at least", name, HEIGHT_LEAST);
}

static bool take_pid(void *into, const char *name, const char *arg, struct error *err)
{
	uint64_t n;

	if (!read_number(name, arg, INT_MAX, &n, err))
		return false;
	*(int *)into = (int)n;
	return n > 0 || fail(err, "--%s: processes are counted from 1", name);
}

static bool take_processes(void *into, const char *name, const char *arg, struct error *err)
{
	enum processes_of *of = into;

	*of = strcmp(arg, "user") == 0 ? PROCESSES_USER : strcmp(arg, "all") == 0 ?
		PROCESSES_ALL : PROCESSES_NONE;
	return *of != PROCESSES_NONE || fail(err, "--%s: user or all, not \"%.40s\"", name, arg);
}

static bool take_by(void *into, const char *name, const char *arg, struct error *err)
{
	enum rollup_by *by = into;

	for (*by = 0; rollup_name(*by); ++*by)
		if (strcmp(rollup_name(*by), arg) == 0)
			return true;
	*by = 0;
	return fail(err, "--%s: map, type or path, not \"%.40s\"", name, arg);
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

static bool take_hold(void *into, const char *name, const char *arg, struct error *err)
{
	return read_time(name, &arg, into, err) &&
		(!*arg || fail(err, "--%s: \"%.40s\" behind the time", name, arg));
}

static bool take_again(void *into, const char *name, const char *arg, struct error *err)
{
	struct live_options *live = into;

	if (!read_time(name, &arg, &live->again_ms, err))
		return false;
	if (!*arg)
		return true;
	if (*arg != '*' || !read_number(name, arg + 1, UINT32_MAX, &live->again_times, err))
		return fail(err, "--%s: a time and how often is expected, such as 2s*10", name);
	return live->again_times > 0 || fail(err, "--%s: 1 time at least", name);
}

static bool take_ops(void *into, const char *name, const char *arg, struct error *err)
{
	uint64_t *ops = into;

	return read_number(name, arg, INT64_MAX, ops, err) &&
		(*ops > 0 || fail(err, "--%s: 1 operation at least", name));
}

/* N, or N.M: an operation, and how many of its events. */
static bool take_at(void *into, const char *name, const char *arg, struct error *err)
{
	struct source_options *source = into;
	const char *dot = strchr(arg, '.');
	char op[24];

	source->has_at = true;
	source->at_events = UINT64_MAX;
	snprintf(op, sizeof op, "%.*s", dot && dot - arg < 23 ? (int)(dot - arg) : 23, arg);
	return read_number(name, op, INT64_MAX, &source->at, err) &&
		(!dot || read_number(name, dot + 1, INT64_MAX, &source->at_events, err));
}

/* Where a part of the options stands; what goes there as it is, or says that it was given. */
#define AT(part) offsetof(struct options, part)
#define TEXT(part) take_text, AT(part)
#define FLAG(part) take_flag, AT(part)
#define PAGE take_page, AT(picture.page)

static const struct option_row table[] = {
	{ 't', "type", "TYPE", "the map's Go type (map[int]string)", TEXT(map.type) },
	{ 0, "types", "FILE.go", "a Go file whose types may be named; as many as one likes",
		take_types, AT(map) },
	{ 'a', "arch", "ARCH", "the target: amd64, 386, arm64, arm, ... (amd64)", TEXT(map.arch) },
	{ 0, "go", "VERSION", "the Go release, 1.18 to 1.27 (1.19)", TEXT(map.release) },
	{ 0, "beside", "VERSION", "the other release that the view beside shows (1.27; or 1.23)",
		TEXT(map.beside) },
	{ 0, "pid", "N", "list the maps of this process, which runs a Go program", take_pid,
		AT(source.live.pid) },
	{ 0, "core", "FILE", "list those of a core file", TEXT(source.live.core) },
	{ 0, "exe", "FILE", "the program that left it (the one that it names)",
		TEXT(source.live.exe) },
	{ 0, "debug", "FILE", "its debugging information, where it was stripped of it",
		TEXT(source.live.debug) },
	{ 0, "debuginfod", NULL, "ask the servers of DEBUGINFOD_URLS for it",
		FLAG(source.live.debuginfod) },
	{ 0, "all-processes", "WHOSE", "list those of all processes: this user's, or all",
		take_processes, AT(source.live.processes) },
	{ 0, "by", "BY", "list what they come to by type, or by path: main.pod[*].labels (map)",
		take_by, AT(source.live.by) },
	{ 0, "lint", NULL, "list the map types of --exe, and what is to be known of them",
		FLAG(source.live.lint) },
	{ 0, "writers", NULL, "list who is in map functions, as after \"concurrent map writes\"",
		FLAG(source.live.writers) },
	{ 0, "profile", "FILE", "list the lines where maps of a heap profile were allocated",
		TEXT(source.live.profile) },
	{ 0, "map", "MAP", "of these maps one: its name, as main.cfg.byName, or 0xADDRESS",
		TEXT(source.live.map) },
	{ 0, "again", "2s[*N]", "look again every so often, N times: points of its time (once)",
		take_again, AT(source.live) },
	{ 0, "reach", NULL, "mark what the program still leads to: maps that are garbage are said",
		FLAG(source.live.reach) },
	{ 0, "held", "MAP", "say what holds this map, and what it alone keeps alive",
		TEXT(source.live.held) },
	{ 0, "max-hold", "TIME", "the longest time that the process may be stopped (500ms)",
		take_hold, AT(source.live.max_hold_ms) },
	{ 0, "ops", "N", "of a program that is run, so many operations (all until it ends)",
		take_ops, AT(source.run.ops) },
	{ 0, "redact", NULL, "make keys and elems of the map unreadable, and stale bytes",
		FLAG(source.live.redact) },
	{ 0, "as-go", "VERSION", "what a program's maps, or a snapshot's, take under this release",
		TEXT(source.live.as_go) },
	{ 'n', "fill", "N", "insert the keys 0..N-1 before anything else", take_fill, AT(map) },
	{ 0, "hint", "N", "make(map[K]V, N)", take_hint, AT(map.hint) },
	{ 0, "escape", "ESCAPES", "whether the map escapes (yes); no: what can be is on the stack",
		take_escape, AT(map.stays) },
	{ 0, "seed", "N", "start of all randomness (1)", take_seed, AT(map) },
	{ 0, "compare", "TYPE", "this type and others, beside each other, with -n entries each",
		take_compared, AT(compare) },
	{ 0, "scene", "SCENE", "a scene instead of a script: a lesson with captions",
		TEXT(source.scene) },
	{ 0, "quiz", "SCENE", "ask what each step of a scene will do, or of a script: FILE.hm",
		TEXT(source.quiz) },
	{ 0, "list-scenes", NULL, "list the scenes", FLAG(list_scenes) },
	{ 'x', "export", "FORMAT", "write in this format, and exit", TEXT(output.format) },
	{ 'o', "output", "FILE", "where -x writes (standard output); x.svg and the like need no -x",
		TEXT(output.file) },
	{ 0, "expect", "GATE", "exit with 1 unless that holds, such as 'dead < 30% or bytes < 64M'",
		take_gate, AT(output) },
	{ 0, "view", "VIEW", "the picture: one of the views below (map)", PAGE },
	{ 0, "width", "N", "its columns (80)", PAGE },
	{ 0, "cursor", "PLACE", "what it looks at: a key, @BUCKET, 0xADDRESS, longest, ...", PAGE },
	{ 0, "buckets", "A..B", "the buckets it shows, or \"all\" (those that fit a page)", PAGE },
	{ 0, "at", "N[.M]", "go to op N of the timeline; to its event M", take_at, AT(source) },
	{ 0, "frames", "FRAMES", "a picture each: ops, events, growth, captions or snapshots",
		take_frames, AT(picture.frames) },
	{ 0, "height", "N", "rows of a cast (24)", take_height, AT(picture.height) },
	{ 'T', "theme", "THEME", "colours: default, light, dark, mono, colorblind, or a file",
		TEXT(picture.theme) },
	{ 0, "trust", NULL, "the script may write anywhere, and replace files",
		FLAG(output.trust) },
	{ 0, "update", "FILE.md", "make the pictures in Markdown files anew, and exit",
		TEXT(update) },
	{ 0, "check", "FILE.md", "say which of them are stale, and exit", TEXT(check) },
	{ 'c', "config", "FILE", "the configuration", TEXT(config) },
	{ 0, "color", "WHEN", "colours: auto, always or never", TEXT(color) },
	{ 0, "print", "WHAT", "the manual (man), completion (bash, zsh, fish), ...", TEXT(print) },
	{ 'h', "help", NULL, "this help", FLAG(help) },
	{ 'V', "version", NULL, "the version", FLAG(version) },
};

#define COUNT (sizeof table / sizeof *table)

const struct option_row *option_at(unsigned i)
{
	return i < COUNT ? &table[i] : NULL;
}

enum { OPTION_NAMES = 0x100 }; /* of the parser's numbers those from here on are of names */

static const struct option_row *option_of(int number)
{
	size_t i = 0;

	while (table[i].letter != number && OPTION_NAMES + (int)i != number)
		i++;
	return &table[i];
}

/* What may have been meant by --WORD, or --WORD=VALUE. */
static struct nearest nearest_option(const char *word)
{
	struct nearest n = nearest_begin(word + 2, strcspn(word + 2, "="));

	for (size_t i = 0; i < COUNT; i++)
		nearest_try(&n, table[i].name);
	return n;
}

/* What getopt_long stumbled over: a letter, whose byte may be any, or a word that begins with
   "--". */
static bool complain(char **argv, int result, struct error *err)
{
	const char *word = argv[optind - 1];
	bool letter = optopt != 0 && optopt < OPTION_NAMES;
	struct nearest nearest;

	if (result == ':' && letter)
		return fail(err, "option -%c needs an argument: try --help", optopt);
	if (result == ':')
		return fail(err, "option %.60s needs an argument: try --help", word);
	if (letter)
		return fail(err, "unknown option -%c: try --help", optopt);
	nearest = nearest_option(word);
	if (nearest.name)
		return fail(err, "unknown option %.60s: did you mean --%s? try --help", word,
			nearest.name);
	return fail(err, "unknown option %.60s: try --help", word);
}

/* What the parser is told of the table. */
struct grammar {
	struct option longs[COUNT + 1];
	char shorts[2 * COUNT + 3];
};

/* `sign` is before the letters: '+' ends with the first operand, '-' stands for nothing here. */
static void make_grammar(struct grammar *g, const char *sign)
{
	char *end = g->shorts + strlen(sign);

	*g = (struct grammar){ 0 };
	strcpy(g->shorts, sign);
	*end++ = ':';
	for (size_t i = 0; i < COUNT; i++) {
		g->longs[i] = (struct option){ .name = table[i].name,
			.has_arg = table[i].arg != NULL, .val = OPTION_NAMES + (int)i };
		if (!table[i].letter)
			continue;
		*end++ = table[i].letter;
		if (table[i].arg)
			*end++ = ':';
	}
}

/*
 * Takes options from argv[*from] on, up to the first operand or to the end; *from is where they
 * ended, *given counts them.
 */
static bool scan(struct options *o, int argc, char **argv, const char *sign, int *from, int *given,
	struct error *err)
{
	const struct option_row *row;
	char **words = argv + *from - 1;
	struct grammar g;
	int c;

	make_grammar(&g, sign);
	opterr = 0;
	optind = 0; /* from the beginning, also the second time */
	while ((c = getopt_long(argc - *from + 1, words, g.shorts, g.longs, NULL)) != -1) {
		if (c == ':' || c == '?')
			return complain(words, c, err);
		row = option_of(c);
		if (!row->take((char *)o + row->into, row->name, optarg, err))
			return false;
		++*given;
	}
	*from += optind - 1;
	return true;
}

/* "run" is an operand, and behind it and its options all is the program's. */
static bool is_run(int argc, char **argv, int at)
{
	return at < argc && strcmp(argv[at], "run") == 0 && strcmp(argv[at - 1], "--") != 0;
}

bool options_parse(struct options *o, int argc, char **argv, struct error *err)
{
	int from = 1, given = 0;

	*o = (struct options){ 0 };
	if (!scan(o, argc, argv, "+", &from, &given, err))
		return false;
	if (is_run(argc, argv, from)) {
		from++;
		if (!scan(o, argc, argv, "+", &from, &given, err))
			return false;
		o->source.run.program = argv + from;
		from = argc;
	} else if (!(from > 1 && strcmp(argv[from - 1], "--") == 0) &&
		!scan(o, argc, argv, "", &from, &given, err)) {
		return false;
	}
	o->operands = argv + from;
	o->operand_count = argc - from;
	if (o->update || o->check)
		return given == 1 || fail(err, "--%s takes Markdown files, and no other option",
			o->update ? "update" : "check");
	return options_check(o, err);
}

static void print_choice(void *data, const char *word, const char *help)
{
	fprintf(data, "  %-24s %s\n", word, help);
}

void options_help(FILE *out)
{
	fputs("Usage: hmapview [OPTION]... [SCRIPT]\n"
	      "       hmapview [OPTION]... run [OPTION]... PROGRAM [ARGUMENT]...\n"
	      "Shows the memory of a Go map, and lets you work on it. SCRIPT holds commands, "
	      "\"-\" is\nstandard input. With -x nothing is shown, SCRIPT is run and its result "
	      "written.\nrun runs a Go program: what it does to a map is the script.\n\n"
	      "Options:\n", out);
	for (size_t i = 0; i < COUNT; i++) {
		char left[64];

		snprintf(left, sizeof left, "%s%c%s --%s%s%s", table[i].letter ? "-" : " ",
			table[i].letter ? table[i].letter : ' ', table[i].letter ? "," : " ",
			table[i].name, table[i].arg ? " " : "", table[i].arg ? table[i].arg : "");
		fprintf(out, "  %-24s %s\n", left, table[i].help);
	}
	fputs("\nFormats of --export, and of the command export:\n", out);
	choice_find("FORMAT")->each(print_choice, out);
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
