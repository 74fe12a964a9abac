package main

import (
	"encoding/hex"
	"strings"
	"unsafe"
)

// A word is 4 or 8 bytes, and the key schedule 64 or 128.
const keySchedule = int(ptrSize) / 4 * 64

//go:linkname runtimeMapclear runtime.mapclear
func runtimeMapclear(t *maptype, h unsafe.Pointer)

// hashFamily names the hash function in force and its key for this process.
func hashFamily() (name, key string) {
	if runtimeUseAeshash {
		return "aes", hex.EncodeToString(runtimeAeskeysched[:])
	}
	words := (*[unsafe.Sizeof(runtimeHashkey)]byte)(unsafe.Pointer(&runtimeHashkey))
	return "wyhash", hex.EncodeToString(words[:])
}

// release turns "go1.22.12" into "1.22", and what an experiment adds, which
// stands behind a blank up to 1.25, into "1.24-X:noswissmap".
func release(version string) string {
	version = strings.Replace(version, " X:", "-X:", 1)
	number, experiment, found := strings.Cut(strings.TrimPrefix(version, "go"), "-X:")
	if parts := strings.Split(number, "."); len(parts) > 2 {
		number = parts[0] + "." + parts[1]
	}
	if found {
		return number + "-X:" + experiment
	}
	return number
}
