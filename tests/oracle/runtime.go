package main

import (
	"encoding/hex"
	"strings"
	"unsafe"
)

// A word is 4 or 8 bytes, and the key schedule 64 or 128.
const keySchedule = int(ptrSize) / 4 * 64

//go:linkname runtimeUseAeshash runtime.useAeshash
var runtimeUseAeshash bool

//go:linkname runtimeAeskeysched runtime.aeskeysched
var runtimeAeskeysched [keySchedule]byte

//go:linkname runtimeHashkey runtime.hashkey
var runtimeHashkey [4]uintptr

//go:linkname runtimeMapclear runtime.mapclear
func runtimeMapclear(t *maptype, h unsafe.Pointer)

//go:linkname runtimeMapiterinit runtime.mapiterinit
func runtimeMapiterinit(t *maptype, h unsafe.Pointer, it *hiter)

//go:linkname runtimeMapiternext runtime.mapiternext
func runtimeMapiternext(it *hiter)

// hashFamily names the hash function in force and its key for this process.
func hashFamily() (name, key string) {
	if runtimeUseAeshash {
		return "aes", hex.EncodeToString(runtimeAeskeysched[:])
	}
	words := (*[unsafe.Sizeof(runtimeHashkey)]byte)(unsafe.Pointer(&runtimeHashkey))
	return "wyhash", hex.EncodeToString(words[:])
}

// release turns "go1.22.12" into "1.22".
func release(version string) string {
	parts := strings.SplitN(strings.TrimPrefix(version, "go"), ".", 3)
	if len(parts) < 2 {
		return version
	}
	return parts[0] + "." + parts[1]
}
