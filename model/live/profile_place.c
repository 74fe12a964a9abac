/* SPDX-License-Identifier: MIT */
#include "model/live/profile_place.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/file.h"

enum { COMPARED = 400, LINES_MOST = 64 };

/* The program's own part of memory is the first that it tells of; others are libraries. */
static bool is_program(const struct pprof *file, uint64_t mapping)
{
	const struct pprof_mapping *m = pprof_mapping(file, mapping);

	return !m || m->file == file->mappings[0].file;
}

/* An address of the profile as the file was linked for; false: it is not of this file. */
static bool link_address(const struct profile *p, const struct pprof_location *l, uint64_t *addr)
{
	const struct pprof_mapping *m = pprof_mapping(&p->file, l->mapping);
	uint64_t offset;
	size_t n;
	GElf_Phdr h;

	*addr = l->address;
	if (!is_program(&p->file, l->mapping))
		return false;
	if (!m || !m->from)
		return true;
	if (l->address < m->from || elf_getphdrnum(p->program.program.elf, &n) != 0)
		return false;
	offset = l->address - m->from + m->offset;
	for (size_t i = 0; i < n && i < 64; i++)
		if (gelf_getphdr(p->program.program.elf, (int)i, &h) && h.p_type == PT_LOAD &&
			(h.p_flags & PF_X) && offset >= h.p_offset &&
			offset - h.p_offset < h.p_filesz) {
			*addr = h.p_vaddr + (offset - h.p_offset);
			return true;
		}
	return false;
}

static void add_spot(struct profile_place *place, char *function, char *file, uint64_t line)
{
	place->spots = xrealloc(place->spots, (place->count + 1) * sizeof *place->spots);
	place->spots[place->count++] = (struct profile_spot){ function, file, line };
}

static bool add_source(void *data, const struct source_line *line)
{
	add_spot(data, xstrdup(line->function), xstrdup(line->file), line->line);
	return true;
}

/* As the profile says; else as the program does. */
static void find_lines(struct profile *p, struct profile_place *place,
	const struct pprof_location *l)
{
	struct function fn;
	uint64_t addr;

	for (size_t i = 0; i < l->lines && i < LINES_MOST; i++) {
		const struct pprof_line *line = &p->file.lines[l->first + i];
		const struct pprof_function *f = pprof_function(&p->file, line->function);

		if (f)
			add_spot(place, pprof_string(&p->file, f->name),
				pprof_string(&p->file, f->file), line->line);
	}
	if (!place->count && p->has_program && link_address(p, l, &addr) &&
		functions_find(&p->functions, addr, &fn))
		functions_lines(&p->functions, &fn, addr, add_source, place);
}

struct profile_place *profile_place(struct profile *p, uint64_t location)
{
	const struct pprof_location *l = pprof_location(&p->file, location);
	struct profile_place *place = l ? &p->places[l - p->file.locations] : NULL;

	if (place && !place->known) {
		find_lines(p, place, l);
		place->known = true;
	}
	return place;
}

const struct map_call *profile_call(struct profile *p, uint64_t location)
{
	const struct pprof_location *l = pprof_location(&p->file, location);
	struct profile_place *place = profile_place(p, location);
	uint64_t addr;

	if (!place)
		return NULL;
	if (!place->called && p->has_program && link_address(p, l, &addr))
		/* It is the last byte of the call. */
		map_call_before(&p->functions, &p->types, addr + 1, &place->call);
	place->called = true;
	return &place->call;
}

void profile_places_free(struct profile *p)
{
	for (size_t i = 0; p->places && i < p->file.nlocations; i++) {
		struct profile_place *place = &p->places[i];

		for (size_t k = 0; k < place->count; k++) {
			free(place->spots[k].function);
			free(place->spots[k].file);
		}
		free(place->spots);
		map_call_free(&place->call);
	}
	free(p->places);
}

/* The program */

struct comparing {
	const char *name;
	bool same;
};

static bool compare_source(void *data, const struct source_line *line)
{
	struct comparing *c = data;

	c->same = strcmp(c->name, line->function) == 0;
	return !c->same;
}

/* Whether the functions are at their addresses that the profile says are there: most of them, as
   some names differ (those of generic functions). */
static bool check_functions(struct profile *p, const char *name, const char *exe, struct error *err)
{
	size_t right = 0, wrong = 0;

	for (size_t i = 0; i < p->file.nlocations && right + wrong < COMPARED; i++) {
		const struct pprof_location *l = &p->file.locations[i];
		const struct pprof_function *f = l->lines ?
			pprof_function(&p->file, p->file.lines[l->first].function) : NULL;
		struct comparing c = { .same = false };
		struct function fn;
		uint64_t addr;
		char *function;

		if (!f || !l->address || !is_program(&p->file, l->mapping))
			continue;
		c.name = function = pprof_string(&p->file, f->name);
		if (*function && link_address(p, l, &addr) &&
			functions_find(&p->functions, addr, &fn))
			functions_lines(&p->functions, &fn, addr, compare_source, &c);
		right += c.same;
		wrong += *function && !c.same;
		free(function);
	}
	return wrong <= right ||
		fail(err, "%.200s: it is not the program of %.200s: other functions are at %zu of "
			"%zu of its addresses", exe, name, wrong, right + wrong);
}

static bool open_program(struct profile *p, const char *name, const char *exe, struct error *err)
{
	const struct rtypes *r = &p->program.view.types;

	if (!live_open_file(&p->program, exe, err))
		return false;
	p->has_program = true;
	if (!functions_open(&p->functions, &p->program.image, &p->program.program,
		&p->program.module))
		return fail(err, "%.200s: its table of functions cannot be read", exe);
	if (!check_functions(p, name, exe, err))
		return false;
	map_types_find(&p->types, r);
	p->names = xcalloc(p->types.count + 1, sizeof *p->names);
	for (size_t i = 0; i < p->types.count; i++)
		p->names[i] = rtype_name(r, &p->types.list[i].type);
	return true;
}

bool profile_open_program(struct profile *p, const char *name, const char *exe, struct error *err)
{
	char *named = NULL;
	bool ok;

	p->places = xcalloc(p->file.nlocations + 1, sizeof *p->places);
	if (!exe)
		exe = named = p->file.nmappings ? pprof_string(&p->file, p->file.mappings[0].file)
			: xstrdup("");
	ok = *exe ? open_program(p, name, exe, err) :
		fail(err, "%.200s does not name its program", name);
	if (!ok && p->has_program) {
		live_close(&p->program);
		p->has_program = false;
	}
	if (!ok && named) {
		p->missing = xstrdup(err->msg);
		ok = true;
	}
	free(named);
	return ok;
}
