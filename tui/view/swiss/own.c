/* SPDX-License-Identifier: MIT */
/* What help says otherwise of a Swiss map: it has groups, and its tables grow at once. */
#include "tui/view/own.h"
#include "tui/view/swiss/swiss_design.h"

const struct own swiss_own[] = {
	{ OWN_KEY, "up", NULL, "group, row of bytes or field above" },
	{ OWN_KEY, "down", NULL, "group, row of bytes or field below" },
	{ OWN_KEY, "home", NULL, "first group" },
	{ OWN_KEY, "end", NULL, "last group" },
	{ OWN_KEY, "next_panel", NULL,
		"to a table that is filled or replaced, to the header and back" },
	{ OWN_KEY, "metric", NULL, "what the atlas shows: fill, probe lengths, tombstones, moves" },
	{ OWN_KEY, "find", NULL, "find a key, @GROUP, @TABLE:GROUP, 0xADDRESS, tombstone, ..." },
	{ OWN_KEY, "collide", NULL,
		"insert keys whose search begins in the group under the cursor" },
	{ OWN_KEY, "grow_same", NULL, "nothing: this design has no same-size growth" },
	{ OWN_KEY, "evacuate", NULL,
		"a growth that is half shown goes on by an event; else nothing: it moves at once" },
	{ OWN_KEY, "jump_back", NULL, "back to a growth, clear or caption" },
	{ OWN_KEY, "shape", NULL, "how entries lie in groups, against chance" },
	{ OWN_COMMAND, "seed", "SEED", "the map's seed that is drawn next; several queue up" },
	{ OWN_COMMAND, "range", "[N|all] [from ENTRY DIR]", NULL },
	{ OWN_COMMAND, "rebuild", "[from ENTRY DIR]", NULL },
	{ OWN_COMMAND, "clone", "[from ENTRY DIR]", NULL },
	{ OWN_COMMAND, "collide", "[TABLE:]GROUP [N]",
		"insert N keys whose search begins in that group" },
	{ OWN_COMMAND, "grow", "[split|directory]",
		"insert fresh keys until a table grows; until one "
		"splits; until the directory doubles" },
	{ OWN_COMMAND, "evacuate", NULL,
		"changes nothing: this design moves a whole table at once" },
	{ OWN_SIGN, "minimap", NULL,
		"all groups in one line: how full they are; underlined what is in sight" },
	{ OWN_SIGN, "timeline", "───G───c─●", "the timeline: a growth, a clear, and now" },
	{ OWN_END, NULL, NULL, NULL },
};
