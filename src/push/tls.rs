//! TLS to a store: whom we trust, and what to do about a store that we do not.

use std::sync::Arc;

use rustls::{CertificateError, Error};
use ureq::tls::{RootCerts, TlsConfig};

/// How to make an authority known that is not among those of the system.
const ADVICE: &str = "add its certificate to those of the system, or on Linux name a PEM file of all that are to be trusted \
                      in SSL_CERT_FILE";

/// Trusts the authorities that the system trusts, or those of the files that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
pub(super) fn config() -> TlsConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).unversioned_rustls_crypto_provider(provider).build()
}

/// Why TLS failed, where it is that: no further try will pass.
pub(super) fn fault(error: &ureq::Error) -> Option<String> {
    let error = match error {
        ureq::Error::Rustls(error) => error,
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref::<Error>()?,
        _ => return None,
    };
    Some(match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            format!("an authority that is not known here signed its certificate; {ADVICE}")
        }
        Error::InvalidMessage(_) => "no TLS is spoken there: is it an http address?".to_owned(),
        // What the verifier says that found no certificate at all.
        Error::General(reason) if reason.contains("No CA certificates") => format!(
            "no authority is known here that could vouch for it; install the system's certificates (on Debian the package \
             ca-certificates), or {ADVICE}"
        ),
        other => format!("TLS failed: {other}"),
    })
}
