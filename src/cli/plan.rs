//! How a query was evaluated, as a tree of its steps.

use std::fmt::Write;

use super::rows::shortened;
use crate::base::Plan;

/// The steps of a plan, those that a step takes its rows from under it.
pub(super) fn lines(plan: &Plan) -> String {
    let mut lines = String::from("      rows   seconds  step\n");
    add(&mut lines, plan, "", "");
    lines
}

fn add(lines: &mut String, plan: &Plan, branch: &str, indent: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(lines, "{:>10} {:>9.4}  {branch}{}", plan.rows, plan.seconds, short(&plan.name));
    for (number, step) in (1..).zip(&plan.steps) {
        let is_last = number == plan.steps.len();
        let (branch, further) = if is_last { ("└ ", "  ") } else { ("├ ", "│ ") };
        add(lines, step, &format!("{indent}{branch}"), &format!("{indent}{further}"));
    }
}

/// The name of a step with its IRIs shortened.
fn short(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, iri, after)) = split(rest) {
        let brief = shortened(iri);
        out.push_str(before);
        if brief == iri {
            let _ = write!(out, "<{iri}>");
        } else {
            out.push_str(&brief);
        }
        rest = after;
    }
    out + rest
}

/// What stands before the next IRI in angle brackets, the IRI, and what follows.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    for (at, _) in text.match_indices('<') {
        let (iri, after) = text[at + 1..].split_once('>')?;
        if iri.contains(':') && !iri.contains(char::is_whitespace) {
            return Some((&text[..at], iri, after));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &str, rows: u64, steps: Vec<Plan>) -> Plan {
        Plan { name: name.to_owned(), rows, seconds: 0.0, steps }
    }

    #[test]
    fn a_plan_is_a_tree_with_short_names() {
        let pattern = |name: &str| step(&format!("QuadPattern(?s <https://schema.org/{name}> ?o)"), 3, Vec::new());
        let join = step("Join(keys = ?s)", 2, vec![pattern("name"), pattern("knows")]);
        let plan = step("Filter(?n < 5 && ?s != <https://a.example/1>)", 1, vec![join, pattern("url")]);
        assert_eq!(
            lines(&plan),
            "      rows   seconds  step
         1    0.0000  Filter(?n < 5 && ?s != <https://a.example/1>)
         2    0.0000  ├ Join(keys = ?s)
         3    0.0000  │ ├ QuadPattern(?s schema:name ?o)
         3    0.0000  │ └ QuadPattern(?s schema:knows ?o)
         3    0.0000  └ QuadPattern(?s schema:url ?o)
"
        );
    }
}
