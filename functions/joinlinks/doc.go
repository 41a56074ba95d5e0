// Package joinlinks makes and looks after shareable links, and lets their
// holders join.
//
// Next: shared/domain/joinlink, which decides.
package joinlinks
