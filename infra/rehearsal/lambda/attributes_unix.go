//go:build unix && !linux

package lambda

import "syscall"

// attributes puts a process into its own group. Only Linux can also tie its
// life to the host's.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
