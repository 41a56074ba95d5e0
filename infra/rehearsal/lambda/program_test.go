package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	aws "github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// TestMain makes the test binary a function when Lambda's variable says that it
// is one, so that the tests need no second build.
func TestMain(m *testing.M) {
	switch {
	case os.Getenv("AWS_LAMBDA_RUNTIME_API") != "":
		function(os.Getenv("_HANDLER"))
	case os.Getenv("ACT_AS_HOST") != "":
		actAsHost()
	default:
		os.Exit(m.Run())
	}
}

// program is what the test functions do, by handler name.
var program = map[string]func(ctx context.Context, payload []byte) ([]byte, error){
	"echo": func(_ context.Context, payload []byte) ([]byte, error) { return payload, nil },
	"pid":  func(context.Context, []byte) ([]byte, error) { return []byte(strconv.Itoa(os.Getpid())), nil },
	"environment": func(context.Context, []byte) ([]byte, error) {
		root, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		return json.Marshal(append(os.Environ(), "pwd "+root))
	},
	"context": func(ctx context.Context, _ []byte) ([]byte, error) {
		deadline, _ := ctx.Deadline()
		lc, _ := lambdacontext.FromContext(ctx)
		return json.Marshal([]string{deadline.UTC().Format(time.RFC3339Nano), lc.InvokedFunctionArn, lc.AwsRequestID, os.Getenv("_X_AMZN_TRACE_ID")})
	},
	"fail":  func(context.Context, []byte) ([]byte, error) { return nil, errors.New("no luck") },
	"panic": func(context.Context, []byte) ([]byte, error) { panic("out of luck") },
	"exit":  func(context.Context, []byte) ([]byte, error) { fmt.Print("last words"); os.Exit(3); return nil, nil },
	"leave": func(context.Context, []byte) ([]byte, error) { os.Exit(0); return nil, nil },
	"hang":  func(context.Context, []byte) ([]byte, error) { select {} },
	"ask":   ask,
	"talk": func(_ context.Context, payload []byte) ([]byte, error) {
		n, err := strconv.Atoi(string(payload))
		for i := range n {
			fmt.Println("line", i)
		}
		fmt.Fprint(os.Stderr, "half ")
		return nil, err
	},
	"large": func(_ context.Context, payload []byte) ([]byte, error) {
		n, err := strconv.Atoi(string(payload))
		return bytes.Repeat([]byte("x"), n), err
	},
	"hoard": func(context.Context, []byte) ([]byte, error) {
		hoard = bytes.Repeat([]byte("x"), 200*mib)
		return nil, nil
	},
	"count": func(context.Context, []byte) ([]byte, error) {
		for from := counter.Load(); counter.Load() < from+1000; { // it runs again
		}
		return []byte(strconv.Itoa(os.Getpid())), nil
	},
}

var (
	hoard   []byte
	counter *atomic.Uint64
)

// ask calls the test from within an invocation and answers what it says.
func ask(ctx context.Context, payload []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, os.Getenv("AWS_ENDPOINT_URL_TEST"), bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Key", os.Getenv("AWS_ACCESS_KEY_ID"))
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

type handler func(ctx context.Context, payload []byte) ([]byte, error)

func (h handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) { return h(ctx, payload) }

func function(name string) {
	switch name {
	case "init-exit":
		os.Exit(2)
	case "init-error":
		url := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/init/error"
		response, err := http.Post(url, "application/json", strings.NewReader(`{"errorType":"Runtime.NoTable","errorMessage":"no table"}`))
		if err == nil {
			response.Body.Close()
		}
		os.Exit(1)
	case "init-hang":
		select {}
	case "init-once": // fails in its first process, by a file
		f, err := os.OpenFile(os.Getenv("MARK"), os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			f.Close()
			os.Exit(1)
		}
		name = "echo"
	case "count":
		counter = shared(os.Getenv("COUNTER"))
		go func() {
			for {
				counter.Add(1)
			}
		}()
	}
	aws.Start(handler(program[name]))
}

// shared is a number in a file that several processes see.
func shared(file string) *atomic.Uint64 {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	page, err := syscall.Mmap(int(f.Fd()), 0, 8, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		panic(err)
	}
	return (*atomic.Uint64)(unsafe.Pointer(&page[0]))
}

// actAsHost runs two functions, says their pids, and waits to be killed.
func actAsHost() {
	h, err := New(options(os.Args[0]), []Function{named("pid"), named("hang")})
	if err != nil {
		panic(err)
	}
	idle, err := h.Invoke(context.Background(), "pid", nil)
	if err != nil {
		panic(err)
	}
	go h.Invoke(context.Background(), "hang", nil)
	for len(h.pids()) < 2 {
	}
	fmt.Println(string(idle), h.pids())
	select {}
}
