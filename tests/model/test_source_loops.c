/* SPDX-License-Identifier: MIT */
/* Range loops in snapshots: they go on where they stood, or it is said that they cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/model/documents.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/*
 * A loop that stopped before a snapshot goes on behind it as it would have; unless it walks an
 * old array and keys have pointers, which snapshots do not show of evacuated cells.
 */
static void check_loop(const char *type, const char *before, const char *behind)
{
	struct session s, again;
	char *text, *want, *got;
	bool lost;

	rig_open(&s, type, NULL, true);
	s.desk.keep_json = true;
	document_run(&s, before);
	text = rig_document(&s);
	document_run(&s, behind);
	want = rig_document(&s);
	document_reopen(&again, text);
	lost = strstr(session_caption(&again), "Not restored: its range loop") != NULL;
	assert_true(!lost || ((s.world.map.type->key->pointers || s.world.map.type->indirect_key) &&
			     strstr(before, "grow")));
	if (lost)
		goto end;
	document_run(&again, behind);
	got = rig_document(&again);
	if (strcmp(want, got) != 0)
		fail_msg("%s, %s, %s:\n%.6000s\n%.6000s", type, before, behind, want, got);
	free(got);
end:
	session_close(&again);
	session_close(&s);
	free(text);
	free(want);
}

static void loops_go_on(void **state)
{
	static const char *const before[] = {
		"fill 60 ; range 20 ; snapshot", "fill 30 ; range 1 ; snapshot",
		"fill 8 ; range 3 from 0 6 ; snapshot",        /* one bucket */
		"fill 100 ; range 9 ; grow ; snapshot",        /* along what is the old array now */
		"fill 104 ; grow ; range 12 ; snapshot",       /* in old buckets that wait */
		"fill 104 ; grow ; range 12 ; evacuate 3 ; snapshot",
		"make 400 ; collide 2 30 ; range 15 from 2 3 ; snapshot", /* in overflow buckets */
	};
	static const char *const behind[] = {
		"next 7 ; snapshot ; next all ; snapshot",
		"delete 0..9 ; insert 300..310 ; next 9 ; evacuate 2 ; snapshot ; next all ; "
		"snapshot",
	};

	(void)state;
	for (size_t t = 0; t < DOCUMENT_TYPES; t++)
		for (size_t i = 0; i < LENGTH(before); i++)
			for (size_t k = 0; k < LENGTH(behind); k++)
				check_loop(document_types[t], before[i], behind[k]);
}

/* Of Swiss maps nothing is lost: what a loop alone walks is in the snapshot. */
static void swiss_loops_go_on(void **state)
{
	static const char *const before[] = {
		"go 1.24 ; fill 7 ; range 3 ; snapshot", "go 1.26 ; fill 60 ; range 20 ; snapshot",
		"go 1.27 ; fill 7 ; range 3 ; fill 20 ; snapshot",      /* the group it was */
		"go 1.25 ; fill 100 ; range 9 ; fill 200 ; snapshot",   /* a table replaced */
		"go 1.27-X:mapsplitgroup ; fill 880 ; range 30 ; fill 1000 ; snapshot", /* split */
		"go 1.26 ; fill 60 ; range 5 ; clear ; fill 30 ; snapshot",
	};
	static const char *const behind[] = {
		"next 7 ; snapshot ; next all ; snapshot",
		"delete 0..9 ; insert 2000..2010 ; next 9 ; snapshot ; next all ; snapshot",
	};

	(void)state;
	for (size_t t = 0; t < DOCUMENT_TYPES; t++)
		for (size_t i = 0; i < LENGTH(before); i++)
			check_loop(document_types[t], before[i], behind[(t + i) % 2]);
}

/* The array that the loop walks is in no snapshot any more. */
static void a_lost_loop_is_told(void **state)
{
	struct session s, again;
	struct error err;
	char *text;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 20 ; range 5 ; fill 60 ; snapshot \"a\"");
	text = rig_document(&s);
	document_reopen(&again, text);
	assert_string_equal(session_caption(&again), "test.json, snapshot 1 of 1: a. Not restored: "
		"its range loop, which walks what no snapshot shows");
	assert_false(session_run(&again, "next", &err).ok);
	assert_string_equal(err.msg, "next: no range loop is under way: range N begins one");
	session_close(&again);
	session_close(&s);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loops_go_on),
		cmocka_unit_test(swiss_loops_go_on),
		cmocka_unit_test(a_lost_loop_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
