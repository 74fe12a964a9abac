/* SPDX-License-Identifier: MIT */
#include "tui/export/cast.h"

#include "model/base/json.h"
#include "model/base/text.h"
#include "tui/canvas/glyph.h"
#include "tui/export/paint.h"
#include "tui/screen/layout.h"
#include "tui/view/follow.h"

/* Milliseconds that a picture stands. */
enum {
	STAND = 700,         /* a step */
	STAND_EVENT = 450,   /* an event inside of one */
	STAND_AGAIN = 150,   /* a further step of the same command: more of the same, */
	STAND_MANY = 20,     /* and after many of them */
	AGAIN_AFTER = 4, MANY_AFTER = 64,
	STAND_LANDMARK = 1500,
	STAND_LAST = 3000,
	READ_BEGIN = 1200, READ_COLUMN = 45, /* a caption: about 22 characters in a second */
};

struct cast {
	const struct cast_options *o;
	struct frames frames;
	struct look look;
	struct prompt prompt;
	struct keymap keymap;
	struct screen_state state;
	struct canvas *shown, *next;
	uint64_t ms;
	uint64_t again;    /* steps of the present command so far */
	uint32_t entry;    /* the present command */
	FILE *out;
	bool failed;       /* something could not be written */
};

static bool open_cast(struct cast *c, struct session *s, const struct cast_options *o, FILE *out,
	struct error *err)
{
	*c = (struct cast){ .o = o, .out = out };
	keymap_default(&c->keymap);
	if (!frames_begin(&c->frames, s, o->frames ? o->frames : FRAMES_OPS, err))
		return false;
	look_init(&c->look, s);
	c->shown = canvas_new(o->width, o->height, false);
	c->next = canvas_new(o->width, o->height, false);
	c->state = (struct screen_state){ .look = &c->look, .prompt = &c->prompt,
		.keymap = &c->keymap, .message = "" };
	return true;
}

static void close_cast(struct cast *c)
{
	keymap_free(&c->keymap);
	look_free(&c->look);
	canvas_free(c->shown);
	canvas_free(c->next);
}

/* Bytes of UTF-8, among them control characters, as a line of the recording. */
static void put_output(struct cast *c, const char *bytes, size_t len)
{
	json_t *data = json_stringn(bytes, len);

	fprintf(c->out, "[%llu.%03u, \"o\", ", (unsigned long long)(c->ms / 1000),
		(unsigned)(c->ms % 1000));
	c->failed |= !json_write(data, JSON_ENCODE_ANY, c->out);
	fputs("]\n", c->out);
}

static void put_head(struct cast *c, const struct session *s)
{
	json_t *head = json_pack("{s:i, s:i, s:i, s:o}", "version", 2, "width", c->o->width,
		"height", c->o->height, "title", json_words(s->world.map.type->asked));
	static const char begin[] = "\033[?25l\033[2J";

	c->failed |= !json_write(head, JSON_PRESERVE_ORDER, c->out);
	putc('\n', c->out);
	put_output(c, begin, sizeof begin - 1);
}

/* The cursor is seen again, below all else. */
static void put_end(struct cast *c)
{
	char end[64];

	put_output(c, end, (size_t)snprintf(end, sizeof end, "\033[%d;1H\033[?25h", c->o->height));
}

static void draw(struct cast *c)
{
	int x, y;

	follow(&c->look);
	canvas_clear(c->next);
	layout_draw(&c->state, c->next, &x, &y);
}

/* Sends what is different from what is shown. */
static void show(struct cast *c)
{
	struct canvas *shown = c->shown;
	struct text bytes = { 0 };
	FILE *out = text_stream(&bytes);

	draw(c);
	paint_ansi_changes(c->shown, c->next, c->o->theme, out);
	fclose(out);
	if (bytes.len)
		put_output(c, bytes.s, bytes.len);
	text_free(&bytes);
	c->shown = c->next;
	c->next = shown;
}

/* How long the picture stands that is shown now. */
static unsigned stand(struct cast *c)
{
	const struct session *s = c->look.session;
	const struct point *p = session_point(s);
	const char *caption = c->frames.caption;

	c->again = p && p->entry == c->entry ? c->again + 1 : 0;
	c->entry = p ? p->entry : UINT32_MAX;
	if (caption)
		return READ_BEGIN + READ_COLUMN * (unsigned)text_width(c->shown, caption);
	if (c->frames.kind == FRAMES_SNAPSHOTS || frames_landmark(s))
		return STAND_LANDMARK;
	if (s->shown.inside)
		return STAND_EVENT;
	return c->again < AGAIN_AFTER ? STAND : c->again < MANY_AFTER ? STAND_AGAIN : STAND_MANY;
}

bool cast_write(struct session *s, const struct cast_options *o, FILE *out, struct error *err)
{
	struct cast c;
	bool ok;

	if (!open_cast(&c, s, o, out, err)) {
		close_cast(&c);
		return false;
	}
	put_head(&c, s);
	while (frames_next(&c.frames, err)) {
		show(&c);
		c.ms += stand(&c);
	}
	ok = frames_end(&c.frames, err);
	c.ms += STAND_LAST;
	put_end(&c);
	close_cast(&c);
	if (ok && (c.failed || ferror(out)))
		ok = fail(err, "the output could not be written");
	return ok;
}
