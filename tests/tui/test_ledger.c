/* SPDX-License-Identifier: MIT */
/* The ledger's page against pictures, and on every width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/page.h"
#include "tui/view_ledger.h"

#include <cmocka.h>

static char *print(const struct canvas *canvas)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_true(canvas_print(canvas, out));
	fclose(out);
	return text;
}

static void pages(void **state)
{
	static const struct {
		const char *file, *type, *arch, *lines;
		int width;
		bool ascii;
	} rows[] = {
		{ "growing-80", NULL, NULL, "fill 26 ; delete 3..5 ; insert 30..40 ; grow", 80, false },
		{ "emptied-80", NULL, NULL, "fill 1000 ; delete 0..994", 80, false },
		{ "hinted-100", "map[int32]int8", "386", "make 500 ; fill 12", 100, false },
		{ "apart-60", "map[string][20]int64", NULL, "fill 30", 60, true },
		{ "empty-80", NULL, NULL, "make", 80, false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		struct canvas *page;
		char path[128], *text;

		rig_open(&s, rows[i].type, rows[i].arch, true);
		rig_run(&s, rows[i].lines);
		page = page_draw(&s, "ledger", rows[i].width, rows[i].ascii);
		text = print(page);
		snprintf(path, sizeof path, "tests/tui/goldens/ledger-%s.txt", rows[i].file);
		if (!golden_equal(path, text, golden_wanted()))
			fail_msg("%s", path);
		free(text);
		canvas_free(page);
		session_close(&s);
	}
}

/* Whatever the width: no figure is cut off, since a cut figure is another figure. */
static void figures_are_whole(void **state)
{
	struct session s;
	char total[40];

	(void)state;
	rig_open(&s, "map[string]int", NULL, false);
	rig_run(&s, "fill 200000");
	snprintf(total, sizeof total, " %s ", count_text(map_reached(&s.map).bytes).s);
	for (int width = 40; width <= 130; width += 3) {
		struct canvas *canvas = canvas_new(width, 100, false);
		struct pane p = canvas_pane(canvas);
		char *text;

		view_ledger(&s, &p);
		text = print(canvas);
		if (!strstr(text, total))
			fail_msg("width %d: no%s", width, total);
		for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
			if (line[0] == ' ' && line[strlen(line) - 1] == ',' && !strpbrk(line, "abcdefgh"))
				fail_msg("width %d: \"%s\"", width, line);
		free(text);
		canvas_free(canvas);
	}
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages),
		cmocka_unit_test(figures_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
