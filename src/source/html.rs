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
        Some(content) => paragraphs(&page::parse(&content)?),
        None => paragraphs(&document),
    };
    let same =
        |paragraph: &Paragraph| headline.as_deref().is_some_and(|headline| clean::line(&paragraph.text) == headline);
    let paragraphs: Vec<Paragraph> = paragraphs.into_iter().filter(|paragraph| !same(paragraph)).collect();
    let mut draft = Draft { headline, paragraphs, metadata: metadata.fields };
    // Pages that are drawn by scripts hold their text in nothing but the metadata.
    let shown: usize = draft.paragraphs.iter().map(|paragraph| paragraph.text.len()).sum();
    if let Some(body) = metadata.body.filter(|body| body.len() > 2 * shown) {
        draft.paragraphs = if is_markup(&body) { fragment(&body)? } else { Vec::new() };
        if draft.paragraphs.is_empty() {
            plain::read_body(&unescaped(&body), &mut draft, rules);
        }
    }
    Ok(draft)
}

/// The paragraphs of a piece of mark-up that is the body of an article.
pub(super) fn fragment(html: &str) -> Result<Vec<Paragraph>, String> {
    let document = page::parse(html)?;
    strip(&document);
    Ok(paragraphs(&document))
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
            || words(name).any(|word| rules.marks.iter().any(|mark| word.eq_ignore_ascii_case(mark)))
    })
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
fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let mut builder = Builder::default();
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
    Break,
    Preformatted,
}

fn kind(name: &str) -> Kind {
    match name {
        "a" => Kind::Link,
        "br" => Kind::Break,
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

#[derive(Default)]
struct Builder {
    paragraphs: Vec<Paragraph>,
    open: String,
    /// Bytes of the open paragraph that are link text.
    linked: usize,
    links: usize,
    headings: usize,
    cells: usize,
    preformatted: usize,
    broken: bool,
}

impl Builder {
    fn text(&mut self, text: &str) {
        if self.broken && !text.trim().is_empty() {
            self.broken = false;
            // One line break ends a paragraph only where a sentence ends; else it is a matter of looks.
            if layout::ends_sentence(self.open.trim_end()) { self.flush() } else { self.open.push(' ') }
        }
        for line in text.split_inclusive('\n') {
            self.open.push_str(line);
            self.linked += if self.links > 0 { line.trim().len() } else { 0 };
            if self.preformatted > 0 && self.open.ends_with("\n\n") {
                self.flush();
            }
        }
    }

    fn enter(&mut self, kind: Kind) {
        match kind {
            Kind::Inline => {}
            Kind::Link => self.links += 1,
            Kind::Break if self.broken => self.flush(),
            Kind::Break => self.broken = true,
            Kind::Block | Kind::Cell | Kind::Heading | Kind::Preformatted => self.flush(),
        }
        self.headings += usize::from(kind == Kind::Heading);
        self.cells += usize::from(kind == Kind::Cell);
        self.preformatted += usize::from(kind == Kind::Preformatted);
    }

    fn leave(&mut self, kind: Kind) {
        if !matches!(kind, Kind::Inline | Kind::Link | Kind::Break) {
            self.flush();
        }
        self.links -= usize::from(kind == Kind::Link);
        self.headings -= usize::from(kind == Kind::Heading);
        self.cells -= usize::from(kind == Kind::Cell);
        self.preformatted -= usize::from(kind == Kind::Preformatted);
    }

    /// Ends the open paragraph. Figures of tables and paragraphs that are all link are left out.
    fn flush(&mut self) {
        let text = clean::line(&self.open);
        let ends = layout::ends_sentence(&text);
        let is_figure = self.cells > 0 && !ends && text.len() < 80;
        let is_link = self.linked * 10 > text.len() * 8 && !ends;
        if !text.is_empty() && !is_figure && !is_link {
            let heading = self.headings > 0 && text.len() < LONGEST_HEADING;
            self.paragraphs.push(Paragraph { text, heading });
        }
        self.open.clear();
        self.linked = 0;
        self.broken = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        fragment(html).unwrap().into_iter().map(|paragraph| paragraph.text).collect()
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
