//! The endpoint of `servers/CONTRACT.md` on hyper and tokio: `/work`, `/healthz` and `/metrics`
//! behind a semaphore. It shows what a refusal costs without a JVM. Options are environment
//! variables; the README lists them.

use hyper::header::{HeaderValue, ALLOW, CONTENT_TYPE, RETRY_AFTER};
use hyper::service::{make_service_fn, service_fn};
use hyper::{Body, Method, Request, Response, Server, StatusCode};
use std::convert::Infallible;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::exit;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{signal, SignalKind};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const STEPS_PER_UNIT: u32 = 1_000;
const MAX_UNITS: u32 = 10_000_000;
const DEFAULT_UNITS: u32 = 1_000;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
const REASONS: [&str; 5] = ["limit", "full", "expired", "abandoned", "policed"];

struct Endpoint {
    limit: usize,
    permits: Arc<Semaphore>,
    received: AtomicU64,
    admitted: AtomicU64,
    completed: Arc<AtomicU64>,
    shed: AtomicU64,
}

/// The work of one request: dependent steps of xorshift64, the same as in `shedlab.task.CpuTask`.
fn checksum(units: u32) -> u64 {
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
    fn new(limit: usize) -> Self {
        Endpoint {
            limit,
            permits: Arc::new(Semaphore::new(limit)),
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
            _ => match units(request.uri().query()) {
                Err(problem) => text(StatusCode::BAD_REQUEST, problem),
                Ok(units) => self.work(units).await,
            },
        }
    }

    async fn work(&self, units: u32) -> Response<Body> {
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
    async fn admitted(&self, units: u32, permit: OwnedSemaphorePermit) -> Response<Body> {
        let completed = Arc::clone(&self.completed);
        let work = tokio::task::spawn_blocking(move || {
            let checksum = checksum(units);
            completed.fetch_add(1, Relaxed);
            drop(permit);
            checksum
        });
        match work.await {
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

fn units(query: Option<&str>) -> Result<u32, String> {
    let Some(query) = query.filter(|query| !query.is_empty()) else {
        return Ok(DEFAULT_UNITS);
    };
    let value = query
        .strip_prefix("units=")
        .ok_or_else(|| problem("query", query, "units=N, once, and no other key"))?;
    whole(value, 1, MAX_UNITS as usize)
        .map(|units| units as u32)
        .map_err(|rule| problem("units", value, &rule))
}

/// A number in digits alone, or the rule that it breaks.
fn whole(text: &str, least: usize, most: usize) -> Result<usize, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|value| digits && (least..=most).contains(value))
        .ok_or_else(|| format!("a whole number from {least} to {most}"))
}

fn problem(key: &str, value: &str, rule: &str) -> String {
    format!("{key}: {value} (expected: {rule})\n")
}

/// An option by its environment variable; empty counts as not given, a bad one ends the process.
fn option(key: &str, least: usize, most: usize) -> Option<usize> {
    let value = std::env::var_os(key).filter(|value| !value.is_empty())?;
    let value = value.to_string_lossy();
    Some(whole(&value, least, most).unwrap_or_else(|rule| refuse(key, &value, &rule)))
}

fn refuse(key: &str, value: &str, rule: &str) -> ! {
    eprint!("{}", problem(key, value, rule));
    exit(2)
}

async fn serve(listener: TcpListener, limit: usize) -> hyper::Result<()> {
    let endpoint = Arc::new(Endpoint::new(limit));
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

/// Serves until SIGTERM comes.
async fn run(listener: TcpListener, limit: usize, ends_with: Option<usize>) {
    let mut terminate = signal(SignalKind::terminate()).expect("a handler of SIGTERM");
    if let Some(pid) = ends_with {
        tokio::spawn(end_with(pid));
    }
    tokio::spawn(async move {
        if let Err(problem) = serve(listener, limit).await {
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
    let port = option("PORT", 0, 65_535).unwrap_or(8_080);
    let workers = option("WORKERS", 1, 1_024).unwrap_or(4);
    let limit = option("LIMIT", 0, 1_000_000).unwrap_or(4);
    let threads = option("THREADS", 1, 64).unwrap_or(1);
    let ends_with = option("ENDS_WITH", 1, i32::MAX as usize);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port as u16))
        .unwrap_or_else(|e| refuse("PORT", &port.to_string(), &format!("a free one; {e}")));
    listener
        .set_nonblocking(true)
        .expect("a listener that does not block");
    let port = listener.local_addr().expect("an address").port();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .max_blocking_threads(workers)
        .thread_name_fn(thread_names(threads))
        .enable_all()
        .build()
        .expect("threads");
    println!(
        "{{\"ready\":true,\"server\":\"tokio\",\"port\":{port},\"workers\":{workers},\
         \"limit\":{limit},\"threads\":{threads},\"pid\":{}}}",
        std::process::id()
    );
    runtime.block_on(run(listener, limit, ends_with));
    exit(0) // without waiting for tasks
}
