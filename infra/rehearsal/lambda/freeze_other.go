//go:build !unix

package lambda

import (
	"errors"
	"os"
	"syscall"
)

const canFreeze = false

var errCannotFreeze = errors.New("this system has no signal that stops a process")

func stop(*os.Process) error                      { return errCannotFreeze }
func proceed(*os.Process) error                   { return errCannotFreeze }
func readNow(uintptr, []byte) (n int, again bool) { return 0, false }
func attributes() *syscall.SysProcAttr            { return nil }
