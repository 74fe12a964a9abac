//go:build go1.23

package main

import (
	"strconv"
	"unique"
)

type place struct{ x, y int32 }

var (
	words  []unique.Handle[string]
	places []unique.Handle[place]
)

func init() {
	others = append(others, func() {
		for i := 0; i < 300; i++ {
			words = append(words, unique.Make("word-"+strconv.Itoa(i)))
		}
		for i := 0; i < 25; i++ {
			places = append(places, unique.Make(place{int32(i), int32(-i)}))
		}
		println("unique string", 300)
		println("unique main.place", 25)
	})
}
