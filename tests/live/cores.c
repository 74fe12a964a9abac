/* SPDX-License-Identifier: MIT */
#include "tests/live/cores.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

#include <cmocka.h>

struct cores cores;

int cores_unpack(void **state)
{
	(void)state;
	scratch_make(&cores.folder);
	for (size_t i = 0; i < recordings_count; i++) {
		cores.core[i] = recorded_unpack(&recordings[i], "core", cores.folder.path);
		cores.exe[i] = recorded_unpack(&recordings[i], "exe", cores.folder.path);
	}
	return 0;
}

int cores_forget(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		free(cores.core[i]);
		free(cores.exe[i]);
	}
	scratch_remove(&cores.folder);
	return 0;
}

json_t *cores_list(size_t i)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core",
		cores.core[i], "--exe", cores.exe[i]) });
	json_error_t at;
	json_t *top;

	if (o.status != 0)
		fail_msg("%s: %s", cores.core[i], o.err);
	assert_string_equal(o.err, "");
	top = json_loads(o.out, 0, &at);
	assert_non_null(top);
	outcome_free(&o);
	return top;
}

const char *string_of(json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* Keys and elems of a bucket, or of a group's slots. */
size_t count_keys(json_t *v)
{
	json_t *keys = json_object_get(v, "keys"), *one;
	const char *name;
	size_t n = 0, i;

	json_array_foreach(keys, i, one)
		n += *json_string_value(one) != '\0';
	if (!keys) {
		json_array_foreach(v, i, one)
			n += count_keys(one);
		json_object_foreach(v, name, one)
			n += count_keys(one);
	}
	return n;
}

struct outcome cores_map(size_t i, const char *map)
{
	return program_run(&(struct program){ .args = ARGS("-x", "json", "--core", cores.core[i],
		"--exe", cores.exe[i], "--map", map) });
}

/* Whatever is run on a captured map. */
struct outcome cores_look(size_t i, const char *map, const char *format, const char *view,
	const char *script)
{
	const char *args[16] = { "-x", format, "--core", cores.core[i], "--exe",
		cores.exe[i], "--map", map };
	char *path = script ? scratch_write(&cores.folder, "script.hm", script, strlen(script))
			    : NULL;
	size_t n = 8;
	struct outcome o;

	if (view) {
		args[n++] = "--view";
		args[n++] = view;
	}
	args[n] = path;
	o = program_run(&(struct program){ .args = args });
	free(path);
	return o;
}
