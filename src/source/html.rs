//! HTML pages and fragments to paragraphs.
//!
//! What can be told by convention to be no part of the article (navigation, captions, sign-ups) is removed first; then
//! `dom_smoothie`, a port of the algorithm behind the reader view of browsers, finds the element that holds the main text.

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use serde::Deserialize;

use super::draft::{Draft, Paragraph};
use super::rules::Rules;
use super::{clean, layout, metadata, page, plain};

/// The longest sub-heading in bytes: an unclosed one swallows the paragraphs after it.
const LONGEST_HEADING: usize = 120;

/// A line break in the text of a document.
const BREAK: char = '\u{2028}';
/// A line that ends before this many bytes was not broken for its width.
const SHORT_LINE: usize = 60;
/// The bytes of text in a cell that make it a column of a page and no cell of figures.
const LEAST_COLUMN: usize = 600;
/// How many times less text the columns beside it hold.
const NARROW_COLUMN: usize = 4;

/// What is no part of an article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Boilerplate {
    remove: Vec<String>,
    marks: Vec<String>,
    classes: Vec<String>,
    keep_share: f64,
}

static BOILERPLATE: LazyLock<Boilerplate> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/formats/html.toml")).expect("a test reads this file"));

/// Reads a page.
pub(super) fn read(html: &str, rules: &Rules) -> Result<Draft, String> {
    let document = page::parse(html)?;
    let mut metadata = metadata::of_page(&document, rules);
    let headline = metadata.headline.take();
    strip(&document);
    let paragraphs = match main_text(&document) {
        Some(content) => paragraphs(&page::parse(&content)?, rules),
        None => paragraphs(&document, rules),
    };
    let same =
        |paragraph: &Paragraph| headline.as_deref().is_some_and(|headline| clean::line(&paragraph.text) == headline);
    let paragraphs: Vec<Paragraph> = paragraphs.into_iter().filter(|paragraph| !same(paragraph)).collect();
    let mut draft = Draft { headline, paragraphs, metadata: metadata.fields };
    // Pages that are drawn by scripts hold their text in nothing but the metadata.
    let shown: usize = draft.paragraphs.iter().map(|paragraph| paragraph.text.len()).sum();
    if let Some(body) = metadata.body.filter(|body| body.len() > 2 * shown) {
        draft.paragraphs = if is_markup(&body) { fragment(&body, rules)? } else { Vec::new() };
        if draft.paragraphs.is_empty() {
            plain::read_body(&unescaped(&body), &mut draft, rules);
        }
    }
    Ok(draft)
}

/// The paragraphs of a piece of mark-up that is the body of an article.
pub(super) fn fragment(html: &str, rules: &Rules) -> Result<Vec<Paragraph>, String> {
    let document = page::parse(html)?;
    strip(&document);
    Ok(paragraphs(&document, rules))
}

/// Whether a text is a whole page.
pub(super) fn is_page(text: &str) -> bool {
    let head: String = text.chars().take(1000).collect::<String>().to_ascii_lowercase();
    ["<html", "<!doctype html", "<body"].iter().any(|tag| head.contains(tag))
}

/// Whether a text holds mark-up rather than a stray "<".
pub(super) fn is_markup(text: &str) -> bool {
    const TAGS: [&str; 14] = [
        "</p",
        "<p>",
        "<br",
        "</div",
        "</a>",
        "</li",
        "</h",
        "</span",
        "</strong",
        "</em",
        "</b>",
        "</i>",
        "<p ",
        "</blockquote",
    ];
    text.contains('<') && {
        let lower = text.to_ascii_lowercase();
        TAGS.iter().any(|tag| lower.contains(tag))
    }
}

/// The characters behind the entities of a text without mark-up ("AT&amp;T").
pub(super) fn unescaped(text: &str) -> String {
    let escaped = text.split('&').skip(1).any(|after| after.find(';').is_some_and(|end| (2..=10).contains(&end)));
    if !escaped {
        return if is_markup(text) { plain(text) } else { text.to_owned() };
    }
    let shielded = if is_markup(text) { text.to_owned() } else { text.replace('<', "&lt;") };
    plain(&shielded)
}

fn plain(html: &str) -> String {
    // The parser would drop a line end at the very start; white space there means nothing.
    page::parse(html).map_or_else(|_| html.to_owned(), |document| document.text().to_string())
}

/// The mark-up of the element with the main text.
fn main_text(document: &Document) -> Option<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    let found = reader.parse().ok()?;
    (!found.text_content.trim().is_empty()).then(|| found.content.to_string())
}

/// Removes what is no part of an article by convention.
fn strip(document: &Document) {
    let rules = &*BOILERPLATE;
    document.select(&rules.remove.join(",")).remove();
    let total = text_length(&document.root());
    let marked: Vec<NodeRef> = document.root().descendants_it().filter(|node| is_marked(node, rules)).collect();
    for node in marked {
        if (text_length(&node) as f64) < rules.keep_share * total as f64 {
            node.remove_from_parent();
        }
    }
    remove_columns(document);
    mark_breaks(document);
}

/// Removes the columns beside the text of a page that is laid out as a table.
fn remove_columns(document: &Document) {
    for row in document.select("tr").nodes() {
        let cells: Vec<(NodeRef, usize)> =
            row.element_children().iter().map(|cell| (*cell, text_length(cell))).collect();
        let widest = cells.iter().map(|(_, length)| *length).max().unwrap_or(0);
        if widest >= LEAST_COLUMN {
            let narrow = cells.iter().filter(|(_, length)| *length * NARROW_COLUMN < widest);
            narrow.for_each(|(cell, _)| cell.remove_from_parent());
        }
    }
}

/// Writes each line break as a character too: finding the main text loses single ones.
fn mark_breaks(document: &Document) {
    for line_break in document.select("br").nodes() {
        line_break.insert_before(&document.tree.new_text(BREAK.to_string()));
    }
}

fn text_length(node: &NodeRef) -> usize {
    node.text().len()
}

fn is_marked(node: &NodeRef, rules: &Boilerplate) -> bool {
    const NEVER: [&str; 5] = ["html", "head", "body", "article", "main"];
    if !node.is_element() || node.node_name().is_some_and(|name| NEVER.contains(&name.as_ref())) {
        return false;
    }
    let names = [node.attr("class"), node.attr("id")];
    names.iter().flatten().flat_map(|names| names.split_ascii_whitespace()).any(|name| {
        rules.classes.iter().any(|class| name.eq_ignore_ascii_case(class))
            || words(name)
                .map(without_number)
                .any(|word| rules.marks.iter().any(|mark| word.eq_ignore_ascii_case(mark)))
    })
}

/// "SAVINGS", "WHAT HAPPENS NEXT".
fn is_capitals(text: &str) -> bool {
    const SHORTEST: usize = 5;
    text.len() >= SHORTEST && text.chars().all(|c| c.is_uppercase() || c == ' ')
}

/// "sidebar2" is a "sidebar".
fn without_number(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The words of "wp-captionText" are "wp", "caption" and "Text".
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_', ':']).flat_map(|part| {
        let starts = part.char_indices().filter(|(i, c)| *i > 0 && c.is_uppercase()).map(|(i, _)| i);
        let mut cuts: Vec<usize> = std::iter::once(0).chain(starts).chain([part.len()]).collect();
        if part.chars().all(|c| !c.is_lowercase()) {
            cuts = vec![0, part.len()];
        }
        cuts.windows(2).map(|cut| &part[cut[0]..cut[1]]).collect::<Vec<_>>()
    })
}

/// The paragraphs of a document in order: each block element, and each run of text between two of them.
fn paragraphs(document: &Document, rules: &Rules) -> Vec<Paragraph> {
    let mut builder = Builder::new(rules);
    let mut stack = vec![Step::Enter(document.root())];
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(node) if node.is_text() => builder.text(&node.text()),
            Step::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                if name.as_ref() == "head" || name.as_ref() == "title" {
                    continue;
                }
                let block = kind(&name);
                builder.enter(block);
                stack.push(Step::Leave(block));
                let first = stack.len();
                stack.extend(node.children_it(false).map(Step::Enter));
                stack[first..].reverse();
            }
            Step::Leave(block) => builder.leave(block),
        }
    }
    builder.flush();
    builder.paragraphs
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(Kind),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inline,
    Link,
    Block,
    Cell,
    Heading,
    Preformatted,
    Bold,
}

fn kind(name: &str) -> Kind {
    match name {
        "a" => Kind::Link,
        "b" | "strong" => Kind::Bold,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "pre" => Kind::Preformatted,
        "td" | "th" => Kind::Cell,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "details" | "div"
        | "dl" | "dt" | "fieldset" | "figure" | "footer" | "form" | "header" | "hr" | "html" | "legend" | "li"
        | "main" | "nav" | "ol" | "p" | "section" | "summary" | "table" | "tbody" | "tfoot" | "thead" | "tr" | "ul" => {
            Kind::Block
        }
        _ => Kind::Inline,
    }
}

struct Builder<'a> {
    rules: &'a Rules,
    paragraphs: Vec<Paragraph>,
    open: String,
    /// Bytes of the open paragraph that are link text.
    linked: usize,
    links: usize,
    /// Bytes of the open paragraph that are bold.
    emboldened: usize,
    bolds: usize,
    headings: usize,
    cells: usize,
    preformatted: usize,
    broken: bool,
}

impl<'a> Builder<'a> {
    fn new(rules: &'a Rules) -> Self {
        Self {
            rules,
            paragraphs: Vec::new(),
            open: String::new(),
            linked: 0,
            links: 0,
            emboldened: 0,
            bolds: 0,
            headings: 0,
            cells: 0,
            preformatted: 0,
            broken: false,
        }
    }

    fn text(&mut self, text: &str) {
        for (i, piece) in text.split(BREAK).enumerate() {
            if i > 0 {
                self.line_break();
            }
            self.piece(piece);
        }
    }

    fn line_break(&mut self) {
        if self.preformatted > 0 {
            self.open.push('\n');
        } else if self.broken {
            self.flush();
        } else {
            self.broken = true;
        }
    }

    fn piece(&mut self, text: &str) {
        if self.broken && !text.trim().is_empty() {
            self.broken = false;
            if self.ends_before(text.trim_start()) { self.flush() } else { self.open.push(' ') }
        }
        let length = text.trim().len();
        self.open.push_str(text);
        self.linked += if self.links > 0 { length } else { 0 };
        self.emboldened += if self.bolds > 0 { length } else { 0 };
    }

    /// Whether one line break ends the open paragraph: after a sentence, a byline, a short line; else it is a matter of looks.
    fn ends_before(&self, next: &str) -> bool {
        let line = clean::line(&self.open);
        let short = line.len() < SHORT_LINE && !line.ends_with([',', ';', ':', '-']);
        layout::ends_sentence(&line)
            || self.rules.furniture(&line).is_some()
            || (short && !next.starts_with(char::is_lowercase))
    }

    fn enter(&mut self, kind: Kind) {
        match kind {
            Kind::Inline => {}
            Kind::Link => self.links += 1,
            Kind::Bold => self.bolds += 1,
            Kind::Block | Kind::Cell | Kind::Heading | Kind::Preformatted => self.flush(),
        }
        self.headings += usize::from(kind == Kind::Heading);
        self.cells += usize::from(kind == Kind::Cell);
        self.preformatted += usize::from(kind == Kind::Preformatted);
    }

    fn leave(&mut self, kind: Kind) {
        if !matches!(kind, Kind::Inline | Kind::Link | Kind::Bold) {
            self.flush();
        }
        self.links -= usize::from(kind == Kind::Link);
        self.bolds -= usize::from(kind == Kind::Bold);
        self.headings -= usize::from(kind == Kind::Heading);
        self.cells -= usize::from(kind == Kind::Cell);
        self.preformatted -= usize::from(kind == Kind::Preformatted);
    }

    /// Ends the open paragraph. Figures of tables and paragraphs that are all link are left out.
    fn flush(&mut self) {
        if self.preformatted > 0 {
            let found = layout::paragraphs(&self.open);
            self.paragraphs.extend(found.into_iter().map(|text| Paragraph { text, heading: false }));
        } else {
            self.push();
        }
        self.open.clear();
        self.linked = 0;
        self.emboldened = 0;
        self.broken = false;
    }

    fn push(&mut self) {
        let text = clean::line(&self.open);
        let ends = layout::ends_sentence(&text);
        let is_figure = self.cells > 0 && !ends && text.len() < 80;
        let is_link = self.linked * 10 > text.len() * 8 && !ends;
        let is_bold = self.emboldened * 10 > text.len() * 9 || is_capitals(&text);
        if !text.is_empty() && !is_figure && !is_link {
            let heading = (self.headings > 0 || (is_bold && !ends)) && text.len() < LONGEST_HEADING;
            self.paragraphs.push(Paragraph { text, heading });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        fragment(html, &Rules::built_in().unwrap()).unwrap().into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn blocks_breaks_and_lists_make_paragraphs() {
        assert_eq!(texts("<p>One <b>b</b>old.<p>Two"), ["One bold.", "Two"]);
        assert_eq!(texts("One.<br><br>Two,<br>still two.<br/>Three."), ["One.", "Two, still two.", "Three."]);
        assert_eq!(texts("<div>A<ul><li>x<li>y</ul>B</div>"), ["A", "x", "y", "B"]);
        assert_eq!(texts("<blockquote><p>“No.”</blockquote>after"), ["“No.”", "after"]);
    }

    #[test]
    fn captions_links_and_figures_are_left_out() {
        let html = "<p>Text.</p><figure><figcaption>A pier</figcaption></figure><span class='imageCaption'>A ferry</span>\
            <p><a href=x>Ferry fares to rise</a></p><table><tr><td>3<td>Monday</table><p>See <a href=y>the report</a>.</p>";
        assert_eq!(texts(html), ["Text.", "See the report."]);
    }

    #[test]
    fn entities_are_characters() {
        assert_eq!(unescaped("AT&amp;T &#8217;s &lt;b&gt; a < b"), "AT&T ’s <b> a < b");
        assert_eq!(unescaped("R&D; fish & chips"), "R&D; fish & chips");
    }
}
