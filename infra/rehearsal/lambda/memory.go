package lambda

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
)

const mib = 1 << 20

// peakBytes is the most resident memory the process has had so far: VmHWM of
// /proc/<pid>/status, man7.org/linux/man-pages/man5/proc_pid_status.5.html. The
// usage that wait4 returns will not do: its maximum survives exec and so begins
// with the host's own memory. Nothing is subtracted: pages of the binary count,
// as they do there.
func peakBytes(pid int) (int64, error) {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0, fmt.Errorf("read peak memory: %w", err)
	}
	return parsePeak(status)
}

// parsePeak finds VmHWM, which the kernel writes in kB of 1024 bytes.
func parsePeak(status []byte) (int64, error) {
	for line := range bytes.Lines(status) {
		rest, found := bytes.CutPrefix(line, []byte("VmHWM:"))
		if !found {
			continue
		}
		fields := bytes.Fields(rest)
		if len(fields) != 2 || string(fields[1]) != "kB" {
			return 0, fmt.Errorf("read peak memory: %q is not a size in kB", line)
		}
		kb, err := strconv.ParseInt(string(fields[0]), 10, 53)
		if err != nil || kb < 0 {
			return 0, fmt.Errorf("read peak memory: %q is not a size in kB", line)
		}
		return kb * 1024, nil
	}
	return 0, errors.New("read peak memory: the status has no VmHWM")
}
