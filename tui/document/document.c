/* SPDX-License-Identifier: MIT */
#include "tui/document/document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"
#include "model/base/text.h"
#include "tui/document/attachment.h"
#include "tui/document/marker.h"

struct document {
	const char *file;
	char *folder;            /* that it lies in; owned */
	struct text shown;       /* its name, as it may be printed */
	struct text text;        /* as it is */
	struct text made;        /* as it ought to be */
	size_t copied;           /* of the text: so much is in what is made */
	struct markdown markdown;
	struct attachments files; /* that it shows, as they ought to be */
	unsigned pictures;       /* that it has */
	FILE *tell;              /* of stale pictures; NULL when nobody asks */
	bool stale;
};

static bool is_document(int fd, const char *file, struct error *err)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return fail(err, "%s: %s", file, strerror(errno));
	if (S_ISDIR(info.st_mode))
		return fail(err, "%s: this is a folder, not a document", file);
	return S_ISREG(info.st_mode) ||
		fail(err, "%s: a document is a regular file, which this is not", file);
}

/* Without waiting: a FIFO may have no other end, and a device no end at all. */
static FILE *open_document(const char *file, struct error *err)
{
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	FILE *in = NULL;

	if (fd < 0) {
		fail(err, "%s: %s", file, strerror(errno));
		return NULL;
	}
	if (is_document(fd, file, err)) {
		in = xfdopen(fd, "r");
		if (!in)
			fail(err, "%s: %s", file, strerror(errno));
	}
	if (!in)
		close(fd);
	return in;
}

static bool read_all(const char *file, struct text *text, struct error *err)
{
	FILE *in = open_document(file, err);
	char part[16384];
	size_t n;
	bool ok;

	if (!in)
		return false;
	while ((n = fread(part, 1, sizeof part, in)) > 0)
		text_addn(text, part, n);
	ok = !ferror(in) || fail(err, "%s: %s", file, strerror(errno));
	fclose(in);
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
			return fail(err,
				"the picture has a line that ends the fence: a longer one will do");
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
		fprintf(d->tell, "%s:%u: stale from line %u on: hmapview --update %s\n",
			text_str(&d->shown), b->line,
			b->body_line + first_difference(text_str(body), body->len, was, len),
			text_str(&d->shown));
}

/* Into the document itself. */
static bool put_in_place(struct document *d, const struct markdown_block *b,
	const struct text *picture, struct error *err)
{
	struct text body = { 0 };
	bool ok = put_lines(&body, b, picture, err);

	if (ok) {
		compare(d, b, &body);
		text_addn(&d->made, d->text.s + d->copied, b->start - d->copied);
		text_addn(&d->made, text_str(&body), body.len);
		d->copied = b->end;
	}
	text_free(&body);
	return ok;
}

static void tell_file(const struct document *d, const struct markdown_block *b, const char *path)
{
	struct text shown = { 0 };

	if (!d->tell)
		return;
	text_add_shown(&shown, path);
	fprintf(d->tell, "%s:%u: %s is stale: hmapview --update %s\n", text_str(&d->shown), b->line,
		text_str(&shown), text_str(&d->shown));
	text_free(&shown);
}

/* Into the file that the document shows there. */
static bool put_in_file(struct document *d, const struct markdown_block *b,
	const struct export_format *f, const struct text *picture, struct error *err)
{
	char *name = xstrndup(b->link, b->link_len), *path = access_path(&d->files.access, name);
	bool ok = attachment_allowed(name, f->name, err) &&
		outfile_check(&d->files.access, path, err);

	if (ok && attachments_add(&d->files, path, picture)) {
		d->stale = true;
		tell_file(d, b, path);
	}
	free(name);
	free(path);
	return ok;
}

static bool find_place(struct document *d, struct markdown_block *b, const struct export_format *f,
	struct error *err)
{
	switch (f->place) {
	case PLACE_FILE:
		return markdown_link(&d->markdown, b, f->name, err);
	case PLACE_PROSE:
		return markdown_open(&d->markdown, b, err);
	default:
		return markdown_fenced(&d->markdown, b, err);
	}
}

/* The picture of one comment, put in its place. */
static bool make_block(struct document *d, struct markdown_block *b, struct error *err)
{
	struct text picture = { 0 };
	struct marker m;
	bool ok;

	if (!marker_read(&m, b, err))
		return false;
	ok = find_place(d, b, m.format, err) && marker_make(&m, b, d->file, &picture, err);
	if (ok && m.format->place == PLACE_FILE)
		ok = put_in_file(d, b, m.format, &picture, err);
	else if (ok)
		ok = put_in_place(d, b, &picture, err);
	text_free(&picture);
	marker_free(&m);
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
	for (; markdown_next(&d->markdown, &b, err); d->pictures++)
		if (!make_block(d, &b, err))
			return blame(d, &b, err);
	if (d->markdown.error_line)
		return blame(d, &b, err);
	/* Who asks about pictures means that there are some. */
	if (!d->pictures && d->tell)
		return fail(err,
			"%s: no picture is kept true in it: none begins with <!-- hmapview",
			d->file);
	text_addn(&d->made, text_str(&d->text) + d->copied, d->text.len - d->copied);
	return true;
}

static bool same(const struct text *a, const struct text *b)
{
	return a->len == b->len && memcmp(text_str(a), text_str(b), a->len) == 0;
}

static void free_document(struct document *d)
{
	free(d->folder);
	text_free(&d->shown);
	text_free(&d->text);
	text_free(&d->made);
	attachments_free(&d->files);
}

/* The person named the document; its pictures are those of nobody knows whom. */
static struct document begin_document(const char *file)
{
	char *folder = access_folder(file);

	return (struct document){ .file = file, .folder = folder, .files = { .access = {
		ASKER_DOCUMENT, .folder = folder, .picture = export_wrote } } };
}

bool document_update(const char *file, struct error *err)
{
	struct document d = begin_document(file);
	bool ok = read_all(file, &d.text, err) && make_all(&d, err);

	ok = ok && attachments_write(&d.files, err);
	if (ok && !same(&d.text, &d.made))
		ok = outfile_write_bytes(&access_person, file, text_str(&d.made), d.made.len, err);
	free_document(&d);
	return ok;
}

bool document_check(const char *file, FILE *out, bool *stale, struct error *err)
{
	struct document d = begin_document(file);
	bool ok;

	d.tell = out;
	text_add_shown(&d.shown, file);
	ok = read_all(file, &d.text, err) && make_all(&d, err);
	*stale = d.stale;
	free_document(&d);
	return ok;
}
