//! Says what is wrong with a query, in its own text.

use oxigraph::sparql::SparqlSyntaxError;

/// White space to put behind a query, so that the parser never meets the end while it compares a keyword.
pub(super) const PADDING: &str = "\n                                ";

/// The message for a query that did not parse with [`PADDING`]: line, column, what is wrong, and the line with a mark.
pub(super) fn explain(query: &str, error: &SparqlSyntaxError, language: &Language) -> String {
    let message = error.to_string();
    match reported(&message) {
        Some((line, column, expected)) => Reader { query, language }.explain(line, column, expected),
        None => message,
    }
}

/// The first word of a text that is not in a comment.
pub(super) fn first_word(query: &str) -> Option<&str> {
    query.lines().map(|line| line.split('#').next().unwrap_or_default()).find_map(word)
}

/// Line, column and expectation of a message "error at 3:14: expected …"; lines and columns count from 1.
fn reported(message: &str) -> Option<(usize, usize, &str)> {
    let (place, expected) = message.strip_prefix("error at ")?.split_once(": expected ")?;
    let (line, column) = place.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?, expected.strip_prefix("one of ").unwrap_or(expected)))
}

/// What the parser says where the form is right and the meaning is not, and how we say it.
const MEANINGS: [(&str, &str); 3] = [
    ("IRI parsing failed", "this is not a valid IRI"),
    ("The SELECT contains a variable that is unbound", "a variable of SELECT is neither grouped nor bound"),
    ("Invalid data type", "this data type is not a valid IRI"),
];

/// One of the two languages of SPARQL.
pub(super) struct Language {
    /// The words that a text of it begins with.
    forms: &'static [&'static str],
    /// The same, said to the user.
    beginning: &'static str,
}

pub(super) const QUERY: Language = Language {
    forms: &["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"],
    beginning: "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX",
};

pub(super) const UPDATE: Language = Language {
    forms: &["INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "PREFIX", "BASE"],
    beginning: "an update begins with INSERT, DELETE, WITH, LOAD, CLEAR, CREATE, DROP, COPY, MOVE or ADD, after any PREFIX",
};

/// Finds its way in a query. Offsets are bytes.
struct Reader<'a> {
    query: &'a str,
    language: &'a Language,
}

impl<'a> Reader<'a> {
    fn explain(&self, line: usize, column: usize, expected: &str) -> String {
        let (offset, reason) = self.reason(self.offset(line, column), expected);
        let before = &self.query[..offset];
        let number = (before.matches('\n').count() + 1).to_string();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let text = self.query[start..].lines().next().unwrap_or_default();
        // Tabs stay tabs, so that the mark stands under the place at any width of a tab.
        let indent: String = before[start..].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let column = indent.chars().count() + 1;
        format!(
            "line {number}, column {column}: {reason}\n  {number} | {text}\n  {:gap$} | {indent}^",
            "",
            gap = number.len()
        )
    }

    /// The end of the query for places in the padding.
    fn offset(&self, line: usize, column: usize) -> usize {
        let start: usize = self.query.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = &self.query[start..];
        start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
    }

    fn is_form(&self, word: &str) -> bool {
        self.language.forms.iter().any(|form| form.eq_ignore_ascii_case(word))
    }

    /// What is wrong, and the place of it.
    fn reason(&self, offset: usize, expected: &str) -> (usize, String) {
        if !first_word(self.query).is_some_and(|word| self.is_form(word)) {
            return (0, self.language.beginning.to_owned());
        }
        if expected.contains("Prefix not found") {
            let (start, name) = self.name_before(offset);
            let prefix = name.split(':').next().unwrap_or_default();
            return (start, format!("the prefix {prefix}: is not declared"));
        }
        if let Some((_, meaning)) = MEANINGS.iter().find(|(said, _)| expected.contains(said)) {
            return (self.name_before(offset).0, (*meaning).to_owned());
        }
        // The parser takes as many characters as a keyword has before it compares, and reports the place behind them.
        let keyword =
            expected.split(", ").filter(|word| word.bytes().all(|b| b.is_ascii_uppercase())).max_by_key(|w| w.len());
        let taken = keyword.map_or(0, str::len);
        let offset = self.query[..offset].char_indices().rev().nth(taken.wrapping_sub(1)).map_or(offset, |(at, _)| at);
        let gap = self.query[offset..].find(|c: char| !c.is_whitespace());
        match gap.and_then(|gap| Some((offset + gap, word(&self.query[offset + gap..])?))) {
            Some((start, found)) => (start, format!("cannot read on from here: {found}")),
            None => (self.query.trim_end().len(), "it ends here with something incomplete".to_owned()),
        }
    }

    /// The name that ends at an offset, and where it starts.
    fn name_before(&self, offset: usize) -> (usize, &'a str) {
        let before = self.query[..offset].trim_end();
        let apart = |c: char| c.is_whitespace() || "{}()[];,|^!?*+\"'".contains(c);
        let start = before.rfind(apart).map_or(0, |at| at + 1);
        (start, &before[start..])
    }
}

/// The word at the start of a text.
fn word(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let long = first.is_alphanumeric() || "?$<\"'".contains(first);
    let more =
        if long { rest.find(|c: char| c.is_whitespace() || "{}()[];,".contains(c)).unwrap_or(rest.len()) } else { 0 };
    text.get(..first.len_utf8() + more)
}

#[cfg(test)]
mod tests {
    use crate::base::Query;

    fn message(query: &str) -> String {
        Query::parse(query, "q.rq").err().unwrap().to_string()
    }

    #[test]
    fn a_name_with_an_unknown_prefix_is_marked() {
        assert_eq!(
            message("SELECT ?who\nWHERE {\n\t?who a schem:Person .\n}"),
            "q.rq: line 3, column 9: the prefix schem: is not declared\n  3 | \t?who a schem:Person .\n    | \t       ^"
        );
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(
            message("SELECT ?é { ?é rdfs:label \"Łódź\" ORDER }"),
            "q.rq: line 1, column 34: cannot read on from here: ORDER\n  \
             1 | SELECT ?é { ?é rdfs:label \"Łódź\" ORDER }\n    |                                  ^"
        );
    }

    #[test]
    fn what_is_no_query_is_told_how_one_begins() {
        for text in ["SELEC ?x { ?x a ?y }", "", "kb", "# only a comment"] {
            assert!(message(text).contains("line 1, column 1: a query begins with SELECT"), "{}", message(text));
        }
    }

    #[test]
    fn a_query_that_stops_is_told_so() {
        let message = message("SELECT ?x {\n  ?x a schema:Person");
        assert!(message.starts_with("q.rq: line 2, column 21: it ends here with something incomplete\n"), "{message}");
    }

    #[test]
    fn a_bad_iri_is_named() {
        assert!(message("ASK { ?s <http://a b> ?o }").contains("this is not a valid IRI\n"));
    }

    #[test]
    fn an_update_is_refused() {
        let message = message("INSERT DATA { schema:a schema:b schema:c }");
        assert!(message.starts_with("q.rq: this is an update"), "{message}");
    }
}
