//! Plans, limits and timeouts of `newsgraph query`.

use crate::Desk;

/// So many things that no machine goes through all pairs of pairs of them.
fn things() -> Desk {
    let desk = Desk::new();
    let lines = (0..2000).map(|n| format!("<https://a.example/{n}> <https://a.example/p> \"{n}\" .\n"));
    desk.write("things.nt", lines.collect::<String>());
    desk
}

#[test]
fn a_cartesian_product_is_stopped_in_whatever_collects_it() {
    let desk = things();
    let product = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    for question in [
        format!("SELECT (COUNT(*) AS ?n) {product}"),
        format!("SELECT ?a {product} ORDER BY ?a ?d ?g"),
        format!("SELECT ?c (SUM(?f) AS ?n) {product} GROUP BY ?c"),
        // Of all four, so that no part of the product can be told to be empty beforehand.
        format!("ASK {{ {product} FILTER(CONCAT(?c, ?f, ?i, ?l) = \"none\") }}"),
    ] {
        let run = desk.run_on(&question, "query - things.nt --timeout 0.2");
        assert_eq!(run.status, 2, "{question}");
        assert!(run.err.contains("no answer within 0.2 s"), "{question}: {}", run.err);
    }
}

#[test]
fn an_answer_that_is_cut_off_says_so() {
    let desk = things();
    let run = desk.run_on("SELECT ?s { ?s ?p ?o }", "query - things.nt --to csv --limit 2");
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
    assert!(run.err.starts_with("2 rows; the answer was cut off there"), "{}", run.err);
    let run = desk.run_on("SELECT ?s { ?s ?p \"7\" }", "query - things.nt --to csv --limit 1");
    assert!(run.err.starts_with("1 row in"), "{}", run.err);
    let run = desk.run_on("CONSTRUCT WHERE { ?s ?p ?o }", "query - things.nt --to ntriples --limit 3");
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
    assert!(run.err.starts_with("3 of 2,000 triples"), "{}", run.err);
}

#[test]
fn a_plan_shows_the_steps_and_their_rows() {
    let plan = things().run_on("SELECT ?s { ?s ?p ?o FILTER(?o = \"7\") }", "query - things.nt --explain").well();
    let steps: Vec<&str> = plan.lines().skip(1).filter_map(|line| line.get(22..)).collect();
    assert!(steps[0].starts_with("Project(?s)"), "{plan}");
    assert!(
        plan.lines().any(|line| line.trim_start().starts_with("2000 ") && line.contains("QuadPattern(?s ?p ?o)")),
        "{plan}"
    );
}

#[test]
fn no_other_server_is_asked() {
    let run = things().run_on("SELECT * { SERVICE <https://a.example/sparql> { ?s ?p ?o } }", "query - things.nt");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("queries do not reach out to other servers"), "{}", run.err);
}
