//! Options are environment variables; a bad one ends the process with one line and code 2.

use std::net::{IpAddr, Ipv4Addr};
use std::process::exit;

pub const MAX_UNITS: usize = 10_000_000;

pub struct Options {
    pub host: IpAddr,
    pub port: u16,
    /// Of tokio's runtime: they do the I/O, and with `inline` the work too.
    pub threads: usize,
    /// The most threads that `spawn_blocking` starts.
    pub workers: usize,
    pub limit: usize,
    /// The work of a request that names none.
    pub task_units: usize,
    /// Whether the runtime's own threads do the work.
    pub inline: bool,
    pub ends_with: Option<usize>,
}

impl Options {
    pub fn from_environment() -> Self {
        let cpus = option("CPUS", 1, 256).unwrap_or(1);
        let workers = option("WORKERS", 1, 1_024).unwrap_or(4 * cpus);
        Options {
            host: host(),
            port: option("PORT", 0, 65_535).unwrap_or(8_080) as u16,
            threads: option("THREADS", 1, 256).unwrap_or(cpus),
            workers,
            limit: option("LIMIT", 0, 1_000_000).unwrap_or(workers),
            task_units: option("TASK_UNITS", 1, MAX_UNITS).unwrap_or(1_000),
            inline: option("INLINE", 0, 1) == Some(1),
            ends_with: option("ENDS_WITH", 1, i32::MAX as usize),
        }
    }
}

fn host() -> IpAddr {
    given("HOST").map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |host| {
        host.parse()
            .unwrap_or_else(|_| refuse("HOST", &host, "an IP address"))
    })
}

/// Empty counts as not given.
fn given(key: &str) -> Option<String> {
    let value = std::env::var_os(key).filter(|value| !value.is_empty())?;
    Some(value.to_string_lossy().into_owned())
}

fn option(key: &str, least: usize, most: usize) -> Option<usize> {
    let value = given(key)?;
    Some(whole(&value, least, most).unwrap_or_else(|rule| refuse(key, &value, &rule)))
}

pub fn refuse(key: &str, value: &str, rule: &str) -> ! {
    eprint!("{}", problem(key, value, rule));
    exit(2)
}

/// A number in digits alone, or the rule that it breaks.
pub fn whole(text: &str, least: usize, most: usize) -> Result<usize, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|value| digits && (least..=most).contains(value))
        .ok_or_else(|| format!("a whole number from {least} to {most}"))
}

pub fn problem(key: &str, value: &str, rule: &str) -> String {
    format!("{key}: {value} (expected: {rule})\n")
}
