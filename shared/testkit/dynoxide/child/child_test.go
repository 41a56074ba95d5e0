package child_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"

	"portero/shared/testkit/dynoxide/child"
)

// TestMain lets this test binary play the programs that the tests start.
func TestMain(m *testing.M) {
	switch os.Getenv("CHILD_ROLE") {
	case "":
		os.Exit(m.Run())
	case "server": // says it is ready, then holds a connection for as long as it lives
		conn, err := net.Dial("tcp", os.Getenv("CHILD_ADDRESS"))
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("ready now")
		_, _ = io.Copy(io.Discard, conn)
	case "failing":
		fmt.Fprintln(os.Stderr, "cannot bind:\n  the port is taken")
		os.Exit(1)
	case "environment":
		fmt.Println(strings.Join(os.Environ(), " "))
	case "parent": // starts a server and dies without ending it
		_, err := child.Start(context.Background(), server(os.Getenv("CHILD_ADDRESS"), nil))
		if err != nil {
			fmt.Println(err)
		}
		os.Exit(3)
	}
}

func role(name string) child.Command {
	return child.Command{Path: os.Args[0], Env: []string{"CHILD_ROLE=" + name}}
}

func server(address string, log io.Writer) child.Command {
	c := role("server")
	c.Env = append(c.Env, "CHILD_ADDRESS="+address)
	c.Log = log
	c.Ready = func(line string) bool { return line == "ready now" }
	return c
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// wasCut waits until the far end of the next connection is gone.
func wasCut(t *testing.T, l net.Listener) {
	t.Helper()
	conn, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, conn)
}

func TestStart(t *testing.T) {
	t.Run("returns when the ready line came, and Stop leaves no process", func(t *testing.T) {
		l := listen(t)
		var log bytes.Buffer
		p, err := child.Start(t.Context(), server(l.Addr().String(), &log))
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Stop(); err != nil {
			t.Fatal(err)
		}
		<-p.Done()
		wasCut(t, l)
		if got := log.String(); got != "ready now\n" {
			t.Errorf("log is %q", got)
		}
		if err := p.Stop(); err != nil {
			t.Errorf("second Stop: %v", err)
		}
	})
	t.Run("tells on one line what a child printed that ended before it was ready", func(t *testing.T) {
		c := role("failing")
		c.Ready = func(string) bool { return false }
		_, err := child.Start(t.Context(), c)
		var ended *child.EndedError
		if !errors.As(err, &ended) {
			t.Fatalf("error is %v", err)
		}
		if want := "cannot bind: the port is taken"; ended.Output != want {
			t.Errorf("output is %q, want %q", ended.Output, want)
		}
	})
	t.Run("kills the child when the context ends before it is ready", func(t *testing.T) {
		l := listen(t)
		ctx, cancel := context.WithCancel(t.Context())
		c := server(l.Addr().String(), nil)
		c.Ready = func(string) bool { cancel(); return false }
		if _, err := child.Start(ctx, c); !errors.Is(err, context.Canceled) {
			t.Fatalf("error is %v", err)
		}
		wasCut(t, l)
	})
	t.Run("names a program that is not there", func(t *testing.T) {
		_, err := child.Start(t.Context(), child.Command{Path: "/no/such/program"})
		if err == nil || !strings.Contains(err.Error(), "start program") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("gives the child nothing of our environment", func(t *testing.T) {
		t.Setenv("PORTERO_SECRET", "do not pass on")
		var log bytes.Buffer
		c := role("environment")
		c.Log = &log
		p, err := child.Start(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		<-p.Done()
		if got := strings.TrimSpace(log.String()); got != "CHILD_ROLE=environment" {
			t.Errorf("environment is %q", got)
		}
	})
}

func TestStopOfAChildThatEndedByItself(t *testing.T) {
	p, err := child.Start(t.Context(), role("failing"))
	if err != nil {
		t.Fatal(err)
	}
	<-p.Done()
	var ended *child.EndedError
	if err := p.Stop(); !errors.As(err, &ended) {
		t.Errorf("error is %v", err)
	}
}

func TestStartListening(t *testing.T) {
	t.Run("tries another port when the program ended at once", func(t *testing.T) {
		var ports []int
		p, port, err := child.StartListening(t.Context(), func(port int) child.Command {
			ports = append(ports, port)
			if len(ports) < 3 {
				c := role("failing")
				c.Ready = func(string) bool { return false }
				return c
			}
			return role("environment")
		})
		if err != nil {
			t.Fatal(err)
		}
		<-p.Done()
		if len(ports) != 3 || port != ports[2] {
			t.Errorf("ports tried %v, answered %d", ports, port)
		}
	})
	t.Run("gives up on a program that never starts", func(t *testing.T) {
		_, _, err := child.StartListening(t.Context(), func(int) child.Command {
			c := role("failing")
			c.Ready = func(string) bool { return false }
			return c
		})
		var ended *child.EndedError
		if !errors.As(err, &ended) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestInstalled(t *testing.T) {
	if _, isThere := child.Installed("aws-ses-v2-local/package.json"); !isThere {
		t.Error("run `npm ci --prefix infra`")
	}
	if path, isThere := child.Installed("no/such/package"); isThere {
		t.Errorf("%s is there", path)
	}
	t.Chdir("/")
	if path, isThere := child.Installed("aws-ses-v2-local/package.json"); isThere {
		t.Errorf("%s was found outside the module", path)
	}
}
