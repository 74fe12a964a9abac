/* SPDX-License-Identifier: MIT */
/*
 * Anything at all may happen at the terminal: keys, mouse, pastes, sizes, bytes that are no keys.
 * The program goes on, its picture is right to the last cell, and it leaves in good order when it
 * is asked to; under the sanitizers without a leak. The same dice every time, unless RANDOM_SEED
 * says otherwise; what fails says how to play it again.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { CHUNKS = 10, EVENTS = 1000, SEEN_EVENTS = 60, GROWTHS = 6 };

/* What happens, and how many times of a hundred. */
#define KINDS(X) \
	X(KEY, 68, "keys") \
	X(MOUSE, 10, "mouse events") \
	X(COMMAND, 9, "commands") \
	X(PASTE, 4, "pastes") \
	X(RESIZE, 5, "resizes") \
	X(NOISE, 2, "bytes that are no keys") \
	X(GROWTH, 2, "growths")

enum kind {
#define X(id, percent, name) KIND_##id,
	KINDS(X)
#undef X
	KINDS_END,
};

static const struct {
	unsigned percent;
	const char *name;
} kinds[KINDS_END] = {
#define X(id, percent, name) {percent, name},
	KINDS(X)
#undef X
};

struct dice {
	uint64_t state;
};

static unsigned roll(struct dice *d, unsigned sides)
{
	d->state = d->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(d->state >> 33) % sides;
}

/* Keys without those that leave, suspend, or make the map grow without bound. */
static const char *const keys[] = { "Left", "Right", "Up", "Down", "PageUp", "PageDown", "Home",
	"End", "Tab", "S-Tab", "Space", "Enter", "Escape", "Backspace", "Delete", "Insert", "F1",
	"F5", "C-a", "C-e", "C-u", "C-k", "C-w", "C-l", "C-f", "C-b", "C-g", "C-t", "M-x", "M-q",
	"C-Left", "S-F3", "?", "[", "]", "a", "t", "v", "r", "i", "d", "l", "e", ":", "/", "n", "N",
	"m", "z", "Z", "x", ",", ".", "{", "}", "p", "+", "-", "h", "j", "k", "L", "A", "s", "b",
	"c", "o", "u", "w", "y", "#", "\"", "\\", "~", "!", "(", "é", "漢", "😀", "E", "S", "H", "C",
	"D", "K", "M", "f", "A", "w", "b", "?" };

/* Lines that do something, of every command. */
static const char *const lines[] = { "insert 5 \"x\"", "insert -3", "fill 50", "fill 1000",
	"delete 5", "delete 0..20", "lookup 7", "lookup 0..5", "clear", "rebuild", "clone",
	"compare map[int]int, map[int]*int", "range", "collide 0 9", "evacuate", "gc", "make",
	"make 100", "map map[string]int", "map map[int]string", "map map[[3]int8]struct{}",
	"map map[struct{A int8; B string}]float64", "map map[any]any", "arch 386", "arch arm64",
	"arch s390x", "arch amd64", "go 1.22", "go 1.19", "hash wyhash", "hash aes", "seed 7",
	"snapshot \"s\"", "undo 10", "redo 10", "undo 100000", "redo 100000", "export text out.txt",
	"export json out.json", "export markdown", "nonsense", "insert {1, 2, 3}",
	"insert \"\\x1b\"", "help", "zoom_in", "follow", "range all", "range 3 from 1 2", "next",
	"next 5", "layout arm", "layout mips s390x", "layout", "diff 1", "diff 2 5",
	"diff out.json out.json", "open out.json", "open nothing", "scene growth", "scene flood",
	"caption \"words\"", "check", "entries", "layout x", "export --view story svg out.svg",
	"export --view entries --width 60 html out.html" };

static const char *const pastes[] = { "insert 9", "q", "\003", "\033[31mq\r", "fill 10\n",
	"\xff\xfe", "漢字", "" };

/* Not of a terminal that is in order. */
static const char *const noise[] = {"\033[<0;0;0M", "\033[<0;9999;9999M", "\033[M   ", "\033[200~",
	"\033[201~", "\033[999;999;999;999~", "\033]0;title\007", "\033P1$r\033\\", "\xff\xfe\x80",
	"\033[?1;2c", "\033[I\033[O", "\033[1;1R", "\033[", "\033O", "\xc3", "\0"};

static void random_mouse(struct pty *pty, struct dice *d)
{
	int button = 1 + (int)roll(d, 5);

	pty_mouse(pty, (int)roll(d, 200), (int)roll(d, 60), button, roll(d, 3) != 0);
}

static void random_resize(struct pty *pty, struct dice *d)
{
	static const int sizes[][2] = { { 1, 1 }, { 2, 2 }, { 10, 3 }, { 40, 10 }, { 80, 24 },
		{ 120, 40 }, { 200, 60 }, { 37, 100 }, { 250, 5 } };

	if (roll(d, 2)) {
		const int *size = sizes[roll(d, LENGTH(sizes))];

		pty_resize(pty, size[0], size[1]);
	} else {
		pty_resize(pty, 1 + (int)roll(d, 180), 1 + (int)roll(d, 60));
	}
}

static void random_paste(struct pty *pty, struct dice *d)
{
	const char *text = pastes[roll(d, LENGTH(pastes))];

	pty_paste(pty, text, strlen(text));
}

static void random_noise(struct pty *pty, struct dice *d)
{
	const char *bytes = noise[roll(d, LENGTH(noise))];

	pty_send(pty, bytes, *bytes ? strlen(bytes) : 1);
	/* What began there must not swallow all that follows. */
	pty_send(pty, "\033[201~", 6);
}

static enum kind random_kind(struct dice *d)
{
	unsigned dot = roll(d, 100), kind = 0;

	while (dot >= kinds[kind].percent)
		dot -= kinds[kind++].percent;
	return (enum kind)kind;
}

/* What one chunk has used up, and how often each kind came in all of them. */
struct play {
	struct dice dice;
	int growths;
	unsigned *counts;
};

static void random_event(struct pty *pty, struct play *p, enum kind kind)
{
	struct dice *d = &p->dice;

	p->counts[kind]++;
	switch (kind) {
	case KIND_KEY:
		pty_key(pty, keys[roll(d, LENGTH(keys))]);
		break;
	case KIND_MOUSE:
		random_mouse(pty, d);
		break;
	case KIND_COMMAND:
		pty_key(pty, "C-g");
		app_command(pty, lines[roll(d, LENGTH(lines))]);
		break;
	case KIND_PASTE:
		random_paste(pty, d);
		break;
	case KIND_RESIZE:
		random_resize(pty, d);
		break;
	case KIND_NOISE:
		random_noise(pty, d);
		break;
	default: /* a map must not grow without bound */
		pty_key(pty, "C-g");
		pty_key(pty, p->growths-- > 0 ? (roll(d, 3) ? "g" : "G") : "v");
	}
}

/* The last words, such as those of a sanitizer. */
static void print_end(struct pty *pty)
{
	size_t len, shown;
	const char *output = pty_output(pty, &len);

	shown = len < 9000 ? len : 9000;
	fprintf(stderr, "%s\n", output + len - shown);
}

static bool is_file(struct pty *pty, const void *path)
{
	pty_settle(pty, 5);
	return access(path, F_OK) == 0;
}

/* All that was sent has been taken in: the program lives, and does what it is told after that. */
static void wait_for_all(struct pty *pty, const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s", folder, name), *line = xasprintf("export summary %s", name);

	/* Out of the prompt, or of a page that lies over the map. */
	pty_key(pty, "C-g");
	pty_key(pty, "C-g");
	app_command(pty, line);
	app_wait_until(pty, is_file, path, "the file of a last command");
	pty_settle(pty, 50);
	free(line);
	free(path);
}

static bool is_picture(struct pty *pty, const void *before)
{
	char *now = app_seen(pty);
	bool same = strcmp(now, before) == 0;

	free(now);
	return same;
}

/*
 * Now the terminal looks: what is drawn change by change comes to the picture that is drawn
 * anew, in every cell and colour.
 */
static void check_picture(struct pty *pty, struct play *p, const char *folder)
{
	static const enum kind seen[] = {KIND_KEY, KIND_KEY, KIND_KEY, KIND_MOUSE, KIND_COMMAND,
		KIND_PASTE, KIND_GROWTH};
	size_t before;
	char *picture;

	pty_resize(pty, 100, 30);
	wait_for_all(pty, folder, "blind.txt");
	pty_blind(pty, false);
	before = pty_bytes(pty);
	pty_key(pty, "C-l");
	app_wait_cleared(pty, before);
	app_wait_in(pty, -1, " quit");
	for (int i = 0; i < SEEN_EVENTS; i++)
		random_event(pty, p, seen[roll(&p->dice, LENGTH(seen))]);
	wait_for_all(pty, folder, "seen.txt");
	pty_key(pty, "C-g");
	app_wait_in(pty, -1, " quit");
	pty_settle(pty, 50);
	picture = app_seen(pty);
	before = pty_bytes(pty);
	pty_key(pty, "C-l");
	app_wait_cleared(pty, before);
	app_wait_until(pty, is_picture, picture, picture);
	free(picture);
}

static void run_chunk(void **state, unsigned seed, unsigned chunk, unsigned *counts)
{
	static const char *const env[][4] = {{NULL}, {"LC_ALL=C"}, {"TERM=linux"}, {"NO_COLOR=1"},
		{"TERM=vt100"}, {"TERM=screen-256color"}};
	static const char *const args[][6] = {{NULL}, {"-n", "100"}, {"-t", "map[string]string"},
		{"-a", "386", "-n", "3"}};
	struct play p = {
		.dice = { (uint64_t)seed << 32 | chunk }, .growths = GROWTHS, .counts = counts
	};
	struct scratch at;
	const char *argv[10] = {"sh", "-c", "cd \"$0\" && exec \"$@\"", at.path, program_path()};
	struct pty_options o = {.w = 100, .h = 30, .argv = argv, .env = env[chunk % LENGTH(env)]};
	struct pty *pty;
	int status;

	scratch_make(&at);
	for (int i = 0; args[chunk % LENGTH(args)][i]; i++)
		argv[5 + i] = args[chunk % LENGTH(args)][i];
	pty = pty_start(&o);
	*state = pty;
	app_wait_in(pty, -1, " quit");
	pty_blind(pty, true);
	for (int i = 0; i < EVENTS; i++)
		random_event(pty, &p, random_kind(&p.dice));
	check_picture(pty, &p, at.path);
	pty_key(pty, "q");
	status = pty_wait_exit(pty);
	if (status != 0) {
		print_end(pty);
		fail_msg("chunk %u ends with %d; again: RANDOM_SEED=%u RANDOM_FROM=%u "
			 "RANDOM_CHUNKS=1",
			chunk, status, seed, chunk);
	}
	app_check_restored(pty);
	app_end(state);
	scratch_remove(&at);
}

/* What is played, for those who look for more: RANDOM_SEED, RANDOM_FROM and RANDOM_CHUNKS. */
static unsigned number_of(const char *name, unsigned otherwise)
{
	const char *text = getenv(name);

	return text ? (unsigned)strtoul(text, NULL, 10) : otherwise;
}

/* Ten thousand events, some of each kind. */
static void test_random(void **state)
{
	unsigned from = number_of("RANDOM_FROM", 1), count = number_of("RANDOM_CHUNKS", CHUNKS);
	unsigned seed = number_of("RANDOM_SEED", 0), counts[KINDS_END] = {0};

	print_message("RANDOM_SEED=%u: chunks %u to %u of %d events\n", seed, from,
		from + count - 1, EVENTS + SEEN_EVENTS);
	for (unsigned i = from; i < from + count; i++)
		run_chunk(state, seed, i, counts);
	for (int i = 0; i < KINDS_END; i++) {
		print_message("%5u %s\n", counts[i], kinds[i].name);
		assert_true(counts[i] > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_random, app_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
