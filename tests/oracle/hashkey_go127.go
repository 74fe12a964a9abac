//go:build go1.27

package main

import _ "unsafe" // go:linkname

//go:linkname runtimeUseAeshash internal/runtime/maps.UseAeshash
var runtimeUseAeshash bool

//go:linkname runtimeAeskeysched internal/runtime/maps.aeskeysched
var runtimeAeskeysched [keySchedule]byte

//go:linkname runtimeHashkey internal/runtime/maps.hashkey
var runtimeHashkey [4]uintptr
