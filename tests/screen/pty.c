/* SPDX-License-Identifier: MIT */
#include "tests/screen/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include <vterm.h>

#include "model/base/mem.h"
#include "themes/role.h"
#include "tui/canvas/glyph.h"
#include "tui/term/key.h"

#include <cmocka.h> /* after model/base/error.h: it makes a macro of fail */

#define DEADLINE_MS 20000

struct pty {
	VTerm *vterm;
	VTermScreen *screen;
	int master, slave; /* the slave stays open here, so nothing is lost at the program's end */
	pid_t child;       /* 0 once it was waited for */
	struct termios before;
	int w, h;
	bool alternate, cursor, blind;
	int mouse;
	char *row;
	char *output;
	size_t bytes, output_cap;
};

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct pty *pty = user;

	if (property == VTERM_PROP_ALTSCREEN)
		pty->alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		pty->cursor = value->boolean;
	else if (property == VTERM_PROP_MOUSE)
		pty->mouse = value->number;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

/* Takes in what the program has sent; true when there was something. */
static bool take(struct pty *pty, int ms)
{
	struct pollfd fd = {.fd = pty->master, .events = POLLIN};
	char bytes[4096];
	ssize_t n;

	if (pty->master < 0 || poll(&fd, 1, ms) <= 0)
		return false;
	n = read(pty->master, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	if (!pty->blind)
		vterm_input_write(pty->vterm, bytes, (size_t)n);
	for (ssize_t i = 0; i < n; i++) {
		pty->output = xroom(pty->output, &pty->output_cap, pty->bytes + 1, 1);
		pty->output[pty->bytes++] = bytes[i];
		pty->output[pty->bytes] = '\0';
	}
	return true;
}

void pty_send(struct pty *pty, const char *bytes, size_t len)
{
	while (len) {
		struct pollfd fd = {.fd = pty->master, .events = POLLOUT};
		ssize_t n = poll(&fd, 1, 10) > 0 ? write(pty->master, bytes, len) : 0;

		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (n < 0 && errno != EAGAIN && errno != EINTR) {
			fail_msg("cannot write to the terminal: %s", strerror(errno));
		}
		take(pty, 0);
	}
}

void pty_write(struct pty *pty, const char *text)
{
	size_t len = strlen(text);

	assert_int_equal(write(pty->slave, text, len), len);
	pty_settle(pty, 20);
}

static void on_output(const char *bytes, size_t len, void *user)
{
	pty_send(user, bytes, len);
}

static void set_env(const char *const *env)
{
	static const char *const kept[] = {
		"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE"};
	char *values[sizeof kept / sizeof *kept];

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const char *value = getenv(kept[i]);

		values[i] = value ? xstrdup(value) : NULL;
	}
	clearenv();
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		if (values[i])
			setenv(kept[i], values[i], 1);
		free(values[i]);
	}
	setenv("HOME", "/proc/nonexistent", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	setenv("TERM", "xterm-256color", 1);
	for (; env && *env; env++) {
		const char *equals = strchr(*env, '=');
		char *name = equals ? xstrndup(*env, (size_t)(equals - *env)) : xstrdup(*env);

		if (equals)
			setenv(name, equals + 1, 1);
		else
			unsetenv(name);
		free(name);
	}
}

static _Noreturn void be_child(const struct pty_options *options)
{
	struct rlimit no_core = {0};
	sigset_t none;

	setrlimit(RLIMIT_CORE, &no_core);
	/* The test runner's handlers would have the child go on as a test runner. */
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	set_env(options->env);
	if (options->input) {
		int fd = open(options->input, O_RDONLY);

		if (fd < 0 || dup2(fd, STDIN_FILENO) < 0)
			_exit(126);
		close(fd);
	}
	if (!options->argv)
		exit(options->run(options->arg));
	execvp(options->argv[0], (char *const *)(uintptr_t)options->argv);
	_exit(127);
}

struct pty *pty_start(const struct pty_options *options)
{
	struct pty *pty = xcalloc(1, sizeof *pty);
	struct winsize size = {0};
	char name[256];

	pty->w = options->w ? options->w : 80;
	pty->h = options->h ? options->h : 24;
	size.ws_col = (unsigned short)pty->w;
	size.ws_row = (unsigned short)pty->h;
	pty->cursor = true;
	assert_int_equal(openpty(&pty->master, &pty->slave, name, NULL, &size), 0);
	assert_int_equal(tcgetattr(pty->slave, &pty->before), 0);
	fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	fcntl(pty->master, F_SETFL, O_NONBLOCK);
	fflush(NULL);
	pty->child = fork();
	assert_true(pty->child >= 0);
	if (!pty->child) {
		close(pty->master);
		if (login_tty(pty->slave) != 0)
			_exit(126);
		/* The child's leaks are looked for, and this would be one. */
		free(pty);
		be_child(options);
	}
	pty->vterm = vterm_new(pty->h, pty->w);
	vterm_set_utf8(pty->vterm, 1);
	vterm_output_set_callback(pty->vterm, on_output, pty);
	pty->screen = vterm_obtain_screen(pty->vterm);
	vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
	vterm_screen_enable_altscreen(pty->screen, 1);
	vterm_screen_reset(pty->screen, 1);
	return pty;
}

static void close_terminal(struct pty *pty)
{
	if (pty->master >= 0)
		close(pty->master);
	if (pty->slave >= 0)
		close(pty->slave);
	pty->master = pty->slave = -1;
}

void pty_free(struct pty *pty)
{
	if (!pty)
		return;
	if (pty->child) {
		kill(-pty->child, SIGKILL);
		kill(pty->child, SIGKILL);
		waitpid(pty->child, NULL, 0);
	}
	close_terminal(pty);
	vterm_free(pty->vterm);
	free(pty->row);
	free(pty->output);
	free(pty);
}

/* ORDER KEYSYM */
static const VTermKey keys[] = {
	[SYM_UP] = VTERM_KEY_UP,
	[SYM_DOWN] = VTERM_KEY_DOWN,
	[SYM_LEFT] = VTERM_KEY_LEFT,
	[SYM_RIGHT] = VTERM_KEY_RIGHT,
	[SYM_HOME] = VTERM_KEY_HOME,
	[SYM_END] = VTERM_KEY_END,
	[SYM_PAGE_UP] = VTERM_KEY_PAGEUP,
	[SYM_PAGE_DOWN] = VTERM_KEY_PAGEDOWN,
	[SYM_INSERT] = VTERM_KEY_INS,
	[SYM_DELETE] = VTERM_KEY_DEL,
	[SYM_BACKSPACE] = VTERM_KEY_BACKSPACE,
	[SYM_TAB] = VTERM_KEY_TAB,
	[SYM_ENTER] = VTERM_KEY_ENTER,
	[SYM_ESCAPE] = VTERM_KEY_ESCAPE,
};

void pty_key(struct pty *pty, const char *name)
{
	VTermModifier mods = VTERM_MOD_NONE;
	struct error err;
	struct key key;

	if (!key_parse(name, &key, &err))
		fail_msg("%s", err.msg);
	mods |= key.mods & MOD_SHIFT ? VTERM_MOD_SHIFT : VTERM_MOD_NONE;
	mods |= key.mods & MOD_ALT ? VTERM_MOD_ALT : VTERM_MOD_NONE;
	mods |= key.mods & MOD_CTRL ? VTERM_MOD_CTRL : VTERM_MOD_NONE;
	if (key.sym == SYM_CHAR)
		vterm_keyboard_unichar(pty->vterm, key.ch, mods);
	else if (key.sym >= SYM_F1)
		vterm_keyboard_key(pty->vterm,
			(VTermKey)(VTERM_KEY_FUNCTION_0 + 1 + (key.sym - SYM_F1)), mods);
	else
		vterm_keyboard_key(pty->vterm, keys[key.sym], mods);
}

void pty_type(struct pty *pty, const char *text)
{
	while (*text) {
		char32_t ch;
		size_t n = utf8_decode(text, strlen(text), &ch);

		assert_true(n > 0);
		vterm_keyboard_unichar(pty->vterm, ch, VTERM_MOD_NONE);
		text += n;
	}
}

void pty_paste(struct pty *pty, const char *text, size_t len)
{
	vterm_keyboard_start_paste(pty->vterm);
	pty_send(pty, text, len);
	vterm_keyboard_end_paste(pty->vterm);
}

void pty_mouse_move(struct pty *pty, int x, int y)
{
	vterm_mouse_move(pty->vterm, y, x, VTERM_MOD_NONE);
}

void pty_mouse(struct pty *pty, int x, int y, int button, bool pressed)
{
	pty_mouse_move(pty, x, y);
	vterm_mouse_button(pty->vterm, button, pressed, VTERM_MOD_NONE);
}

void pty_resize(struct pty *pty, int w, int h)
{
	struct winsize size = {.ws_col = (unsigned short)w, .ws_row = (unsigned short)h};

	pty->w = w;
	pty->h = h;
	vterm_set_size(pty->vterm, h, w);
	ioctl(pty->master, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *pty, int signal)
{
	assert_int_equal(kill(pty->child, signal), 0);
}

void pty_signal_job(struct pty *pty, int signal)
{
	pid_t job = tcgetpgrp(pty->master);

	assert_true(job > 0);
	assert_int_equal(kill(-job, signal), 0);
}

void pty_hang_up(struct pty *pty)
{
	close_terminal(pty);
}

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef bool condition(struct pty *pty, int y, const char *text);

static void wait_for(
	struct pty *pty, condition *holds, int y, const char *text, const char *expected)
{
	long long end = now_ms() + DEADLINE_MS;

	while (!holds(pty, y, text)) {
		if (now_ms() > end) {
			pty_print(pty);
			fail_msg("%s \"%s\"", expected, text);
		}
		take(pty, 20);
	}
}

static bool is_shown(struct pty *pty, int y, const char *text)
{
	(void)y;
	return pty_shows(pty, text);
}

static bool is_gone(struct pty *pty, int y, const char *text)
{
	return !is_shown(pty, y, text);
}

static bool is_row(struct pty *pty, int y, const char *text)
{
	return !strcmp(pty_row(pty, y), text);
}

void pty_wait(struct pty *pty, const char *text)
{
	wait_for(pty, is_shown, 0, text, "the screen never showed");
}

void pty_wait_gone(struct pty *pty, const char *text)
{
	wait_for(pty, is_gone, 0, text, "the screen still shows");
}

void pty_wait_row(struct pty *pty, int y, const char *row)
{
	wait_for(pty, is_row, y, row, "the row never was");
}

int pty_wait_exit(struct pty *pty)
{
	long long end = now_ms() + DEADLINE_MS;
	int status;

	while (waitpid(pty->child, &status, WNOHANG) == 0) {
		if (now_ms() > end) {
			pty_print(pty);
			fail_msg("the program never ended");
		}
		if (!take(pty, 20))
			usleep(1000);
	}
	pty->child = 0;
	while (take(pty, 0))
		continue;
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

void pty_settle(struct pty *pty, int ms)
{
	while (take(pty, ms))
		continue;
}

const char *pty_row(struct pty *pty, int y)
{
	VTermRect rect = {.start_row = y, .end_row = y + 1, .start_col = 0, .end_col = pty->w};
	size_t size = (size_t)pty->w * 24 + 1, len;

	pty->row = xrealloc(pty->row, size);
	len = y < pty->h ? vterm_screen_get_text(pty->screen, pty->row, size - 1, rect) : 0;
	while (len && pty->row[len - 1] == ' ')
		len--;
	pty->row[len] = '\0';
	return pty->row;
}

bool pty_shows(struct pty *pty, const char *text)
{
	for (int y = 0; y < pty->h; y++) {
		if (strstr(pty_row(pty, y), text))
			return true;
	}
	return false;
}

void pty_blind(struct pty *pty, bool blind)
{
	pty->blind = blind;
}

void pty_size(const struct pty *pty, int *w, int *h)
{
	*w = pty->w;
	*h = pty->h;
}

static int color(VTermColor color)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
		return -1;
	return VTERM_COLOR_IS_INDEXED(&color) ? color.indexed.idx : 1000;
}

struct pty_cell pty_at(struct pty *pty, int x, int y)
{
	struct pty_cell cell = {0};
	VTermScreenCell from;
	size_t used = 0;

	vterm_screen_get_cell(pty->screen, (VTermPos){.row = y, .col = x}, &from);
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && from.chars[i]; i++) {
		if (from.chars[i] <= 0x10ffff)
			used += utf8_write(from.chars[i], cell.text + used);
	}
	cell.width = from.width;
	cell.fg = color(from.fg);
	cell.bg = color(from.bg);
	cell.attrs = (from.attrs.bold ? ATTR_BOLD : 0u) | (from.attrs.reverse ? ATTR_REVERSE : 0u) |
		     (from.attrs.underline ? ATTR_UNDERLINE : 0u) |
		     (from.attrs.italic ? ATTR_ITALIC : 0u);
	return cell;
}

bool pty_alternate(const struct pty *pty)
{
	return pty->alternate;
}

bool pty_cursor(const struct pty *pty)
{
	return pty->cursor;
}

int pty_mouse_mode(const struct pty *pty)
{
	return pty->mouse;
}

/* libvterm keeps this to itself; the last word in the output counts. */
bool pty_paste_mode(const struct pty *pty)
{
	bool on = false;

	for (const char *at = pty->output; at && (at = strstr(at, "\033[?2004")); at++)
		on = at[7] == 'h';
	return on;
}

void pty_cursor_at(const struct pty *pty, int *x, int *y)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &at);
	*x = at.col;
	*y = at.row;
}

size_t pty_bytes(const struct pty *pty)
{
	return pty->bytes;
}

const char *pty_output(const struct pty *pty, size_t *len)
{
	*len = pty->bytes;
	return pty->output ? pty->output : "";
}

void pty_print(struct pty *pty)
{
	fprintf(stderr, "---- %d x %d ----\n", pty->w, pty->h);
	for (int y = 0; y < pty->h; y++)
		fprintf(stderr, "%s\n", pty_row(pty, y));
	fprintf(stderr, "----\n");
}

bool pty_modes_restored(const struct pty *pty)
{
	struct termios now;

	if (tcgetattr(pty->slave, &now) != 0)
		return false;
	return now.c_iflag == pty->before.c_iflag && now.c_oflag == pty->before.c_oflag &&
	       now.c_cflag == pty->before.c_cflag && now.c_lflag == pty->before.c_lflag &&
	       !memcmp(now.c_cc, pty->before.c_cc, sizeof now.c_cc);
}
