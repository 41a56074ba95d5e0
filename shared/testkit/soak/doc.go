// Package soak says how often something big is tried: a tenth in `make test`,
// all of it in `make soak` (design.md §9). It is the only place that knows, and
// the only thing it links is the standard library, so that tests within any
// package can ask it.
//
// It must never be imported by what is deployed.
//
// Next: trials.go; the Makefile's soak target, which prints what was tried.
package soak
