//! Who we are to a store: taken from the environment, sent where the store asks for it, and never shown.

use std::fmt;

use http_auth::{PasswordClient, PasswordParams};

use crate::error::{Error, Result};

/// The environment variables.
const USER: &str = "NEWSGRAPH_PUSH_USER";
const PASSWORD: &str = "NEWSGRAPH_PUSH_PASSWORD";
const TOKEN: &str = "NEWSGRAPH_PUSH_TOKEN";

/// A token, or a user name and password.
#[derive(Clone)]
pub struct Credentials(Secret);

#[derive(Clone)]
enum Secret {
    Token(String),
    Password { user: String, password: String },
}

/// Shows nothing of them.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

impl Credentials {
    /// What a lookup of environment variables gives: `NEWSGRAPH_PUSH_TOKEN`, or else `NEWSGRAPH_PUSH_USER` and
    /// `NEWSGRAPH_PUSH_PASSWORD`; none where none is set.
    ///
    /// # Errors
    /// When only one of user and password is set, or one holds a line break.
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Result<Option<Self>> {
        let value = |name: &str| match lookup(name).filter(|value| !value.is_empty()) {
            Some(value) if value.contains(char::is_control) => {
                Err(Error::Setting(format!("{name} holds a line break or another control character")))
            }
            value => Ok(value),
        };
        match (value(TOKEN)?, value(USER)?, value(PASSWORD)?) {
            (Some(token), ..) => Ok(Some(Self(Secret::Token(token)))),
            (None, Some(user), Some(password)) => Ok(Some(Self(Secret::Password { user, password }))),
            (None, None, None) => Ok(None),
            (None, Some(_), None) => Err(Error::Setting(format!("{USER} is set and {PASSWORD} is not"))),
            (None, None, Some(_)) => Err(Error::Setting(format!("{PASSWORD} is set and {USER} is not"))),
        }
    }

    /// The header of a token, which is sent without being asked for.
    pub(super) fn bearer(&self) -> Option<String> {
        match &self.0 {
            Secret::Token(token) => Some(format!("Bearer {token}")),
            Secret::Password { .. } => None,
        }
    }

    /// The header that answers a challenge, Digest or Basic.
    pub(super) fn answer(&self, scheme: &mut PasswordClient, method: &str, uri: &str) -> Option<String> {
        let Secret::Password { user: username, password } = &self.0 else { return None };
        scheme.respond(&PasswordParams { username, password, uri, method, body: None }).ok()
    }

    /// A text of the store's without the secrets that it may repeat.
    pub(super) fn hide(&self, text: &str) -> String {
        let secrets = match &self.0 {
            Secret::Token(token) => vec![token.clone()],
            Secret::Password { user, password } => {
                let basic = http_auth::basic::encode_credentials(user, password);
                vec![basic.trim_start_matches("Basic ").to_owned(), password.clone()]
            }
        };
        secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "…"))
    }
}

/// The strongest scheme for passwords that a store's challenges offer.
pub(super) fn scheme<'a>(challenges: impl Iterator<Item = &'a str>) -> Option<PasswordClient> {
    challenges.fold(PasswordClient::builder(), http_auth::PasswordClientBuilder::challenges).build().ok()
}

/// What to do about a store that asks who we are.
pub(super) fn advice(credentials: Option<&Credentials>) -> String {
    match credentials.map(|credentials| &credentials.0) {
        None => format!("set {USER} and {PASSWORD}, or {TOKEN}"),
        Some(Secret::Token(_)) => format!("it does not accept {TOKEN}"),
        Some(Secret::Password { .. }) => format!("it does not accept {USER} and {PASSWORD}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Result<Option<Credentials>> {
        let find =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Credentials::from_environment(find)
    }

    #[test]
    fn a_token_goes_first_and_half_a_password_is_an_error() {
        assert!(of(&[]).unwrap().is_none());
        let both = of(&[(TOKEN, "t0k"), (USER, "ann"), (PASSWORD, "hunter2")]).unwrap().unwrap();
        assert_eq!(both.bearer().as_deref(), Some("Bearer t0k"));
        assert_eq!(
            of(&[(USER, "ann")]).unwrap_err().to_string(),
            "NEWSGRAPH_PUSH_USER is set and NEWSGRAPH_PUSH_PASSWORD is not"
        );
        let message = of(&[(TOKEN, "a\nb")]).unwrap_err().to_string();
        assert!(message.starts_with("NEWSGRAPH_PUSH_TOKEN holds"), "{message}");
    }

    #[test]
    fn digest_goes_before_basic_and_no_secret_is_shown() {
        let ann = of(&[(USER, "ann"), (PASSWORD, "hunter2")]).unwrap().unwrap();
        let mut digest =
            scheme(["Basic realm=\"s\"", "Digest realm=\"s\", nonce=\"n\", qop=\"auth\""].into_iter()).unwrap();
        let header = ann.answer(&mut digest, "PUT", "/store?graph=g").unwrap();
        assert!(header.starts_with("Digest ") && header.contains("uri=\"/store?graph=g\""), "{header}");
        let mut basic = scheme(["Basic realm=\"s\""].into_iter()).unwrap();
        let header = ann.answer(&mut basic, "PUT", "/").unwrap();
        assert_eq!(header, "Basic YW5uOmh1bnRlcjI=");
        assert_eq!(ann.hide(&format!("bad header {header}, password hunter2")), "bad header Basic …, password …");
        assert_eq!(format!("{ann:?}"), "Credentials");
    }
}
