//! One address asked, redirects followed one by one so that each place on the way is looked at before it is asked.

use std::net::IpAddr;

use ureq::config::Config;
use ureq::http::{Method, Request, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::polite::Hosts;
use super::{Answer, LinkOptions, address};

/// Redirects that are followed.
const MAX_HOPS: usize = 8;

/// Answers to HEAD that say nothing of GET: some servers know only one of them.
const ONLY_HEAD: [u16; 5] = [400, 403, 404, 405, 501];

/// Asks for addresses.
pub(super) struct Client<'h> {
    agent: Agent,
    hosts: &'h Hosts,
    allow_private: bool,
}

impl<'h> Client<'h> {
    pub(super) fn new(options: &LinkOptions, hosts: &'h Hosts) -> Self {
        let builder = Agent::config_builder();
        // What is asked in a private network needs no way out of it.
        let builder = if options.allow_private { builder.proxy(None) } else { builder };
        let config = builder
            .user_agent(options.user_agent.as_str())
            .timeout_global(Some(options.timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(64 * 1024)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        let resolver = PublicOnly { allow_private: options.allow_private, inner: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, hosts, allow_private: options.allow_private }
    }

    /// What an address answers.
    pub(super) fn ask(&self, url: &str) -> Answer {
        let mut here = url.to_string();
        // Where it leads for good, as long as each step so far did.
        let mut moved: Option<String> = None;
        let mut all_for_good = true;
        for _ in 0..=MAX_HOPS {
            let Some(host) = address::host(&here) else { return Answer::NotAnAddress };
            if !self.allow_private && address::is_private_host(&host) {
                return Answer::Private;
            }
            let turn = self.hosts.turn(&host);
            let answered = self.answer(&here);
            drop(turn);
            let (status, location) = match answered {
                Ok(answered) => answered,
                Err(error) => return failed(&error),
            };
            match (status, location) {
                (301 | 302 | 303 | 307 | 308, Some(location)) => {
                    let Some(next) = address::join(&here, &location) else { return Answer::NotAnAddress };
                    if next == here {
                        return Answer::Circle;
                    }
                    all_for_good &= matches!(status, 301 | 308);
                    if all_for_good {
                        moved = Some(next.clone());
                    }
                    here = next;
                }
                (200..=299, _) => return moved.map_or(Answer::Works, Answer::Moved),
                (404 | 410, _) => return Answer::Gone(status),
                (status, _) => return Answer::Unclear(status),
            }
        }
        Answer::Circle
    }

    /// Status and where it leads on, by HEAD or else by GET. What a page holds is not read.
    fn answer(&self, url: &str) -> Result<(u16, Option<String>), Error> {
        let by_head = self.send(&Method::HEAD, url)?;
        if ONLY_HEAD.contains(&by_head.0) { self.send(&Method::GET, url) } else { Ok(by_head) }
    }

    fn send(&self, method: &Method, url: &str) -> Result<(u16, Option<String>), Error> {
        let request = Request::builder().method(method).uri(url).header("accept", "*/*").body(())?;
        let response = self.agent.run(request)?;
        let location = response.headers().get("location").and_then(|value| value.to_str().ok());
        Ok((response.status().as_u16(), location.map(str::to_string)))
    }
}

fn failed(error: &Error) -> Answer {
    match error {
        Error::HostNotFound => Answer::NoHost,
        Error::Other(inner) if inner.is::<PrivateAddress>() => Answer::Private,
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => Answer::Untrusted,
        Error::BadUri(_) | Error::Http(_) => Answer::NotAnAddress,
        Error::Io(inner) if inner.to_string().contains("certificate") => Answer::Untrusted,
        // What resolvers say where there is no such name.
        Error::Io(inner) if inner.to_string().contains("lookup") => Answer::NoHost,
        _ => Answer::NoAnswer,
    }
}

/// Gives only addresses of the open internet, so that no name leads into a private network: the connection goes to
/// exactly what is given here, and what is asked next is looked at anew.
#[derive(Debug)]
struct PublicOnly {
    allow_private: bool,
    inner: DefaultResolver,
}

/// A name of an address in a private network.
#[derive(Debug)]
struct PrivateAddress;

impl std::fmt::Display for PrivateAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the address lies in a private network")
    }
}

impl std::error::Error for PrivateAddress {}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // A proxy lies in the network of whoever runs this; it decides what it fetches.
        let is_proxy = config.proxy().is_some_and(|proxy| uri.host() == Some(proxy.host()));
        if self.allow_private || is_proxy {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| !is_private(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(Error::Other(Box::new(PrivateAddress))) } else { Ok(public) }
    }
}

fn is_private(address: IpAddr) -> bool {
    address::is_private(address)
}
