package main

import "math"

// The chance that an object of that size is counted.
func chance(size, rate float64) float64 { return 1 - math.Exp(-size/rate) }
