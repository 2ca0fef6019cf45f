//! Posts that end in the sentence that names them: "Chief Executive Jane Roe resigned on Tuesday".

use super::{Person, Scene, Stated};
use crate::document::Tenure;

impl Scene<'_> {
    /// The roles, those former whose holder left the post in the same clause.
    pub(super) fn until_left(&self, person: &Person, mut stated: Vec<Stated>) -> Vec<Stated> {
        for role in stated.iter_mut().filter(|role| role.tenure == Tenure::Current) {
            let head = self.word(role.title.end - 1);
            if self.resources.titles.is_lasting(head) {
                continue;
            }
            if let Some(verb) = self.leaves(person, head) {
                role.tenure = Tenure::Former;
                role.verb = Some(verb);
            }
        }
        stated
    }

    /// The verb by which the person, in the past tense, resigned, died or was removed, and not from another post.
    fn leaves(&self, person: &Person, head: &str) -> Option<usize> {
        let verbs = self.resources.titles.verbs();
        self.verbs_of(person).into_iter().find(|&verb| {
            let lemma = &*self.text.tokens()[verb].lemma;
            let particle =
                |word: &str| self.text.children_by(verb, &["prt", "advmod"]).any(|child| self.word(child) == word);
            let passive = self.text.children_by(verb, &["auxpass"]).next().is_some();
            let ends =
                verbs.end.contains(lemma) && !passive || lemma == "step" && (particle("down") || particle("aside"));
            let removed = passive && verbs.remove.contains(lemma) || self.is_found_dead(verb);
            (ends || removed) && self.is_past(verb) && self.is_stated(verb) && self.is_of_this_post(verb, head)
        })
    }

    /// "Was shot dead", "was stabbed to death", "found murdered" (in headlines without an auxiliary).
    fn is_found_dead(&self, verb: usize) -> bool {
        let remove = &self.resources.titles.verbs().remove;
        let is_dead = |token: usize| {
            matches!(self.word(token), "dead" | "death") || remove.contains(&*self.text.tokens()[token].lemma)
        };
        let after = verb + 1..(verb + 3).min(self.text.sentence_of(verb).end);
        self.tag(verb) == "VBN" && after.into_iter().any(is_dead)
    }

    fn is_past(&self, verb: usize) -> bool {
        let auxiliary = |words: &[&str]| {
            self.text.children_by(verb, &["aux", "auxpass"]).any(|aux| words.contains(&self.word(aux)))
        };
        match self.tag(verb) {
            "VBD" => true,
            "VBN" if self.is_found_dead(verb) => !auxiliary(&["will", "be", "to", "would", "could", "may", "might"]),
            "VBN" => auxiliary(&["has", "have", "had", "was", "were", "'s", "’s"]) && !auxiliary(&["will", "be", "to"]),
            _ => false,
        }
    }

    /// Whether no object or complement says that something else was left ("resigned from the board").
    fn is_of_this_post(&self, verb: usize, head: &str) -> bool {
        let has_object = !self.is_found_dead(verb) && self.text.children_by(verb, &["dobj", "xcomp"]).next().is_some();
        let other = self.text.children_by(verb, &["prep"]).any(|preposition| {
            let object = self.text.children_by(preposition, &["pobj"]).next().map_or("", |object| self.word(object));
            match self.word(preposition) {
                "from" => true,
                "as" => !object.eq_ignore_ascii_case(head),
                _ => false,
            }
        });
        !has_object && !other
    }
}
