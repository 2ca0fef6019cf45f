//! Words a second of the English analysis on generated news, on one thread and on all. Run with `cargo bench --bench analysis`.

use std::sync::Arc;
use std::time::Instant;

use newsgraph::Span;
use newsgraph::text::model::Model;

const ARTICLES: usize = 200;
const SENTENCES: usize = 25;

fn main() {
    measure_model("the convolutional network alone", Model::fast);
    measure_model("with the encoder", Model::built_in);
}

fn measure_model(name: &str, load: fn() -> newsgraph::Result<Model>) {
    println!("{name}");
    let start = Instant::now();
    let model = load().expect("the built-in model loads");
    println!("loading the model: {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    let articles: Vec<Arc<str>> = (0..ARTICLES).map(|seed| article(seed as u64).into()).collect();
    let read = |text: Arc<str>| {
        let whole = Span::new(0, text.len());
        model.read(text, &[whole]).tokens().len()
    };
    let start = Instant::now();
    read(articles[0].clone());
    println!("the first article: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    measure("one thread", || articles.iter().cloned().map(read).sum());
    measure("all threads", || newsgraph::parallel::map(articles.iter().cloned(), read).sum());
}

/// Prints the best of five runs.
fn measure(name: &str, run: impl Fn() -> usize) {
    let rate = |_| {
        let start = Instant::now();
        run() as f64 / start.elapsed().as_secs_f64()
    };
    let best = (0..5).map(rate).fold(0.0, f64::max);
    println!("{name}: {best:.0} tokens a second");
}

/// An article of made-up sentences, the same for the same seed.
fn article(mut seed: u64) -> String {
    const WHO: [&str; 6] =
        ["The mayor of Leeds", "Dr. Ana Okafor", "Acme Corp.", "A U.S. court", "Officials", "Jun'ichi Sato"];
    const DID: [&str; 6] =
        ["said", "denied", "hadn't reported", "reportedly approved", "is expected to reject", "told \"the Post\""];
    const WHAT: [&str; 6] = [
        "a $1.2 billion plan",
        "the claim",
        "that it would close 12 plants",
        "two of the merger's terms",
        "tests at night",
        "any e-mails",
    ];
    const WHEN: [&str; 4] = ["on Tuesday", "in March 2019", "after a 3-1 vote", "last week, sources say"];
    let mut pick = |words: &[&'static str]| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words[(seed >> 33) as usize % words.len()]
    };
    (0..SENTENCES).map(|_| format!("{} {} {} {}. ", pick(&WHO), pick(&DID), pick(&WHAT), pick(&WHEN))).collect()
}
