/* SPDX-License-Identifier: MIT */
#include "model/target/release.h"

#include <stdio.h>
#include <string.h>

/* What the classic map of 1.23 has, and all that were built without Swiss maps later. */
#define CLASSIC_OF_123 .load_num = 13, .word_aligned = true, .malloc_header = true, \
	.wide_draws = true, .keyed_wyhash = true, .clones = true, .clone_bounds = true

/* What all Swiss maps have, and those of 1.27. */
#define SWISS .engine = ENGINE_SWISS, .malloc_header = true, .wide_draws = true, \
	.keyed_wyhash = true
#define SWISS_OF_127 SWISS, .clones = true, .prunes = true, .clear = CLEAR_FULL_TEST, \
	.looks_first = true, .flat_hash = true, .word_direct = true, .number_wyhash = true, \
	.arm_aes = ARM_AES_WHOLE

/*
 * Go 1.21 wrote the load factor as (bucketCnt * 13 / 16) * loadFactorDen, which in integers is
 * 6 entries a bucket and not 6.5; 1.22 put that right. (runtime/map.go, const loadFactorNum)
 */
static const struct release releases[] = {
	{ .name = "1.18", .minor = 18, .load_num = 13, .word_aligned = true,
		.arm_aes = ARM_AES_UNMIXED, .hashes_in_vain = true },
	{ .name = "1.19", .minor = 19, .load_num = 13, .word_aligned = true,
		.arm_aes = ARM_AES_UNMIXED, .hashes_in_vain = true },
	{ .name = "1.20", .minor = 20, .load_num = 13, .word_aligned = true,
		.arm_aes = ARM_AES_UNMIXED, .hashes_in_vain = true },
	{ .name = "1.21", .minor = 21, .load_num = 12, .word_aligned = true,
		.hashes_in_vain = true, .clear_ends = true, .clones = true },
	{ .name = "1.22", .minor = 22, .load_num = 13, .word_aligned = true,
		.malloc_header = true, .clear_ends = true, .wide_draws = true, .clones = true,
		.clone_bounds = true },
	{ .name = "1.23", .minor = 23, CLASSIC_OF_123, .clear_ends = true },
	{ .name = "1.24", .minor = 24, SWISS },
	{ .name = "1.25", .minor = 25, SWISS, .clones = true, .prunes = true,
		.clear = CLEAR_FULL },
	{ .name = "1.26", .minor = 26, SWISS, .clones = true, .prunes = true, .word_direct = true,
		.clear = CLEAR_FULL_TEST },
	{ .name = "1.27", .minor = 27, SWISS_OF_127 },
	{ .name = "1.27-X:mapsplitgroup", .experiment = "mapsplitgroup",
		.minor = 27, SWISS_OF_127, .split_groups = true },
	{ .name = "1.24-X:noswissmap", .experiment = "noswissmap", .minor = 24,
		CLASSIC_OF_123, .counts_clears = true },
	{ .name = "1.25-X:noswissmap", .experiment = "noswissmap", .minor = 25,
		CLASSIC_OF_123, .counts_clears = true },
};

enum { RELEASES = sizeof releases / sizeof releases[0], MINOR_MOST = 1000 };

const struct release *release_at(unsigned i)
{
	return i < RELEASES ? &releases[i] : NULL;
}

const struct release *release_newest(void)
{
	const struct release *last = releases;

	for (unsigned i = 0; i < RELEASES; i++)
		if (!releases[i].experiment && releases[i].minor > last->minor)
			last = &releases[i];
	return last;
}

/* The digits at *at as a number, which stops growing when it is large enough; -1 without any. */
static int read_digits(const char **at)
{
	int n = 0;

	if (**at < '0' || **at > '9')
		return -1;
	for (; **at >= '0' && **at <= '9'; ++*at)
		if (n < MINOR_MOST)
			n = n * 10 + (**at - '0');
	return n;
}

/* The minor number of "1.N", "go1.N" or "go1.N.M", and what stands behind it; -1 for others. */
static int read_minor(const char **at)
{
	int minor;

	if (strncmp(*at, "go", 2) == 0)
		*at += 2;
	if (strncmp(*at, "1.", 2) != 0)
		return -1;
	*at += 2;
	minor = read_digits(at);
	if (minor >= 0 && **at == '.') {
		++*at;
		if (read_digits(at) < 0)
			return -1;
	}
	return minor;
}

/* What stands behind the number is the row's experiment: "-X:NAME" or " X:NAME", or nothing. */
static bool same_experiment(const struct release *r, const char *rest)
{
	if (!r->experiment)
		return *rest == '\0';
	return (*rest == '-' || *rest == ' ') && strncmp(rest + 1, "X:", 2) == 0 &&
		strcmp(rest + 3, r->experiment) == 0;
}

/* "1.18 to 1.27, 1.24-X:noswissmap, ..": the releases, then those with an experiment. */
static void list_known(char *buf, size_t size)
{
	size_t n = (size_t)snprintf(buf, size, "%s to %s", releases[0].name,
		release_newest()->name);

	for (unsigned i = 0; i < RELEASES && n < size; i++)
		if (releases[i].experiment)
			n += (size_t)snprintf(buf + n, size - n, ", %s", releases[i].name);
}

const struct release *release_find(const char *name, struct error *err)
{
	const char *rest = name;
	int minor = read_minor(&rest);
	char known[160];

	for (unsigned i = 0; i < RELEASES; i++)
		if (minor == (int)releases[i].minor && same_experiment(&releases[i], rest))
			return &releases[i];
	list_known(known, sizeof known);
	fail(err, "unknown Go release \"%.40s\": %s%s", name, known,
		minor > (int)release_newest()->minor ? "; this program is older than that release"
						     : "");
	return NULL;
}
