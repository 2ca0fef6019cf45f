//! HTTP to a store: tries again what may pass later, answers challenges, and packs what is large.

use std::collections::BTreeMap;
use std::io::Write;
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use http_auth::PasswordClient;
use ureq::{Agent, Body, http};
use url::Url;

use super::credentials::{self, Credentials};
use super::tls;
use crate::error::{Error, Result};

/// How long to wait for a store, and how often to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For the whole of one request.
    pub timeout: Duration,
    /// How many times a request is sent before it fails.
    pub tries: u32,
    /// Before the second try; each further pause is twice as long.
    pub pause: Duration,
}

/// The longest pause between two tries, whatever the store asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const CONNECTING: Duration = Duration::from_secs(10);
/// Below so many bytes nothing is packed.
const LARGE: usize = 1024;
/// The most of an answer that is read, in bytes.
const LIMIT: u64 = 64 << 20;
/// The most of an answer that an error repeats, in characters.
const FIRST_WORDS: usize = 160;

/// One request.
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    pub(super) url: &'a Url,
    pub(super) content_type: &'static str,
    pub(super) body: &'a str,
}

/// What a store answered.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) server: String,
    pub(super) is_fuseki: bool,
    pub(super) body: String,
    retry_after: Option<Duration>,
    challenges: Vec<String>,
}

impl Response {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the same request may pass later.
    fn may_pass_later(&self) -> bool {
        matches!(self.status, 408 | 425 | 429 | 500 | 502..=504)
    }
}

pub(super) struct Client {
    agent: Agent,
    credentials: Option<Credentials>,
    /// What each origin asked for.
    schemes: BTreeMap<String, PasswordClient>,
    pub(super) patience: Patience,
    /// Whether the store takes packed requests.
    pub(super) packs: bool,
    pub(super) retries: u64,
}

impl Client {
    pub(super) fn new(credentials: Option<Credentials>, patience: Patience) -> Self {
        let config = Agent::config_builder()
            .tls_config(tls::config())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECTING.min(patience.timeout)))
            .timeout_global(Some(patience.timeout))
            .user_agent(concat!("newsgraph/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent = config.new_agent();
        Self { agent, credentials, schemes: BTreeMap::new(), patience, packs: false, retries: 0 }
    }

    /// Sends a request until it is answered, and gives up after some tries.
    ///
    /// # Errors
    /// When the store cannot be reached, fails each time, or does not let us in: then no request will pass.
    pub(super) fn send(&mut self, request: &Request<'_>) -> Result<Response> {
        let mut pause = self.patience.pause;
        for attempt in 1.. {
            let last = attempt >= self.patience.tries;
            let wanted = match self.attempt(request) {
                Ok(response) if matches!(response.status, 401 | 403) => {
                    let advice = credentials::advice(self.credentials.as_ref());
                    return Err(self.error(request, &format!("{}; {advice}", self.describe(&response))));
                }
                Ok(response) if (300..400).contains(&response.status) => {
                    let reason = format!("{}: it points elsewhere; give that address", self.describe(&response));
                    return Err(self.error(request, &reason));
                }
                // 500 is also what some stores say to a single graph that they cannot take.
                Ok(response) if !response.may_pass_later() || last && response.status == 500 => return Ok(response),
                Ok(response) if last => {
                    let reason = format!("{}, tried {attempt} times", self.describe(&response));
                    return Err(self.error(request, &reason));
                }
                Err(error) => match tls::fault(&error) {
                    Some(fault) => return Err(self.error(request, &fault)),
                    None if last || !is_passing(&error) => {
                        return Err(self.error(request, &format!("{error}, tried {attempt} times")));
                    }
                    None => None,
                },
                Ok(response) => response.retry_after,
            };
            self.retries += 1;
            thread::sleep(wanted.unwrap_or(pause).min(LONGEST_PAUSE));
            pause = pause.saturating_mul(2);
        }
        Err(self.error(request, "no try was allowed"))
    }

    /// Sends a request, and once more where the store asks who we are.
    fn attempt(&mut self, request: &Request<'_>) -> Result<Response, ureq::Error> {
        let response = self.once(request)?;
        let asks = response.status == 401 && self.credentials.is_some();
        let Some(scheme) = asks.then(|| credentials::scheme(response.challenges.iter().map(String::as_str))).flatten()
        else {
            return Ok(response);
        };
        self.schemes.insert(request.url.origin().ascii_serialization(), scheme);
        self.once(request)
    }

    fn once(&mut self, request: &Request<'_>) -> Result<Response, ureq::Error> {
        let mut builder = http::Request::builder()
            .method(request.method)
            .uri(request.url.as_str())
            .header("Accept", "application/sparql-results+json, */*;q=0.1");
        if let Some(authorization) = self.authorization(request) {
            builder = builder.header("Authorization", authorization);
        }
        if request.body.is_empty() {
            return read(self.agent.run(builder.body(())?)?);
        }
        builder = builder.header("Content-Type", request.content_type);
        if self.packs && request.body.len() >= LARGE {
            let packed = builder.header("Content-Encoding", "gzip").body(pack(request.body)?)?;
            return read(self.agent.run(packed)?);
        }
        read(self.agent.run(builder.body(request.body)?)?)
    }

    fn authorization(&mut self, request: &Request<'_>) -> Option<String> {
        let credentials = self.credentials.as_ref()?;
        if let Some(bearer) = credentials.bearer() {
            return Some(bearer);
        }
        let scheme = self.schemes.get_mut(&request.url.origin().ascii_serialization())?;
        credentials.answer(scheme, request.method, &request.url[url::Position::BeforePath..])
    }

    /// "HTTP 503 Service Unavailable: the first words of the answer".
    pub(super) fn describe(&self, response: &Response) -> String {
        let name = http::StatusCode::from_u16(response.status).ok().and_then(|status| status.canonical_reason());
        let is_markup = response.body.trim_start().starts_with('<');
        let text = if is_markup { without_tags(&response.body) } else { response.body.clone() };
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let hidden = self.credentials.as_ref().map_or(words.clone(), |credentials| credentials.hide(&words));
        let first: String = hidden.chars().take(FIRST_WORDS).collect();
        let colon = if first.is_empty() { "" } else { ": " };
        format!("HTTP {} {}{colon}{first}", response.status, name.unwrap_or_default())
    }

    /// An error of a request.
    pub(super) fn error(&self, request: &Request<'_>, reason: &str) -> Error {
        Error::Store { url: request.url.to_string(), reason: reason.to_owned() }
    }
}

/// Whether a failure to be answered may pass.
fn is_passing(error: &ureq::Error) -> bool {
    use ureq::Error::{BodyStalled, ConnectionFailed, Io, Protocol, Timeout};
    matches!(error, Io(_) | Timeout(_) | ConnectionFailed | Protocol(_) | BodyStalled)
}

fn read(mut response: http::Response<Body>) -> Result<Response, ureq::Error> {
    let text = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let challenges = response.headers().get_all("WWW-Authenticate").iter();
    Ok(Response {
        status: response.status().as_u16(),
        server: text("Server").unwrap_or_default(),
        is_fuseki: response.headers().contains_key("Fuseki-Request-ID"),
        retry_after: text("Retry-After").and_then(|value| value.parse().ok()).map(Duration::from_secs),
        challenges: challenges.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect(),
        body: response.body_mut().with_config().limit(LIMIT).lossy_utf8(true).read_to_string()?,
    })
}

fn pack(text: &str) -> std::io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes())?;
    packed.finish()
}

/// The text of a page of HTML, as far as an error needs it.
fn without_tags(page: &str) -> String {
    let parts = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<Vec<_>>().join(" ")
}
