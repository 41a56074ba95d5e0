// Package portal is a named entrance: its name, its title and its default role.
//
// Next: shared/domain/role.
package portal
