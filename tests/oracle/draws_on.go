//go:build draws

package main

import (
	"fmt"
	_ "unsafe"
)

// What the runtime's maps drew at random while it was wanted. See overlay.

//go:linkname drawWanted runtime.mapDrawWanted
var drawWanted bool

//go:linkname drawCount runtime.mapDrawCount
var drawCount int

//go:linkname drawn runtime.mapDrawn
var drawn [4096]uint64

const tellsDraws = true

// wantDraws switches the keeping of draws on and off.
func wantDraws(on bool) { drawWanted = on }

// takeDraws adds a line that gives the draws since it was last called, if there were any.
func takeDraws(b []byte) []byte {
	if drawCount == 0 {
		return b
	}
	b = append(b, "draw"...)
	for _, v := range drawn[:drawCount] {
		b = append(b, fmt.Sprintf(" 0x%x", v)...)
	}
	drawCount = 0
	return append(b, '\n')
}

func countDraws() int { return drawCount }

func forgetDraws() { drawCount = 0 }
