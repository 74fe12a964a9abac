/* SPDX-License-Identifier: MIT */
#include "model/live/debug_file.h"

#include <dlfcn.h>
#include <elfutils/libdwelf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/text.h"
#include "model/live/executable.h"

enum {
	ID_LEAST = 2, ID_MOST = 64, /* bytes of a GNU build id; SHA-1 has 20 */
	GO_ID = 4,                  /* the type of the note "Go" that has Go's own: cmd/link */
};

struct build_id {
	const uint8_t *bytes;       /* of the file that it is of; NULL: it has none */
	size_t size;
};

static struct build_id gnu_id(Elf *elf)
{
	const void *bytes;
	ssize_t n = dwelf_elf_gnu_build_id(elf, &bytes);

	return n < ID_LEAST || n > ID_MOST ? (struct build_id){ 0 } :
		(struct build_id){ bytes, (size_t)n };
}

/* Programs that Go linked itself had no other before 1.24. */
static struct build_id go_id(Elf *elf)
{
	Elf_Scn *section = NULL;
	GElf_Shdr s;
	GElf_Nhdr note;

	while ((section = elf_nextscn(elf, section))) {
		Elf_Data *d = gelf_getshdr(section, &s) && s.sh_type == SHT_NOTE ?
			elf_getdata(section, NULL) : NULL;
		size_t name, desc, at = 0;

		while (d && d->d_buf && (at = gelf_getnote(d, at, &note, &name, &desc)) > 0)
			if (note.n_type == GO_ID && note.n_namesz >= 3 && note.n_descsz &&
				memcmp((char *)d->d_buf + name, "Go", 3) == 0)
				return (struct build_id){ (uint8_t *)d->d_buf + desc,
					note.n_descsz };
	}
	return (struct build_id){ 0 };
}

static bool same_id(struct build_id a, struct build_id b)
{
	return a.bytes && a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0;
}

/* By the GNU build id, or, where the program has none, by Go's. */
static bool same_build(Elf *program, Elf *file)
{
	struct build_id id = gnu_id(program);

	return id.bytes ? same_id(id, gnu_id(file)) : same_id(go_id(program), go_id(file));
}

void debug_file_close(struct debug_file *d)
{
	if (!d->elf)
		return;
	elf_end(d->elf);
	close(d->fd);
	*d = (struct debug_file){ 0 };
}

/* The open file is the one from now on, or is closed. */
static bool take(struct executable *p, int fd, const char *name, struct error *err)
{
	struct debug_file d = { elf_begin(fd, ELF_C_READ, NULL), fd };

	if (!d.elf || elf_kind(d.elf) != ELF_K_ELF)
		fail(err, "%.300s: no file of debugging information: it is no ELF file", name);
	else if (!same_build(p->elf, d.elf))
		fail(err, "%.300s: its build id is not that of %.200s", name, p->name);
	else if (!(p->dwarf = dwarf_begin_elf(d.elf, DWARF_C_READ, NULL)))
		fail(err, "%.300s: it has no debugging information", name);
	if (p->dwarf) {
		p->debug = d;
		return true;
	}
	if (d.elf)
		elf_end(d.elf);
	close(fd);
	return false;
}

/* -1 with err filled, and errno what open() left there; 0 there: it is no file. */
static int open_file(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat info;

	if (fd < 0) {
		int why = errno;

		fail(err, "%.300s: %s", path, strerror(why));
		errno = why;
		return -1;
	}
	if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
		return fd;
	close(fd);
	fail(err, "%.300s: not a file", path);
	errno = 0;
	return -1;
}

/* ROOT/.build-id/xx/yyyy.debug: "Debugging Information in Separate Files" of gdb's manual. */
static bool take_of_folder(struct executable *p, const char *root, struct build_id id,
	bool *missing, struct error *err)
{
	struct text path = { 0 };
	bool ok;
	int fd;

	text_printf(&path, "%s/.build-id/%02x/", root, id.bytes[0]);
	for (size_t i = 1; i < id.size; i++)
		text_printf(&path, "%02x", id.bytes[i]);
	text_add(&path, ".debug");
	fd = open_file(text_str(&path), err);
	*missing = fd < 0 && (errno == ENOENT || errno == ENOTDIR);
	ok = fd >= 0 && take(p, fd, text_str(&path), err);
	text_free(&path);
	return ok;
}

/* elfutils' client, <elfutils/debuginfod.h>; loaded when it is asked for, as few have it. */
struct client {
	void *(*begin)(void);
	int (*find)(void *client, const unsigned char *id, int size, char **path);
	void (*end)(void *client);
};

/* Whatever type of function the pointer at `to` is of. */
static bool load_function(void *library, const char *name, void *to)
{
	void *at = dlsym(library, name);

	memcpy(to, &at, sizeof at);
	return at;
}

static bool load_client(struct client *c, struct error *err)
{
	/* What the libraries below it have allocated stays theirs: they are never unloaded. */
	void *library = dlopen("libdebuginfod.so.1", RTLD_LAZY | RTLD_NODELETE);

	bool ok = library && load_function(library, "debuginfod_begin", &c->begin) &&
		load_function(library, "debuginfod_find_debuginfo", &c->find) &&
		load_function(library, "debuginfod_end", &c->end);

	if (library)
		dlclose(library);
	return ok || fail(err, "no debuginfod server is asked: elfutils' libdebuginfod.so.1 "
		"cannot be loaded");
}

static bool take_of_server(struct executable *p, struct build_id id, struct error *err)
{
	struct client c = { 0 };
	char *path = NULL;
	void *client;
	bool ok = false;
	int fd;

	if (!load_client(&c, err))
		return false;
	client = c.begin();
	if (!client)
		return fail(err, "no debuginfod server is asked: its client cannot begin");
	fd = c.find(client, id.bytes, (int)id.size, &path);
	if (fd >= 0)
		ok = take(p, fd, path ? path : "the debuginfod server's file", err);
	else if (fd == -ENOSYS)
		fail(err, "no debuginfod server is asked: DEBUGINFOD_URLS names none");
	else if (fd == -ENOENT)
		fail(err, "no debuginfod server has the debugging information of %.200s", p->name);
	else
		fail(err, "debuginfod: the debugging information of %.200s: %s", p->name,
			strerror(-fd));
	free(path);
	c.end(client);
	return ok;
}

bool debug_file_find(struct executable *p, const struct debug_wish *wish, struct error *err)
{
	struct build_id id;
	bool missing = true;
	int fd;

	if (p->dwarf)
		return true;
	if (wish->file) {
		fd = open_file(wish->file, err);
		return fd >= 0 && take(p, fd, wish->file, err);
	}
	id = gnu_id(p->elf);
	if (!id.bytes)
		return !wish->server || fail(err, "%.200s: it has no GNU build id, by which a "
			"debuginfod server is asked", p->name);
	if (wish->root && take_of_folder(p, wish->root, id, &missing, err))
		return true;
	return wish->server ? take_of_server(p, id, err) : missing;
}
