/* SPDX-License-Identifier: MIT */
#include "model/base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/scrap.h"
#include "model/base/spot.h"

static bool fail_errno(const char *name, struct error *err)
{
	return fail(err, "%s: %s", name, errno ? strerror(errno) : "cannot be written");
}

/* All went out: what was printed, what lay in buffers, what the disk took. */
static bool finish(FILE *out, bool ok, const char *name, struct error *err)
{
	bool failed = ferror(out);

	/* The writer has said itself why it gave up. */
	if (!ok && !failed)
		return false;
	errno = failed ? errno : 0;
	if (fflush(out) != 0)
		failed = true;
	return !failed || fail_errno(name, err);
}

static bool finish_and_close(FILE *out, bool ok, const char *name, struct error *err)
{
	ok = finish(out, ok, name, err);
	return (fclose(out) == 0 || !ok || fail_errno(name, err)) && ok;
}

/* An open file, from where it stands: what was written before stays. */
static bool write_descriptor(int descriptor, const char *file, outfile_writer *writer, void *data,
	struct error *err)
{
	FILE *out;
	int fd;

	if (descriptor == STDOUT_FILENO)
		return finish(stdout, writer(stdout, data, err), file, err);
	fd = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
	out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!out) {
		fail_errno(file, err);
		if (fd >= 0)
			close(fd);
		return false;
	}
	return finish_and_close(out, writer(out, data, err), file, err);
}

/* Devices and pipes cannot be replaced: they are written to as they are. */
static bool write_special(const struct spot *spot, const char *file, outfile_writer *writer,
	void *data, struct error *err)
{
	int fd = openat(spot->folder, spot->name, O_WRONLY | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
	struct stat info;
	FILE *out;

	if (fd < 0)
		return fail_errno(file, err);
	out = fstat(fd, &info) == 0 && !S_ISREG(info.st_mode) ? fdopen(fd, "w") : NULL;
	if (!out) {
		close(fd);
		return fail(err, "%s: it was another file a moment ago", file);
	}
	return finish_and_close(out, writer(out, data, err), file, err);
}

/*
 * The new file is as the one that it replaces. A group that it cannot have must not lend its
 * rights to another, nor may an owner.
 */
static void keep_rights(int fd, const struct stat *was)
{
	mode_t mode = was->st_mode & 07777;
	struct stat is;

	if (fstat(fd, &is) != 0)
		return;
	if (is.st_uid != was->st_uid && fchown(fd, was->st_uid, (gid_t)-1) != 0)
		mode &= (mode_t)~S_ISUID;
	if (is.st_gid != was->st_gid && fchown(fd, (uid_t)-1, was->st_gid) != 0)
		mode = (mode & (mode_t)~(S_ISGID | 0070)) | (mode & 0070 & (mode & 0007) << 3);
	fchmod(fd, mode);
}

/* Some file systems have nothing to wait for. */
static bool reach_disk(int fd)
{
	return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

/* Nobody made it so by chance; the administrator, whom nothing keeps out, heeds it too. */
static bool is_protected(const struct spot *spot)
{
	return spot->there && ((spot->info.st_mode & 0222) == 0 ||
		faccessat(spot->folder, spot->name, W_OK, AT_EACCESS) != 0);
}

static bool open_scrap(struct scrap *scrap, const struct spot *spot, const char *file,
	struct error *err)
{
	scrap_sweep(spot->folder);
	if (scrap_open(scrap, spot->folder, spot->there ? 0600 : 0666))
		return true;
	if (errno == EACCES || errno == EPERM || errno == EROFS)
		return fail(err, "%s: its folder cannot be written: %s", file, strerror(errno));
	return fail_errno(file, err);
}

/* The name too, which its folder holds. A folder may be written and not read: then it has
   to wait. */
static bool folder_reaches_disk(const struct spot *spot)
{
	int fd = openat(spot->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd < 0 ? errno == EACCES : reach_disk(fd);
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	return ok;
}

static bool publish(struct scrap *scrap, const struct access *a, const struct spot *spot,
	const char *file, struct error *err)
{
	if (spot->there)
		keep_rights(scrap->fd, &spot->info);
	return (reach_disk(scrap->fd) && scrap_publish(scrap, spot->name, access_replaces(a)) &&
		folder_reaches_disk(spot)) || fail_errno(file, err);
}

static bool write_file(const struct access *a, const struct spot *spot, const char *file,
	outfile_writer *writer, void *data, struct error *err)
{
	struct scrap scrap;
	FILE *out;
	bool ok;

	if (is_protected(spot))
		return fail(err, "%s: it is write-protected", file);
	if (!open_scrap(&scrap, spot, file, err))
		return false;
	out = fdopen(scrap.fd, "w");
	if (out) {
		ok = finish(out, writer(out, data, err), file, err) &&
			publish(&scrap, a, spot, file, err);
	} else {
		ok = fail_errno(file, err);
	}
	scrap_drop(&scrap);
	if (out)
		fclose(out);
	else
		close(scrap.fd);
	return ok;
}

/* Finds where it goes, if that is allowed. */
static bool find(const struct access *a, const char *file, struct spot *spot, struct error *err)
{
	if (!*file)
		return fail(err, "the file to write has no name");
	if (!spot_find(spot, file, err))
		return false;
	if (access_writes(a, spot, file, err))
		return true;
	spot_free(spot);
	return false;
}

bool outfile_write(const struct access *a, const char *file, outfile_writer *writer, void *data,
	struct error *err)
{
	struct spot spot = { .kind = SPOT_DESCRIPTOR, .descriptor = STDOUT_FILENO, .folder = -1 };
	bool ok;

	if (!file)
		return access_writes(a, &spot, "standard output", err) &&
			write_descriptor(STDOUT_FILENO, "standard output", writer, data, err);
	if (!find(a, file, &spot, err))
		return false;
	if (spot.kind == SPOT_DESCRIPTOR)
		ok = write_descriptor(spot.descriptor, file, writer, data, err);
	else if (spot.kind == SPOT_SPECIAL)
		ok = write_special(&spot, file, writer, data, err);
	else
		ok = write_file(a, &spot, file, writer, data, err);
	spot_free(&spot);
	return ok;
}

struct bytes {
	const char *at;
	size_t len;
};

static bool write_bytes(FILE *out, void *data, struct error *err)
{
	const struct bytes *b = data;

	(void)err;
	return fwrite(b->at, 1, b->len, out) == b->len;
}

bool outfile_write_bytes(const struct access *a, const char *file, const char *bytes, size_t len,
	struct error *err)
{
	return outfile_write(a, file, write_bytes, &(struct bytes){ bytes, len }, err);
}

bool outfile_check(const struct access *a, const char *file, struct error *err)
{
	struct spot spot = { .kind = SPOT_DESCRIPTOR, .descriptor = STDOUT_FILENO, .folder = -1 };
	bool ok = file ? find(a, file, &spot, err)
		       : access_writes(a, &spot, "standard output", err);

	if (ok && file)
		spot_free(&spot);
	return ok;
}

bool outfile_replaces(const char *file)
{
	struct error unused;
	struct spot spot;
	bool replaces;

	if (!spot_find(&spot, file, &unused))
		return false;
	replaces = spot.kind == SPOT_FILE && spot.there && spot.info.st_size > 0;
	spot_free(&spot);
	return replaces;
}
