//! The endpoint of `servers/CONTRACT.md` on hyper and tokio: `/work`, `/healthz` and `/metrics`
//! behind a semaphore. It shows what a refusal costs without a JVM.

mod options;

use hyper::header::{HeaderValue, ALLOW, CONTENT_TYPE, RETRY_AFTER};
use hyper::service::{make_service_fn, service_fn};
use hyper::{Body, Method, Request, Response, Server, StatusCode};
use options::{problem, refuse, whole, Options, MAX_UNITS};
use std::convert::Infallible;
use std::net::TcpListener;
use std::path::Path;
use std::process::exit;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{signal, SignalKind};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const STEPS_PER_UNIT: usize = 1_000;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
const REASONS: [&str; 5] = ["limit", "full", "expired", "abandoned", "policed"];

struct Endpoint {
    limit: usize,
    task_units: usize,
    inline: bool,
    permits: Arc<Semaphore>,
    received: AtomicU64,
    admitted: AtomicU64,
    completed: Arc<AtomicU64>,
    shed: AtomicU64,
}

/// The work of one request: dependent steps of xorshift64, the same as in `shedlab.task.CpuTask`.
fn checksum(units: usize) -> u64 {
    let mut state = SEED;
    for _ in 0..units {
        for _ in 0..STEPS_PER_UNIT {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
    }
    state
}

impl Endpoint {
    fn new(options: &Options) -> Self {
        Endpoint {
            limit: options.limit,
            task_units: options.task_units,
            inline: options.inline,
            permits: Arc::new(Semaphore::new(options.limit)),
            received: AtomicU64::new(0),
            admitted: AtomicU64::new(0),
            completed: Arc::new(AtomicU64::new(0)),
            shed: AtomicU64::new(0),
        }
    }

    async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let path = request.uri().path();
        if !["/work", "/healthz", "/metrics"].contains(&path) {
            return text(StatusCode::NOT_FOUND, "not found\n");
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let mut refused = text(StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n");
            refused
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refused;
        }
        match path {
            "/healthz" => text(StatusCode::OK, "ok\n"),
            "/metrics" => text(StatusCode::OK, self.metrics()),
            _ => match units(request.uri().query(), self.task_units) {
                Err(problem) => text(StatusCode::BAD_REQUEST, problem),
                Ok(units) => self.work(units).await,
            },
        }
    }

    async fn work(&self, units: usize) -> Response<Body> {
        self.received.fetch_add(1, Relaxed);
        match Arc::clone(&self.permits).try_acquire_owned() {
            Err(_) => {
                self.shed.fetch_add(1, Relaxed);
                shed()
            }
            Ok(permit) => {
                self.admitted.fetch_add(1, Relaxed);
                self.admitted(units, permit).await
            }
        }
    }

    /// The permit is free before the reply is sent.
    async fn admitted(&self, units: usize, permit: OwnedSemaphorePermit) -> Response<Body> {
        let completed = Arc::clone(&self.completed);
        let work = move || {
            let checksum = checksum(units);
            completed.fetch_add(1, Relaxed);
            drop(permit);
            checksum
        };
        let done = if self.inline {
            Ok(work()) // the mistake: until it ends, this thread of the runtime does nothing else
        } else {
            tokio::task::spawn_blocking(work).await
        };
        match done {
            Ok(checksum) => text(StatusCode::OK, format!("{checksum:016x}\n")),
            Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "task failed\n"),
        }
    }

    fn metrics(&self) -> String {
        let shed = self.shed.load(Relaxed);
        let mut text = format!(
            "shedlab_limit {}\nshedlab_inflight {}\nshedlab_waiting 0\nshedlab_received_total {}\n\
             shedlab_admitted_total {}\nshedlab_completed_total {}\n",
            self.limit,
            self.limit - self.permits.available_permits(),
            self.received.load(Relaxed),
            self.admitted.load(Relaxed),
            self.completed.load(Relaxed),
        );
        for reason in REASONS {
            let count = if reason == "limit" { shed } else { 0 };
            text += &format!("shedlab_shed_total{{reason=\"{reason}\"}} {count}\n");
        }
        text
    }
}

fn text(status: StatusCode, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    response
}

fn shed() -> Response<Body> {
    let mut response = text(StatusCode::TOO_MANY_REQUESTS, "shed\n");
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    headers.insert("shedlab-reason", HeaderValue::from_static("limit"));
    response
}

fn units(query: Option<&str>, otherwise: usize) -> Result<usize, String> {
    let query = query.unwrap_or_default();
    if query.is_empty() {
        return Ok(otherwise);
    }
    let value = query
        .strip_prefix("units=")
        .ok_or_else(|| problem("query", query, "units=N, once, and no other key"))?;
    whole(value, 1, MAX_UNITS).map_err(|rule| problem("units", value, &rule))
}

async fn serve(listener: TcpListener, endpoint: Endpoint) -> hyper::Result<()> {
    let endpoint = Arc::new(endpoint);
    let connections = make_service_fn(move |_| {
        let endpoint = Arc::clone(&endpoint);
        async move {
            Ok::<_, Infallible>(service_fn(move |request| {
                let endpoint = Arc::clone(&endpoint);
                async move { Ok::<_, Infallible>(endpoint.answer(request).await) }
            }))
        }
    });
    Server::from_tcp(listener)?
        .tcp_nodelay(true)
        .serve(connections)
        .await
}

/// Ends this process with that of another number, even if that is killed.
async fn end_with(pid: usize) {
    let process = format!("/proc/{pid}");
    while Path::new(&process).exists() {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    exit(3)
}

/// Serves until SIGTERM comes. Who reads the ready line may send it at once, so it is handled before
/// that line is printed.
async fn run(listener: TcpListener, endpoint: Endpoint, ends_with: Option<usize>, ready: &str) {
    let mut terminate = signal(SignalKind::terminate()).expect("a handler of SIGTERM");
    println!("{ready}");
    if let Some(pid) = ends_with {
        tokio::spawn(end_with(pid));
    }
    tokio::spawn(async move {
        if let Err(problem) = serve(listener, endpoint).await {
            eprintln!("server: {problem} (expected: it runs until it is stopped)");
            exit(4)
        }
    });
    terminate.recv().await;
}

/// Tokio's own threads are the first to start.
fn thread_names(threads: usize) -> impl Fn() -> String {
    let started = AtomicUsize::new(0);
    move || {
        let own = started.fetch_add(1, Relaxed) < threads;
        String::from(if own { "shedlab-io" } else { "shedlab-worker" })
    }
}

fn main() {
    let options = Options::from_environment();
    let listener = TcpListener::bind((options.host, options.port)).unwrap_or_else(|e| {
        let rule = format!("a free one on {}; {e}", options.host);
        refuse("PORT", &options.port.to_string(), &rule)
    });
    listener
        .set_nonblocking(true)
        .expect("a listener that does not block");
    let port = listener.local_addr().expect("an address").port();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(options.threads)
        .max_blocking_threads(options.workers)
        .thread_name_fn(thread_names(options.threads))
        .enable_all()
        .build()
        .expect("threads");
    let ready = format!(
        "{{\"ready\":true,\"server\":\"tokio\",\"port\":{port},\"workers\":{},\"limit\":{},\
         \"threads\":{},\"inline\":{},\"pid\":{}}}",
        options.workers,
        options.limit,
        options.threads,
        options.inline,
        std::process::id()
    );
    let endpoint = Endpoint::new(&options);
    runtime.block_on(run(listener, endpoint, options.ends_with, &ready));
    exit(0) // without waiting for tasks
}
