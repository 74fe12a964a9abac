/* SPDX-License-Identifier: MIT */
/*
 * The process-wide hash key of a program, that maps hash by: runtime.aeskeysched, or where its
 * machine has no AES runtime.hashkey. Where symbols tell of neither, all variables are tried. A key
 * is believed when it leads the keys of the captured map to what their cells say.
 */
#ifndef MODEL_LIVE_HASHKEY_H
#define MODEL_LIVE_HASHKEY_H

#include "model/live/capture.h"

/* Fills the capture's hash, when it can be found; the program remembers it for the next one. */
void hashkey_find(struct capture *c, struct live *l);

#endif
