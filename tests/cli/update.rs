//! `newsgraph update`: graphs of the user's own beside those of the articles.

use crate::Desk;

const NOTE: &str = "INSERT DATA { <https://a.example/ann> rdfs:comment \"Ask again\" . \
                    GRAPH <https://me.example/g> { <https://a.example/ann> schema:knows _:somebody } }";

/// A base of one article.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.run("build fire.txt --fast --store kb -q").well();
    desk
}

fn update(desk: &Desk, text: &str) -> String {
    let run = desk.run_on(text, "update --store kb -");
    assert_eq!(run.status, 0, "{}", run.err);
    run.err
}

fn refused(desk: &Desk, text: &str) -> String {
    let before = desk.run("export --store kb --to nquads").well();
    let run = desk.run_on(text, "update --store kb -");
    assert_eq!(run.status, 2, "{}", run.err);
    assert_eq!(desk.run("export --store kb --to nquads").well(), before, "{text}");
    run.err
}

/// The rows of a query, without the head.
fn ask(desk: &Desk, question: &str) -> Vec<String> {
    let out = desk.run_on(question, "query - --store kb --to csv -q").well();
    out.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn own_graphs_are_seen_by_queries_and_exports() {
    let desk = desk();
    assert_eq!(update(&desk, NOTE), "2 quads added and 0 removed in 2 graphs\n");
    assert_eq!(ask(&desk, "SELECT ?note { ?who rdfs:comment ?note }"), ["Ask again"]);
    assert_eq!(
        ask(&desk, "SELECT ?g { GRAPH ?g { <https://a.example/ann> ?p ?o } } ORDER BY ?g"),
        ["https://me.example/g", "https://newsgraph.example/graph/own"]
    );
    let dump = desk.run("export --store kb --to nquads").well();
    assert!(dump.contains("\"Ask again\" <https://newsgraph.example/graph/own> ."), "{dump}");
    assert!(!dump.contains("_:"), "a blank node in {dump}");
}

#[test]
fn later_operations_see_what_earlier_ones_did() {
    let desk = desk();
    update(&desk, &format!("{NOTE} ; INSERT {{ ?who a schema:Person }} WHERE {{ ?who rdfs:comment ?note }}"));
    assert_eq!(ask(&desk, "SELECT ?c { <https://a.example/ann> a ?c }"), ["https://schema.org/Person"]);
    update(&desk, "MOVE DEFAULT TO <https://me.example/h> ; DROP GRAPH <https://me.example/g>");
    assert_eq!(
        ask(&desk, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { <https://a.example/ann> ?p ?o } } GROUP BY ?g"),
        ["https://me.example/h,2"]
    );
    update(&desk, "CLEAR ALL");
    assert!(ask(&desk, "SELECT ?p { <https://a.example/ann> ?p ?o }").is_empty());
    assert!(!ask(&desk, "SELECT ?p { ?p a schema:Person }").is_empty(), "the article is not ours to clear");
}

#[test]
fn a_dry_run_shows_what_would_come_and_go() {
    let desk = desk();
    update(&desk, NOTE);
    let change =
        "DELETE { ?who rdfs:comment ?note } INSERT { ?who rdfs:comment \"Asked\" } WHERE { ?who rdfs:comment ?note }";
    let run = desk.run_on(change, "update --store kb - --dry-run");
    let triple = "<https://a.example/ann> <http://www.w3.org/2000/01/rdf-schema#comment>";
    let own = "<https://newsgraph.example/graph/own>";
    assert_eq!(run.out, format!("- {triple} \"Ask again\" {own} .\n+ {triple} \"Asked\" {own} .\n"));
    assert!(run.err.contains("nothing was changed"), "{}", run.err);
    assert_eq!(ask(&desk, "SELECT ?note { ?who rdfs:comment ?note }"), ["Ask again"]);
}

#[test]
fn what_an_article_says_is_changed_by_force_only() {
    let desk = desk();
    let edit = "DELETE { GRAPH ?g { ?who a schema:Person } } INSERT { GRAPH ?g { ?who rdfs:comment \"no person\" } } \
                WHERE { GRAPH ?g { ?who a schema:Person ; rdfs:label \"Ann Okafor\" } }";
    let message = refused(&desk, &format!("{NOTE} ; {edit}"));
    assert!(message.contains("is what an article says"), "{message}");
    let run = desk.run_on(edit, "update --store kb - --force");
    assert_eq!((run.status, run.err.as_str()), (0, "1 quad added and 1 removed in 1 graph\n"));
    assert_eq!(ask(&desk, "SELECT ?l { ?s rdfs:comment \"no person\" ; rdfs:label ?l }"), ["Ann Okafor"]);
    desk.run("build fire.txt --fast --store kb -q").well();
    assert_eq!(ask(&desk, "SELECT ?l { ?s rdfs:comment \"no person\" ; rdfs:label ?l }"), ["Ann Okafor"]);
}

#[test]
fn local_files_are_loaded_and_nothing_else() {
    let desk = desk();
    desk.write("notes.ttl", "<ann> <https://a.example/p> [] .");
    update(&desk, "LOAD <file:notes.ttl> INTO GRAPH <https://me.example/notes>");
    let found = ask(&desk, "SELECT ?o { GRAPH <https://me.example/notes> { ?s ?p ?o } }");
    assert!(found[0].starts_with("https://newsgraph.example/.well-known/genid/"), "{found:?}");
    assert!(refused(&desk, "LOAD <https://a.example/a.ttl>").contains("do not reach out to the network"));
    assert!(refused(&desk, "LOAD <file:missing.ttl>").contains("missing.ttl: "));
    update(&desk, "LOAD SILENT <file:missing.ttl>");
}

#[test]
fn an_empty_graph_of_ones_own_is_there_until_it_is_dropped() {
    let desk = desk();
    let own = "SELECT ?g { GRAPH ?g {} FILTER(STRSTARTS(STR(?g), 'https://me.example/')) } ORDER BY ?g";
    update(&desk, "CREATE GRAPH <https://me.example/a> ; CREATE GRAPH <https://me.example/b>");
    assert_eq!(ask(&desk, own), ["https://me.example/a", "https://me.example/b"]);
    let seen =
        "INSERT { ?g rdfs:comment \"seen\" } WHERE { GRAPH ?g {} FILTER(STRSTARTS(STR(?g), 'https://me.example/')) }";
    update(&desk, &format!("CREATE GRAPH <https://me.example/c> ; DROP GRAPH <https://me.example/a> ; {seen}"));
    assert_eq!(ask(&desk, own), ["https://me.example/b", "https://me.example/c"]);
    assert_eq!(
        ask(&desk, "SELECT ?g { ?g rdfs:comment \"seen\" } ORDER BY ?g"),
        ["https://me.example/b", "https://me.example/c"]
    );
}

#[test]
fn what_cannot_be_done_is_said_with_its_place() {
    let desk = desk();
    for (text, reason) in [
        (
            "INSERT DATA {\n  person:a a schema:Person }",
            "standard input: line 2, column 3: the prefix person: is not declared",
        ),
        ("INSRT DATA {}", "line 1, column 1: an update begins with INSERT, DELETE"),
        ("SELECT * {}", "this is a query"),
        ("DROP GRAPH <https://a.example/none>", "there is no graph <https://a.example/none>"),
        (
            "CREATE GRAPH <https://a.example/g> ; CREATE GRAPH <https://a.example/g>",
            "there is a graph <https://a.example/g> already",
        ),
    ] {
        assert!(refused(&desk, text).contains(reason), "{text}: {}", refused(&desk, text));
    }
}
