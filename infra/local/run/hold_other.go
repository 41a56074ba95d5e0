//go:build !unix

package main

// hold does nothing where there is no flock: do not start two systems on one
// data folder.
func hold(string) (release func(), err error) { return func() {}, nil }
