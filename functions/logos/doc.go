// Package logos is a firm's image: its administrators give it one, everybody who
// meets the firm sees it (row B14). The rest of a firm's look is workspaces/change.
//
// Next: shared/domain/look.
package logos
