// The endpoint of servers/CONTRACT.md on Go's net/http: a buffered channel is the semaphore, and
// the goroutine that net/http starts for a connection does the work.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

const (
	seed         = 0x9E3779B97F4A7C15
	stepsPerUnit = 1_000
	maxUnits     = 10_000_000
)

// checksum is the work of one request: dependent steps of xorshift64, the same as in
// shedlab.task.CpuTask.
func checksum(units int) uint64 {
	state := uint64(seed)
	for unit := 0; unit < units; unit++ {
		for step := 0; step < stepsPerUnit; step++ {
			state ^= state << 13
			state ^= state >> 7
			state ^= state << 17
		}
	}
	return state
}

type endpoint struct {
	permits                             chan struct{}
	taskUnits                           int
	received, admitted, completed, shed atomic.Uint64
}

func (e *endpoint) work(w http.ResponseWriter, r *http.Request) {
	units, err := unitsOf(r.URL.RawQuery, e.taskUnits)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	e.received.Add(1)
	select {
	case e.permits <- struct{}{}:
		e.admitted.Add(1)
		sum := checksum(units)
		e.completed.Add(1)
		<-e.permits // free before the reply is sent
		fmt.Fprintf(w, "%016x\n", sum)
	default:
		e.shed.Add(1)
		w.Header().Set("Retry-After", "1")
		w.Header().Set("Shedlab-Reason", "limit")
		http.Error(w, "shed", http.StatusTooManyRequests)
	}
}

func (e *endpoint) metrics(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintf(w, "shedlab_limit %d\nshedlab_inflight %d\nshedlab_waiting 0\n", cap(e.permits), len(e.permits))
	fmt.Fprintf(w, "shedlab_received_total %d\n", e.received.Load())
	fmt.Fprintf(w, "shedlab_admitted_total %d\n", e.admitted.Load())
	fmt.Fprintf(w, "shedlab_completed_total %d\n", e.completed.Load())
	fmt.Fprintf(w, "shedlab_shed_total{reason=\"limit\"} %d\n", e.shed.Load())
}

// reading lets GET and HEAD pass.
func reading(handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		handler(w, r)
	}
}

func unitsOf(query string, otherwise int) (int, error) {
	if query == "" {
		return otherwise, nil
	}
	if !strings.HasPrefix(query, "units=") {
		return 0, problem("query", query, "units=N, once, and no other key")
	}
	return whole("units", strings.TrimPrefix(query, "units="), 1, maxUnits)
}

// whole is a number in digits alone.
func whole(key, value string, least, most int) (int, error) {
	number, err := strconv.ParseUint(value, 10, 31) // neither a sign nor an underscore
	if err != nil || int(number) < least || int(number) > most {
		return 0, problem(key, value, fmt.Sprintf("a whole number from %d to %d", least, most))
	}
	return int(number), nil
}

func problem(key, value, rule string) error {
	return fmt.Errorf("%s: %s (expected: %s)", key, value, rule)
}

// option is an environment variable; empty counts as not given, a bad one ends the process.
func option(key string, least, most, otherwise int) int {
	value := os.Getenv(key)
	if value == "" {
		return otherwise
	}
	number, err := whole(key, value, least, most)
	if err != nil {
		refuse(err)
	}
	return number
}

func refuse(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

func listen() net.Listener {
	host := os.Getenv("HOST")
	if host == "" {
		host = "127.0.0.1"
	} else if net.ParseIP(host) == nil {
		refuse(problem("HOST", host, "an IP address"))
	}
	port := strconv.Itoa(option("PORT", 0, 65_535, 8_080))
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		refuse(problem("PORT", port, fmt.Sprintf("a free one on %s; %v", host, err)))
	}
	return listener
}

func main() {
	cpus := option("CPUS", 1, 256, 1)
	workers := option("WORKERS", 1, 1_024, 4*cpus)
	limit := option("LIMIT", 0, 1_000_000, workers)
	e := &endpoint{permits: make(chan struct{}, limit), taskUnits: option("TASK_UNITS", 1, maxUnits, 1_000)}
	runtime.GOMAXPROCS(cpus)

	http.HandleFunc("/work", reading(e.work))
	http.HandleFunc("/metrics", reading(e.metrics))
	http.HandleFunc("/healthz", reading(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") }))

	terminate := make(chan os.Signal, 1)
	signal.Notify(terminate, syscall.SIGTERM)
	go func() {
		<-terminate
		os.Exit(0) // without waiting for requests
	}()

	listener := listen()
	fmt.Printf("{\"ready\":true,\"server\":\"go\",\"port\":%d,\"limit\":%d,\"cpus\":%d,\"pid\":%d}\n",
		listener.Addr().(*net.TCPAddr).Port, limit, cpus, os.Getpid())
	fmt.Fprintln(os.Stderr, "server:", http.Serve(listener, nil))
	os.Exit(4)
}
