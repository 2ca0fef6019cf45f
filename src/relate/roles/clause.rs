//! Titles that a verb states: "Jane Roe is the chairman", "was appointed director", "who heads Acme".

use super::organization::Organization;
use super::title::Title;
use super::{Person, Scene, Stated};
use crate::document::{Kind, Tenure};
use crate::resources::titles::Rule;

impl Scene<'_> {
    pub(super) fn title_in_clause(&self, person: &Person) -> Vec<Stated> {
        let verbs = self.verbs_of(person);
        verbs.into_iter().flat_map(|verb| self.title_of_verb(person, verb)).collect()
    }

    /// The verbs whose subject is the person, directly or through "who", and those joined to them.
    pub(super) fn verbs_of(&self, person: &Person) -> Vec<usize> {
        let tokens = self.text.tokens();
        let head = person.tokens.clone().find(|&token| !person.tokens.contains(&tokens[token].head));
        let Some(head) = head.or(Some(person.tokens.start)) else { return Vec::new() };
        let mut verbs = Vec::new();
        // "His deputy, Jane Roe, was appointed chairwoman."
        let subject = if tokens[head].dep == "appos" { tokens[head].head } else { head };
        if matches!(tokens[subject].dep, "nsubj" | "nsubjpass") {
            verbs.push(tokens[subject].head);
        }
        let relative = self.text.children_by(head, &["relcl"]).filter(|&verb| {
            let subject = self.text.children_by(verb, &["nsubj", "nsubjpass"]).next();
            subject.is_some_and(|subject| self.word(subject) == "who")
        });
        verbs.extend(relative);
        let joined: Vec<usize> = verbs
            .iter()
            .flat_map(|&verb| self.text.children_by(verb, &["conj"]))
            .filter(|&verb| self.text.children_by(verb, &["nsubj", "nsubjpass"]).next().is_none())
            .collect();
        verbs.extend(joined);
        verbs
    }

    /// Whether a verb states something: neither denied nor conditional, asked or wished for.
    pub(super) fn is_stated(&self, verb: usize) -> bool {
        let unreal = self.text.children(verb).any(|child| {
            let word = self.word(child).to_lowercase();
            let token = &self.text.tokens()[child];
            match token.dep {
                "neg" => true,
                "aux" => {
                    let may = ["would", "could", "may", "might", "should", "can", "must", "'d", "to"];
                    may.contains(&word.as_str())
                }
                "mark" => matches!(word.as_str(), "if" | "whether" | "unless" | "though"),
                _ => matches!(word.as_str(), "never" | "not" | "almost" | "nearly" | "allegedly" | "reportedly"),
            }
        });
        let sentence = self.text.sentence_of(verb);
        let asked = sentence.clone().next_back().is_some_and(|last| self.word(last) == "?");
        let conditional =
            self.text.tokens()[verb].dep == "advcl" && sentence.clone().any(|token| self.word(token) == "if");
        !unreal && !asked && !conditional
    }

    fn title_of_verb(&self, person: &Person, verb: usize) -> Vec<Stated> {
        let rules = self.resources.titles.rules();
        let verbs = self.resources.titles.verbs();
        let lemma = &*self.text.tokens()[verb].lemma;
        let passive = self.text.children_by(verb, &["auxpass", "nsubjpass"]).next().is_some();
        if verbs.be.contains(lemma) {
            return self.complements(person, verb, &["attr", "acomp", "oprd"], &rules.name_is_title);
        }
        if verbs.serve.contains(lemma) {
            return self.complements(person, verb, &[], &rules.name_is_title);
        }
        if verbs.follow.contains(lemma) && !passive && self.takes_over(verb) {
            return self.complements(person, verb, &[], &rules.name_appointed_title);
        }
        if self.ends(verb) && !passive {
            return self.complements(person, verb, &[], &rules.name_is_title);
        }
        if verbs.appoint.contains(lemma) && passive {
            return self.complements(person, verb, &["oprd", "attr", "dobj"], &rules.name_appointed_title);
        }
        if verbs.lead.contains(lemma) && self.text.tokens()[verb].dep == "relcl" && !passive {
            return self.led(person, verb, &rules.name_who_leads);
        }
        Vec::new()
    }

    /// Whether "take" means to begin ("took over", "took office"); other verbs mean what they say.
    fn takes_over(&self, verb: usize) -> bool {
        let is_beginning = |token: usize| {
            matches!(self.word(token), "over" | "office" | "charge" | "control" | "command" | "reins" | "helm")
        };
        &*self.text.tokens()[verb].lemma != "take" || self.text.children_by(verb, &["prt", "dobj"]).any(is_beginning)
    }

    /// Where the clause of a verb is, that says of nobody else's post where it is held: "joined Acme as director", "Acme, where he was director".
    fn place_of(&self, verb: usize) -> Option<Organization> {
        let tokens = self.text.tokens();
        let is_where = |token: usize| self.word(token) == "where";
        let antecedent = (tokens[verb].dep == "relcl" && self.text.children_by(verb, &["advmod"]).any(is_where))
            .then_some(tokens[verb].head);
        let joined = || self.text.children_by(verb, &["dobj"]).next().filter(|_| tokens[verb].lemma.ends_with("join"));
        let (mention, _) = self.mention_at(antecedent.or_else(joined)?)?;
        (self.kind(mention) == Kind::Organization).then_some(Organization::Named(mention.entity))
    }

    /// The titles among a verb's complements of some kinds and after "as".
    fn complements(&self, person: &Person, verb: usize, deps: &[&str], rule: &Rule) -> Vec<Stated> {
        let mut heads: Vec<usize> = self.text.children_by(verb, deps).collect();
        for preposition in self.text.children_by(verb, &["prep"]).filter(|&token| self.word(token) == "as") {
            heads.extend(self.text.children_by(preposition, &["pobj"]));
        }
        let joined: Vec<usize> = heads.iter().flat_map(|&head| self.text.children_by(head, &["conj"])).collect();
        heads.extend(joined);
        heads
            .into_iter()
            .filter(|&head| head > verb)
            .flat_map(|head| self.complement_title(person, verb, head, rule))
            .collect()
    }

    fn complement_title(&self, person: &Person, verb: usize, head: usize, rule: &Rule) -> Vec<Stated> {
        let Some(title) = self.title_ending_at(head + 1, verb + 1) else { return Vec::new() };
        let is_named = self.is_person_at(head + 1);
        // What the verb denies ("is not the chairman") is told all the same, and stands as denied.
        let denied = self.text.children_by(verb, &["neg"]).next().is_some();
        if title.never && !denied || title.plural || is_named || self.is_one_of_a_row(&title, verb, head) {
            return Vec::new();
        }
        let complement = self.complement(head + 1);
        let organization = self.organization(&title, &complement).or_else(|| self.place_of(verb));
        let mut title = self.with_field(title, &complement);
        // Who "was acting minister" is no longer.
        let told = title.tenure.filter(|tenure| *tenure != Tenure::Current);
        title.tenure = Some(match self.tenure_of(verb) {
            Tenure::Former => Tenure::Former,
            placed => told.unwrap_or(placed),
        });
        let mut stated = self.stated(person, &title, organization.as_ref(), rule);
        for role in &mut stated {
            role.verb = Some(verb);
            role.is_said_by_verb = true;
            role.evidence = person.tokens.start..complement.end.max(head + 1).max(person.tokens.end);
        }
        stated
    }

    /// "Was the first swimmer to win": who did something first, and no post.
    fn is_one_of_a_row(&self, title: &Title, verb: usize, head: usize) -> bool {
        let is_ordinal = |token: usize| matches!(self.word(token), "first" | "second" | "third" | "last" | "only");
        let follows = self.word_beside(head + 1, head);
        matches!(follows, "to" | "who") && (verb + 1..title.end()).any(is_ordinal)
    }

    /// "who heads Acme": the verb itself stands for the title.
    fn led(&self, person: &Person, verb: usize, rule: &Rule) -> Vec<Stated> {
        let Some(object) = self.text.children_by(verb, &["dobj"]).next() else { return Vec::new() };
        let led = self
            .mention_at(object)
            .filter(|(mention, _)| matches!(self.kind(mention), Kind::Organization | Kind::Event));
        led.map_or_else(Vec::new, |(mention, tokens)| {
            vec![Stated {
                person: person.entity,
                title: verb..verb + 1,
                organization: Some(Organization::Named(mention.entity)),
                tenure: self.tenure_of(verb),
                evidence: person.tokens.start..tokens.end,
                rule: rule.clone(),
                verb: Some(verb),
                is_said_by_verb: true,
            }]
        })
    }

    /// When a verb places the post.
    fn tenure_of(&self, verb: usize) -> Tenure {
        let auxiliaries = || self.text.children_by(verb, &["aux"]).map(|aux| self.word(aux).to_lowercase());
        if auxiliaries().any(|word| matches!(word.as_str(), "will" | "'ll" | "shall")) {
            let goes_on = matches!(&*self.text.tokens()[verb].lemma, "remain" | "stay" | "continue");
            return if goes_on { Tenure::Current } else { Tenure::Future };
        }
        if auxiliaries().any(|word| word == "had") {
            return Tenure::Former;
        }
        let token = &self.text.tokens()[verb];
        let begins = self.begins(verb);
        let lasts = begins || matches!(&*token.lemma, "remain" | "stay" | "continue");
        if token.tag == "VBD" && !lasts { Tenure::Former } else { Tenure::Current }
    }
}
