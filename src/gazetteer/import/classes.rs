//! Which classes of Wikidata are taken, with their subclasses.

use std::collections::HashMap;

use super::layout::{self, Wikidata};
use crate::class::Class;
use crate::document::Kind;
use crate::error::{Error, Result};
use crate::gazetteer::fact::item_number;

/// What the things of each class of Wikidata are.
pub(super) struct Classes {
    /// By the number of a class, its place in the list: the first one counts.
    places: HashMap<u32, usize>,
    /// What each place in the list stands for; none for things that are left out.
    sorts: Vec<Option<(Kind, Option<Class>)>>,
}

impl Classes {
    /// The classes of the list and all their subclasses, given as pairs of a class and one above it.
    ///
    /// With `only`, things of other kinds and classes than these are left out.
    ///
    /// # Errors
    /// [`Error::Setting`] when `only` names what the list does not.
    pub(super) fn new(list: &Wikidata, mut subclasses: Vec<(u32, u32)>, only: &[String]) -> Result<Self> {
        let names: Vec<&str> = list.classes.iter().map(|classes| classes.is.as_str()).collect();
        let covers = |wanted: &str, name: &str| {
            let kind = layout::sort(name).map(|(kind, _)| kind.name());
            wanted == name || Some(wanted) == kind
        };
        if let Some(unknown) = only.iter().find(|wanted| !names.iter().any(|name| covers(wanted, name))) {
            return Err(Error::Setting(format!("there is no class {unknown}; there are {}", names[1..].join(", "))));
        }
        let wanted = |name: &&str| only.is_empty() || only.iter().any(|wanted| covers(wanted, name));
        let sorts = names.iter().map(|name| Some(*name).filter(wanted).and_then(layout::sort)).collect();
        for pair in &mut subclasses {
            *pair = (pair.1, pair.0);
        }
        subclasses.sort_unstable();
        let mut places = HashMap::new();
        for (place, classes) in list.classes.iter().enumerate() {
            let mut open: Vec<u32> =
                classes.of.iter().filter_map(|class| u32::try_from(item_number(class)?).ok()).collect();
            while let Some(class) = open.pop() {
                if places.contains_key(&class) {
                    continue;
                }
                places.insert(class, place);
                let from = subclasses.partition_point(|(above, _)| *above < class);
                open.extend(subclasses[from..].iter().take_while(|(above, _)| *above == class).map(|(_, below)| below));
            }
        }
        Ok(Self { places, sorts })
    }

    /// What a thing of these classes is; none where it is of none that is taken.
    pub(super) fn sort(&self, classes: impl Iterator<Item = u32>) -> Option<(Kind, Option<Class>)> {
        let place = classes.filter_map(|class| self.places.get(&class)).min()?;
        self.sorts[*place]
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::Layout;
    use super::*;

    const HUMAN: u32 = 5;
    const CITY: u32 = 515;
    const CAPITAL: u32 = 5119;
    const DISAMBIGUATION: u32 = 4_167_410;

    #[test]
    fn a_subclass_counts_as_its_class_and_the_first_class_of_the_list_wins() {
        let list = Layout::built_in().unwrap().wikidata;
        let classes = Classes::new(&list, vec![(CAPITAL, CITY), (CITY, CAPITAL)], &[]).unwrap();
        let sort = |of: &[u32]| classes.sort(of.iter().copied());
        assert_eq!(sort(&[CAPITAL]), Some((Kind::Region, Some(Class::City))));
        assert_eq!(sort(&[CITY, HUMAN]), Some((Kind::Person, None)));
        assert_eq!(sort(&[HUMAN, DISAMBIGUATION]), None);
        assert_eq!(sort(&[1]), None);
    }

    #[test]
    fn only_limits_what_is_taken() {
        let list = Layout::built_in().unwrap().wikidata;
        let classes = Classes::new(&list, Vec::new(), &["Region".to_owned()]).unwrap();
        assert_eq!(classes.sort([CITY].into_iter()), Some((Kind::Region, Some(Class::City))));
        assert_eq!(classes.sort([HUMAN].into_iter()), None);
        let error = Classes::new(&list, Vec::new(), &["Potato".to_owned()]).err().unwrap();
        assert!(error.to_string().starts_with("there is no class Potato; there are Person, Country"), "{error}");
    }
}
