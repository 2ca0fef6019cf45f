//! Which articles are copies of one another: syndicated stories, whole or shortened, under another headline.

mod sketch;

use std::collections::HashMap;

pub use sketch::Sketch;

/// An article among others.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'a> {
    /// When it was published, as ISO 8601; empty where that is not known.
    pub(crate) published: &'a str,
    /// What tells it from others published at the same time.
    pub(crate) iri: &'a str,
    pub(crate) sketch: &'a Sketch,
}

/// For each article the one that it is taken to be a copy of, which itself is none; none for one that is no copy.
///
/// Articles are led to one another in the order in which they were published, as far as that is known, and then of their
/// IRIs: each is a copy of what the first earlier one is that has its words. So two stories that are both in a third one,
/// a round-up, stay two, and the answer depends on the articles alone.
pub(crate) fn models(candidates: &[Candidate<'_>]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..candidates.len()).filter(|at| candidates[*at].sketch.is_telling()).collect();
    order.sort_by_key(|at| {
        let Candidate { published, iri, .. } = candidates[*at];
        (published.is_empty(), published, iri)
    });
    let mut models: Vec<Option<usize>> = vec![None; candidates.len()];
    // The first and the last article that has a run: with many copies of a story each finds some of them.
    let mut having: HashMap<u32, [usize; 2]> = HashMap::new();
    for (rank, &at) in order.iter().enumerate() {
        let sketch = candidates[at].sketch;
        let mut earlier: Vec<usize> = Vec::new();
        for run in sketch.handles() {
            let [_, last] = having.entry(run).and_modify(|known| earlier.extend(*known)).or_insert([rank, rank]);
            *last = rank;
        }
        earlier.sort_unstable();
        earlier.dedup();
        let model =
            earlier.into_iter().map(|rank| order[rank]).find(|&model| sketch.is_copy_of(candidates[model].sketch));
        models[at] = model.map(|model| models[model].unwrap_or(model));
    }
    models
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(name: &str, sentences: usize) -> String {
        let of = |number: usize| {
            let word = |salt: usize| format!("{name}{}", number * 31 + salt);
            (0..12).map(word).collect::<Vec<_>>().join(" ") + " 20" + &number.to_string()
        };
        (0..sentences).map(of).collect::<Vec<_>>().join(". ")
    }

    fn models_of(articles: &[(&str, &str, String)]) -> Vec<(String, String)> {
        let sketches: Vec<Sketch> = articles.iter().map(|(.., text)| Sketch::new([text.as_str()])).collect();
        let candidates = articles.iter().zip(&sketches);
        let candidates: Vec<Candidate<'_>> =
            candidates.map(|((published, iri, _), sketch)| Candidate { published, iri, sketch }).collect();
        let mut found: Vec<(String, String)> = models(&candidates)
            .into_iter()
            .zip(articles)
            .filter_map(|(model, (_, iri, _))| Some(((*iri).to_owned(), articles[model?].1.to_owned())))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn copies_point_to_what_was_published_first() {
        let mut articles = vec![
            ("2026-03-02", "b", story("dam", 12)),
            ("2026-03-01", "z", story("dam", 20)),
            ("", "a", story("dam", 20)),
            ("2026-03-01", "y", story("vote", 20)),
        ];
        let expected = vec![("a".to_owned(), "z".to_owned()), ("b".to_owned(), "z".to_owned())];
        assert_eq!(models_of(&articles), expected);
        articles.reverse();
        assert_eq!(models_of(&articles), expected, "whatever the order");
    }

    #[test]
    fn a_round_up_does_not_make_its_stories_one() {
        let both = format!("{}. {}", story("dam", 10), story("vote", 10));
        let articles = [("1", "dam", story("dam", 10)), ("2", "vote", story("vote", 10)), ("3", "both", both)];
        assert_eq!(models_of(&articles), [("both".to_owned(), "dam".to_owned())]);
    }

    #[test]
    fn a_hundred_copies_are_copies_of_the_first() {
        let names: Vec<String> = (0..100).map(|number| format!("n{number:03}")).collect();
        let articles: Vec<(&str, &str, String)> =
            names.iter().map(|name| ("2026", name.as_str(), story("dam", 15) + " " + &story(name, 1))).collect();
        let found = models_of(&articles);
        assert_eq!(found.len(), 99);
        assert!(found.iter().all(|(_, model)| model == "n000"));
    }
}
