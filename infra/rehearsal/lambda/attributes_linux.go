package lambda

import "syscall"

// attributes puts a process into its own group, so that an interrupt typed at
// the terminal reaches the host only, and ends it with the thread that started
// it (man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html).
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
