use url::{Url, quirks};

/// A parsed URL under the names of the `URL` class (WHATWG URL, section 6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlParts {
    pub href: String,
    pub origin: String,
    pub protocol: String,
    pub username: String,
    pub password: String,
    pub host: String,
    pub hostname: String,
    pub port: String,
    pub pathname: String,
    pub search: String,
    pub hash: String,
}

impl From<&Url> for UrlParts {
    fn from(url: &Url) -> Self {
        Self {
            href: quirks::href(url).to_owned(),
            origin: quirks::origin(url),
            protocol: quirks::protocol(url).to_owned(),
            username: quirks::username(url).to_owned(),
            password: quirks::password(url).to_owned(),
            host: quirks::host(url).to_owned(),
            hostname: quirks::hostname(url).to_owned(),
            port: quirks::port(url).to_owned(),
            pathname: quirks::pathname(url).to_owned(),
            search: quirks::search(url).to_owned(),
            hash: quirks::hash(url).to_owned(),
        }
    }
}

/// Parses `input`, against `base` when there is one; `None` when either is not a URL.
///
/// Host names outside ASCII are refused: the tables that map them weigh more than the rest of the parser.
pub fn parse_url(input: &str, base: Option<&str>) -> Option<UrlParts> {
    let url = match base {
        Some(base) => Url::parse(base).ok()?.join(input).ok()?,
        None => Url::parse(input).ok()?,
    };
    Some(UrlParts::from(&url))
}

/// Sets one part of `href`, as assigning to that property of a `URL` does: a value that does not fit changes nothing.
/// `None` when `href` is not a URL, when `part` names none, or when `part` is `href` and `value` is not a URL.
pub fn set_url(href: &str, part: &str, value: &str) -> Option<UrlParts> {
    let mut url = Url::parse(href).ok()?;
    match part {
        "href" => quirks::set_href(&mut url, value).ok()?,
        "protocol" => _ = quirks::set_protocol(&mut url, value),
        "username" => _ = quirks::set_username(&mut url, value),
        "password" => _ = quirks::set_password(&mut url, value),
        "host" => _ = quirks::set_host(&mut url, value),
        "hostname" => _ = quirks::set_hostname(&mut url, value),
        "port" => _ = quirks::set_port(&mut url, value),
        "pathname" => quirks::set_pathname(&mut url, value),
        "search" => quirks::set_search(&mut url, value),
        "hash" => quirks::set_hash(&mut url, value),
        _ => return None,
    }
    Some(UrlParts::from(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_name() {
        let url = parse_url("HTTP://ann:pw@Example.com:8080/a/../b?q=1#top", None).unwrap();
        assert_eq!(url.href, "http://ann:pw@example.com:8080/b?q=1#top");
        assert_eq!((url.origin.as_str(), url.protocol.as_str()), ("http://example.com:8080", "http:"));
        assert_eq!((url.username.as_str(), url.password.as_str()), ("ann", "pw"));
        assert_eq!(
            (url.host.as_str(), url.hostname.as_str(), url.port.as_str()),
            ("example.com:8080", "example.com", "8080")
        );
        assert_eq!((url.pathname.as_str(), url.search.as_str(), url.hash.as_str()), ("/b", "?q=1", "#top"));
    }

    #[test]
    fn a_base_completes_and_nonsense_is_refused() {
        assert_eq!(parse_url("../x", Some("http://h/a/b/c")).unwrap().href, "http://h/a/x");
        assert_eq!(parse_url("../x", None), None);
        assert_eq!(parse_url("x", Some("nope")), None);
        assert_eq!(parse_url("file:///tmp/a b", None).unwrap().href, "file:///tmp/a%20b");
        assert_eq!(parse_url("file:///x", None).unwrap().origin, "null");
    }

    #[test]
    fn setting_follows_the_standard() {
        let href = "https://h:444/p";
        assert_eq!(set_url(href, "port", "443").unwrap().href, "https://h/p"); // the scheme's own port vanishes
        assert_eq!(set_url(href, "port", "nonsense").unwrap().href, href);
        assert_eq!(set_url(href, "search", "a=1").unwrap().href, "https://h:444/p?a=1");
        assert_eq!(set_url(href, "href", "nonsense"), None);
        assert_eq!(set_url(href, "colour", "red"), None);
    }
}
