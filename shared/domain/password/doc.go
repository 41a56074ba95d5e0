// Package password says which passwords are good enough and how they are kept.
//
// A [Policy] has a length and a blocklist and no composition rules: NIST SP
// 800-63B-4 §3.1.1.2, OWASP ASVS 5.0 §6.2 (product rule: design.md §7). A [Hash] is
// argon2id with its cost inside; a sign-in that meets an outdated one makes a
// new one. Passwords are taken whole and exactly as typed, in Unicode form NFC.
//
// The package must never cut, trim or fold a password before hashing it, ask
// anybody on the network about it, put it into an error, a log or JSON, or choose the
// cost itself: that comes in as a value.
//
// # The blocklist
//
// blocklist.bin holds 4-byte fingerprints of 133,000 passwords of 8 or more code
// points, 31,859 of which have 15 or more; it is 400,028 bytes, so one password in
// 32,000 that is on no list is refused as well. Passwords that the rules in
// simple.go refuse anyway are not in it. The words themselves are not in this
// repository; NOTICE.md says where they come from and how to make the file again.
// Whole passwords are compared, never parts of them (NIST, same place).
//
// Next: policy.go (what is refused and why), hash.go (what is stored),
// gen/main.go (the list's maker).
package password
