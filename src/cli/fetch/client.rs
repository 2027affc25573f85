//! Asking the web, within bounds: of size, of time, and of where it may lead.

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// The most that is read of a page, in bytes: what it says of itself stands at its head.
const MAX_PAGE_BYTES: u64 = 2 * 1024 * 1024;

/// The time for one answer, redirections included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// How often an answer may lead elsewhere.
const MAX_REDIRECTIONS: u32 = 5;

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    /// The media type, in small letters, its parameters after it.
    pub(super) media_type: String,
    pub(super) body: Vec<u8>,
}

/// Asks for pages.
pub(super) struct Client(Agent);

impl Client {
    /// One that goes to addresses of the open network only, unless it may go to private ones.
    pub(super) fn new(allow_private: bool) -> Self {
        let agent = format!(
            "bindery/{} (fetches what a cited page says of itself)",
            env!("CARGO_PKG_VERSION")
        );
        // No proxy: it would look names up itself, out of sight of the resolver below.
        let config = Config::builder()
            .http_status_as_error(false)
            .timeout_global(Some(REQUEST_TIMEOUT))
            .max_redirects(MAX_REDIRECTIONS)
            .proxy(None)
            .user_agent(agent)
            .build();
        let resolver = Guarded { inner: DefaultResolver::default(), allow_private };
        Self(Agent::with_parts(config, DefaultConnector::default(), resolver))
    }

    /// Asks for an address.
    ///
    /// # Errors
    /// In words, why there is no answer.
    pub(super) fn get(&self, address: &str) -> Result<Answer, String> {
        self.get_up_to(address, "text/html, */*;q=0.1", MAX_PAGE_BYTES)
    }

    /// Asks for an address, for what is of some kinds, and reads no more than some bytes of it.
    ///
    /// # Errors
    /// In words, why there is no answer.
    pub(super) fn get_up_to(
        &self,
        address: &str,
        accept: &str,
        bytes: u64,
    ) -> Result<Answer, String> {
        let response = self.0.get(address).header("Accept", accept).call();
        let response = response.map_err(|error| match error {
            ureq::Error::Io(error)
                if error.kind() == std::io::ErrorKind::PermissionDenied =>
            {
                error.to_string()
            }
            error => error.to_string(),
        })?;
        let (parts, mut body) = response.into_parts();
        let media_type = parts.headers.get("content-type");
        let media_type =
            media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let limit = bytes;
        let mut bytes = Vec::new();
        let read = body.as_reader().take(limit).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        let status = parts.status.as_u16();
        Ok(Answer { status, media_type: media_type.to_ascii_lowercase(), body: bytes })
    }
}

/// Looks names up, and keeps to itself what leads into a private network. It is asked anew for
/// each redirection.
#[derive(Debug)]
struct Guarded {
    inner: DefaultResolver,
    allow_private: bool,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.allow_private {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() {
            let reason = "it is in a private network; `--allow-private` lets it be asked";
            let kind = std::io::ErrorKind::PermissionDenied;
            return Err(ureq::Error::Io(std::io::Error::new(kind, reason)));
        }
        Ok(public)
    }
}

/// Whether an address is one of the open network (IANA's registries of special addresses).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public_v4(mapped),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || matches!(a, 0 | 240..)
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Only 2000::/3 is given out; in it 2001:db8::/32 is for documents, and 2002::/16 and
    // 64:ff9b::/96 may hide an address of the older kind.
    (0x2000..0x4000).contains(&first)
        && (first, second) != (0x2001, 0x0db8)
        && first != 0x2002
        && (first, second) != (0x2001, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks_are_known() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "::",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["93.184.216.34", "2606:2800:220:1::1", "100.128.0.1", "172.32.0.1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
