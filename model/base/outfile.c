/* SPDX-License-Identifier: MIT */
#include "model/base/outfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"

/* All went out: what was printed, what lay in buffers, what the disk took. */
static bool finish(FILE *out, bool ok, bool close, const char *name, struct error *err)
{
	bool failed = ferror(out);

	/* The writer has said itself why it gave up. */
	if (!ok && !failed) {
		if (close)
			fclose(out);
		return false;
	}
	errno = failed ? errno : 0;
	if (close ? fclose(out) != 0 : fflush(out) != 0)
		failed = true;
	return !failed || fail(err, "%s: %s", name, errno ? strerror(errno) : "cannot be written");
}

/* The rights of the file that is replaced, or those of any new one. */
static mode_t mode_for(const char *file)
{
	struct stat info;
	mode_t mask = umask(0);

	umask(mask);
	return stat(file, &info) == 0 ? info.st_mode & 0777 : 0666 & ~mask;
}

/* A new file beside the one to be written, so that the rename cannot fail halfway. */
static FILE *open_beside(const char *file, char **temporary, struct error *err)
{
	FILE *out = NULL;
	int fd;

	*temporary = xasprintf("%s.XXXXXX", file);
	fd = mkstemp(*temporary);
	if (fd >= 0) {
		fchmod(fd, mode_for(file));
		out = fdopen(fd, "w");
	}
	if (!out) {
		fail(err, "%s: %s", file, strerror(errno));
		free(*temporary);
	}
	return out;
}

/* Devices and pipes cannot be replaced: they are written to as they are. */
static bool is_special(const char *file)
{
	struct stat info;

	return stat(file, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

static bool write_in_place(const char *file, outfile_writer *writer, void *data,
	struct error *err)
{
	FILE *out = fopen(file, "w");

	if (!out)
		return fail(err, "%s: %s", file, strerror(errno));
	return finish(out, writer(out, data, err), true, file, err);
}

static bool write_and_rename(const char *file, outfile_writer *writer, void *data,
	struct error *err)
{
	char *temporary;
	FILE *out = open_beside(file, &temporary, err);
	bool ok;

	if (!out)
		return false;
	ok = finish(out, writer(out, data, err), true, file, err);
	if (ok && rename(temporary, file) != 0)
		ok = fail(err, "%s: %s", file, strerror(errno));
	if (!ok)
		unlink(temporary);
	free(temporary);
	return ok;
}

bool outfile_write(const char *file, outfile_writer *writer, void *data, struct error *err)
{
	struct stat info;
	char *target;
	bool ok;

	if (!file)
		return finish(stdout, writer(stdout, data, err), false, "standard output", err);
	if (!*file)
		return fail(err, "the file to write has no name");
	if (is_special(file))
		return write_in_place(file, writer, data, err);
	if (stat(file, &info) == 0 && S_ISDIR(info.st_mode))
		return fail(err, "%s: this is a folder", file);
	/* A link stays one: what it leads to is replaced. */
	target = realpath(file, NULL);
	ok = write_and_rename(target ? target : file, writer, data, err);
	free(target);
	return ok;
}

bool outfile_replaces(const char *file)
{
	struct stat info;

	return stat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
}
