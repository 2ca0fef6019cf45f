//! What a base holds, in figures.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;

use oxigraph::model::NamedNodeRef;
use serde::Serialize;

use super::dataset::{ORDERS, Row};
use super::packed::Packed;
use super::renaming::Renaming;
use super::sealed::Sealed;
use super::terms::{self, Key};
use super::{KnowledgeBase, Names};
use crate::error::{Error, Result};
use crate::identity::Article;
use crate::parallel;
use crate::vocab::schema;

/// What a base holds, in figures. Former versions count only where it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Survey {
    /// The version of the file's layout.
    pub format: u64,
    /// Articles.
    pub articles: u64,
    /// Former versions of articles that are kept.
    pub versions: u64,
    /// Quads over all graphs, those of former versions too.
    pub quads: u64,
    /// Entities of each sort: person, organization, place, thing.
    pub entities: BTreeMap<String, u64>,
    /// Outlets that articles name as theirs.
    pub publishers: u64,
    /// The dates of the first and the last article, as far as they have one.
    pub published: Option<(String, String)>,
    /// The versions of newsgraph that read the articles, and how many each.
    pub programs: BTreeMap<String, u64>,
    /// Whether it is kept which entities are one; if not, each opening works it out.
    pub settled: bool,
    /// The bytes of the base on disk.
    pub disk: u64,
    /// The bytes that it takes in memory to answer queries, about.
    pub memory: u64,
}

/// What one graph adds to a survey.
struct Share {
    quads: u64,
    is_former: bool,
    published: Option<String>,
    publishers: Vec<String>,
    programs: Vec<String>,
    /// The hash and length of each term.
    terms: Vec<(u64, usize)>,
}

impl KnowledgeBase {
    /// Counts what the base holds.
    ///
    /// # Errors
    /// When the base cannot be read or a graph is damaged.
    pub fn survey(&self) -> Result<Survey> {
        let stored = self.log.copied()?;
        let failed = |error| self.log.redb(error);
        let names = self.names(&stored)?;
        let mut survey = Survey {
            format: stored.format,
            versions: names.succession.len() as u64,
            settled: stored.is_settled().map_err(failed)?,
            disk: self.disk()?,
            entities: entities(&stored.all_profiles().map_err(failed)?, &names, |articles| {
                stored.all_renamings(articles).map_err(failed)
            })?,
            ..Survey::default()
        };
        let hasher = hashbrown::DefaultHashBuilder::default();
        let mut publishers: BTreeSet<String> = BTreeSet::new();
        let mut known: HashSet<u64> = HashSet::new();
        let mut text = 0;
        let sealed = stored.into_sealed().map_err(|error| self.log.redb(error))?;
        let shares = parallel::map(sealed, |sealed| {
            let sealed = sealed.map_err(|error| self.log.redb(error))?;
            let is_former = names.succession.article(&sealed.article).is_some();
            Ok(Share::of(&sealed, is_former, &self.unseal(&sealed, &names)?, &hasher))
        });
        for share in shares {
            let share: Share = share?;
            survey.quads += share.quads;
            text += share.terms.iter().filter(|(hash, _)| known.insert(*hash)).map(|(_, len)| len).sum::<usize>();
            if share.is_former {
                continue;
            }
            survey.articles += 1;
            publishers.extend(share.publishers);
            for program in share.programs {
                *survey.programs.entry(program).or_default() += 1;
            }
            survey.published = match (survey.published.take(), share.published) {
                (Some((first, last)), Some(day)) => Some((first.min(day.clone()), last.max(day))),
                (None, Some(day)) => Some((day.clone(), day)),
                (span, None) => span,
            };
        }
        survey.publishers = publishers.len() as u64;
        let rows = survey.quads * (ORDERS.len() * size_of::<Row>()) as u64;
        survey.memory = rows + (text + known.len() * A_TERM) as u64;
        Ok(survey)
    }

    fn disk(&self) -> Result<u64> {
        let mut bytes = 0;
        for entry in fs::read_dir(self.directory()).map_err(Error::io(self.directory()))? {
            let entry = entry.map_err(Error::io(self.directory()))?;
            bytes += entry.metadata().map_err(Error::io(entry.path()))?.len();
        }
        Ok(bytes)
    }
}

/// What a term takes in memory besides its text: where it ends, and its place in the index.
const A_TERM: usize = size_of::<usize>() + 8;

impl Share {
    fn of(sealed: &Sealed, is_former: bool, graph: &Packed, hasher: &impl std::hash::BuildHasher) -> Self {
        let iri = |node: NamedNodeRef<'_>| terms::iri_key(node);
        let own = iri(NamedNodeRef::new_unchecked(&sealed.article));
        let published = graph.object(&own, &iri(schema::DATE_PUBLISHED)).and_then(terms::literal);
        Self {
            quads: sealed.quads,
            is_former,
            published: published.map(|day| day.get(..10).unwrap_or(day).to_owned()),
            publishers: objects(graph, &iri(schema::PUBLISHER)),
            programs: objects(graph, &iri(schema::SOFTWARE_VERSION)),
            terms: graph.keys().iter().map(|key| (hasher.hash_one(key), key.len())).collect(),
        }
    }
}

/// The objects of a predicate: literals by their text, IRIs as they are.
fn objects(graph: &Packed, predicate: &Key) -> Vec<String> {
    let Some(predicate) = graph.keys().find_sorted(predicate) else { return Vec::new() };
    let rows = graph.rows().iter().filter(|row| row[1] as usize == predicate);
    let key = |row: &[u32; 3]| graph.keys().at(row[2] as usize);
    let objects: BTreeSet<&str> = rows.map(key).map(|key| terms::literal(key).unwrap_or(key)).collect();
    objects.into_iter().map(str::to_owned).collect()
}

/// The things that the articles name, by their sort.
fn entities(
    articles: &[Article],
    names: &Names,
    renamings: impl FnOnce(&[Article]) -> Result<HashMap<String, Vec<Renaming>>>,
) -> Result<BTreeMap<String, u64>> {
    let renamings = renamings(articles)?;
    let mut things: BTreeSet<(&str, &str)> = BTreeSet::new();
    for article in articles.iter().filter(|article| names.succession.article(&article.iri).is_none()) {
        let renamed: HashMap<&str, &str> = renamings.get(&article.iri).map_or_else(HashMap::new, |renamed| {
            renamed.iter().map(|renaming| (renaming.local.as_str(), renaming.iri.as_str())).collect()
        });
        things.extend(article.profiles.entities.iter().map(|profile| {
            let iri = renamed.get(profile.iri.as_str()).copied().unwrap_or(&profile.iri);
            (profile.family.name(), iri)
        }));
    }
    let mut counts = BTreeMap::new();
    for (family, _) in things {
        *counts.entry(family.to_owned()).or_default() += 1;
    }
    Ok(counts)
}
