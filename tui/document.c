/* SPDX-License-Identifier: MIT */
#include "tui/document.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/mem.h"
#include "model/text.h"
#include "tui/argv.h"
#include "tui/export.h"
#include "tui/job.h"
#include "tui/markdown.h"
#include "tui/outfile.h"

struct document {
	const char *file;
	struct text text;        /* as it is */
	struct text made;        /* as it ought to be */
	size_t copied;           /* of the text: so much is in what is made */
	struct markdown markdown;
	FILE *tell;              /* of stale pictures; NULL when nobody asks */
	bool stale;
};

static bool read_all(const char *file, struct text *text, struct error *err)
{
	FILE *in = fopen(file, "r");
	struct stat info;
	char part[16384];
	size_t n;
	bool ok;

	if (!in)
		return fail(err, "%s: %s", file, strerror(errno));
	if (fstat(fileno(in), &info) == 0 && S_ISDIR(info.st_mode)) {
		fclose(in);
		return fail(err, "%s: this is a folder, not a document", file);
	}
	while ((n = fread(part, 1, sizeof part, in)) > 0)
		text_addn(text, part, n);
	ok = !ferror(in) || fail(err, "%s: %s", file, strerror(errno));
	fclose(in);
	return ok;
}

/* A script is found from the document, not from where the program runs. */
static char *beside(const char *file, const char *script)
{
	const char *slash = strrchr(file, '/');

	if (*script == '/' || !slash)
		return xstrdup(script);
	return xasprintf("%.*s/%s", (int)(slash - file), file, script);
}

/* What would reach out of the document, or means nothing in it. */
static bool allowed(const struct options *o, const struct markdown_block *b, struct error *err)
{
	const struct {
		bool given;
		const char *name;
	} refused[] = { { o->output, "--output" }, { o->config, "--config" }, { o->color, "--color" },
		{ o->theme, "--theme" }, { o->help, "--help" }, { o->version, "--version" },
		{ o->list_scenes, "--list-scenes" }, { o->print, "--print" }, { o->update, "--update" },
		{ o->check, "--check" } };

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (refused[i].given)
			return fail(err, "%s has no place in a document: the comment says what to show, "
					 "the picture goes below it", refused[i].name);
	if (o->script && strcmp(o->script, "-") == 0)
		return fail(err, "no standard input in a document: the script's name, or its lines below");
	if (b->script && (o->script || o->scene))
		return fail(err, "a script's name or its lines below, not both: %.60s",
			o->script ? o->script : o->scene);
	return true;
}

/* Nothing but the document is written, whatever a script says. */
static bool refuse_export(struct session *s, const char *args, struct error *err)
{
	(void)s;
	(void)args;
	return fail(err, "a document's script writes no files: leave the command out");
}

/* Its lines are numbered as in the document. */
static FILE *open_script(const struct markdown_block *b, struct text *lines, struct error *err)
{
	FILE *in;

	for (unsigned i = 1; i < b->script_line; i++)
		text_addc(lines, '\n');
	text_addn(lines, b->script, b->script_len);
	in = fmemopen(lines->s, lines->len, "r");
	if (!in)
		fail(err, "%s", strerror(errno));
	return in;
}

static bool write_picture(struct session *s, const struct job *job, struct text *picture,
	struct error *err)
{
	const struct options *o = job->options;
	struct export_options eo = { .page = o->page, .height = o->height, .frames = o->frames };
	char *bytes = NULL;
	size_t len;
	FILE *out = open_memstream(&bytes, &len);
	bool ok;

	if (!out)
		return fail(err, "%s", strerror(errno));
	ok = export_write(s, export_format_find(o->format, err), &eo, out, err);
	fclose(out);
	if (ok)
		text_addn(picture, bytes, len);
	free(bytes);
	return ok;
}

static bool run_job(const struct job *job, struct text *picture, struct error *err)
{
	struct session s;
	bool ok;

	if (!job_open(&s, job, err))
		return false;
	s.keep_json = true;
	s.export = refuse_export;
	ok = job_run(&s, job, err) && write_picture(&s, job, picture, err);
	session_close(&s);
	return ok;
}

static bool make_picture(const struct document *d, const struct markdown_block *b,
	struct options *o, struct text *picture, struct error *err)
{
	struct config config;
	struct job job = { .options = o, .config = &config, .script_name = d->file };
	struct text lines = { 0 };
	char *script = o->script ? beside(d->file, o->script) : NULL;
	bool ok;

	config_init(&config);
	o->script = script;
	ok = allowed(o, b, err) && job_known(&job, err);
	if (ok && b->script) {
		job.script = open_script(b, &lines, err);
		ok = job.script != NULL;
	}
	ok = ok && run_job(&job, picture, err);
	if (job.script)
		fclose(job.script);
	text_free(&lines);
	free(script);
	config_free(&config);
	return ok;
}

/* A line of the picture as it stands in the document. False when it would end the fence. */
static bool put_line(struct text *t, const struct markdown_block *b, const char *s, size_t len)
{
	if (b->fence && markdown_ends_fence(b, s, len))
		return false;
	for (int i = 0; i < b->indent && len; i++)
		text_addc(t, ' ');
	text_addn(t, s, len);
	text_add(t, b->crlf ? "\r\n" : "\n");
	return true;
}

static bool put_lines(struct text *t, const struct markdown_block *b, const struct text *picture,
	struct error *err)
{
	const char *s = text_str(picture), *end;

	for (; *s; s = *end ? end + 1 : end) {
		end = strchrnul(s, '\n');
		if (!put_line(t, b, s, (size_t)(end - s)))
			return fail(err, "the picture has a line that ends the fence: a longer one will do");
	}
	return true;
}

/* The first line where two texts differ, counted from 0. */
static unsigned first_difference(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned line = 0;

	for (size_t i = 0; i < a_len && i < b_len && a[i] == b[i]; i++)
		line += a[i] == '\n';
	return line;
}

static void compare(struct document *d, const struct markdown_block *b, const struct text *body)
{
	const char *was = d->text.s + b->start;
	size_t len = b->end - b->start;

	if (body->len == len && (len == 0 || memcmp(text_str(body), was, len) == 0))
		return;
	d->stale = true;
	if (d->tell)
		fprintf(d->tell, "%s:%u: stale from line %u on: hmapview --update %s\n", d->file, b->line,
			b->body_line + first_difference(text_str(body), body->len, was, len), d->file);
}

/* The picture of one comment, put in its place. */
static bool make_block(struct document *d, struct markdown_block *b, struct options *o,
	struct error *err)
{
	const struct export_format *f = export_format_find(o->format, err);
	struct text picture = { 0 }, body = { 0 };
	bool ok = f != NULL;

	if (ok && f->place == PLACE_FILE)
		ok = fail(err, "-x %s is no text for a document: text, ascii or markdown is", f->name);
	if (ok)
		ok = f->place == PLACE_PROSE ? markdown_open(&d->markdown, b, err)
			: markdown_fenced(&d->markdown, b, err);
	ok = ok && make_picture(d, b, o, &picture, err) && put_lines(&body, b, &picture, err);
	if (ok) {
		compare(d, b, &body);
		text_addn(&d->made, d->text.s + d->copied, b->start - d->copied);
		text_addn(&d->made, text_str(&body), body.len);
		d->copied = b->end;
	}
	text_free(&picture);
	text_free(&body);
	return ok;
}

/* The options are those of the command line; without -x it is text. */
static bool make_comment(struct document *d, struct markdown_block *b, struct error *err)
{
	static const char *const first[] = { "hmapview", "-x", "text" };
	struct argv words = { 0 };
	struct options o;
	bool ok;

	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		argv_add(&words, first[i]);
	ok = argv_split(&words, b->options, b->options_len, err) &&
		options_parse(&o, (int)words.count, words.list, err) && make_block(d, b, &o, err);
	argv_free(&words);
	return ok;
}

/* Where it went wrong: in a line of the document, unless that was said already. */
static bool blame(const struct document *d, const struct markdown_block *b, struct error *err)
{
	size_t n = strlen(d->file);
	unsigned line = d->markdown.error_line ? d->markdown.error_line : b->line;

	if (strncmp(err->msg, d->file, n) == 0 && err->msg[n] == ':')
		return false;
	return fail_in(err, "%s:%u", d->file, line);
}

static bool make_all(struct document *d, struct error *err)
{
	struct markdown_block b;

	markdown_begin(&d->markdown, text_str(&d->text), d->text.len);
	while (markdown_next(&d->markdown, &b, err))
		if (!make_comment(d, &b, err))
			return blame(d, &b, err);
	if (d->markdown.error_line)
		return blame(d, &b, err);
	text_addn(&d->made, text_str(&d->text) + d->copied, d->text.len - d->copied);
	return true;
}

static bool write_made(FILE *out, void *data, struct error *err)
{
	const struct document *d = data;

	(void)err;
	return fwrite(d->made.s, 1, d->made.len, out) == d->made.len;
}

bool document_update(const char *file, struct error *err)
{
	struct document d = { .file = file };
	bool ok = read_all(file, &d.text, err) && make_all(&d, err);

	if (ok && d.stale)
		ok = outfile_write(file, write_made, &d, err);
	text_free(&d.text);
	text_free(&d.made);
	return ok;
}

bool document_check(const char *file, FILE *out, bool *stale, struct error *err)
{
	struct document d = { .file = file, .tell = out };
	bool ok = read_all(file, &d.text, err) && make_all(&d, err);

	*stale = d.stale;
	text_free(&d.text);
	text_free(&d.made);
	return ok;
}
