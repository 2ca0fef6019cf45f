//! How likely it is that a word attributes something, from weights learned on annotated texts.

use super::candidates::Framed;
use super::{Found, Scene};
use crate::resources::attributions::Cue;
use crate::span::Span;

/// A candidate with its features, for training.
#[derive(Clone, Debug)]
pub struct Row {
    /// The word that may attribute.
    pub cue: Span,
    /// What would be attributed.
    pub content: Vec<Span>,
    /// What is known of it.
    pub features: Vec<String>,
}

impl Scene<'_> {
    /// Whether an attribution is more likely than not.
    pub(super) fn is_likely(&self, found: &Found) -> bool {
        found.likelihood >= 0.5
    }

    /// From 0 to 1: what the frame says of itself, or else a logistic regression over the features of a candidate; no less
    /// than what its class says before a clause in a tense.
    pub(super) fn likelihood(&self, framed: &Framed<'_>) -> f32 {
        if let Some(sure) = framed.frame.sure {
            return sure;
        }
        self.learned(framed).max(self.floor(framed))
    }

    fn floor(&self, framed: &Framed<'_>) -> f32 {
        let class = self.data.class(framed.frame.cue, &self.tree.lemma(framed.word));
        let is_bare = self.tree.token(framed.word).tag == "VB";
        let holds = !is_bare && framed.heads.iter().all(|&head| self.is_finite(head));
        class.filter(|_| holds).map_or(0.0, |class| class.floor)
    }

    fn learned(&self, framed: &Framed<'_>) -> f32 {
        let features = self.features(framed);
        let sum: f32 = features.iter().map(|feature| self.data.weight(feature)).sum();
        1.0 / (1.0 + (-(sum + self.data.weight("bias"))).exp())
    }

    pub(super) fn row(&self, found: &Found) -> Row {
        let features = found.word.and_then(|word| self.framed(word)).map(|framed| self.features(&framed));
        Row {
            cue: found.cue.unwrap_or(found.content[0]),
            content: found.content.clone(),
            features: features.unwrap_or_default(),
        }
    }

    fn features(&self, framed: &Framed<'_>) -> Vec<String> {
        let (word, head) = (framed.word, framed.heads[0]);
        let lemma = self.tree.lemma(word);
        let class = self.data.class(framed.frame.cue, &lemma).map_or("none", |class| class.name.as_str());
        let frame = &framed.frame.name;
        let mut features = vec![
            format!("frame={frame}"),
            format!("class={class}"),
            format!("frame={frame} class={class}"),
            format!("lemma={lemma}"),
            format!("tag={}", self.tree.token(word).tag),
            format!("dep={}", self.tree.dep(word)),
            format!("content={}", self.tree.token(head).pos),
            format!("mark={}", self.mark(head).as_deref().unwrap_or("none")),
            format!("class={class} mark={}", self.mark(head).as_deref().unwrap_or("none")),
            format!("source={}", self.source_kind(framed)),
        ];
        let finite = self.is_finite(head);
        let flags = [
            ("finite", finite),
            ("inverted", head < word),
            ("negated", self.is_negated(framed)),
            (
                "question",
                self.tree
                    .children_by(head, &["advmod", "attr", "dobj", "nsubj", "pobj"])
                    .any(|child| self.tree.token(child).tag.starts_with('W')),
            ),
            ("object", self.tree.child(word, &["dobj", "dative"]).is_some()),
            ("modal", self.tree.children_by(word, &["aux"]).any(|child| self.tree.token(child).tag == "MD")),
            ("infinitive", self.tree.children_by(word, &["aux"]).any(|child| self.tree.token(child).tag == "TO")),
            ("subject", self.tree.child(head, &["nsubj", "nsubjpass", "expl"]).is_some()),
            (
                "imperative",
                framed.source.is_none() && framed.frame.cue == Cue::Verb && self.tree.token(word).tag == "VB",
            ),
        ];
        features.extend(flags.iter().filter(|(_, holds)| *holds).map(|(name, _)| (*name).to_owned()));
        if !finite {
            features.push(format!("class={class} not-finite"));
        }
        features
    }

    /// What sort of words the source is.
    fn source_kind(&self, framed: &Framed<'_>) -> &'static str {
        let Some(head) = framed.source else { return "none" };
        match self.tree.token(head).pos {
            "PROPN" => "name",
            "NOUN" => "noun",
            "PRON" => match self.tree.word(head).to_lowercase().as_str() {
                "i" | "we" | "me" | "us" | "my" | "our" => "first",
                "you" | "your" => "second",
                "it" | "this" | "that" | "its" => "it",
                "he" | "she" | "they" | "his" | "her" | "their" | "him" | "them" => "third",
                _ => "pronoun",
            },
            _ => "other",
        }
    }

    /// Whether a clause has a verb in a tense or with a modal.
    fn is_finite(&self, head: usize) -> bool {
        let finite = |token: usize| matches!(self.tree.token(token).tag, "VBD" | "VBZ" | "VBP" | "MD");
        finite(head) || self.tree.children_by(head, &["aux", "auxpass", "cop"]).any(finite)
    }
}
