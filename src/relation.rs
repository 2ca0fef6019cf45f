//! The relations in which an article may say that things stand, and what each may hold between.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use crate::document::Kind;

/// What the object of a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// A thing of one of these kinds.
    Things(&'static [Kind]),
    /// A time, as it is named.
    Time,
    /// An amount of money.
    Money,
    /// A number of people or things, or a part of a whole.
    Number,
    /// Words as they stand.
    Words,
}

use Kind::{Event, Facility, Group, Law, Organization, Person, Place, Product, Region, Work};

const PERSONS: &[Kind] = &[Person];
const ORGANIZATIONS: &[Kind] = &[Organization];
const BODIES: &[Kind] = &[Organization, Region];
const AGENTS: &[Kind] = &[Person, Organization];
const PARTIES: &[Kind] = &[Person, Organization, Region, Group];
const PLACES: &[Kind] = &[Region, Place, Facility];
const COUNTRIES: &[Kind] = &[Region, Group];
const PARTIES_OF_STATE: &[Kind] = &[Organization, Group];
const WORKS: &[Kind] = &[Work, Law];
const GOODS: &[Kind] = &[Product, Work];
const PROPERTY: &[Kind] = &[Organization, Facility, Product, Work];
const LOCATED: &[Kind] = &[Organization, Event, Facility];
const DISASTROUS: &[Kind] = &[Event, Region, Place, Facility];
const PRICED: &[Kind] = &[Organization, Product, Facility, Work];

macro_rules! relations {
    ($($relation:ident $name:literal $domain:ident $range:expr, $doc:literal;)+) => {
        /// What a fact says of its subject and object. It displays as, and is read from, the local name of its property in RDF.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        pub enum Relation { $(#[doc = $doc] #[serde(rename = $name)] $relation,)+ }

        impl Relation {
            /// All of them, in a fixed order.
            pub const ALL: &[Self] = &[$(Self::$relation,)+];

            /// Its name, the local name of its property.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$relation => $name,)+ }
            }

            /// The kinds of things that may be its subject.
            #[must_use]
            pub fn domain(self) -> &'static [Kind] {
                match self { $(Self::$relation => $domain,)+ }
            }

            /// What may be its object.
            #[must_use]
            pub fn range(self) -> Range {
                match self { $(Self::$relation => $range,)+ }
            }
        }
    };
}

relations! {
    WorksFor "worksFor" PERSONS Range::Things(ORGANIZATIONS), "Is or was employed by.";
    MemberOf "memberOf" PARTIES Range::Things(BODIES), "Belongs or belonged to; a post in an organisation is a membership.";
    Party "party" PERSONS Range::Things(PARTIES_OF_STATE), "Is or was of a political party or direction.";
    HeadOf "headOf" PERSONS Range::Things(BODIES), "Leads or led.";
    ChiefExecutive "chiefExecutive" ORGANIZATIONS Range::Things(PERSONS), "Is or was run by, as its highest officer.";
    Founder "founder" ORGANIZATIONS Range::Things(AGENTS), "Was founded by.";
    FoundingDate "foundingDate" ORGANIZATIONS Range::Time, "Was founded at a time.";
    FoundingLocation "foundingLocation" ORGANIZATIONS Range::Things(PLACES), "Was founded at a place.";
    Owner "owns" AGENTS Range::Things(PROPERTY), "Owns, wholly or in part.";
    Subsidiary "subOrganizationOf" ORGANIZATIONS Range::Things(ORGANIZATIONS), "Is a part of or owned by another organisation.";
    Acquired "acquired" AGENTS Range::Things(PROPERTY), "Bought or took over.";
    Headquarters "headquarters" ORGANIZATIONS Range::Things(PLACES), "Has its seat at.";
    Location "location" LOCATED Range::Things(PLACES), "Is or took place at.";
    ContainedIn "containedInPlace" PLACES Range::Things(PLACES), "Lies in.";
    BirthDate "birthDate" PERSONS Range::Time, "Was born at a time.";
    BirthPlace "birthPlace" PERSONS Range::Things(PLACES), "Was born at a place.";
    DeathDate "deathDate" PERSONS Range::Time, "Died at a time.";
    DeathPlace "deathPlace" PERSONS Range::Things(PLACES), "Died at a place.";
    DeathCause "causeOfDeath" PERSONS Range::Words, "Died of.";
    Age "age" PERSONS Range::Number, "Was so many years old when the article was written.";
    Residence "homeLocation" PERSONS Range::Things(PLACES), "Lives or lived at.";
    Nationality "nationality" PERSONS Range::Things(COUNTRIES), "Is of a country.";
    Origin "origin" PARTIES Range::Things(PLACES), "Comes from.";
    Education "alumniOf" PERSONS Range::Things(ORGANIZATIONS), "Studied or studies at.";
    Spouse "spouse" PERSONS Range::Things(PERSONS), "Is or was married to.";
    Parent "parent" PERSONS Range::Things(PERSONS), "Is a child of.";
    Sibling "sibling" PERSONS Range::Things(PERSONS), "Is a brother or sister of.";
    Relative "relatedTo" PERSONS Range::Things(PERSONS), "Is of the family of.";
    Award "award" PARTIES Range::Words, "Was given a prize.";
    Author "author" WORKS Range::Things(PARTIES), "Was written by.";
    Director "director" WORKS Range::Things(PERSONS), "Was directed by.";
    Maker "manufacturer" GOODS Range::Things(ORGANIZATIONS), "Is made by.";
    Represents "represents" AGENTS Range::Things(PARTIES), "Acts for, as a lawyer or agent.";
    SpeaksFor "speaksFor" PERSONS Range::Things(PARTIES), "Is or was a spokesperson of.";
    Allied "alliedWith" PARTIES Range::Things(PARTIES), "Is an ally or backer of.";
    Opposed "opposes" PARTIES Range::Things(PARTIES), "Is a rival or opponent of.";
    Candidate "candidateFor" PERSONS Range::Words, "Stands or stood for a post.";
    Succeeds "succeeds" AGENTS Range::Things(AGENTS), "Follows in a post.";
    Price "price" PRICED Range::Money, "Costs or was sold for.";
    Revenue "revenue" ORGANIZATIONS Range::Money, "Took in over a time.";
    Profit "profit" ORGANIZATIONS Range::Money, "Earned over a time.";
    Loss "loss" ORGANIZATIONS Range::Money, "Lost over a time.";
    Employees "numberOfEmployees" ORGANIZATIONS Range::Number, "Employs so many.";
    Population "population" PLACES Range::Number, "Has so many inhabitants.";
    DeathToll "deathToll" DISASTROUS Range::Number, "Killed so many, or so many died there.";
    VoteShare "voteShare" PARTIES Range::Number, "Won so large a part of the votes, or so many.";
}

impl Relation {
    /// Whether it holds both ways; then of two things the one whose IRI sorts first is written as the subject.
    #[must_use]
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::Spouse | Self::Sibling | Self::Relative | Self::Allied | Self::Opposed)
    }

    /// Whether who stands in it to an organisation belongs to it.
    #[must_use]
    pub fn is_membership(self) -> bool {
        matches!(self, Self::WorksFor | Self::Party | Self::HeadOf | Self::ChiefExecutive | Self::SpeaksFor)
    }

    /// Whether it is said only in words for it ("born", "founder"), and never by standing beside.
    #[must_use]
    pub fn is_worded(self) -> bool {
        use Relation as R;
        matches!(self, R::BirthDate | R::BirthPlace | R::DeathDate | R::DeathPlace | R::FoundingDate | R::Founder)
    }

    /// Whether it holds between members of a family.
    #[must_use]
    pub fn is_kinship(self) -> bool {
        matches!(self, Self::Spouse | Self::Parent | Self::Sibling | Self::Relative)
    }

    /// Whether it may end, so that a fact of the past is no fact of the present.
    #[must_use]
    pub fn may_end(self) -> bool {
        use Relation as R;
        let posts = matches!(self, R::WorksFor | R::MemberOf | R::Party | R::HeadOf | R::ChiefExecutive | R::Candidate);
        let ties = matches!(self, R::Spouse | R::Represents | R::SpeaksFor | R::Allied | R::Opposed);
        posts || ties || matches!(self, R::Owner | R::Subsidiary | R::Headquarters | R::Residence)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Relation {
    type Err = String;

    /// # Errors
    /// For a name that is none of theirs.
    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|it| it.name() == name).ok_or_else(|| format!("there is no relation {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_is_read_from_its_name() {
        for relation in Relation::ALL {
            assert_eq!(relation.to_string().parse(), Ok(*relation));
        }
        assert_eq!("grandparent".parse::<Relation>(), Err("there is no relation grandparent".to_owned()));
    }

    #[test]
    fn what_holds_both_ways_is_between_things_of_the_same_kinds() {
        for relation in Relation::ALL.iter().filter(|relation| relation.is_symmetric()) {
            assert_eq!(relation.range(), Range::Things(relation.domain()), "{relation}");
        }
    }
}
