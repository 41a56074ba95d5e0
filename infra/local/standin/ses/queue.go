package ses

import "sync"

// queue does what sends have caused, in order, in one goroutine. It has no
// bound, so that an event handler may send mail itself.
type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	jobs    []func()
	// open counts promises, waiting jobs and the one at work.
	open    int
	closed  bool
	stopped chan struct{}
}

func newQueue() *queue {
	q := &queue{stopped: make(chan struct{})}
	q.changed = sync.NewCond(&q.mu)
	go q.work()
	return q
}

// promise says that a job will follow, so that drain waits for it. The job is
// put by the returned function, which must be called once, with nil for none.
func (q *queue) promise() func(job func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.open++
	return q.keep
}

func (q *queue) keep(job func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if job == nil || q.closed {
		q.open--
	} else {
		q.jobs = append(q.jobs, job)
	}
	q.changed.Broadcast()
}

func (q *queue) drain() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.open > 0 {
		q.changed.Wait()
	}
}

func (q *queue) close() {
	q.drain()
	q.mu.Lock()
	q.closed = true
	q.changed.Broadcast()
	q.mu.Unlock()
	<-q.stopped
}

func (q *queue) work() {
	defer close(q.stopped)
	for {
		q.mu.Lock()
		for len(q.jobs) == 0 && !q.closed {
			q.changed.Wait()
		}
		if len(q.jobs) == 0 {
			q.mu.Unlock()
			return
		}
		job := q.jobs[0]
		q.jobs = q.jobs[1:]
		q.mu.Unlock()

		job()

		q.mu.Lock()
		q.open--
		q.changed.Broadcast()
		q.mu.Unlock()
	}
}
