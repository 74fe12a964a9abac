/* SPDX-License-Identifier: MIT */
/*
 * Every view as the terminal shows it, in several sizes and states: a row of the table is a
 * picture in goldens/, which is to be read as one. GOLDEN=1 makes them anew.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/screen/app.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Maps in the states that look different. */
#define EMPTY ARGS("-n", "0")
#define ONE_BUCKET ARGS("-n", "5")
#define GROWING NULL /* the demo scene */
#define SWISS ARGS("--go", "1.27") /* its demo: a table that grows, half way */
#define LARGE ARGS("-n", "100000", "-t", "map[string]int")
#define LESSON ARGS("--scene", "queue")
#define INDIRECT ARGS("-t", "map[[200]byte][200]byte", "-n", "3")
#define NARROW ARGS("-a", "386", "-n", "20")
#define PADDED \
	ARGS("-t", "map[struct{ A int8; B int64; C bool }]struct{ P *int; D int16 }", "-n", "9")
#define NANS ARGS("-t", "map[float64]string", "-n", "0")
#define WORDS ARGS("-t", "map[string]string", "-n", "0")

/* Made by commands. */
#define CHAIN EMPTY, .lines = "make 20;collide 3 12"
#define DEAD EMPTY, .lines = "fill 40;delete 3..12"
#define SAME_SIZE EMPTY, .lines = "make 20;grow same"

struct picture {
	const char *name;
	int w, h;
	const char *const *args;
	const char *lines; /* commands, one by one, a semicolon between; NULL for none */
	const char *keys;  /* pressed after them, by their names */
	const char *env;   /* NAME=value */
	bool colours;      /* what cells look like, too */
};

static const struct picture pictures[] = {
	/* The map itself, from the least size to the largest. */
	{"rows-empty", 80, 24, EMPTY, .keys = ""},
	{"rows-one", 40, 10, ONE_BUCKET, .keys = ""},
	{"rows-growing", 200, 60, GROWING, .keys = ""},
	{"rows-growing", 300, 100, GROWING, .keys = ""},
	{"rows-growing", 60, 20, GROWING, .keys = ""},
	{"swiss-demo", 120, 40, SWISS, .keys = ""},
	{"swiss-demo", 80, 24, SWISS, .keys = ""},
	{"swiss-demo", 40, 10, SWISS, .keys = ""},
	{"rows-same-size", 120, 40, SAME_SIZE},
	{"rows-lesson", 120, 40, LESSON, .keys = "} }"},
	{"rows-chain", 80, 24, CHAIN},
	{"rows-dead", 80, 24, DEAD},
	{"rows-indirect", 120, 40, INDIRECT, .keys = ""},
	{"rows-386", 80, 24, NARROW, .keys = ""},
	{"rows-large", 200, 60, LARGE, .keys = ""},
	{"rows-large", 40, 10, LARGE, .keys = ""},
	{"rows-range", 120, 40, GROWING, .lines = "range all from 6 5"},
	{"rows-range", 80, 24, EMPTY, .lines = "fill 20;range 7 from 2 3"},
	{"rows-range", 40, 10, GROWING, .lines = "range all from 6 5"},
	{"rows-wide", 80, 24, WORDS,
		.lines = "insert \"漢字漢字漢字\" \"😀\";insert \"e\\u0301\\x1b[2J\" \"tab\\t\""},

	/* Closer and farther. */
	{"atlas-large", 120, 40, LARGE, .keys = "Z"},
	{"atlas-large", 40, 10, LARGE, .keys = "Z"},
	{"atlas-chains", 80, 24, CHAIN, .keys = "Z m"},
	{"atlas-moved", 80, 24, GROWING, .keys = "Z m m m"},
	{"bytes-growing", 120, 40, GROWING, .keys = "z"},
	{"bytes-growing", 80, 24, GROWING, .keys = "z"},
	{"bytes-growing", 40, 10, GROWING, .keys = "z"},
	{"bytes-old", 80, 24, GROWING, .keys = "Tab z"},
	{"bytes-chain", 80, 24, CHAIN, .keys = "z"},
	{"bytes-dead", 80, 24, DEAD, .keys = "z"},
	{"bytes-indirect", 80, 24, INDIRECT, .keys = "z"},
	{"bytes-386", 80, 24, NARROW, .keys = "z"},
	{"slot-live", 120, 40, GROWING, .keys = "z z"},
	{"slot-live", 80, 24, GROWING, .keys = "z z"},
	{"slot-live", 40, 10, GROWING, .keys = "z z"},
	{"slot-dead", 80, 24, DEAD, .keys = "z z"},
	{"slot-indirect", 80, 24, INDIRECT, .keys = "z z"},
	{"slot-wide", 80, 24, WORDS, .lines = "insert \"漢字\" \"😀\"", .keys = "z z"},
	{"atlas-large", 300, 100, LARGE, .keys = "Z"},
	{"atlas-dead", 80, 24, DEAD, .keys = "Z m m"},
	{"bytes-padded", 120, 40, PADDED, .keys = "z"},
	{"bytes-padded", 40, 10, PADDED, .keys = "z"},
	{"bytes-same-size", 80, 24, SAME_SIZE, .keys = "Tab z"},
	{"bytes-large", 200, 60, LARGE, .keys = "z"},
	{"slot-padded", 120, 40, PADDED, .keys = "z z"},
	{"slot-nan", 80, 24, NANS, .lines = "insert NaN \"nobody finds it\"", .keys = "z z"},
	{"slot-old", 80, 24, GROWING, .keys = "Tab Tab S-Tab z z"},
	{"slot-live", 200, 60, GROWING, .keys = "z z"},
	{"explain", 120, 40, GROWING, .keys = "x"},
	{"explain", 80, 24, DEAD, .keys = "x"},
	{"explain", 40, 10, GROWING, .keys = "x"},

	{"explain-field", 120, 40, GROWING, .keys = "x S-Tab Down Down"},
	{"explain-field", 40, 10, GROWING, .keys = "x S-Tab End"},
	{"explain-byte", 80, 24, PADDED, .keys = "x z Right"},
	{"explain-cell", 80, 24, LARGE, .keys = "Z x"},

	/* Pages. */
	{"help", 120, 40, GROWING, .keys = "?"},
	{"help", 80, 24, GROWING, .keys = "?"},
	{"help", 40, 10, GROWING, .keys = "?"},
	{"help-end", 80, 24, GROWING, .keys = "? End"},
	{"marks", 120, 40, GROWING, .keys = "w"},
	{"marks", 80, 24, GROWING, .keys = "w"},
	{"marks", 40, 10, GROWING, .keys = "w"},
	{"layout", 120, 40, GROWING, .keys = "A"},
	{"layout", 40, 10, GROWING, .keys = "A"},
	{"layout-other", 80, 24, INDIRECT, .keys = "A Left Right Right"},
	{"ledger", 120, 40, GROWING, .keys = "b"},
	{"ledger", 40, 10, DEAD, .keys = "b"},
	{"shape", 120, 40, LARGE, .keys = "H"},
	{"shape", 40, 10, CHAIN, .keys = "H"},
	{"lifecycle", 120, 40, GROWING, .keys = "C"},
	{"lifecycle", 40, 10, SAME_SIZE, .keys = "C"},
	{"lifecycle-long", 120, 40, LARGE, .keys = "C"},
	{"differences", 80, 24, GROWING, .lines = "snapshot;insert 99;delete 2", .keys = "D"},
	{"differences", 120, 40, DEAD, .keys = "D"},
	{"differences", 40, 10, GROWING, .lines = "insert 99", .keys = "D"},
	{"laws", 80, 24, GROWING, .keys = "K"},
	{"laws", 40, 10, CHAIN, .keys = "K"},
	{"entries", 120, 40, LARGE, .keys = "E"},
	{"entries", 80, 24, GROWING, .keys = "E"},
	{"entries-found", 80, 24, GROWING, .keys = "E / v 2 Enter"},
	{"entries", 40, 10, WORDS,
		.lines = "insert \"漢字漢字漢字漢字漢字\" \"😀\";insert \"\\x1b\" \"\"", .keys = "E"},
	{"scenes", 80, 24, GROWING, .keys = "S"},
	{"scenes", 40, 10, GROWING, .keys = "S"},

	/* Prompts, and what is found. */
	{"prompt-commands", 80, 24, GROWING, .keys = ": i n s Tab"},
	{"prompt-offers", 80, 24, GROWING, .keys = ": e Tab"},
	{"prompt-error", 40, 10, GROWING, .lines = "insert \"x\""},
	{"find-nothing", 80, 24, GROWING, .keys = "/ 7 7 7 7 Enter"},
	{"find-tombstone", 80, 24, DEAD, .keys = "/ t o m b s t o n e Enter"},
	{"unknown-key", 40, 10, GROWING, .keys = "y"},

	/* Time. */
	{"events", 120, 40, GROWING, .keys = ", ,"},
	{"events", 80, 24, GROWING, .keys = ", , ,"},
	{"events", 40, 10, GROWING, .keys = ", ,"},
	{"lookup", 80, 24, GROWING, .lines = "lookup 7"},
	{"lookup-missed", 80, 24, GROWING, .lines = "lookup 777"},
	{"lookup-missed", 40, 10, GROWING, .lines = "lookup 777"},
	{"lookup-walked", 120, 40, GROWING, .lines = "lookup 22", .keys = ". . . ."},
	{"undone", 80, 24, GROWING, .lines = "undo 20"},
	{"marked", 80, 24, GROWING, .lines = "undo 3", .keys = "M ] ] ]"},

	/* Without colour, with few, with others; in ASCII. */
	{"mono", 80, 24, GROWING, .env = "NO_COLOR=1", .colours = true},
	{"mono-bytes", 80, 24, DEAD, .keys = "z", .env = "NO_COLOR=1", .colours = true},
	{"mono-slot", 80, 24, GROWING, .keys = "z z", .env = "NO_COLOR=1", .colours = true},
	{"eight-colours", 80, 24, GROWING, .env = "TERM=linux", .colours = true},
	{"default", 80, 24, GROWING, .colours = true},
	{"atlas-painted", 80, 24, LARGE, .keys = "Z", .colours = true},
	{"bytes-painted", 120, 40, PADDED, .keys = "z Down Down", .colours = true},
	{"slot-painted", 80, 24, GROWING, .keys = "z z", .colours = true},
	{"layout-painted", 80, 24, PADDED, .keys = "A", .colours = true},
	{"light", 80, 24, ARGS("-T", "light"), .colours = true},
	{"colorblind", 80, 24, ARGS("-T", "themes/colorblind.ini"), .colours = true},
	{"ascii-bytes", 80, 24, GROWING, .keys = "z", .env = "LC_ALL=C"},
	{"ascii-atlas", 80, 24, LARGE, .keys = "Z", .env = "LC_ALL=C"},
	{"ascii-wide", 40, 10, WORDS, .lines = "insert \"漢字\" \"😀\"", .env = "LC_ALL=C"},
	{"ascii-layout", 80, 24, GROWING, .keys = "A", .env = "LC_ALL=C"},
	{"ascii-lifecycle", 80, 24, GROWING, .keys = "C", .env = "LC_ALL=C"},
};

static void test_picture(void **state)
{
	const struct picture *p = *state;
	struct pty *pty = app_start(state,
		&(struct app_options){
			.w = p->w, .h = p->h, .args = p->args, .env = ARGS(p->env) });
	char path[128];

	app_commands(pty, p->lines);
	app_press(pty, p->keys);
	snprintf(path, sizeof path, "tests/screen/goldens/%s-%dx%d.txt", p->name, p->w, p->h);
	app_wait_golden(pty, path);
	if (!p->colours)
		return;
	snprintf(path, sizeof path, "tests/screen/goldens/%s-colours-%dx%d.txt", p->name, p->w,
		p->h);
	app_wait_colours(pty, path);
}

int main(void)
{
	struct CMUnitTest tests[LENGTH(pictures)];

	for (size_t i = 0; i < LENGTH(pictures); i++)
		tests[i] = (struct CMUnitTest){pictures[i].name, test_picture, NULL, app_end,
			(void *)(uintptr_t)&pictures[i]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
