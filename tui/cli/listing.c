/* SPDX-License-Identifier: MIT */
#include "tui/cli/listing.h"

#include "model/base/outfile.h"
#include "model/live/writers.h"
#include "tui/cli/attached.h"
#include "tui/cli/processes.h"
#include "tui/maps/gates.h"
#include "tui/maps/maps.h"

struct listing {
	const struct options *options;
	const struct maps_format *format;
	struct maps_pages pages;
	bool kept;               /* they are written, too */
	bool held;               /* all gates hold so far */
	size_t met[OPTIONS_GATES]; /* maps that each of them meant */
};

static const char *format_name(const struct options *o)
{
	return o->output.format ? o->output.format : "text";
}

bool listing_known(const struct options *o, struct error *err)
{
	const struct maps_format *f = maps_format_find(format_name(o), err);

	if (f && o->picture.page.width && !f->width)
		return fail(err, "--width: %s has none", f->name);
	if (f && o->source.live.as_go && !f->by)
		return fail(err, "--as-go: %s tells what is, not what would be", f->name);
	if (f && o->source.live.by && !f->by)
		return fail(err, "--by: %s is by path and type, always", f->name);
	return f && (!o->source.live.as_go || release_find(o->source.live.as_go, err));
}

static bool put(FILE *out, void *data, struct error *err)
{
	const struct listing *l = data;
	int width = l->options->picture.page.width;

	l->format->write(&l->pages, width ? width : PAGE_WIDTH, out);
	return !ferror(out) || fail(err, "the output could not be written");
}

static bool write_list(struct listing *l, struct error *err)
{
	l->format = maps_format_find(format_name(l->options), err);
	return outfile_write(&access_person, l->options->output.file, put, l, err);
}

static void hold(struct listing *l, struct live *live, const struct census *c)
{
	const struct options *o = l->options;
	struct gate gate;

	for (unsigned i = 0; i < o->output.ngates; i++) {
		/* It was read before. */
		gate_read(&gate, o->output.gates[i], &(struct error){ 0 });
		l->held &= gates_list(&gate, live, c, !o->source.live.processes, &l->met[i],
			stderr);
	}
}

static bool look(struct listing *l, struct attached *a, struct error *err)
{
	struct census census;
	bool ok = attached_list(a, &census, err);

	if (ok)
		hold(l, &a->live, &census);
	if (ok && l->kept)
		maps_pages_add(&l->pages, &a->live, &census, l->options->source.live.by,
			a->live.pid ? NULL : writers_ended(&a->live, &census));
	census_free(&census);
	return ok;
}

/* One of several: what is no Go program, or has ended by now, is none of them. */
static void look_at_process(struct listing *l, int pid)
{
	struct attached a;
	struct error err;
	bool opened = attached_open_process(&a, l->options, pid, &err);
	bool ok = opened && look(l, &a, &err);

	if (!ok && a.live.program.go)
		fprintf(stderr, "hmapview: %s\n", err.msg);
	if (opened)
		attached_close(&a);
}

static void look_at_processes(struct listing *l)
{
	const struct options *o = l->options;
	struct processes all;

	processes_find(&all, o->source.live.processes == PROCESSES_ALL);
	for (size_t i = 0; i < all.count; i++)
		look_at_process(l, all.list[i]);
	if (all.denied)
		fprintf(stderr, "hmapview: %zu more process%s may not be looked at: that takes "
			"CAP_SYS_PTRACE\n", all.denied, all.denied == 1 ? "" : "es");
	processes_free(&all);
	/* What a gate names has to be in one of them. */
	for (unsigned i = 0; i < o->output.ngates; i++) {
		struct gate gate;

		gate_read(&gate, o->output.gates[i], &(struct error){ 0 });
		if (gate.scope == GATE_NAMED && !l->met[i]) {
			fprintf(stderr, "hmapview: %.*s: no process has such a map\n",
				(int)gate.name_len, gate.text + gate.name);
			l->held = false;
		}
	}
}

static bool look_at_one(struct listing *l, struct error *err)
{
	struct attached a;
	bool ok;

	if (!attached_open(&a, l->options, err))
		return false;
	ok = look(l, &a, err);
	attached_close(&a);
	return ok;
}

bool listing_write(const struct options *o, bool *held, struct error *err)
{
	/* Who only asks whether something holds gets no list. */
	struct listing l = { .options = o, .kept = o->output.format || !o->output.ngates,
		.held = true, .pages.several = o->source.live.processes != PROCESSES_NONE };
	bool ok = true;

	if (l.pages.several)
		look_at_processes(&l);
	else
		ok = look_at_one(&l, err);
	ok = ok && (!l.kept || write_list(&l, err));
	*held = l.held;
	maps_pages_free(&l.pages);
	return ok;
}
