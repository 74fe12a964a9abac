/* SPDX-License-Identifier: MIT */
/* What is no snapshot, or a damaged one, is refused in a line that says what and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/documents.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void refused(const char *text, const char *message)
{
	struct session s;
	struct error err = { "" };
	struct text before = { 0 }, after = { 0 };

	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 3");
	rig_state(&s, &before);
	if (document_open(&s, text, strlen(text), &err))
		fail_msg("opened: %s", message);
	if (strcmp(err.msg, message) != 0)
		fail_msg("\n%s\n%s", err.msg, message);
	rig_state(&s, &after);
	assert_string_equal(text_str(&before), text_str(&after));
	assert_int_equal(s.time.total, 4);
	session_close(&s);
	/* In a session where nothing was done yet nothing of it stays either. */
	rig_open(&s, "map[string]bool", "386", true);
	rig_run(&s, "hash wyhash ; hint 20");
	text_clear(&before);
	text_clear(&after);
	rig_state(&s, &before);
	assert_false(document_open(&s, text, strlen(text), &err));
	assert_string_equal(err.msg, message);
	rig_state(&s, &after);
	assert_string_equal(text_str(&before), text_str(&after));
	assert_int_equal(s.time.total, 0);
	assert_int_equal(s.time.nsnapshots, 0);
	rig_run(&s, "fill 30 ; undo 3");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 27);
	assert_true(rig_sound(&s));
	session_close(&s);
	text_free(&before);
	text_free(&after);
}

static void other_documents_are_refused(void **state)
{
	(void)state;
	refused("",
		"test.json: the file is empty: a snapshot in the format hmapview/1 is expected");
	refused("hello", "test.json:1:5: this is no JSON: '[' or '{' expected near 'hello'");
	refused("[1]", "test.json: a list: an object in the format hmapview/1 is expected");
	refused("{}", "test.json: no snapshot file: \"format\": \"hmapview/1\" is expected");
	refused("{\"format\": \"hmapview/2\"}",
		"test.json: format is \"hmapview/2\": \"hmapview/1\" is expected");
	refused("{\"engine\": \"swiss\"}", "test.json: arch: missing: a string is expected");
	refused("{\"engine\": \"swiss\", \"arch\": \"386\", \"go\": \"go1.19\", "
		"\"type\": \"map[int]int\"}", "test.json: engine is \"swiss\": Go 1.19 has the "
		"classic map, \"classic\" is expected");
	refused("{\"snapshots\": []}", "test.json: arch: missing: a string is expected");
	refused("{\"arch\": 5}", "test.json: arch: a number: a string is expected");
	refused("{\"arch\": \"vax\", \"go\": \"go1.19\", \"type\": \"map[int]int\"}",
		"test.json: unknown target \"vax\": " RIG_TARGETS);
	refused("{\"arch\": \"386\", \"go\": \"go1.28\", \"type\": \"map[int]int\"}",
		"test.json: unknown Go release \"go1.28\": " RIG_RELEASES RIG_NEWER);
	refused("{\"arch\": \"386\", \"go\": \"go1.19\", \"type\": \"int\"}",
		"test.json: type int is no map: it is written as map[KEY]ELEM");
	refused("{\"arch\": \"386\", \"go\": \"go1.19\", \"type\": \"map[int]int\", "
		"\"snapshots\": []}",
		"test.json: snapshots: an empty list: one at least is expected");
}

static void damage_is_named(void **state)
{
	static const struct {
		const char *behind, *from, *to, *message;
	} cases[] = {
		{ "", "\"bucketsize\": 208", "\"bucketsize\": 144",
			"bucketsize is 144: a map[string]int on amd64 has 208" },
		{ "", "\"hashkey\": \"ca", "\"hashkey\": \"",
			"hashkey: 254 digits: 256 are expected" },
		{ "", "\"aes\"", "\"md5\"", "hash is \"md5\": \"aes\" or \"wyhash\" is expected" },
		{ "", "\"count\"", "\"kount\"",
			"snapshots[0].count: missing: a number is expected" },
		{ "", "\"count\": 2", "\"count\": \"2\"",
			"snapshots[0].count: a string: a number is expected" },
		{ "", "\"count\": 2", "\"count\": -2", "snapshots[0].count: -2: a number from 0 to "
			"9223372036854775807 is expected" },
		{ "nine", "\"B\": 1", "\"B\": 9",
			"snapshots[1].buckets: 2 buckets: B says that there are 2^9" },
		{ "nine", "\"B\": 1", "\"B\": 256",
			"snapshots[1].B: 256: a number from 0 to 255 is expected" },
		{ "", "\"hash0\": \"0x", "\"hash0\": \"",
			"snapshots[0].hash0: \"910a2dec\": 0x and 8 "
			"hexadecimal digits are expected" },
		{ "", "\"extra\": false", "\"extra\": 0",
			"snapshots[0].extra: a number: true or false is expected" },
		{ "", "\"next_overflow\": -1", "\"next_overflow\": 3",
			"snapshots[0]: next_overflow is "
			"3, and extra is false: it lies in there" },
		{ "", "\"raw\":\"", "\"raw\":\"00",
			"snapshots[0].buckets[0][0].raw: 418 digits: 416 are "
			"expected" },
		{ "\"raw\":\"", "0000", "0z00",
			"snapshots[0].buckets[0][0].raw: digit 5 is no hexadecimal digit" },
		{ "\"tophash\":[", ",0]", ",7]",
			"snapshots[0].buckets[0][0].tophash[7]: 7, and the raw "
			"byte is 0: they are the same byte" },
		{ "\"tophash\":[", ",0,0]", ",0]",
			"snapshots[0].buckets[0][0].tophash: 7 numbers: 8 are expected" },
		{ "\"keys\":[", "\"\\\"key-0\\\"\"", "\"\"",
			"snapshots[0].buckets[0][0].keys[0]: empty, "
			"and tophash 164 says that the cell is live" },
		{ "\"keys\":[", "key-0", "key-00", "snapshots[0].buckets[0][0].keys[0]: "
			"\"key-00\" is not what the raw bytes say" },
		{ "\"keys\":[", "\"\\\"key-0\\\"\"", "\"7\"",
			"snapshots[0].buckets[0][0].keys[0]: key "
			"7 is no string: it is written as \"text\"" },
		{ "\"elems\":[", "\"0\"", "\"1\"",
			"snapshots[0].buckets[0][0].elems[0]: 1 is not what the raw bytes say" },
		{ "\"elems\":[", "\"0\"", "\"0 0\"",
			"snapshots[0].buckets[0][0].elems[0]: \" 0\" behind "
			"the literal is not understood" },
		{ "", "\"buckets\": [", "\"buckets\": 5, \"x\": [",
			"snapshots[0].buckets: a number: a list of buckets or null is expected" },
		{ "nine", "\"oldbuckets\": null", "\"oldbuckets\": [[]]",
			"snapshots[1].oldbuckets[0]: "
			"an empty list: a bucket is expected, then its overflow buckets" },
		{ "nine", "\"oldbuckets\": null", "\"oldbuckets\": []",
			"snapshots[1].oldbuckets: 0 buckets: B says that there are 2^0" },
		{ "nine", "\"B\": 1", "\"B\": 0",
			"snapshots[1].buckets: 2 buckets: B says that there are 2^0" },
		{ "", "\"random\": \"0x", "\"random\": \"", "snapshots[0].random: "
			"\"9e3779b97f4a7c16\": 0x and 16 hexadecimal digits are expected" },
	};
	char *text = document_three();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char *bad = document_altered(text, cases[i].behind, cases[i].from, cases[i].to);
		char *message = xasprintf("test.json: %s", cases[i].message);
		refused(bad, message);
		free(message);
		free(bad);
	}
	free(text);
}

/* Three tables of 1.26 whose sizes, depths and numbers are made not to agree. */
static void damage_of_swiss_maps_is_named(void **state)
{
	static const struct {
		const char *behind, *from, *to, *message;
	} cases[] = {
		{ "", "\"groupsize\": 136", "\"groupsize\": 137",
			"groupsize is 137: a map[int]int on amd64 has 136" },
		{ "", "\"engine\": \"swiss\"", "\"engine\": \"classic\"",
			"engine is \"classic\": "
			"Go 1.26 has the swiss map, \"swiss\" is expected" },
		{ "", "\"used\"", "\"uzed\"", "snapshots[0].used: missing: a number is expected" },
		{ "", "\"dirlen\": 2", "\"dirlen\": 4",
			"snapshots[0].dirlen: 4: 2 to the power of "
			"globaldepth it is 2" },
		{ "", "\"globaldepth\": 1", "\"globaldepth\": 200",
			"snapshots[0].globaldepth: 200: no directory is so large" },
		{ "", "\"globalshift\": 63", "\"globalshift\": 3",
			"snapshots[0].globalshift: 3: a "
			"hash's bits but for those of globaldepth it is 63" },
		{ "", "\"directory\": [0,1]", "\"directory\": [0,0]",
			"snapshots[0].tables: 2: the directory leads to 1" },
		{ "", "\"directory\": [0,1]", "\"directory\": [0,2]",
			"snapshots[0].directory[1]: 2: "
			"0 or 1 is expected, a table's entries are neighbours" },
		{ "", "\"directory\": [0,1]", "\"directory\": null",
			"snapshots[0].directory: null: "
			"dirlen is 2, so that a list is expected" },
		{ "", "\"localdepth\": 1", "\"localdepth\": 9",
			"snapshots[0].tables[0].localdepth: 9: globaldepth, 1, is the most" },
		{ "", "\"capacity\": 1024", "\"capacity\": 1000",
			"snapshots[0].tables[0].capacity: "
			"1000: a power of two from 8 to 1024 is expected" },
		{ "", "\"capacity\": 1024", "\"capacity\": 512",
			"snapshots[0].tables[0].groups: 128 "
			"groups: capacity is 512, so that there are 64" },
		{ "", "\"ctrl\":[", "\"ctrl\":[5,",
			"snapshots[0].tables[0].groups[0].ctrl: 9 numbers: "
			"8 are expected" },
		{ "", "\"group\": null", "\"group\": 5",
			"snapshots[0].group: a number: a group or null is expected" },
		{ "", "\"table\":0", "\"table\":7",
			"snapshots[0].range.stands.table: 7: there are 2 tables" },
		{ "", "\"depth\":1", "\"depth\":3",
			"snapshots[0].range.stands.depth: 3: globaldepth, 1, is the most" },
	};
	struct session s;
	char *text;

	(void)state;
	rig_open(&s, "map[int]int", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "go 1.26 ; fill 1000 ; range 3 from 0 0 ; snapshot");
	text = rig_document(&s);
	session_close(&s);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char *bad = document_altered(text, cases[i].behind, cases[i].from, cases[i].to);
		char *message = xasprintf("test.json: %s", cases[i].message);

		refused(bad, message);
		free(message);
		free(bad);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_documents_are_refused),
		cmocka_unit_test(damage_is_named),
		cmocka_unit_test(damage_of_swiss_maps_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
