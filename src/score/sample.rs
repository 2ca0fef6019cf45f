//! A text with annotations, made by people or by a program.

use crate::article::Article;
pub use crate::document::Form;
use crate::span::Span;

/// A text that people have annotated.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What its file calls it, else the number of it.
    pub id: String,
    /// The running text with its headings and paragraphs, as a pipeline reads it: nothing of the annotations is in it. Its
    /// origin says where the sample begins in which file.
    pub article: Article,
    /// Its sentences, in order.
    pub sentences: Vec<Span>,
    /// Its words as the file has them, in order; none for formats without words.
    pub tokens: Vec<Span>,
    /// What the file says about it.
    pub gold: Annotations,
}

/// What is said about a text. A layer that is `None` is not annotated, which is another thing than empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// The names, in order.
    pub names: Option<Vec<Named>>,
    /// The things spoken of, each with all its mentions.
    pub chains: Option<Vec<Chain>>,
    /// Mentions with what they stand for in a knowledge base, in order.
    pub links: Option<Vec<Linked>>,
    /// Pronouns with two persons that they may stand for.
    pub pronouns: Option<Vec<Pronoun>>,
    /// In which relations things stand.
    pub facts: Option<Facts>,
    /// Who is given as the source of what, in order.
    pub attributions: Option<Vec<Attributed>>,
    /// Mentions of events, in order.
    pub happenings: Option<Vec<Happening>>,
    /// Time expressions, in order.
    pub times: Option<Vec<Timed>>,
}

/// Facts, and where which of them were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The facts.
    pub facts: Vec<Related>,
    /// Of each annotated passage, the properties whose facts are all there.
    pub asked: Vec<(Span, Vec<String>)>,
}

/// Words that stand in a relation to others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// The relation or property.
    pub relation: String,
    /// The words of its subject.
    pub subject: Span,
    /// The words of its object.
    pub object: Span,
}

impl Related {
    /// Whether two facts are of one property and their words overlap.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.relation == other.relation && self.subject.overlaps(other.subject) && self.object.overlaps(other.object)
    }
}

/// An attribution by its words. A part has several spans where other words interrupt it, and none where it is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributed {
    /// Who says it.
    pub source: Vec<Span>,
    /// The words that attribute it.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// A mention of an event, with what takes part in it and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The words that tell it.
    pub span: Span,
    /// "POS" or "NEG"; none where nothing is said of it.
    pub polarity: Option<String>,
    /// "CERTAIN", "PROBABLE", "POSSIBLE" or "UNDERSPECIFIED"; none where nothing is said of it.
    pub certainty: Option<String>,
    /// What takes part.
    pub participants: Vec<Part>,
}

/// What takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The whole phrase.
    pub span: Span,
    /// The word that heads it; all of it where the format does not say.
    pub head: Span,
    /// As what ("Arg0", "agent"); not compared, as every corpus has its own.
    pub role: String,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// The words.
    pub span: Span,
    /// What they denote, as the value of a TIMEX3.
    pub value: String,
}

/// A name and its type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The words.
    pub span: Span,
    /// The type as annotated ("PER", "politician"); [`super::types::Types`] makes types comparable.
    pub label: String,
}

/// The mentions of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The type as annotated; empty where the format has none.
    pub label: String,
    /// Where it is spoken of, in order.
    pub mentions: Vec<Mention>,
}

/// A place where a thing is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// All its words.
    pub span: Span,
    /// The words without which it would be another mention; all of them where the format does not say.
    pub heads: Vec<Span>,
    /// What sort of words these are.
    pub form: Form,
}

/// Words and what they stand for in a knowledge base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The words.
    pub span: Span,
    /// The words that must be met for a weak match by head; all of them where the format does not say.
    pub heads: Vec<Span>,
    /// The identifiers, any of which is right (`Q30`); none for a thing that the knowledge base does not have (NIL).
    pub targets: Vec<String>,
}

/// A pronoun and two names, as GAP asks about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pronoun {
    /// The pronoun.
    pub span: Span,
    /// Whether it is a masculine one.
    pub is_masculine: bool,
    /// The two names and whether the pronoun stands for them.
    pub candidates: [(Span, bool); 2],
}

impl Sample {
    /// The text that all spans refer to.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// The number of the sentence in which a span begins.
    #[must_use]
    pub fn sentence_of(&self, span: Span) -> usize {
        let after = self.sentences.partition_point(|sentence| sentence.start <= span.start);
        after.saturating_sub(1)
    }
}

impl Mention {
    /// A mention of which every word counts.
    #[must_use]
    pub fn whole(span: Span, form: Form) -> Self {
        Self { span, heads: vec![span], form }
    }
}
