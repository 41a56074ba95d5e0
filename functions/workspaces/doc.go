// Package workspaces makes firms, which only ops may, and lets a firm's
// administrators set its name, languages, times, caps and session lengths.
//
// Next: shared/domain/directory/found.go and settings.go.
package workspaces
