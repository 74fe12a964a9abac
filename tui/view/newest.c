/* SPDX-License-Identifier: MIT */
/* What the newest release would take, beside figures of one that nobody chose. */
#include "model/session/newest.h"
#include "tui/view/figures.h"

void newest_sheet(const struct present *now, struct sheet *out)
{
	struct newest n;
	struct text *words;

	if (!session_newest(now->session, !now->screen, &n))
		return;
	sheet_gap(out);
	newest_words(&n, false, sheet_add_words(out, FOR_PANE, 1, 2, ROLE_WARNING));
	words = sheet_add_words(out, FOR_MARKDOWN, 0, 0, ROLE_NOTE);
	newest_words(&n, false, words);
	text_add(words, ".");
	sheet_data(out, "newest.go", n.release->name);
	sheet_count(out, "newest.inuse_bytes", n.bytes);
	sheet_flag(out, "newest.about", n.about);
}
