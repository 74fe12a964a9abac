//go:build !draws

package main

// The runtime as it is does not tell what it draws.
const tellsDraws = false

func wantDraws(bool)            {}
func takeDraws(b []byte) []byte { return b }
func countDraws() int           { return 0 }
func forgetDraws()              {}
