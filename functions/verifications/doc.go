// Package verifications takes the code that was mailed to an address.
//
// Next: shared/domain/verification, and the purposes it serves: invitation and
// joinlink.
package verifications
