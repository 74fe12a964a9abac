//go:build !go1.27

package main

import _ "unsafe" // go:linkname

//go:linkname runtimeUseAeshash runtime.useAeshash
var runtimeUseAeshash bool

//go:linkname runtimeAeskeysched runtime.aeskeysched
var runtimeAeskeysched [keySchedule]byte

//go:linkname runtimeHashkey runtime.hashkey
var runtimeHashkey [4]uintptr
