//! What a build came to, in figures.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use indicatif::HumanCount;
use oxigraph::model::Quad;
use oxigraph::model::vocab::rdf;

use super::columns::Columns;
use super::reading::Tally;
use crate::base::{Census, Entry};
use crate::document::{Document, Kind, Quote, Wording};
use crate::text::Text;
use crate::vocab;

/// What articles hold. Figures of many articles add up; entities of the same kind and name count once.
#[derive(Debug, Default)]
pub(super) struct Figures {
    entities: BTreeMap<Kind, BTreeSet<String>>,
    facts: u64,
    events: u64,
    claims: u64,
    quotes: u64,
    /// How many of them are in the article's words alone.
    indirect: u64,
    quads: u64,
    words: u64,
    /// How many quotes have a speaker who is named.
    attributed: u64,
}

impl Figures {
    /// The figures of one article and its quads.
    pub(super) fn of(document: &Document, quads: &[Quad]) -> Self {
        let mut entities: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
        for entity in &document.entities {
            entities.entry(entity.kind).or_default().insert(entity.name.clone());
        }
        let count = |class| {
            let is_one = |quad: &&Quad| quad.predicate == rdf::TYPE && quad.object.as_ref() == class;
            quads.iter().filter(is_one).count() as u64
        };
        Self {
            entities,
            facts: count(vocab::news::STATEMENT.into()),
            events: count(vocab::sem::EVENT.into()),
            claims: count(vocab::news::CLAIM.into()),
            quotes: count(vocab::schema::QUOTATION.into()),
            indirect: document.attributions.iter().filter(|it| it.wording == Wording::Indirect).count() as u64,
            quads: quads.len() as u64,
            words: words(&document.text),
            attributed: document.quotes.iter().filter(|quote| is_attributed(quote)).count() as u64,
        }
    }

    /// Adds the figures of another article.
    pub(super) fn add(&mut self, other: Self) {
        for (kind, names) in other.entities {
            self.entities.entry(kind).or_default().extend(names);
        }
        self.facts += other.facts;
        self.events += other.events;
        self.claims += other.claims;
        self.quotes += other.quotes;
        self.indirect += other.indirect;
        self.quads += other.quads;
        self.words += other.words;
        self.attributed += other.attributed;
    }

    fn names(&self) -> u64 {
        self.entities.values().map(|names| names.len() as u64).sum()
    }

    fn kinds(&self) -> String {
        let mut kinds: Vec<(Kind, usize)> = self.entities.iter().map(|(kind, names)| (*kind, names.len())).collect();
        kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
        list(kinds.into_iter().map(|(kind, count)| (count as u64, format!("{kind:?}"))))
    }
}

fn is_attributed(quote: &Quote) -> bool {
    quote.speaker.is_some_and(|speaker| speaker.entity.is_some())
}

/// The number of tokens with a letter or digit in them.
fn words(text: &Text) -> u64 {
    let is_word = |token: &usize| text.word(*token).chars().any(char::is_alphanumeric);
    (0..text.tokens().len()).filter(is_word).count() as u64
}

/// What became of the articles that were read, as the knowledge base saw them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Changes {
    /// Articles that were not there before.
    pub(super) new: u64,
    /// Articles that took the place of what they said before.
    pub(super) changed: u64,
    /// Versions that stand beside others of their article.
    pub(super) versions: u64,
    /// Articles that were there just so.
    pub(super) unchanged: u64,
    /// Articles that came more than once.
    pub(super) repeated: u64,
}

/// What a base holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stored {
    /// Articles.
    pub(super) articles: u64,
    /// Former versions of articles.
    pub(super) versions: u64,
    /// The quads of both.
    pub(super) quads: u64,
}

impl Stored {
    /// The count of what a base lists.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let versions = entries.iter().filter(|entry| entry.version_of.is_some()).count();
        Self {
            articles: (entries.len() - versions) as u64,
            versions: versions as u64,
            quads: entries.iter().map(|entry| entry.quads).sum(),
        }
    }
}

/// All that is told of a build.
pub(super) struct Summary {
    pub(super) tally: Tally,
    pub(super) changes: Changes,
    pub(super) figures: Figures,
    /// The things that the articles of this run name.
    pub(super) census: Census,
    pub(super) took: Duration,
    /// What the base holds now.
    pub(super) stored: Stored,
    /// The quads of this run that were set apart, and of how many articles.
    pub(super) quarantined: (u64, u64),
}

impl Summary {
    /// The summary as a table, fitted to a width if there is one.
    pub(super) fn table(&self, width: Option<usize>) -> String {
        let Self { tally, changes, figures, census, took, .. } = self;
        let articles = list([
            (changes.new, "new".to_owned()),
            (changes.changed, "changed".to_owned()),
            (changes.versions, "further versions".to_owned()),
            (changes.unchanged, "unchanged".to_owned()),
            (changes.repeated, "repeated".to_owned()),
            (tally.skipped, "skipped".to_owned()),
            (tally.failed, "failed".to_owned()),
        ]);
        let seconds = took.as_secs_f64();
        let speed = HumanCount((figures.words as f64 / seconds.max(0.001)) as u64);
        let identity = list([
            (census.new, "new to the base".to_owned()),
            (census.known, "known from other articles".to_owned()),
            (census.linked, "linked to Wikidata".to_owned()),
        ]);
        let Stored { articles: stored, versions, quads } = self.stored;
        let former =
            if versions == 0 { String::new() } else { format!(" and {} former versions", HumanCount(versions)) };
        let quotes = list([
            (figures.quotes.saturating_sub(figures.indirect), "with words of the speaker".to_owned()),
            (figures.indirect, "in the article's words".to_owned()),
        ]);
        let figures_of_this_run = [
            ("entities", census.new + census.known, identity),
            ("names", figures.names(), figures.kinds()),
            ("facts", figures.facts, "stated by the articles themselves".to_owned()),
            ("events", figures.events, "stated by the articles themselves".to_owned()),
            ("claims", figures.claims, "attributed, denied, doubted or planned: never stated as facts".to_owned()),
            ("quotes", figures.quotes, quotes),
            ("quads", figures.quads, String::new()),
            ("words", figures.words, format!("in {seconds:.1} s: {speed} words/s")),
        ];
        let (apart, refused) = self.quarantined;
        let articles_refused = if refused == 1 { "1 article".to_owned() } else { format!("{refused} articles") };
        let remark = format!("of {articles_refused}, set apart: newsgraph validate --quarantined says why");
        let base = ("base", stored, format!("articles{former} of {} quads", HumanCount(quads)));
        let mut columns = Columns::new("  ", width);
        let mut row = |(what, count, remark): (&str, u64, String)| {
            columns.row([what.to_owned(), HumanCount(count).to_string(), remark]);
        };
        row(("articles", tally.read + tally.skipped + tally.failed, articles));
        if figures.words > 0 {
            figures_of_this_run.into_iter().for_each(&mut row);
        }
        if apart > 0 {
            row(("quarantine", apart, remark));
        }
        row(base);
        columns.align_right(&[1]);
        columns.lines()
    }

    /// The example query to try next: one that what was read has an answer to.
    pub(super) fn question(&self) -> Option<&'static str> {
        match (&self.figures, self.changes.unchanged) {
            (figures, _) if figures.attributed > 0 => Some("most-quoted"),
            (figures, _) if figures.facts > 0 => Some("posts"),
            (figures, _) if !figures.entities.is_empty() => Some("top-entities"),
            (_, 0) => None,
            _ => Some("top-entities"),
        }
    }
}

/// "12 new, 3 changed", leaving out what there is none of.
fn list(counts: impl IntoIterator<Item = (u64, String)>) -> String {
    let parts = counts.into_iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, what)| format!("{} {what}", HumanCount(count))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::time::Duration;

    use super::{Census, Changes, Figures, Stored, Summary};
    use crate::cli::reading::Tally;
    use crate::document::Kind;

    fn summary() -> Summary {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<String>>();
        let entities = BTreeMap::from([(Kind::Person, names(&["Ann", "Bo"])), (Kind::Group, names(&["Danes"]))]);
        Summary {
            tally: Tally { read: 1200, skipped: 1, failed: 0 },
            changes: Changes { new: 1100, unchanged: 100, ..Changes::default() },
            census: Census { new: 2, known: 1, linked: 0 },
            figures: Figures {
                entities,
                facts: 9,
                quotes: 12,
                indirect: 5,
                quads: 54321,
                words: 1000,
                ..Figures::default()
            },
            took: Duration::from_millis(2500),
            stored: Stored { articles: 1500, versions: 0, quads: 60_000 },
            quarantined: (0, 0),
        }
    }

    #[test]
    fn figures_stand_under_one_another() {
        assert_eq!(
            summary().table(None),
            "  articles   1,201  1,100 new, 100 unchanged, 1 skipped
  entities       3  2 new to the base, 1 known from other articles
  names          3  2 Person, 1 Group
  facts          9  stated by the articles themselves
  events         0  stated by the articles themselves
  claims         0  attributed, denied, doubted or planned: never stated as facts
  quotes        12  7 with words of the speaker, 5 in the article's words
  quads     54,321
  words      1,000  in 2.5 s: 400 words/s
  base       1,500  articles of 60,000 quads
"
        );
    }

    #[test]
    fn figures_of_nothing_are_left_out() {
        let figures = Figures::default();
        let nothing = Summary { figures, tally: Tally { read: 100, ..Tally::default() }, ..summary() };
        assert_eq!(
            nothing.table(None),
            "  articles    100  1,100 new, 100 unchanged\n  base      1,500  articles of 60,000 quads\n"
        );
    }

    #[test]
    fn the_same_name_counts_once_and_counts_add_up() {
        let mut figures = summary().figures;
        figures.add(summary().figures);
        assert_eq!(figures.kinds(), "2 Person, 1 Group");
        assert_eq!((figures.facts, figures.quads), (18, 108_642));
    }
}
