/* SPDX-License-Identifier: MIT */
#include "tui/maps/maps_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	SERIES_MOST = 100,    /* of a program */
	LABEL_MOST = 128,     /* characters of a label */
};

/* Of a row of the roll-up. */
static uint64_t count_of(const struct rollup_row *r) { return r->maps; }
static uint64_t never_of(const struct rollup_row *r) { return r->never; }
static uint64_t bytes_of(const struct rollup_row *r) { return r->bytes; }
static uint64_t entries_of(const struct rollup_row *r) { return r->entries; }
static uint64_t slots_of(const struct rollup_row *r) { return r->slots; }
static uint64_t free_of(const struct rollup_row *r) { return r->free_bytes; }
static uint64_t dead_of(const struct rollup_row *r) { return r->dead_bytes; }
static uint64_t saves_of(const struct rollup_row *r) { return r->saves; }

static const struct family {
	const char *name, *unit, *help;
	uint64_t (*value)(const struct rollup_row *r);
} families[] = {
	{ "hmapview_maps", NULL, "Maps that have memory.", count_of },
	{ "hmapview_maps_never_filled", NULL, "Maps without memory.", never_of },
	{ "hmapview_map_bytes", "bytes", "What maps take.", bytes_of },
	{ "hmapview_map_entries", NULL, "Entries of maps.", entries_of },
	{ "hmapview_map_slots", NULL, "Slots of maps for entries.", slots_of },
	{ "hmapview_map_free_bytes", "bytes", "Free slots of maps.", free_of },
	{ "hmapview_map_dead_bytes", "bytes", "Tombstones in maps.", dead_of },
	{ "hmapview_map_rebuild_saves_bytes", "bytes", "What rebuilds would give back.", saves_of },
};

static void add_rest(struct rollup_row *rest, const struct rollup_row *r)
{
	rest->maps += r->maps;
	rest->never += r->never;
	rest->entries += r->entries;
	rest->slots += r->slots;
	rest->bytes += r->bytes;
	rest->free_bytes += r->free_bytes;
	rest->dead_bytes += r->dead_bytes;
	rest->saves += r->saves;
}

/* The largest ones, and the others together. */
static void bound(struct rollup *all)
{
	struct rollup_row rest = { .path = xstrdup("(others)"), .type = xstrdup("") };

	for (size_t i = SERIES_MOST; i < all->count; i++) {
		add_rest(&rest, &all->list[i]);
		free(all->list[i].path);
		free(all->list[i].type);
		free(all->list[i].verdict);
	}
	if (all->count > SERIES_MOST) {
		all->list[SERIES_MOST] = rest;
		all->count = SERIES_MOST + 1;
	} else {
		free(rest.path);
		free(rest.type);
	}
}

/* What tells labels apart that are cut: FNV-1a. */
static uint32_t digest(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

/* In quotes: as it can be printed, cut between characters, escaped as the format has it. */
static void put_label(FILE *out, const char *name, const char *value)
{
	struct text shown = { 0 };
	size_t n = 0;

	text_add_shown(&shown, value);
	fprintf(out, "%s=\"", name);
	for (const char *at = text_str(&shown); *at; at++) {
		n += ((unsigned char)*at & 0xc0) != 0x80;
		if (n > LABEL_MOST) {
			fprintf(out, "~%08" PRIx32, digest(value));
			break;
		}
		if (*at == '\\' || *at == '"')
			fputc('\\', out);
		fputc(*at, out);
	}
	fputc('"', out);
	text_free(&shown);
}

static void put_program(const struct maps_page *p, FILE *out)
{
	char pid[24] = "";

	if (p->pid)
		snprintf(pid, sizeof pid, "%d", p->pid);
	put_label(out, "{pid", pid);
	put_label(out, ",exe", basename(p->exe));
}

static void put_family(const struct family *f, const struct maps_pages *all,
	const struct rollup *rollups, FILE *out)
{
	fprintf(out, "# TYPE %s gauge\n", f->name);
	if (f->unit)
		fprintf(out, "# UNIT %s %s\n", f->name, f->unit);
	fprintf(out, "# HELP %s %s\n", f->name, f->help);
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = 0; k < rollups[i].count; k++) {
			const struct rollup_row *r = &rollups[i].list[k];

			fputs(f->name, out);
			put_program(&all->list[i], out);
			put_label(out, ",map", r->path ? r->path : "");
			put_label(out, ",type", r->type);
			fprintf(out, "} %" PRIu64 "\n", f->value(r));
		}
}

/* Of a program itself. */
static void put_memory(const struct maps_pages *all, FILE *out)
{
	static const char *const names[] = { "hmapview_resident_bytes", "hmapview_heap_live_bytes",
		"hmapview_heap_dead_bytes" };

	for (unsigned f = 0; f < sizeof names / sizeof *names; f++) {
		fprintf(out, "# TYPE %s gauge\n# UNIT %s bytes\n", names[f], names[f]);
		for (size_t i = 0; i < all->count; i++) {
			const struct balance *b = &all->list[i].census.balance;
			const uint64_t values[] = { b->resident, b->live, b->dead };

			if (f == 0 && !b->resident_known)
				continue;
			fputs(names[f], out);
			put_program(&all->list[i], out);
			fprintf(out, "} %" PRIu64 "\n", values[f]);
		}
	}
}

void maps_write_metrics(const struct maps_pages *all, int width, FILE *out)
{
	struct rollup *rollups = xcalloc(all->count + 1, sizeof *rollups);

	(void)width;
	for (size_t i = 0; i < all->count; i++) {
		rollup_make(&rollups[i], &all->list[i].census, ROLLUP_PATH);
		bound(&rollups[i]);
	}
	for (size_t f = 0; f < sizeof families / sizeof *families; f++)
		put_family(&families[f], all, rollups, out);
	put_memory(all, out);
	fputs("# EOF\n", out);
	for (size_t i = 0; i < all->count; i++)
		rollup_free(&rollups[i]);
	free(rollups);
}
