/* SPDX-License-Identifier: MIT */
/* One timeline under two releases at once: twin.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/engine.h"
#include "model/session/twin.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static struct session *twin(struct session *s)
{
	struct error err;
	struct session *there = session_twin(s, &err);

	if (!there)
		fail_msg("%s", err.msg);
	return there;
}

static void the_27th_insert_is_the_27th(void **state)
{
	struct session s, *there;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 30");
	rig_goto(&s, 28);
	there = twin(&s);
	assert_string_equal(there->given.release->name, "1.27");
	assert_string_equal(there->world.map.type->engine->name, "swiss");
	assert_string_equal(session_point(&s)->label, "insert 26");
	assert_string_equal(session_point(there)->label, "insert 26");
	rig_run(&s, "beside 1.20");
	assert_string_equal(twin(&s)->given.release->name, "1.20");
	rig_run(&s, "go 1.27");
	rig_run(&s, "beside 1.19");
	assert_string_equal(twin(&s)->world.map.type->engine->name, "classic");
	rig_fails(
		&s, "beside 1.99", "beside: unknown Go release \"1.99\": " RIG_RELEASES RIG_NEWER);
	session_close(&s);
}

/* Keys that a command chose are those that it chose under the timeline's own release. */
static void chosen_keys_are_the_same(void **state)
{
	struct session s, *there;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s,
		"insert 1..8 ; collide 0 4 ; grow ; delete 3 ; grow ; evacuate ; clear ; insert 5");
	for (uint64_t p = 0; p <= s.time.total; p++) {
		bool evacuates;

		rig_goto(&s, p);
		there = twin(&s);
		evacuates = p && strcmp(session_point(&s)->label, "evacuate") == 0;
		assert_int_equal(session_twin_waits(&s), evacuates);
		assert_int_equal(map_count(&s.world.map), map_count(&there->world.map));
		if (p && !evacuates)
			assert_string_equal(session_point(&s)->label, session_point(there)->label);
	}
	session_close(&s);
}

/* Within an operation, back again, and on a new future. */
static void it_goes_along(void **state)
{
	struct session s, *there;
	struct error err;
	size_t total, all;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 9");
	assert_true(session_goto_event(&s, 3, &err));
	there = twin(&s);
	assert_int_equal(session_step(&s, &total), 3);
	assert_int_equal(session_step(there, &all), 3);
	assert_true(session_half_done(there));
	session_whole(&s);
	there = twin(&s);
	assert_false(session_half_done(there));
	rig_goto(&s, 5);
	assert_int_equal(map_count(&twin(&s)->world.map), 4);
	rig_run(&s, "insert 77");
	there = twin(&s);
	assert_string_equal(session_point(there)->label, "insert 77");
	assert_int_equal(map_count(&there->world.map), 5);
	rig_run(&s, "insert 78");
	assert_string_equal(session_point(twin(&s))->label, "insert 78");
	session_close(&s);
}

/* What was done before a snapshot nobody knows. */
static void of_a_file_there_is_none(void **state)
{
	struct session s;
	struct error err;
	char *json;
	FILE *in;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 3");
	json = rig_document(&s);
	in = fmemopen(json, strlen(json), "r");
	assert_true(session_open_stream(&s, in, "-", &err));
	fclose(in);
	free(json);
	assert_null(session_twin(&s, &err));
	assert_non_null(strstr(err.msg, "inserts its entries anew"));
	session_close(&s);
}

/* A lookup is done in both, and walked through in both. */
static void it_looks_along(void **state)
{
	struct session s, *there;
	struct error err;
	size_t total, all, step, steps = 0;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 20 ; lookup 5");
	there = twin(&s);
	assert_string_equal(there->shown.probe_label, "lookup 5");
	assert_int_equal(there->time.now, s.time.now);
	session_goto_step(&s, 1);
	do {
		there = twin(&s);
		step = session_step(&s, &total);
		assert_int_equal(session_step(there, &all), step < all ? step : all);
		steps++;
	} while (step < total && session_step_event(&s, true, &err));
	assert_int_equal(steps, total);
	rig_run(&s, "lookup 99");
	assert_string_equal(twin(&s)->shown.probe_label, "lookup 99");
	rig_run(&s, "insert 99");
	assert_null(twin(&s)->shown.probe_label);
	assert_int_equal(map_count(&twin(&s)->world.map), 21);
	session_close(&s);
}

/* The release that was chosen is saved with the session; where none was there is nothing to
   save. */
static void the_choice_is_saved(void **state)
{
	static const char *const lines[] = { "fill 3", "fill 3 ; beside 1.20" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct text saved = { 0 };
		FILE *out = text_stream(&saved);
		struct session s, again;

		rig_open(&s, NULL, NULL, true);
		rig_run(&s, lines[i]);
		session_write(&s, out);
		fclose(out);
		assert_int_equal(strstr(saved.s, "\nbeside 1.20\n") != NULL, i);
		rig_open(&again, NULL, NULL, true);
		rig_run(&again, saved.s);
		assert_string_equal(session_twin_release(&again)->name, i ? "1.20" : "1.27");
		session_close(&again);
		session_close(&s);
		text_free(&saved);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_27th_insert_is_the_27th),
		cmocka_unit_test(chosen_keys_are_the_same),
		cmocka_unit_test(it_goes_along),
		cmocka_unit_test(it_looks_along),
		cmocka_unit_test(the_choice_is_saved),
		cmocka_unit_test(of_a_file_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
