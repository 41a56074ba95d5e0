// Package identity is one address in one workspace: its password, level,
// profile and generation. A person of two firms has two; nothing is shared.
//
// Next: shared/domain/session.
package identity
