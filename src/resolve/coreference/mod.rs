//! Whole coreference: which names, noun phrases and pronouns of an article speak of one thing.

mod chain;
mod features;
mod nature;
mod phrase;
mod profile;
mod ranker;

use crate::document::{Chain, Entity, Mention, Quote};
use crate::resources::Resources;
use crate::resources::names::Gender;
use crate::text::Text;
use chain::Chains;
use features::Rows;
use phrase::Scene;
use profile::Profiles;
pub use ranker::Ranker;
use ranker::{Hidden, Part};

/// Sentences back in which a pronoun, and a noun phrase, looks for what it stands for.
const PRONOUN_REACH: usize = 5;
const SPOKEN_REACH: usize = 12;
const PHRASE_REACH: usize = 4;
/// Candidates at most.
const MOST: usize = 60;

/// What is known when phrases are linked.
pub struct Layers<'a> {
    /// The analysed text.
    pub text: &'a Text,
    /// What it names.
    pub entities: &'a [Entity],
    /// Where it names them.
    pub mentions: &'a [Mention],
    /// What it quotes.
    pub quotes: &'a [Quote],
    /// The gender that the text tells of each entity.
    pub genders: &'a [Option<Gender>],
}

/// The phrases of an article that speak of one thing, two at least in each chain, in the order of the text.
///
/// Every phrase is compared with those before it that agree with it in kind, number and gender and that the trees allow; a
/// model ranks them, and the phrase joins the chain of the best one unless it more likely speaks of something new. What
/// names two different entities is never joined.
#[must_use]
pub fn chains(layers: &Layers<'_>, resources: &Resources) -> Vec<Chain> {
    let scene = Scene::new(layers.text, layers.entities, layers.mentions, layers.genders, resources);
    let phrases = scene.phrases(layers.mentions);
    let profiles = Profiles::new(&scene, &phrases, layers.quotes, &resources.ranker);
    let mut chains = Chains::new(&profiles);
    let mut rater = Rater::new(&profiles, &resources.ranker);
    for later in 0..phrases.len() {
        if let Some(named) = chains.named_before(later) {
            chains.join(later, named, 1.0);
            continue;
        }
        let candidates = candidates(&scene, &profiles, later);
        let rated = rater.rate(later, &candidates);
        chains.link(later, &rated);
    }
    chains.finish(layers, &phrases, resources.coreference.threshold())
}

/// What the model is trained on: for each phrase its rows, and its candidates with theirs.
#[derive(Debug)]
pub struct Choice {
    /// Where the phrase stands in the text.
    pub span: crate::span::Span,
    /// Where the word that heads it stands.
    pub head: crate::span::Span,
    /// Whether it joins several phrases.
    pub joined: bool,
    /// Its rows as a phrase that may refer back, as the later and as the earlier one of a pair, and the place of its vector.
    pub rows: [Vec<u16>; 3],
    /// The place of its vector.
    pub vector: Option<usize>,
    /// Whether it names an entity that is named before, so that nothing is to be decided.
    pub is_named: bool,
    /// The candidates, by their place among the phrases, with the rows of the pair.
    pub candidates: Vec<(usize, Vec<u16>)>,
}

/// All the choices of an article, in the order of the text.
#[must_use]
pub fn choices(layers: &Layers<'_>, resources: &Resources) -> Vec<Choice> {
    let scene = Scene::new(layers.text, layers.entities, layers.mentions, layers.genders, resources);
    let phrases = scene.phrases(layers.mentions);
    let profiles = Profiles::new(&scene, &phrases, layers.quotes, &resources.ranker);
    let choice = |later: usize| {
        let pair = |(rank, &earlier): (usize, &usize)| {
            let mut rows = Rows::new();
            features::of_pair(&profiles, earlier, later, rank, &mut rows);
            (earlier, rows)
        };
        let phrase = &phrases[later];
        Choice {
            span: phrase.span(layers.text),
            head: layers.text.tokens()[phrase.head].span,
            joined: phrase.joined,
            rows: [
                features::of_anaphor(&profiles, later),
                features::of_later(&profiles, later),
                features::of_earlier(&profiles, later),
            ],
            vector: profiles.all[later].vector,
            is_named: Chains::new(&profiles).named_before(later).is_some(),
            candidates: candidates(&scene, &profiles, later).iter().enumerate().map(pair).collect(),
        }
    };
    (0..phrases.len()).map(choice).collect()
}

/// The phrases that a later one may refer back to, the nearest first.
fn candidates(scene: &Scene<'_>, profiles: &Profiles<'_>, later: usize) -> Vec<usize> {
    use crate::document::Form;
    use crate::resources::coreference::Pronoun;
    let two = &profiles.all[later];
    let reach = match two.nature.pronoun {
        Some(Pronoun::Speaker | Pronoun::Speakers | Pronoun::Addressee) => SPOKEN_REACH,
        Some(_) => PRONOUN_REACH,
        None => PHRASE_REACH,
    };
    let mut found = Vec::new();
    for earlier in (0..later).rev() {
        let one = &profiles.all[earlier];
        let near = two.sentence - one.sentence <= reach;
        let alike = two.form != Form::Pronoun
            && one.form != Form::Pronoun
            && (one.lemma == two.lemma || profiles.is_described(earlier, two.lemma));
        if !near && !alike {
            if two.form == Form::Pronoun {
                break;
            }
            continue;
        }
        let cataphora = two.form == Form::Name && one.form == Form::Pronoun;
        let two_names = one.entity.is_some() && two.entity.is_some() && one.entity != two.entity;
        if cataphora || two_names || !one.nature.agrees(&two.nature) || one.excludes(two, scene) {
            continue;
        }
        found.push(earlier);
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Rates candidates, keeping what each phrase adds to the hidden layer.
struct Rater<'a> {
    profiles: &'a Profiles<'a>,
    ranker: &'a Ranker,
    earlier: Vec<Hidden>,
    pair: Rows,
}

/// How likely each candidate is what a phrase refers back to, and that none is.
struct Rated {
    none: f32,
    /// With the place of each candidate.
    candidates: Vec<(usize, f32)>,
}

impl<'a> Rater<'a> {
    fn new(profiles: &'a Profiles<'a>, ranker: &'a Ranker) -> Self {
        let hidden = |at: usize| {
            ranker.hidden(Part::Earlier, &features::of_earlier(profiles, at), profiles.all[at].vector)
        };
        let earlier = (0..profiles.all.len()).map(hidden).collect();
        Self { profiles, ranker, earlier, pair: Rows::new() }
    }

    fn rate(&mut self, later: usize, candidates: &[usize]) -> Rated {
        let vector = self.profiles.all[later].vector;
        let anaphor = self.ranker.hidden(Part::Anaphor, &features::of_anaphor(self.profiles, later), vector);
        let none = self.ranker.score_none(&anaphor);
        let hidden = self.ranker.hidden(Part::Later, &features::of_later(self.profiles, later), vector);
        let mut scores = Vec::with_capacity(candidates.len());
        for (rank, &earlier) in candidates.iter().enumerate() {
            features::of_pair(self.profiles, earlier, later, rank, &mut self.pair);
            scores.push((earlier, self.ranker.score_pair(&hidden, &self.earlier[earlier], &self.pair)));
        }
        let most = scores.iter().map(|(_, score)| *score).fold(none, f32::max);
        let sum: f32 = scores.iter().map(|(_, score)| (score - most).exp()).sum::<f32>() + (none - most).exp();
        let share = |score: f32| (score - most).exp() / sum;
        Rated { none: share(none), candidates: scores.iter().map(|&(at, score)| (at, share(score))).collect() }
    }
}
