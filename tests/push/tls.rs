//! Pushing over https, to a store with a certificate of an authority that only this test knows.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, thread};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::base;
use crate::played::{Shared, answer};

/// An authority of this name: its certificate in PEM, and what it signs with.
fn authority(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap().pem();
    (certificate, Issuer::new(params, key))
}

/// Plays a store that speaks TLS, as the host of this name.
fn play(name: &str, issuer: &Issuer<'_, KeyPair>) -> (Shared, String) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, issuer).unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    let shared = Shared::default();
    let (state, config) = (Arc::clone(&shared), Arc::new(config));
    thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap(), &config, &state);
        }
    });
    (shared, url)
}

fn serve(stream: TcpStream, config: &Arc<ServerConfig>, state: &Shared) {
    let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(config)).unwrap(), stream);
    answer(&mut stream, state);
    stream.conn.send_close_notify();
    let _ = stream.conn.complete_io(&mut stream.sock);
}

/// A directory with a base in it and a file of authorities.
fn desk(certificates: &str) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    base(&directory);
    let file = directory.path().join("authorities.pem");
    fs::write(&file, certificates).unwrap();
    (directory, file)
}

/// Pushes with the program itself, since what it trusts is in its environment, and gives its exit status and messages.
fn push(url: &str, directory: &Path, authorities: &Path) -> (i32, String) {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("newsgraph");
    command.current_dir(directory).args(["push", url, "--store", "kb"]).env_remove("SSL_CERT_DIR");
    let output = command.env("SSL_CERT_FILE", authorities).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_store_with_a_certificate_of_a_known_authority_gets_all() {
    let (certificate, issuer) = authority("Newsroom");
    let (played, url) = play("localhost", &issuer);
    let (directory, file) = desk(&certificate);
    let (status, messages) = push(&url, directory.path(), &file);
    assert_eq!(status, 0, "{messages}");
    let graphs: Vec<String> = played.lock().unwrap().graphs.keys().cloned().collect();
    assert_eq!(graphs, [1, 2, 3].map(|n| format!("https://news.example/{n}")));
}

#[test]
fn a_store_that_nobody_vouches_for_gets_nothing_and_the_message_says_what_to_do() {
    let (certificate, issuer) = authority("Newsroom");
    let (others, _) = authority("Others");
    for (name, authorities, expected) in [
        ("localhost", &others, "an authority that is not known here signed its certificate; add"),
        ("localhost", &String::new(), "no authority is known here that could vouch for it; install"),
        ("elsewhere.example", &certificate, "certificate not valid for name \"localhost\""),
    ] {
        let (played, url) = play(name, &issuer);
        let (directory, file) = desk(authorities);
        let (status, messages) = push(&url, directory.path(), &file);
        assert_eq!(status, 2, "{messages}");
        assert!(messages.contains(expected) && messages.contains(&url), "{expected}: {messages}");
        assert!(!messages.contains("tried"), "what cannot pass is tried once: {messages}");
        assert!(played.lock().unwrap().graphs.is_empty());
    }
}

#[test]
fn an_address_where_no_tls_is_spoken_is_said_to_be_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        }
    });
    let (certificate, _) = authority("Newsroom");
    let (directory, file) = desk(&certificate);
    let (status, messages) = push(&url, directory.path(), &file);
    assert_eq!(status, 2, "{messages}");
    assert!(messages.contains("no TLS is spoken there: is it an http address?"), "{messages}");
}
