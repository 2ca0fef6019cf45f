//! Identity over a knowledge base: works out which entities of its articles are one, and keeps the result.
//!
//! What an article says is stored under its own names. What identity makes of them is stored beside it, and only that is
//! written anew when articles come, change or go.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use redb::{ReadableTable, WriteTransaction};

use super::packed::Damage;
use super::renaming::Renaming;
use super::snapshot::Snapshot;
use super::tables::{ARTICLES, CHANGED, PINS, PROFILES, RENAMINGS, SETTINGS};
use super::versions::Succession;
use super::{KnowledgeBase, sealed};
use crate::error::Result;
use crate::identity::{self, Anchor, Article, Cluster, Explanation, Pins, Profile, Profiles};

/// What the parts of an article are called in their checksums and in messages.
const PROFILES_OF: &str = "profiles";
const RENAMINGS_OF: &str = "renamings";
const LINKS_OF: &str = "links";

/// The setting that asks for everything to be worked out anew.
const AFRESH: &str = "identity";

/// How many things of some articles the base knew before, and how many are linked to Wikidata.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Things that only these articles name.
    pub new: u64,
    /// Things that other articles of the base name too.
    pub known: u64,
    /// Things of either sort that are linked to Wikidata.
    pub linked: u64,
}

/// Why things of a base are what they are, and the articles that their numbers mean.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// One for each thing that was asked for, sorted by IRI.
    pub explanations: Vec<Explanation>,
    /// The articles of the base, sorted by IRI.
    pub articles: Vec<Article>,
}

impl KnowledgeBase {
    /// Works out which entities of the articles are one, as far as articles changed, and keeps the result, so that
    /// opening the base need not work it out. Until then each opening does.
    ///
    /// # Errors
    /// When the base cannot be written or a part of it is damaged.
    pub fn settle(&self) -> Result<()> {
        if self.log.snapshot()?.is_settled().map_err(|error| self.log.redb(error))? {
            return Ok(());
        }
        self.log.write(settle)
    }

    /// Works out anew which entities of all articles are one, whatever is kept of it.
    ///
    /// # Errors
    /// As [`settle`](Self::settle).
    pub fn settle_afresh(&self) -> Result<()> {
        self.log.write(|transaction| {
            transaction.open_table(SETTINGS)?.insert(AFRESH, "")?;
            settle(transaction)
        })
    }

    /// The user's pins.
    ///
    /// # Errors
    /// When the base cannot be read.
    pub fn pins(&self) -> Result<Pins> {
        let stored = self.log.snapshot()?;
        let csv = stored.settings.get(PINS).map_err(|error| self.log.redb(error))?;
        let csv = csv.map_or_else(String::new, |csv| csv.value().to_owned());
        parse(&csv).map_err(|error| self.log.redb(error))
    }

    /// Puts these pins in place of those that the base holds.
    ///
    /// # Errors
    /// When the base cannot be written.
    pub fn set_pins(&self, pins: &Pins) -> Result<()> {
        if self.pins()? == *pins {
            return Ok(());
        }
        self.log.write(|transaction| {
            let mut settings = transaction.open_table(SETTINGS)?;
            settings.insert(PINS, pins.to_csv().as_str())?;
            settings.insert(AFRESH, "")?;
            Ok(())
        })
    }

    /// Why things are what they are: those with this IRI, the end of it (`person/jane-roe`, `jane-roe`), or this name, in
    /// the article if one is given.
    ///
    /// # Errors
    /// When the base cannot be read or a part of it is damaged.
    pub fn explain(&self, thing: &Anchor) -> Result<Account> {
        let stored = self.log.snapshot()?;
        let articles = stored.all_profiles().map_err(|error| self.log.redb(error))?;
        let pins = stored.pins().map_err(|error| self.log.redb(error))?;
        let asked = Asked::new(thing);
        let is_candidate = |article: &Article, profile: &Profile| asked.may_mean(article, profile);
        let is_meant = |cluster: &Cluster| asked.means(cluster, &articles);
        let mut explanations = identity::explain(&articles, &pins, is_candidate, is_meant);
        asked.prefer_exact(&mut explanations);
        Ok(Account { explanations, articles })
    }

    /// Counts the things that some articles name, and which of them other articles name too.
    ///
    /// # Errors
    /// When the base cannot be read or a part of it is damaged.
    pub fn census(&self, of: &HashSet<String>) -> Result<Census> {
        let stored = self.log.snapshot()?;
        let articles = stored.all_profiles().map_err(|error| self.log.redb(error))?;
        let renamings = stored.all_renamings(&articles).map_err(|error| self.log.redb(error))?;
        let versions = Succession::read(&stored).map_err(|error| self.log.redb(error))?;
        let mut named: BTreeMap<&str, (bool, bool, bool)> = BTreeMap::new();
        for article in articles.iter().filter(|article| versions.article(&article.iri).is_none()) {
            let is_own = of.contains(&article.iri);
            let renamed = renamings.get(article.iri.as_str()).map_or(&[][..], Vec::as_slice);
            for profile in &article.profiles.entities {
                let renaming = renamed.iter().find(|renaming| renaming.local == profile.iri);
                let iri = renaming.map_or(profile.iri.as_str(), |renaming| &renaming.iri);
                let (own, others, linked) = named.entry(iri).or_default();
                *own |= is_own;
                *others |= !is_own;
                *linked |= profile.item.is_some();
            }
        }
        let mut census = Census::default();
        for (_, others, linked) in named.into_values().filter(|(own, ..)| *own) {
            census.new += u64::from(!others);
            census.known += u64::from(others);
            census.linked += u64::from(linked);
        }
        Ok(census)
    }

    /// What identity makes of each article where the base does not keep it; none where it does.
    pub(super) fn unsettled(&self, stored: &Snapshot) -> Result<Option<HashMap<String, Vec<Renaming>>>> {
        let renamings = || {
            if stored.is_settled()? {
                return Ok(None);
            }
            Ok(Some(work_out(&stored.all_profiles()?, &stored.pins()?)))
        };
        renamings().map_err(|error: redb::Error| self.log.redb(error))
    }

    /// What identity makes of an article, as it was kept.
    pub(super) fn renamings(&self, article: &str, bytes: Option<&[u8]>) -> Result<Vec<Renaming>> {
        let Some(bytes) = bytes else { return Ok(Vec::new()) };
        open_renamings(article, bytes).map_err(|error| self.log.redb(error))
    }
}

impl Snapshot {
    /// Whether what is kept of identity is what the articles and pins give.
    pub(super) fn is_settled(&self) -> Result<bool, redb::Error> {
        Ok(self.changed.first()?.is_none() && self.settings.get(AFRESH)?.is_none())
    }

    pub(super) fn all_profiles(&self) -> Result<Vec<Article>, redb::Error> {
        all_profiles(&self.articles, &self.profiles)
    }

    pub(super) fn pins(&self) -> Result<Pins, redb::Error> {
        pins(&self.settings)
    }

    pub(super) fn all_renamings(&self, articles: &[Article]) -> Result<HashMap<String, Vec<Renaming>>, redb::Error> {
        if !self.is_settled()? {
            return Ok(work_out(articles, &self.pins()?));
        }
        let rows = self.renamings.range_owned::<&str>(..)?;
        rows.map(|row| {
            let (article, bytes) = row?;
            let renamings = open_renamings(article.value(), bytes.value())?;
            Ok((article.value().to_owned(), renamings))
        })
        .collect()
    }
}

/// Notes that an article comes, changes or goes: stores its profiles, or takes them away.
pub(super) fn put(transaction: &WriteTransaction, article: &str, new: Option<&[u8]>) -> Result<(), redb::Error> {
    let mut profiles = transaction.open_table(PROFILES)?;
    let former = match new {
        Some(bytes) => profiles.insert(article, bytes)?,
        None => profiles.remove(article)?,
    };
    let links = match former.map(|bytes| open_profiles(article, bytes.value())) {
        None => Links::default(),
        Some(Ok(former)) => Links::of(&former),
        // What they linked is not known any more.
        Some(Err(_)) => {
            transaction.open_table(SETTINGS)?.insert(AFRESH, "")?;
            Links::default()
        }
    };
    let mut changed = transaction.open_table(CHANGED)?;
    // What identity was worked out from counts, not what came and went since.
    if changed.get(article)?.is_none() {
        changed.insert(article, seal(LINKS_OF, article, &links)?.as_slice())?;
    }
    if new.is_none() {
        transaction.open_table(RENAMINGS)?.remove(article)?;
    }
    Ok(())
}

/// What is kept of the identity of an article's entities.
pub(super) fn open_renamings(article: &str, bytes: &[u8]) -> Result<Vec<Renaming>, redb::Error> {
    open(RENAMINGS_OF, article, bytes)
}

/// What identity makes of each article, worked out from all of them.
pub(super) fn work_out(articles: &[Article], pins: &Pins) -> HashMap<String, Vec<Renaming>> {
    by_article(articles, &identity::resolve(articles, pins, None))
}

/// What [`sealed_profiles`] sealed.
pub(super) fn open_profiles(article: &str, bytes: &[u8]) -> Result<Profiles, redb::Error> {
    open(PROFILES_OF, article, bytes)
}

/// The profiles of an article, sealed.
pub(super) fn sealed_profiles(article: &str, profiles: &Profiles) -> std::io::Result<Vec<u8>> {
    sealed::seal(PROFILES_OF, article, profiles)
}

/// What links an article's entities to others: what can make them one, and the local IRIs that its readers know.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
struct Links {
    links: BTreeSet<String>,
    entities: BTreeSet<String>,
}

impl Links {
    fn of(profiles: &Profiles) -> Self {
        let links = profiles.entities.iter().flat_map(identity::links).map(str::to_owned).collect();
        let entities = profiles.entities.iter().map(|profile| profile.iri.clone()).collect();
        Self { links, entities }
    }
}

fn settle(transaction: &WriteTransaction) -> Result<(), redb::Error> {
    let mut settings = transaction.open_table(SETTINGS)?;
    let mut changed = transaction.open_table(CHANGED)?;
    let mut renamings = transaction.open_table(RENAMINGS)?;
    let articles = all_profiles(&transaction.open_table(ARTICLES)?, &transaction.open_table(PROFILES)?)?;
    let mut former: HashMap<String, Links> = HashMap::new();
    for row in changed.iter()? {
        let (article, bytes) = row?;
        former.insert(article.value().to_owned(), open(LINKS_OF, article.value(), bytes.value())?);
    }
    let afresh = settings.remove(AFRESH)?.is_some();
    let touched = (!afresh).then(|| touched(&articles, &former));
    let clusters = identity::resolve(&articles, &pins(&settings)?, touched.as_ref());
    let mut named = by_article(&articles, &clusters);
    let mut worked_out: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
    for (article, profile) in clusters.iter().flat_map(|cluster| cluster.members.iter().map(|m| of(&articles, *m))) {
        worked_out.entry(&article.iri).or_default().insert(&profile.iri);
    }
    for (article, entities) in worked_out {
        let kept = renamings.get(article)?.map(|bytes| open_renamings(article, bytes.value()));
        let before: Vec<Renaming> = match kept {
            None => Vec::new(),
            Some(Ok(before)) => before,
            Some(Err(_)) if afresh => Vec::new(),
            Some(Err(damage)) => return Err(damage),
        };
        let untouched = before.iter().filter(|renaming| !entities.contains(renaming.local.as_str()));
        let is_own = |renaming: &&Renaming| articles_profile(&articles, article, &renaming.local);
        let mut after: Vec<Renaming> = untouched.filter(is_own).cloned().collect();
        after.append(&mut named.remove(article).unwrap_or_default());
        after.sort();
        if after.is_empty() {
            renamings.remove(article)?;
        } else if after != before {
            renamings.insert(article, seal(RENAMINGS_OF, article, &after)?.as_slice())?;
        }
    }
    changed.retain(|_, _| false)?;
    Ok(())
}

/// Whether an article has an entity of this local IRI.
fn articles_profile(articles: &[Article], article: &str, local: &str) -> bool {
    let at = articles.binary_search_by(|known| known.iri.as_str().cmp(article));
    at.is_ok_and(|at| articles[at].profiles.entities.iter().any(|profile| profile.iri == local))
}

/// All links of what may come out otherwise: of the entities that changed articles name and named, and of those that
/// share an article with a name that has become common or rare.
fn touched(articles: &[Article], former: &HashMap<String, Links>) -> HashSet<String> {
    let mut touched: HashSet<String> = former.values().flat_map(|links| links.links.iter().cloned()).collect();
    let mut before: HashMap<&str, (i64, &Profile)> = HashMap::new();
    for article in articles {
        for profile in &article.profiles.entities {
            before.entry(&profile.iri).or_insert((0, profile)).0 += 1;
        }
    }
    let now: HashMap<&str, i64> = before.iter().map(|(iri, (count, _))| (*iri, *count)).collect();
    for article in articles.iter().filter(|article| former.contains_key(&article.iri)) {
        for profile in &article.profiles.entities {
            touched.extend(identity::links(profile).map(str::to_owned));
            before.entry(&profile.iri).or_insert((0, profile)).0 -= 1;
        }
    }
    for entity in former.values().flat_map(|links| &links.entities) {
        if let Some((count, _)) = before.get_mut(entity.as_str()) {
            *count += 1;
        }
    }
    let shifted: HashSet<&str> = before
        .iter()
        .filter(|(iri, (count, profile))| identity::rarity(*count, profile) != identity::rarity(now[**iri], profile))
        .map(|(iri, _)| *iri)
        .collect();
    if !shifted.is_empty() {
        for article in articles {
            if article.profiles.entities.iter().any(|profile| shifted.contains(profile.iri.as_str())) {
                touched.extend(article.profiles.entities.iter().flat_map(identity::links).map(str::to_owned));
            }
        }
    }
    touched
}

fn of(articles: &[Article], (article, entity): identity::Member) -> (&Article, &Profile) {
    let article = &articles[article as usize];
    (article, &article.profiles.entities[entity as usize])
}

/// What the things of a base make of each article's entities.
fn by_article(articles: &[Article], clusters: &[Cluster]) -> HashMap<String, Vec<Renaming>> {
    let mut renamings: HashMap<String, Vec<Renaming>> = HashMap::new();
    for cluster in clusters {
        for member in &cluster.members {
            let (article, profile) = of(articles, *member);
            if profile.iri != cluster.iri || profile.name != cluster.label {
                let (local, iri, label) = (profile.iri.clone(), cluster.iri.clone(), cluster.label.clone());
                renamings.entry(article.iri.clone()).or_default().push(Renaming { local, iri, label });
            }
        }
    }
    renamings.values_mut().for_each(|renamings| renamings.sort());
    renamings
}

fn all_profiles(
    articles: &impl ReadableTable<&'static str, ([u8; 32], u64)>,
    profiles: &impl ReadableTable<&'static str, &'static [u8]>,
) -> Result<Vec<Article>, redb::Error> {
    let mut all = Vec::new();
    for row in articles.iter()? {
        let (article, _) = row?;
        let iri = article.value();
        let Some(bytes) = profiles.get(iri)? else {
            return Err(redb::Error::Corrupted(format!("the profiles of {iri} are missing")));
        };
        all.push(Article { iri: iri.to_owned(), profiles: open(PROFILES_OF, iri, bytes.value())? });
    }
    Ok(all)
}

fn pins(settings: &impl ReadableTable<&'static str, &'static str>) -> Result<Pins, redb::Error> {
    settings.get(PINS)?.map_or_else(|| Ok(Pins::default()), |csv| parse(csv.value()))
}

fn parse(csv: &str) -> Result<Pins, redb::Error> {
    if csv.is_empty() {
        return Ok(Pins::default());
    }
    Pins::from_csv(csv).map_err(|error| redb::Error::Corrupted(format!("the pins are damaged: {error}")))
}

fn open<T: serde::de::DeserializeOwned>(what: &str, article: &str, bytes: &[u8]) -> Result<T, redb::Error> {
    sealed::unseal(what, article, bytes)
        .map_err(|damage: Damage| redb::Error::Corrupted(format!("the {what} of {article} are damaged: {damage}")))
}

fn seal<T: serde::Serialize>(what: &str, article: &str, value: &T) -> Result<Vec<u8>, redb::Error> {
    sealed::seal(what, article, value).map_err(redb::Error::Io)
}

/// A thing as somebody asks for it.
struct Asked<'a> {
    thing: &'a Anchor,
    slug: String,
}

impl<'a> Asked<'a> {
    fn new(thing: &'a Anchor) -> Self {
        Self { thing, slug: crate::graph::mint::slug(&thing.entity) }
    }

    /// Whether a profile may belong to what is asked for.
    fn may_mean(&self, article: &Article, profile: &Profile) -> bool {
        let is_there = self.thing.article.as_deref().is_none_or(|own| own == article.iri);
        // What tells namesakes apart comes after two hyphens.
        let plain = self.thing.entity.split_once("--").map_or(self.thing.entity.as_str(), |(plain, _)| plain);
        is_there && (profile.iri.ends_with(plain) || self.is_named(profile))
    }

    fn is_named(&self, profile: &Profile) -> bool {
        let mut names = identity::handles(profile).into_iter();
        names.any(|name| name == self.thing.entity || crate::graph::mint::slug(name) == self.slug)
    }

    /// Whether a thing is what is asked for.
    fn means(&self, cluster: &Cluster, articles: &[Article]) -> bool {
        let members = || cluster.members.iter().map(|member| of(articles, *member));
        let is_there = |article: &Article| self.thing.article.as_deref().is_none_or(|own| own == article.iri);
        if self.thing.article.is_some() {
            return members().any(|(article, profile)| is_there(article) && self.may_mean(article, profile));
        }
        self.is_iri_of(cluster) || members().any(|(_, profile)| self.is_named(profile))
    }

    fn is_iri_of(&self, cluster: &Cluster) -> bool {
        let rest = cluster.iri.strip_suffix(self.thing.entity.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(['/', '#']))
    }

    /// Of several things, the one whose IRI was given stands for itself alone.
    fn prefer_exact(&self, explanations: &mut Vec<Explanation>) {
        let is_iri = self.thing.entity.contains(['/', '#']) || self.thing.entity.contains("--");
        if self.thing.article.is_none() && is_iri && explanations.iter().any(|one| self.is_iri_of(&one.cluster)) {
            explanations.retain(|one| self.is_iri_of(&one.cluster));
        }
    }
}
