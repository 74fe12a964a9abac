/* SPDX-License-Identifier: MIT */
/* Lookups walked through step by step: what is said of each, and where the cursor is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/app.h"

#include <cmocka.h>

/* Presses a key and waits for the number of the step and what is said of it. */
static void step(struct pty *pty, const char *key, const char *number, const char *words)
{
	pty_key(pty, key);
	pty_wait(pty, number);
	pty_wait(pty, words);
}

/* A hit, forth and back; the cursor goes along, here seen by the bytes of its slot. */
static void test_hit(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "lookup 22");
	pty_wait(pty, "lookup 22: hash 0x");
	step(pty, ".", "lookup 22 · event 1 of 8", "hash taken: 0x");
	pty_wait(pty, "low 3 bits 111, tophash 61");
	step(pty, ".", "event 2 of 8",
		"growing: old bucket 3 was evacuated, so bucket 7 of the new");
	step(pty, ".", "event 3 of 8", "looks through bucket 7");
	step(pty, ".", "event 4 of 8", "slot 0: key 2 is another");
	pty_wait(pty, "+0x008 ▸key 0");
	step(pty, ".", "event 5 of 8", "slot 1: key 12 is another");
	pty_wait(pty, "+0x010 ▸key 1");
	step(pty, ",", "event 4 of 8", "slot 0: key 2 is another");
	pty_wait(pty, "+0x008 ▸key 0");
	step(pty, ".", "event 5 of 8", "slot 1: key 12 is another");
	step(pty, ".", "event 6 of 8", "slot 2: key 19 is another");
	step(pty, ".", "event 7 of 8", "slot 3: the key is equal");
	step(pty, ".", "event 8 of 8", "the key is found in slot 3 of bucket 7");
	/* The end of the timeline: the lookup stays. */
	step(pty, ".", "event 8 of 8", "this is the end");
	step(pty, ",", "event 7 of 8", "slot 3: the key is equal");
	for (int i = 6; i > 0; i--)
		pty_key(pty, ",");
	step(pty, ".", "event 2 of 8", "growing: old bucket 3");
	/* Before the lookup came the operation, which is stepped into in its turn. */
	pty_key(pty, ",");
	pty_key(pty, ",");
	pty_wait(pty, "insert 28 \"v28\": hash 0x");
	step(pty, ",", "insert 28 \"v28\" · event 41 of 42", "emptyRest: nothing follows");
}

/* A miss in an old bucket that still waits, and what follows on the timeline. */
static void test_miss(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "lookup 1000");
	pty_wait(pty, "not there");
	step(pty, ",", "lookup 1000 · event 11 of 12", "slot 7: key 21 is another");
	step(pty, ",", "event 10 of 12", "slot 6: key 27 is another");
	for (int i = 0; i < 8; i++)
		pty_key(pty, ",");
	pty_wait(pty, "event 2 of 12");
	pty_wait(pty, "old bucket 2 was not evacuated yet, so it is looked through, not bucket 6");
	step(pty, ".", "event 3 of 12", "looks through old bucket 2");
	for (int i = 0; i < 9; i++)
		pty_key(pty, ".");
	pty_wait(pty, "event 12 of 12");
	pty_wait(pty, "the key is not there");
	/* In the past the events of the next operation follow. */
	pty_key(pty, "[");
	app_command(pty, "lookup 3000");
	for (int i = 0; i < 30 && !pty_shows(pty, "insert 28 \"v28\" · event 1 of 42"); i++) {
		pty_key(pty, ".");
		pty_settle(pty, 20);
	}
	pty_wait(pty, "insert 28 \"v28\" · event 1 of 42");
}

/* Along a chain, at each zoom that shows slots, and with little room. */
static void test_chain(void **state)
{
	static const char *const args[] = { "-t", "map[string]int", "--hint", "20", NULL };
	struct pty *pty = app_start(state, &(struct app_options){ .args = args });

	app_command(pty, "collide 1 10");
	app_command(pty, "delete \"key-7\"");
	app_command(pty, "lookup \"key-29\"");
	pty_wait(pty, "found in slot 1 of overflow bucket 1");
	step(pty, ",", "event 14 of 15", "slot 1: tophash and length agree, and the key is equal");
	step(pty, ",", "event 13 of 15", "slot 0: tophash 09 is not 61");
	step(pty, ",", "event 12 of 15", "the chain goes on: bucket 1, overflow 1");
	pty_wait(pty, "bucket 1, overflow 1 · 0x");
	step(pty, ",", "event 11 of 15", "slot 7: tophash 50 is not 61");
	for (int i = 0; i < 5; i++)
		pty_key(pty, ",");
	step(pty, ",", "event 5 of 15", "slot 1: a string of another length");
	step(pty, ".", "event 6 of 15", "slot 2: a string of another length");
	pty_key(pty, "Enter");
	pty_wait(pty, "+0x028 ▸key 2");
	step(pty, ".", "event 7 of 15", "slot 3: empty; this path compares lengths first");
	pty_key(pty, "Enter");
	pty_wait(pty, "slot 3");
	step(pty, ".", "event 8 of 15", "slot 4:");
	pty_wait(pty, "slot 4  tophash");
	pty_resize(pty, 40, 10);
	pty_wait(pty, "8/15 slot 4:");
}

/* A range in the midst of a growth: the order in words and in the slots, and step by step. */
static void test_range(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "range all from 6 5");
	pty_wait(pty, "range all from 6 5: starts at bucket 6, slot 5; over after 27 entries");
	pty_wait(pty, "the keys come in this order: 16, 21, 5, 6, 8, 11, 26, 28, 2, 12, 19");
	pty_wait(pty, "growing: 4 new buckets are not filled yet");
	pty_wait(pty, " 2 ▏17. 3. 4. 5. 6. 1.16. 2 waits");
	pty_wait(pty, " 7 ▏ 9.10.11.12.13. 7. 8.·");
	pty_key(pty, "[");
	pty_wait_gone(pty, "17. 3. 4.");
	step(pty, ".", "range all from 6 5 · event 1 of 83", "told to start: low 3 bits 110");
	step(pty, ".", "event 2 of 83",
		"bucket 6 is next, but still waits: old bucket 2 is walked for it");
	step(pty, ".", "event 3 of 83", "looks through old bucket 2, from slot 5 on");
	step(pty, ".", "event 4 of 83", "slot 5: entry 1 of the loop: key 16");
	pty_wait(pty, "old bucket 2 · 0x");
	pty_wait(pty, "+0x030 ▸key 5");
	pty_wait(pty, " 2 ▏d6 b2 a2 3a da  1.8e 09 waits");
	step(pty, ".", "event 5 of 83",
		"slot 6: key 27 will move to bucket 2: it comes with that");
	step(pty, ".", "event 6 of 83", "slot 7: entry 2 of the loop: key 21");
	step(pty, ",", "event 5 of 83", "slot 6: key 27 will move");
	pty_wait(pty, " 2 ▏d6 b2 a2 3a da  1.8e 09 waits");
	pty_key(pty, "]");
	step(pty, ",", "event 82 of 83", "slot 4: entry 27 of the loop: key 14");
}

/* A loop that stops in its body, a growth, and the loop goes on: moved keys are looked up. */
static void test_next(void **state)
{
	static const char *const args[] = { "-n", "26", NULL };
	struct pty *pty = app_start(state, &(struct app_options){ .args = args });

	app_command(pty, "range 2 from 0 0");
	pty_wait(pty, "range 2 from 0 0: starts at bucket 0, slot 0; stops at entry 2");
	app_command(pty, "insert 26");
	pty_wait(pty, "growth starts");
	app_command(pty, "next 2");
	pty_wait(pty, "next 2: stops at entry 4");
	pty_wait(pty, "2 keys have moved since it began and are looked up");
	pty_key(pty, "[");
	step(pty, ".", "event 1 of ", "the loop goes on after entry 2");
	step(pty, ".", "event 2 of ", "looks through old bucket 0, from slot 2 on");
	step(pty, ".", "event 3 of ", "has moved since the loop began: it is looked up");
	step(pty, ".", "event 4 of ", "hash taken");
	app_command(pty, "next all");
	pty_wait(pty, "next all: over after 26 entries");
	app_command(pty, "next");
	pty_wait(pty, "the range loop is over: all its 26 entries came");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, app_end)
	const struct CMUnitTest tests[] = {
		TEST(test_hit), TEST(test_miss), TEST(test_chain),
		TEST(test_range), TEST(test_next) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
