/* SPDX-License-Identifier: MIT */
/* The list of a program's maps over the picture: its keys, and how a map of it is opened. */
#include "tui/app/app_parts.h"

/* No view of a session: a page of the screen alone. */
static const struct page_view page = { .name = "maps", .title = "maps", .key = ACTION_MAPS };

bool app_shows_maps(const struct app *a)
{
	return a->overlay.view == &page;
}

/* A new look at the program; the one before stays when it cannot be had. */
void app_look_at_maps(struct app *a)
{
	struct census census;
	struct error err;

	if (a->program.maps->look(a->program.maps->data, &census, &err))
		maps_list_take(&a->program.list, a->program.maps->live, &census);
	else
		app_say(a, ROLE_ERROR, "%s", err.msg);
}

void app_open_maps(struct app *a)
{
	if (!a->program.maps) {
		app_say(a, ROLE_WARNING, "no program is looked at: hmapview --pid N");
		return;
	}
	a->overlay.view = &page;
	app_look_at_maps(a);
}

static void open_selected(struct app *a)
{
	const struct census_map *m = maps_list_selected(&a->program.list);
	struct error err;

	if (!m)
		return;
	look_free(&a->look);
	a->program.chosen = a->program.maps->open(a->s, a->program.maps->data, m, &err);
	if (a->program.chosen)
		a->overlay.view = NULL;
	else
		app_say(a, ROLE_ERROR, "%s", err.msg);
	app_take_session(a);
}

void app_maps_key(struct app *a, enum action action)
{
	size_t rows = a->canvas->h > 6 ? (size_t)a->canvas->h - 6 : 1;

	if (app_list_move(action, &a->program.list.selected, a->program.list.count, rows))
		return;
	switch (action) {
	case ACTION_LEFT:
	case ACTION_RIGHT:
		maps_list_sort(&a->program.list, action == ACTION_RIGHT);
		break;
	case ACTION_FIND:
		app_begin_find(a);
		break;
	case ACTION_CAPTURE:
		app_look_at_maps(a);
		break;
	case ACTION_ZOOM_IN:
		if (!maps_list_enter(&a->program.list))
			open_selected(a);
		break;
	case ACTION_PANEL:
	case ACTION_PANEL_BACK:
		maps_list_roll(&a->program.list, action == ACTION_PANEL);
		break;
	case ACTION_QUIT:
	case ACTION_SUSPEND:
	case ACTION_REDRAW:
		app_act(a, action);
		break;
	default:
		/* Behind it is the map that was opened last. */
		if (a->program.chosen)
			a->overlay.view = NULL;
	}
}
