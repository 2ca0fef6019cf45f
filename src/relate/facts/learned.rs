//! The learned rule: how likely it is that two phrases of a sentence stand in a relation.
//!
//! A linear model over what [`features`](super::features) says of the pair, one logistic regression a relation, with what the
//! patterns found of it among the features. So its answers are probabilities, for the patterns' own findings too.

use std::collections::HashMap;

use crate::relation::Relation;

/// The rule's name.
pub(super) const RULE: &str = "learned-path";

/// The weights of `facts.tsv`.
#[derive(Clone, Debug)]
pub struct Learned {
    /// Of each relation, what it begins with and from which likelihood on it is found.
    relations: Vec<(Relation, f32, f32)>,
    /// Of each feature, the relations by number that it speaks for or against.
    weights: HashMap<String, Vec<(u8, f32)>>,
}

impl Learned {
    /// Reads weights: first a line a relation (`=`, its name, bias and threshold), then a line a feature, the feature and for each
    /// relation it bears on `number:weight`, all set apart by tabs.
    ///
    /// # Errors
    /// Names the line that is not so.
    pub fn read(content: &str) -> Result<Self, String> {
        let mut learned = Self { relations: Vec::new(), weights: HashMap::new() };
        for (number, line) in (1..).zip(content.lines()).filter(|(_, line)| !line.starts_with('#')) {
            learned.add(line).ok_or_else(|| format!("line {number} is neither a relation nor a feature"))?;
        }
        Ok(learned)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let mut cells = line.split('\t');
        let feature = cells.next()?;
        if feature == "=" {
            let relation = cells.next()?.parse().ok()?;
            let (bias, threshold) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
            self.relations.push((relation, bias, threshold));
            return Some(());
        }
        let weight = |cell: &str| {
            let (relation, weight) = cell.split_once(':')?;
            let relation: u8 = relation.parse().ok()?;
            let known = usize::from(relation) < self.relations.len();
            Some((relation, weight.parse().ok()?)).filter(|_| known)
        };
        let weights = cells.map(weight).collect::<Option<Vec<(u8, f32)>>>()?;
        self.weights.insert(feature.to_owned(), weights);
        Some(())
    }

    /// The relations it knows, in its order.
    pub(super) fn relations(&self) -> impl Iterator<Item = Relation> + '_ {
        self.relations.iter().map(|(relation, ..)| *relation)
    }

    /// How likely each relation is, from 0 to 1, with its threshold.
    pub(super) fn judge(&self, features: &[String]) -> Vec<(Relation, f32, f32)> {
        let mut scores: Vec<f32> = self.relations.iter().map(|(_, bias, _)| *bias).collect();
        for (relation, weight) in features.iter().filter_map(|feature| self.weights.get(feature)).flatten() {
            scores[usize::from(*relation)] += weight;
        }
        let judged = self.relations.iter().zip(scores);
        judged.map(|((relation, _, threshold), score)| (*relation, 1.0 / (1.0 + (-score).exp()), *threshold)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_raises_the_relations_it_speaks_for() {
        let learned = Learned::read("# about\n=\tspouse\t-2\t0.5\n=\tparent\t-2\t0.5\nway wed\t0:4\t1:-1\n").unwrap();
        let judged = learned.judge(&["way wed".to_owned(), "never seen".to_owned()]);
        assert!(judged[0].1 > 0.88 && judged[1].1 < 0.05, "{judged:?}");
        assert_eq!(
            Learned::read("=\tspouse\t-2\t0.5\nway\t7:1").unwrap_err(),
            "line 2 is neither a relation nor a feature"
        );
    }
}
