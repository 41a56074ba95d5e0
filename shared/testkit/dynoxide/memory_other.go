//go:build !linux

package dynoxide

func memoryDir() string { return "" }
