/* SPDX-License-Identifier: MIT */
/* The picture in the README is what the program prints. GOLDEN=1 writes it anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "tui/demo.h"
#include "tui/page.h"

#include <cmocka.h>

static char *read_file(const char *path)
{
	FILE *in = fopen(path, "r");
	struct text t = { 0 };
	char part[4096];
	size_t n;

	assert_non_null(in);
	while ((n = fread(part, 1, sizeof part, in)) > 0)
		text_addn(&t, part, n);
	fclose(in);
	return t.s;
}

static char *demo_picture(void)
{
	struct session_options options = { .seed = SESSION_SEED, .history = true };
	struct session s;
	struct canvas *page;
	struct error err;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_true(session_open(&s, &options, &err));
	assert_true(demo_run(&s, &err));
	page = page_draw(&s, &(struct page_options){ .width = 80 }, &err);
	assert_non_null(page);
	canvas_print(page, out);
	fclose(out);
	canvas_free(page);
	session_close(&s);
	return text;
}

static void the_picture_is_true(void **state)
{
	static const char fence[] = "```text\n";
	char *readme = read_file("README.md"), *picture = demo_picture();
	char *start = strstr(readme, fence), *end;

	(void)state;
	assert_non_null(start);
	start += strlen(fence);
	end = strstr(start, "```\n");
	assert_non_null(end);
	if (getenv("GOLDEN")) {
		FILE *out = fopen("README.md", "w");

		fprintf(out, "%.*s%s%s", (int)(start - readme), readme, picture, end);
		fclose(out);
	} else if (strlen(picture) != (size_t)(end - start) ||
		memcmp(picture, start, strlen(picture)) != 0) {
		fail_msg("the picture in README.md is not what hmapview -x text prints: "
			 "GOLDEN=1 build/tests/tui/test_readme writes it");
	}
	free(readme);
	free(picture);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_picture_is_true) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
