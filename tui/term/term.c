/* SPDX-License-Identifier: MIT */
#include "tui/term/term.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "model/base/clock.h"
#include "model/base/mem.h"
#include "tui/term/guard.h"
#include "tui/term/input.h"
#include "tui/term/screen.h"
#include "tui/term/signals.h"

/* A paste or a report that pauses for so long has lost its end. */
#define LOST_MS 2000

/*
 * One sequence each: some terminals heed only the first number of a combined one. Those that do
 * not know drags report clicks at least.
 */
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1002h\033[?1006h",
	mouse_off[] = "\033[?1006l\033[?1002l\033[?1000l";

struct term {
	FILE *in; /* what keys come from: stdin, or /dev/tty, then ours to close */
	struct screen *screen;
	struct input *input;
	bool mouse, ascii, mono;
	int whole_w, whole_h; /* what the terminal says that it is; 0: nothing */
	int escape_ms;
	bool hung_up;
	double last_byte; /* when it came, for what waits for more */
};

static void write_text(const char *text)
{
	write_whole(STDOUT_FILENO, text, strlen(text));
}

static void modes_on(const struct term *term)
{
	if (term->mouse)
		write_text(mouse_on);
	write_text(paste_on);
}

static void modes_off(const struct term *term)
{
	write_text(paste_off);
	if (term->mouse)
		write_text(mouse_off);
}

/* Keypad mode is set by writing to where keys come from. */
static FILE *open_input(bool input_taken, struct error *err)
{
	bool is_tty = isatty(STDIN_FILENO);
	FILE *in;

	if (is_tty && (fcntl(STDIN_FILENO, F_GETFL) & O_ACCMODE) == O_RDWR)
		return stdin;
	if (!is_tty && !input_taken) {
		fail(err, "standard input is not a terminal; - reads a script from it");
		return NULL;
	}
	in = xfopen("/dev/tty", "r+e");
	if (!in)
		fail(err, "no terminal to read keys from: /dev/tty: %s", strerror(errno));
	return in;
}

static void close_input(FILE *in)
{
	if (in && in != stdin)
		fclose(in);
}

static bool check_surroundings(struct error *err)
{
	const char *type = getenv("TERM");

	if (!isatty(STDOUT_FILENO))
		return fail(err, "standard output is not a terminal");
	if (!type || !*type)
		return fail(err, "TERM is not set: the terminal's type is unknown");
	return true;
}

static bool locale_is_utf8(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

/* The environment names a UTF-8 locale: this machine may lack it, or the program be static. */
static bool utf8_is_named(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value = NULL;

	for (unsigned i = 0; i < 3 && (!value || !*value); i++)
		value = getenv(names[i]);
	return value && (strcasestr(value, "utf-8") || strcasestr(value, "utf8"));
}

/*
 * Decides what the screen is drawn with; curses encodes it as the locale says. C.UTF-8 is part of
 * the C library since glibc 2.35.
 */
static bool choose_ascii(enum charset charset)
{
	bool wanted = charset == CHARSET_UTF8 || (charset == CHARSET_AUTO && utf8_is_named());

	setlocale(LC_CTYPE, "");
	if (locale_is_utf8())
		return charset == CHARSET_ASCII;
	return !wanted || !setlocale(LC_CTYPE, "C.UTF-8");
}

static bool choose_mono(const struct screen *screen, enum color_when color)
{
	const char *no_color = getenv("NO_COLOR");

	if (!screen_has_color(screen) || color == COLOR_NEVER)
		return true;
	return color == COLOR_AUTO && no_color && *no_color;
}

static void fit_size(struct term *term)
{
	struct winsize size;
	int w, h;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col || !size.ws_row)
		return;
	term->whole_w = size.ws_col;
	term->whole_h = size.ws_row;
	if (size.ws_col > SCREEN_W_MOST)
		size.ws_col = SCREEN_W_MOST;
	if (size.ws_row > SCREEN_H_MOST)
		size.ws_row = SCREEN_H_MOST;
	screen_size(term->screen, &w, &h);
	if (w != size.ws_col || h != size.ws_row)
		screen_resize(term->screen, size.ws_col, size.ws_row);
}

static void install_guard(const struct term *term, const struct termios *modes)
{
	char text[512], reset[448];

	screen_reset_text(term->screen, reset, sizeof reset);
	snprintf(text, sizeof text, "%s%s%s", paste_off, term->mouse ? mouse_off : "", reset);
	guard_install(STDOUT_FILENO, modes, text);
}

struct term *term_open(const struct term_options *options, struct error *err)
{
	struct term *term = xcalloc(1, sizeof *term);
	struct termios modes;

	if (!check_surroundings(err))
		goto no_terminal;
	term->in = open_input(options->input_taken, err);
	if (!term->in)
		goto no_terminal;
	term->mouse = options->mouse;
	term->escape_ms = options->escape_ms;
	term->ascii = choose_ascii(options->charset);
	tcgetattr(STDOUT_FILENO, &modes);
	signals_hold();
	term->screen = screen_open(stdout, term->in, err);
	if (!term->screen)
		goto no_screen;
	install_guard(term, &modes);
	guard_on();
	term->input = input_new(fileno(term->in), NULL, locale_is_utf8(), err);
	if (!term->input)
		goto no_input;
	modes_on(term);
	term->mono = choose_mono(term->screen, options->color);
	term_set_theme(term, options->theme);
	fit_size(term);
	return term;
no_input:
	guard_remove();
	screen_close(term->screen);
no_screen:
	signals_release();
no_terminal:
	close_input(term->in);
	free(term);
	return NULL;
}

void term_close(struct term *term)
{
	if (!term)
		return;
	modes_off(term);
	input_free(term->input);
	screen_close(term->screen);
	guard_remove();
	signals_release();
	close_input(term->in);
	free(term);
}

void term_size(const struct term *term, int *w, int *h)
{
	screen_size(term->screen, w, h);
}

bool term_cut(const struct term *term, int *w, int *h)
{
	*w = term->whole_w;
	*h = term->whole_h;
	return *w > SCREEN_W_MOST || *h > SCREEN_H_MOST;
}

bool term_ascii(const struct term *term)
{
	return term->ascii;
}

bool term_mono(const struct term *term)
{
	return term->mono;
}

void term_set_theme(struct term *term, const struct theme *theme)
{
	struct theme mono;

	theme_mono(&mono);
	screen_set_theme(term->screen, term->mono ? &mono : theme);
}

void term_draw(struct term *term, const struct canvas *canvas, int x, int y)
{
	screen_draw(term->screen, canvas, x, y);
}

void term_redraw(struct term *term)
{
	screen_redraw(term->screen);
}

static void leave(struct term *term)
{
	modes_off(term);
	input_stop(term->input);
	screen_leave(term->screen);
	guard_off();
}

static void enter(struct term *term)
{
	guard_on();
	screen_enter(term->screen);
	input_start(term->input);
	modes_on(term);
	fit_size(term);
}

static void stop(struct term *term, bool group)
{
	leave(term);
	signals_stop(group);
	enter(term);
}

void term_suspend(struct term *term)
{
	stop(term, true);
}

/* True when event is filled. */
static bool answer_signals(struct term *term, struct event *event)
{
	int ending = signals_ending();

	if (ending) {
		*event = (struct event){.type = EVENT_SIGNAL, .signal = ending};
		return true;
	}
	*event = (struct event){.type = EVENT_REDRAW};
	if (signals_take(SIGTSTP)) {
		stop(term, false);
		return true;
	}
	/* Stopped by force, and who knows what was done to the terminal meanwhile. */
	if (signals_take(SIGCONT)) {
		enter(term);
		return true;
	}
	if (signals_take(SIGWINCH)) {
		fit_size(term);
		screen_redraw(term->screen);
		return true;
	}
	return false;
}

/* Waits for bytes and takes them in; false when the time is over. */
static bool wait_bytes(struct term *term, long long ms)
{
	struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
	struct pollfd fd = {.fd = fileno(term->in), .events = POLLIN};
	int ready = ppoll(&fd, 1, ms < 0 ? NULL : &time, signals_wait_mask());
	char bytes[1024];
	size_t room = input_room(term->input);
	ssize_t n;

	if (ready == 0)
		return false;
	if (ready < 0)
		return true;
	n = read(fd.fd, bytes, room < sizeof bytes ? room : sizeof bytes);
	term->last_byte = clock_ms();
	if (n > 0)
		input_feed(term->input, bytes, (size_t)n);
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		term->hung_up = true;
	return true;
}

/* How long what has come still waits for the rest; negative for ever. */
static long long patience(const struct term *term, enum input_state state)
{
	long long whole = state == INPUT_PARTIAL ? term->escape_ms : LOST_MS;
	long long left = (long long)(term->last_byte + (double)whole - clock_ms());

	if (state == INPUT_EMPTY)
		return -1;
	return left > 0 ? left : 0;
}

void term_next_event(struct term *term, int timeout_ms, struct event *event)
{
	double end = clock_ms() + timeout_ms;

	for (;;) {
		enum input_state state;
		long long wait, left = -1;

		if (answer_signals(term, event))
			return;
		state = input_next(term->input, event);
		if (state == INPUT_EVENT)
			return;
		*event = (struct event){.type = term->hung_up ? EVENT_HANGUP : EVENT_NONE};
		if (term->hung_up)
			return;
		wait = patience(term, state);
		if (timeout_ms >= 0) {
			left = (long long)(end - clock_ms());
			left = left > 0 ? left : 0;
		}
		if (wait >= 0 && (left < 0 || wait <= left)) {
			if (!wait_bytes(term, wait))
				input_force(term->input);
		} else if (!wait_bytes(term, left)) {
			return;
		}
	}
}

bool term_wants_end(const struct term *term)
{
	struct pollfd fd = {.fd = fileno(term->in)};

	return signals_ending() || (poll(&fd, 1, 0) > 0 && fd.revents & (POLLHUP | POLLERR));
}

bool term_takes_stop(struct term *term)
{
	struct pollfd fd = {.fd = fileno(term->in), .events = POLLIN};
	char bytes[1024];
	size_t room = input_room(term->input);
	ssize_t n;

	/* What followed an escape in a key would be here by now. */
	if (!room || poll(&fd, 1, 0) <= 0 || !(fd.revents & POLLIN))
		return clock_ms() - term->last_byte >= term->escape_ms &&
			input_drop_escape(term->input);
	n = read(fd.fd, bytes, room < sizeof bytes ? room : sizeof bytes);
	if (n <= 0)
		return false;
	term->last_byte = clock_ms();
	input_feed(term->input, bytes, (size_t)n);
	return input_drop_to(term->input, '\003');
}

_Noreturn void term_die(int signal_number)
{
	sigset_t all;

	signal(signal_number, SIG_DFL);
	sigemptyset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	raise(signal_number);
	_exit(128 + signal_number);
}
