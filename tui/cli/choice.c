/* SPDX-License-Identifier: MIT */
#include "tui/cli/choice.h"

#include <string.h>

#include "model/target/target.h"
#include "model/session/command.h"
#include "themes/theme.h"
#include "tui/cli/print.h"
#include "tui/export/export.h"
#include "tui/export/frames.h"
#include "tui/maps/maps.h"
#include "tui/scenes/scene.h"

static void each_type(choice_visit *visit, void *data)
{
	static const char *const types[] = { "map[int]string", "map[string]int", "map[int64]int64",
		"map[string]string", "map[string]bool", "map[any]string", "map[string]struct{}" };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		visit(data, types[i], "");
}

static void each_arch(choice_visit *visit, void *data)
{
	for (unsigned i = 0; target_at(i); i++)
		visit(data, target_at(i)->name, target_at(i)->ptrsize == 8 ? "64 bit" : "32 bit");
}

static void each_release(choice_visit *visit, void *data)
{
	for (unsigned i = 0; release_at(i); i++)
		visit(data, release_at(i)->name, "");
}

static void each_hash(choice_visit *visit, void *data)
{
	visit(data, "aes", "by the processor's AES instructions");
	visit(data, "wyhash", "the portable one");
}

static void each_escape(choice_visit *visit, void *data)
{
	visit(data, "yes", "header and buckets are on the heap");
	visit(data, "no", "header and first bucket or group are on the stack");
}

static void each_format(choice_visit *visit, void *data)
{
	for (unsigned i = 0; export_format_at(i); i++)
		visit(data, export_format_at(i)->name, export_format_at(i)->help);
	for (unsigned i = 0; maps_format_at(i); i++)
		if (maps_format_at(i)->help)
			visit(data, maps_format_at(i)->name, maps_format_at(i)->help);
}

static void each_whose(choice_visit *visit, void *data)
{
	visit(data, "user", "this user's processes");
	visit(data, "all", "everybody's, as far as one may");
}

static void each_by(choice_visit *visit, void *data)
{
	visit(data, "map", "each map");
	visit(data, "type", "all maps of a type");
	visit(data, "path", "all maps of a path, such as main.pod[*].labels");
}

static void each_view(choice_visit *visit, void *data)
{
	for (unsigned i = 0; page_view_at(i); i++)
		visit(data, page_view_at(i)->name, page_view_at(i)->help);
}

static void each_frames(choice_visit *visit, void *data)
{
	for (unsigned i = 0; frames_at(i); i++)
		visit(data, frames_at(i)->name, frames_at(i)->help);
}

static void each_theme(choice_visit *visit, void *data)
{
	struct share_names names = theme_list();

	for (size_t i = 0; i < names.count; i++) {
		struct theme theme;
		struct error unused;

		if (theme_load(&theme, names.names[i], &unused))
			visit(data, names.names[i], theme.about);
	}
	share_names_free(&names);
}

static void each_scene(choice_visit *visit, void *data)
{
	struct scenes scenes = scenes_find();

	for (size_t i = 0; i < scenes.count; i++)
		visit(data, scenes.list[i].name, scenes.list[i].title);
	scenes_free(&scenes);
}

static void each_when(choice_visit *visit, void *data)
{
	visit(data, "auto", "as the terminal can, and NO_COLOR allows");
	visit(data, "always", "whatever NO_COLOR says");
	visit(data, "never", "in monochrome");
}

static void each_print(choice_visit *visit, void *data)
{
	for (unsigned i = 0; print_at(i); i++)
		visit(data, print_at(i)->name, print_at(i)->help);
}

static const struct choice choices[] = {
	{ "TYPE", each_type, NULL, NULL },
	{ "ARCH", each_arch, NULL, NULL },
	{ "VERSION", each_release, NULL, NULL },
	{ "HASH", each_hash, NULL, NULL },
	{ "ESCAPES", each_escape, NULL, NULL },
	{ "FORMAT", each_format, NULL, NULL },
	{ "VIEW", each_view, NULL, NULL },
	{ "WHOSE", each_whose, NULL, NULL },
	{ "BY", each_by, NULL, NULL },
	{ "FRAMES", each_frames, NULL, NULL },
	{ "THEME", each_theme, "themes", "ini" },
	{ "SCENE", each_scene, "scenes", NULL },
	{ "WHEN", each_when, NULL, NULL },
	{ "WHAT", each_print, NULL, NULL },
	{ "FILE", NULL, NULL, "" },
	{ "FILE.md", NULL, NULL, "md" },
	{ "FILE.go", NULL, NULL, "go" },
	{ "SCRIPT", NULL, NULL, "hm json" },
};

const struct choice *choice_find(const char *arg)
{
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		if (strcmp(choices[i].arg, arg) == 0)
			return &choices[i];
	return NULL;
}
