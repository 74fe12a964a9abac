/* SPDX-License-Identifier: MIT */
/*
 * Scripts and files of snapshots, through every format and every view; nothing is written and no
 * file read.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/text.h"
#include "model/session/script.h"
#include "model/session/session.h"
#include "model/source/source.h"
#include "tui/export/export.h"
#include "tui/page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OPS_MOST = 2000, LOOKS_MOST = 16 };

/* What fills large maps of its own, of which the input tells the type alone, is soon given up. */
static bool is_enough(const struct work *work, void *data)
{
	unsigned *looks = data;

	return strcmp(work->unit, "op") == 0 && ++*looks > LOOKS_MOST;
}

static void write_all(struct session *s)
{
	const struct export_format *f;
	struct error unused;
	struct theme theme;

	theme_default(&theme);
	for (unsigned i = 0; (f = export_format_at(i)); i++) {
		struct export_options o = { .theme = &theme };
		struct text text = { 0 };
		unsigned looks = 0;
		FILE *out;

		s->hooks.watcher = (struct watcher){ is_enough, &looks };
		out = text_stream(&text);
		export_write(s, f, &o, out, &unused);
		fclose(out);
		text_free(&text);
	}
}

static void show_all(struct session *s)
{
	const struct page_view *view;
	struct error unused;

	for (unsigned i = 0; (view = page_view_at(i)); i++) {
		struct page_options o = { .view = view->name };
		struct canvas *page;
		unsigned looks = 0;

		s->hooks.watcher = (struct watcher){ is_enough, &looks };
		page = page_draw(s, &o, &unused);
		if (page)
			canvas_free(page);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct session_options so = { .seed = 1, .history = true };
	FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	struct error err;
	struct session s;

	if (!in)
		return 0;
	if (session_open(&s, &so, &err)) {
		s.access = (struct access){ .who = ASKER_DOCUMENT, .folder = "/proc/nonexistent" };
		s.run.trial = true;
		s.run.stop = OPS_MOST;
		if ((source_begins(in, "x") ? session_open_stream(&s, in, "x", &err)
					    : script_run_stream(&s, in, "x", &err)) &&
			session_ensure_map(&s, &err)) {
			write_all(&s);
			show_all(&s);
			s.hooks.watcher.stops = NULL;
		}
		session_close(&s);
	}
	fclose(in);
	return 0;
}
