/* SPDX-License-Identifier: MIT */
/* Maps out of core files, made unreadable: what stays known of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"
#include "tests/live/cores.h"

#include <cmocka.h>

/* A view says of the file what it says of the map in the core, which has its keys. */
static void check_alike(const char *map, const char *path, const char *view)
{
	struct outcome is = program_run(&(struct program){ .args = ARGS("-x", "text", "--view",
		view, path) }), was = cores_look(0, map, "text", view, NULL);
	const char *a = is.out + strcspn(is.out, "\n"), *b = was.out + strcspn(was.out, "\n");

	size_t n = (size_t)(strstr(b, "\nhints,") ? strstr(b, "\nhints,") - b
						  : (ptrdiff_t)strlen(b));

	a += 1 + strcspn(a + 1, "\n"); /* which snapshot it is of */
	assert_int_equal(is.status, 0);
	/* Maps that are filled to compare with have a hash key of their own. */
	if (strncmp(a, b, n) != 0)
		fail_msg("%s: %s\nis not%s", map, a, b);
	outcome_free(&is);
	outcome_free(&was);
}

/* What a redacted map holds nobody learns; how it lies, what it takes and what is alike he does. */
static void test_redacted(void **state)
{
	static const char *const maps[] = { "main.users", "main.cfg.byID", "main.floats",
		"main.bigs", "main.dead", "main.large", "main.held" };
	static const char *const secrets[] = { "key-", "\"one", "\"two", "\"9801\"", "three",
		"\"7\"" };

	(void)state;
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
		char *path = xasprintf("%s/%s.json", cores.folder.path, maps[i]);
		struct outcome plain = cores_map(0, maps[i]),
			       o = program_run(&(struct program){
				       .args = ARGS("-x", "json", "--core", cores.core[0], "--exe",
					       cores.exe[0], "--map", maps[i], "--redact", "-o",
					       path) });
		json_t *was, *is, *snapshots[2];
		struct stat info;
		char *bytes;
		size_t len;

		assert_int_equal(plain.status, 0);
		if (o.status != 0)
			fail_msg("%s: %s", maps[i], o.err);
		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 0777, 0600);
		bytes = file_read(path, &len);
		for (size_t k = 0; k < sizeof secrets / sizeof *secrets; k++)
			if (strstr(bytes, secrets[k]))
				fail_msg("%s: %s is told", maps[i], secrets[k]);
		assert_null(strstr(bytes, "hashkey"));
		was = json_loads(plain.out, 0, NULL);
		is = json_loads(bytes, 0, NULL);
		assert_true(was && is);
		snapshots[0] = json_array_get(json_object_get(was, "snapshots"), 0);
		snapshots[1] = json_array_get(json_object_get(is, "snapshots"), 0);
		assert_int_equal(count_keys(snapshots[0]), count_keys(snapshots[1]));
		if (!json_equal(json_object_get(snapshots[0], "ledger"),
			json_object_get(snapshots[1], "ledger")))
			fail_msg("%s: its ledger is another", maps[i]);
		outcome_free(&o);
		outcome_free(&plain);
		o = program_run(&(struct program){ .args = ARGS("-x", "check", path) });
		if (o.status != 0 || !strstr(o.out, "all laws hold") ||
			strstr(o.out, "hashes were not checked"))
			fail_msg("%s: %s%s", maps[i], o.out, o.err);
		outcome_free(&o);
		check_alike(maps[i], path, "shape");
		check_alike(maps[i], path, "ledger");
		json_decref(was);
		json_decref(is);
		free(bytes);
		free(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_redacted),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
