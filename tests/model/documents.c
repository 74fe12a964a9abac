/* SPDX-License-Identifier: MIT */
#include "tests/model/documents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/model/rig.h"

#include <cmocka.h>

const char *const document_types[DOCUMENT_TYPES] = { "map[int]string", "map[string]string",
	"map[uint16]int64", "map[[200]byte]int", "map[string][200]byte", "map[any]error",
	"map[int][]string", "map[struct{ A int8; B float64 }]struct{ X []int; Y any }",
	"map[*int]int", "map[bool]int", "map[float64][150]byte", "map[[0]int]struct{}",
	"map[complex64]bool", "map[struct{ A string; _ int16; B any }]chan int",
	"map[[40]string][3]any" };

bool document_open(struct session *s, const char *text, size_t len, struct error *err)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, len ? len : 1, "r");
	bool ok;

	assert_non_null(in);
	if (!len)
		getc(in);
	ok = session_open_stream(s, in, "test.json", err);
	fclose(in);
	return ok;
}

void document_reopen(struct session *s, const char *text)
{
	struct error err;

	rig_open(s, NULL, NULL, true);
	s->desk.keep_json = true;
	if (!document_open(s, text, strlen(text), &err))
		fail_msg("%s", err.msg);
}

json_t *document_load(const char *text)
{
	json_error_t err;
	json_t *all = json_loads(text, 0, &err);

	if (!all)
		fail_msg("%d: %s", err.line, err.text);
	return all;
}

void document_run(struct session *s, const char *script)
{
	struct error unused;

	while (*script) {
		const char *end = strstr(script, " ; ");
		char *line = end ? xstrndup(script, (size_t)(end - script)) : xstrdup(script);

		session_run(s, line, &unused);
		free(line);
		script = end ? end + 3 : script + strlen(script);
	}
}

char *document_three(void)
{
	struct session s;
	char *text;

	rig_open(&s, "map[string]int", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s,
		"fill 2 ; snapshot \"two\" ; fill 9 ; caption \"it grows\" ; snapshot \"nine\"");
	rig_run(&s, "fill 40 ; caption ; snapshot \"forty\"");
	text = rig_document(&s);
	session_close(&s);
	return text;
}

char *document_altered(const char *text, const char *behind, const char *from, const char *to)
{
	const char *at = strstr(text, behind);

	at = at ? strstr(at, from) : NULL;
	if (!at)
		fail_msg("%s ... %s is not there", behind, from);
	return xasprintf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}
