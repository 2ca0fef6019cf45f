//! Pronouns and the two names that each may stand for, counted as GAP does.

use super::fault::{Fault, FaultKind};
use super::figure::{Combine, Figure};
use super::sample::{Annotations, Pronoun, Sample};
use super::tally::Tally;
use crate::span::Span;

/// What pronouns are measured as.
pub const TASK: &str = "pronouns";

/// Overall, masculine and feminine, and the ratio of feminine to masculine F1 (GAP's bias).
#[must_use]
pub fn figures(samples: &[Sample], found: &[Annotations]) -> Vec<Figure> {
    let tallies = |counts: &dyn Fn(&Pronoun) -> bool| -> Vec<Tally> {
        samples.iter().zip(found).map(|(sample, found)| compare(&sample.gold, found, counts)).collect()
    };
    let masculine = tallies(&|pronoun| pronoun.is_masculine);
    let feminine = tallies(&|pronoun| !pronoun.is_masculine);
    let parts = vec![feminine.clone(), masculine.clone()];
    vec![
        Figure::of(TASK, "all", tallies(&|_| true)),
        Figure::of(TASK, "masculine", masculine),
        Figure::of(TASK, "feminine", feminine),
        Figure { task: TASK, name: "feminine / masculine".into(), combine: Combine::Ratio, parts },
    ]
}

/// Counts the names of one text that a pronoun stands for.
fn compare(gold: &Annotations, found: &Annotations, counts: &dyn Fn(&Pronoun) -> bool) -> Tally {
    let mut tally = Tally::default();
    for pronoun in gold.pronouns.iter().flatten().filter(|pronoun| counts(pronoun)) {
        let answers = answers(pronoun, found);
        for ((_, is_right), answer) in pronoun.candidates.iter().zip(answers) {
            tally += Tally::of_counts(usize::from(*is_right && answer), usize::from(answer), usize::from(*is_right));
        }
    }
    tally
}

/// Whether the pronoun was found to stand for either name: as said outright, or by a chain that holds the pronoun and words of
/// the name.
fn answers(pronoun: &Pronoun, found: &Annotations) -> [bool; 2] {
    if let Some(said) = found.pronouns.iter().flatten().find(|said| said.span == pronoun.span) {
        return said.candidates.map(|(_, answer)| answer);
    }
    let mut chains = found.chains.iter().flatten();
    let Some(chain) = chains.find(|chain| chain.mentions.iter().any(|mention| mention.span == pronoun.span)) else {
        return [false; 2];
    };
    let others = || chain.mentions.iter().filter(|mention| mention.span != pronoun.span);
    let names = |name: Span| others().any(|mention| mention.heads.iter().any(|head| head.overlaps(name)));
    pronoun.candidates.map(|(name, _)| names(name))
}

/// Names that a pronoun stands for and that were missed, and wrong ones.
#[must_use]
pub fn faults(samples: &[Sample], found: &[Annotations]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (sample, (text, found)) in samples.iter().zip(found).enumerate() {
        for pronoun in text.gold.pronouns.iter().flatten() {
            for ((name, is_right), answer) in pronoun.candidates.iter().zip(answers(pronoun, found)) {
                let kind = match (is_right, answer) {
                    (true, false) => FaultKind::Missed,
                    (false, true) => FaultKind::Merged,
                    _ => continue,
                };
                let gold = name.of(text.text()).to_owned();
                faults.push(Fault { task: TASK, kind, sample, span: pronoun.span, gold, found: String::new() });
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{Chain, Form, Mention};

    #[test]
    fn a_chain_with_the_pronoun_answers_for_both_names() {
        // "Ada met Eve when she left."
        let (ada, eve, she) = (Span::new(0, 3), Span::new(8, 11), Span::new(17, 20));
        let pronoun = Pronoun { span: she, is_masculine: false, candidates: [(ada, true), (eve, false)] };
        let gold = Annotations { pronouns: Some(vec![pronoun]), ..Annotations::default() };
        let found = |name: Span| {
            let mentions = vec![Mention::whole(name, Form::Name), Mention::whole(she, Form::Pronoun)];
            Annotations { chains: Some(vec![Chain { label: "PER".into(), mentions }]), ..Annotations::default() }
        };
        assert_eq!(compare(&gold, &found(ada), &|_| true), Tally::of_counts(1, 1, 1));
        assert_eq!(compare(&gold, &found(eve), &|_| true), Tally::of_counts(0, 1, 1));
        assert_eq!(compare(&gold, &Annotations::default(), &|_| true), Tally::of_counts(0, 0, 1));
        assert_eq!(compare(&gold, &found(ada), &|pronoun| pronoun.is_masculine), Tally::default());
    }
}
