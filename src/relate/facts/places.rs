//! What fills the places around a word.

use super::Scene;
use crate::document::{Amount, AmountUnit, Kind, TimeId};
use crate::resources::relations::Place;

impl Scene<'_> {
    /// The heads of the phrases that fill a place around a word.
    pub(super) fn fill(&self, place: &Place, trigger: usize) -> Vec<usize> {
        let is_verb = self.tree.token(trigger).tag.starts_with("VB");
        match place {
            Place::Agent => self.tree.agents(trigger),
            Place::Patient => self.tree.patients(trigger),
            Place::Complement => self.tree.complements(trigger),
            Place::Itself => self.itself(trigger),
            Place::Possessor => self.possessors(trigger),
            Place::Modifier => self.modifiers(trigger),
            Place::Doer => self.doers(trigger),
            Place::Amount => self.amount_of(trigger),
            Place::Age => self.ages(trigger),
            Place::Born => self.lifespan(trigger).map(|(born, _)| born).into_iter().collect(),
            Place::Died => self.lifespan(trigger).map(|(_, died)| died).into_iter().collect(),
            Place::Whole => self.wholes(trigger),
            Place::When => self.when(trigger),
            Place::After(preposition) => {
                let found = self.tree.objects_of(trigger, preposition);
                if !found.is_empty() || is_verb { found } else { self.shared(trigger, preposition) }
            }
        }
    }

    /// "co-founder and chief executive of Acme": what follows the last noun belongs to the first too.
    fn shared(&self, noun: usize, preposition: &str) -> Vec<usize> {
        let head = self.tree.above(noun);
        if self.tree.dep(noun) == "conj"
            && head < noun
            && !self.tree.is_verb(head)
            && self.tree.objects_of(noun, preposition).is_empty()
        {
            return self.tree.objects_of(head, preposition);
        }
        Vec::new()
    }

    /// What a noun stands for.
    fn itself(&self, noun: usize) -> Vec<usize> {
        let mut found = Vec::new();
        if self.fillers.mention_at(noun).is_some() {
            found.push(noun);
        }
        let head = self.tree.above(noun);
        let is_named = |token: usize| self.fillers.mention_at(token).is_some();
        // "his brother Lang, colleague Berg": who is described otherwise is somebody else.
        let apposed = self.tree.children_by(noun, &["appos"]).enumerate();
        found.extend(
            apposed
                .filter(|&(number, name)| is_named(name) && (number == 0 || !self.is_described(name)))
                .map(|(_, name)| name),
        );
        match self.tree.dep(noun) {
            _ if head == noun => {}
            // "Lang, the dockers and the supporters of Acme": several are not the one before them.
            "appos" if self.is_plural(noun) && self.tree.joined(head).len() == 1 => {}
            "appos" if self.is_listed_with_own(head) => {}
            "appos" => found.push(head),
            "compound" | "nmod" if is_named(head) => found.push(head),
            "conj" if !self.tree.is_verb(head) => found.extend(self.itself_joined(head)),
            "attr" if self.tree.is_verb(head) => found.extend(self.tree.subject(head)),
            // "whose chief executive is Ida Berg".
            "nsubj" if self.tree.token(head).pos == "AUX" => found.extend(self.tree.children_by(head, &["attr"])),
            "oprd" | "xcomp" if self.tree.is_verb(head) => found.extend(self.made(head)),
            "dobj" if self.tree.is_verb(head) && self.tree.is_passive(head) => found.extend(self.tree.subject(head)),
            "pobj" if self.tree.text.word(head).eq_ignore_ascii_case("as") => {
                // "Berg doubles up as Rovers stun leaders" makes nobody a leader.
                let made = self.made(self.tree.above(head));
                let several = || made.iter().any(|&one| self.is_plural(one) || self.tree.joined(one).len() > 1);
                if !self.is_plural(noun) || several() {
                    found.extend(made);
                }
            }
            _ => {}
        }
        // "his wife Laura": the name hangs on the noun or the noun on the name.
        found.extend(self.tree.children_by(noun, &["compound", "nmod"]).filter(|&name| name > noun && is_named(name)));
        found
    }

    /// Whether what follows a name begins a list with something of the name's own: "Lang, his lawyers and a member of Congress".
    fn is_listed_with_own(&self, name: usize) -> bool {
        let Some(own) = self.fillers.thing(name).and_then(|thing| thing.argument.entity) else { return false };
        let mut items = self.tree.children_by(name, &["appos", "conj"]);
        items.any(|item| {
            let mut owners = self.tree.children_by(item, &["poss"]).filter(|&it| self.tree.token(it).tag == "PRP$");
            owners.any(|owner| self.fillers.thing(owner).and_then(|thing| thing.argument.entity) == Some(own))
        })
    }

    /// What the noun that another is joined to stands for: "is the founder and chairman of Acme".
    fn itself_joined(&self, noun: usize) -> Vec<usize> {
        if self.fillers.mention_at(noun).is_some() { Vec::new() } else { self.itself(noun) }
    }

    /// Who is made something by a verb: its patient, or its subject where it has none.
    fn made(&self, verb: usize) -> Vec<usize> {
        let patients = self.tree.patients(verb);
        let named = patients.iter().any(|&patient| self.fillers.thing(patient).is_some());
        if named { patients } else { self.tree.subject(verb).into_iter().collect() }
    }

    fn possessors(&self, noun: usize) -> Vec<usize> {
        let own: Vec<usize> = self.tree.children_by(noun, &["poss"]).collect();
        let head = self.tree.above(noun);
        match self.tree.dep(noun) {
            _ if !own.is_empty() => own,
            // "Acme's supplier and owner of Brite": each has its own.
            "conj" if !self.tree.objects_of(noun, "of").is_empty() => own,
            // "Acme's founder Ida Berg" may hang both on the name, "his friend and lawyer" the first on the first.
            "compound" | "nmod" | "conj" if head != noun => {
                self.tree.children_by(head, &["poss"]).filter(|&owner| owner < noun).collect()
            }
            _ => own,
        }
    }

    fn modifiers(&self, word: usize) -> Vec<usize> {
        let is_named = |token: usize| self.fillers.mention_at(token).is_some();
        let fits = |it: &usize| *it < word && is_named(*it) && self.is_near(*it, word);
        let mut found: Vec<usize> =
            self.tree.children_by(word, &["compound", "nmod", "amod", "npadvmod"]).filter(fits).collect();
        let head = self.tree.above(word);
        if found.is_empty() && matches!(self.tree.dep(word), "compound" | "nmod" | "amod" | "conj") && head != word {
            let beside = self.tree.children_by(head, &["compound", "nmod", "amod"]);
            let other = self.fillers.mention_at(head);
            found.extend(beside.filter(|it| fits(it) && self.fillers.mention_at(*it) != other));
        }
        found
    }

    /// Whether nothing between a name and a noun parts them: "(7 pm ACT) hospital spokeswoman", "American Idol singer". A name in
    /// brackets of its own is the short form of the one before it.
    fn is_near(&self, name: usize, noun: usize) -> bool {
        let text = self.tree.text;
        let Some(mention) = self.fillers.mention_at(name) else { return true };
        let inside = |token: usize| self.fillers.mention_at(token) == Some(mention);
        let first = (0..=name).rev().take_while(|&token| inside(token)).last().unwrap_or(name);
        let end = (name..noun).find(|&token| !inside(token)).unwrap_or(noun);
        let is_bracketed = first > 0 && text.word(first - 1) == "(" && text.word(end) == ")";
        let count = |mark: &str| (end..noun).filter(|&token| text.word(token) == mark).count();
        let is_strange = |token: usize| {
            let word = text.word(token);
            let is_title = || self.resources.titles.is_modifier(word) || self.fillers.is_title(token);
            word.starts_with(char::is_uppercase) && self.fillers.mention_at(token).is_none() && !is_title()
        };
        // "Anti-Taliban commander Roe".
        let is_against = first > 1 && text.word(first - 1) == "-" && text.word(first - 2).eq_ignore_ascii_case("anti");
        let is_people = self.fillers.kind_at(name) == Some(Kind::Group);
        !is_against && (is_bracketed || count("(") == count(")")) && !(is_people && (end..noun).any(is_strange))
    }

    /// "She earned a degree": of a noun, who does the verb whose object it is.
    fn doers(&self, noun: usize) -> Vec<usize> {
        let mut at = noun;
        while self.tree.dep(at) == "conj" && self.tree.above(at) != at && !self.tree.is_verb(self.tree.above(at)) {
            at = self.tree.above(at);
        }
        let head = self.tree.above(at);
        match self.tree.dep(at) {
            "dobj" if self.tree.is_verb(head) => self.tree.agents(head),
            "pobj" => {
                // "She was linked with the job at Acme" gives her none.
                let verb = self.tree.above(head);
                let is_hers = match &*self.tree.word(head).to_lowercase() {
                    "with" => !self.tree.is_passive(verb),
                    "for" | "to" | "about" => false,
                    _ => true,
                };
                if self.tree.is_verb(verb) && is_hers {
                    self.tree.subject(verb).into_iter().collect()
                } else {
                    Vec::new()
                }
            }
            _ => Vec::new(),
        }
    }

    /// "a population of 5,000", "its revenue was $3m", "revenue rose to $3m".
    fn amount_of(&self, noun: usize) -> Vec<usize> {
        let mut found = self.tree.objects_of(noun, "of");
        let head = self.tree.above(noun);
        if matches!(self.tree.dep(noun), "nsubj" | "nsubjpass") && self.tree.is_verb(head) {
            found.extend(self.tree.children_by(head, &["attr", "dobj", "acomp"]));
            for preposition in ["to", "at"] {
                found.extend(self.tree.objects_of(head, preposition));
            }
        }
        found.extend(self.tree.children_by(noun, &["nummod"]));
        found
    }

    /// "Jane Roe, 54,", "Jane Roe (54)", "54-year-old Jane Roe", "aged 54".
    fn ages(&self, person: usize) -> Vec<usize> {
        let word = |token: usize| self.tree.text.word(token);
        let is_number = |token: usize| self.tree.token(token).tag == "CD" && word(token).len() < 4;
        // "Lang, father of Berg (54)": the number goes with the name right before it.
        let is_own = |mark: usize| self.fillers.mention_at(mark - 1) == self.fillers.mention_at(person);
        let set_off = |token: usize| {
            token > person + 1
                && match word(token - 1) {
                    "," | "(" => is_own(token - 1),
                    mark => matches!(mark, "aged" | "age"),
                }
        };
        let beside = self.tree.children_by(person, &["appos", "nummod", "amod", "npadvmod", "acl", "advcl"]);
        let mut found = Vec::new();
        for child in beside {
            // "Jane Roe, one of them".
            if is_number(child) && set_off(child) && !self.tree.has_child(child, "of") {
                found.push(child);
            } else if self.is_age(child) {
                found.extend(self.years_under(child));
            }
        }
        found
    }

    /// "Jane Roe (4 June 1901 – 12 March 1967)": the dates in brackets after a name.
    fn lifespan(&self, person: usize) -> Option<(usize, usize)> {
        let mention = self.fillers.mention_at(person)?;
        let end = (person..).take_while(|&it| self.fillers.mention_at(it) == Some(mention)).last()? + 1;
        let sentence = self.tree.text.sentence_of(person);
        let word = |token: usize| self.tree.text.word(token);
        if !sentence.contains(&end) || word(end) != "(" {
            return None;
        }
        let inside: Vec<usize> = (end + 1..sentence.end.min(end + 40)).take_while(|&it| word(it) != ")").collect();
        let dash = inside
            .iter()
            .copied()
            .find(|&it| matches!(word(it), "–" | "—" | "-") && self.fillers.time(it).is_none())?;
        let is_time = |token: &usize| self.fillers.time(*token).is_some();
        let born = inside.iter().copied().filter(|&it| it < dash).find(is_time)?;
        let died = inside.iter().copied().filter(|&it| it > dash).find(is_time)?;
        Some((born, died))
    }

    /// Whether a word beside a person tells years: "54-year-old", "aged 54", and not months or weeks.
    fn is_age(&self, word: usize) -> bool {
        let lemma = &*self.tree.token(word).lemma;
        let shorter =
            self.tree.children(word).any(|it| matches!(&*self.tree.token(it).lemma, "month" | "week" | "day"));
        matches!(lemma, "old" | "year" | "aged" | "age") && !shorter
    }

    fn years_under(&self, word: usize) -> Option<usize> {
        let numbers = |token: usize| self.tree.children(token).find(|&it| self.tree.token(it).tag == "CD");
        numbers(word).or_else(|| self.tree.children(word).find_map(numbers))
    }

    fn wholes(&self, verb: usize) -> Vec<usize> {
        let is_part = |token: &usize| {
            let lemma = &*self.tree.token(*token).lemma;
            self.fillers.amount(*token).is_some()
                || matches!(lemma, "stake" | "share" | "majority" | "half" | "part" | "interest")
        };
        let parts = self.tree.patients(verb).into_iter().filter(is_part);
        parts
            .flat_map(|part| ["of", "in"].iter().flat_map(|it| self.tree.objects_of(part, it)).collect::<Vec<_>>())
            .collect()
    }

    /// How much a fact is about: the part that is owned, or the price.
    pub(super) fn amount_beside(&self, verb: usize) -> Option<Amount> {
        if !self.tree.is_verb(verb) {
            return None;
        }
        let prices = self.tree.objects_of(verb, "for").into_iter();
        let price =
            prices.filter_map(|token| self.fillers.amount(token)).find(|it| matches!(it.unit, AmountUnit::Money(_)));
        let part = |token: usize| {
            let inner = self
                .tree
                .children_by(token, &["nummod", "amod", "nmod", "compound"])
                .find_map(|it| self.fillers.amount(it));
            self.fillers.amount(token).or(inner).filter(|amount| amount.unit == AmountUnit::Percent)
        };
        price.or_else(|| self.tree.patients(verb).into_iter().find_map(part))
    }

    /// The times that a word is given, and those that the verb is given whose complement or object it is.
    fn when(&self, word: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for child in self.tree.children(word) {
            if self.fillers.time(child).is_some() {
                found.push(child);
            }
            if self.tree.dep(child) == "prep" && !is_span(self.tree.text.word(child)) {
                found.extend(
                    self.tree.children_by(child, &["pobj"]).filter(|&object| self.fillers.time(object).is_some()),
                );
            }
        }
        if found.is_empty() && self.tree.dep(word) != "conj" && self.tree.is_bare(word) {
            let joined: Vec<usize> =
                self.tree.children_by(word, &["conj"]).filter(|&it| self.tree.is_verb(it)).collect();
            let shares = |verb: &usize| !self.tree.is_clause_of_its_own(*verb);
            found.extend(joined.into_iter().filter(shares).take(1).flat_map(|verb| self.when(verb)));
        }
        found
    }

    /// The times of a fact: those of its word, or of the verb that says it.
    pub(super) fn times_of(&self, trigger: usize) -> Vec<TimeId> {
        let mut found = self.when(trigger);
        if found.is_empty() {
            found = self.tree.verb_of(trigger).map_or_else(Vec::new, |verb| self.when(verb));
        }
        found.into_iter().filter_map(|token| self.fillers.time(token)).collect()
    }
}

/// Prepositions after which a time says how long, not when.
fn is_span(preposition: &str) -> bool {
    matches!(preposition.to_lowercase().as_str(), "for" | "of" | "after" | "before" | "within")
}
