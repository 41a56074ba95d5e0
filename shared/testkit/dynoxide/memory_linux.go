package dynoxide

import "syscall"

// enoughMemory is the free space below which the memory file system is left
// alone: containers often have 64 MB there. Chosen; 100,000 pending invitations
// with their messages take about 300 MB.
const enoughMemory = 1 << 30

// memoryDir is a directory whose files lie in memory, or "" for the system's
// temporary directory.
func memoryDir() string {
	const shm = "/dev/shm"
	var fs syscall.Statfs_t
	if syscall.Statfs(shm, &fs) != nil || fs.Bavail*uint64(fs.Bsize) < enoughMemory {
		return ""
	}
	return shm
}
