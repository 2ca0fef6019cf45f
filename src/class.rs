//! What sort of thing an entity is, told more closely than its kind.

use std::fmt;
use std::str::FromStr;

use crate::document::Kind;

macro_rules! classes {
    ($($kind:ident: $($class:ident $doc:literal),+;)+) => {
        /// A sort of thing within a [`Kind`]. It displays as, and is read from, the name of its class in RDF.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Class { $($(#[doc = $doc] $class,)+)+ }

        impl Class {
            /// All of them, in a fixed order.
            pub const ALL: &[Self] = &[$($(Self::$class,)+)+];

            /// The kind of the things of this class.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $($(Self::$class)|+ => Kind::$kind,)+ }
            }

            /// Its name, the local name of its IRI.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($(Self::$class => stringify!($class),)+)+ }
            }
        }
    };
}

classes! {
    Organization:
        GovernmentOrganization "A ministry, agency, court, parliament, police force or army.",
        InternationalOrganization "An organisation of states.",
        NewsMediaOrganization "A newspaper, agency or broadcaster of news.",
        Corporation "A company.",
        SportsTeam "A club or team.",
        SportsOrganization "A league or governing body of a sport.",
        EducationalOrganization "A university, college or school.",
        ResearchOrganization "An institute of research.",
        MedicalOrganization "A clinic or health service.",
        PoliticalParty "A party.",
        NGO "A charity, foundation or campaign.",
        WorkersUnion "A trade union.",
        ArmedGroup "A militia, rebel army or terrorist group.",
        PerformingGroup "A band, orchestra or company of actors.";
    Region:
        Country "A sovereign state or a country within one.",
        State "A state or province of a country.",
        City "A city, town or village.";
    Place:
        Continent "A continent.",
        BodyOfWater "A sea, lake, river or strait.",
        Mountain "A mountain or a range of them.",
        Landform "An island, desert, valley or cape.";
    Facility:
        Airport "An airport.",
        Hospital "A hospital.",
        StadiumOrArena "A stadium.",
        Bridge "A bridge.";
    Group:
        Nationality "The people of a country or region, or a people.",
        ReligiousGroup "Those of a faith.",
        PoliticalGroup "Those of a party or political direction.";
    Event:
        SportsEvent "A match, race, cup or games.",
        Election "An election or referendum.",
        Conflict "A war or battle.",
        Disaster "A storm, quake or other disaster.";
    Work:
        Book "A book.",
        Movie "A film.",
        TVSeries "A television series.",
        Report "A report.";
    Product:
        SoftwareApplication "A program or app.",
        Vehicle "A car, ship, aircraft or spacecraft, or a make of them.",
        Drug "A drug or vaccine.";
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Class {
    type Err = String;

    /// # Errors
    /// For a name that is none of theirs.
    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|class| class.name() == name).ok_or_else(|| format!("there is no class {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_read_from_its_name() {
        for class in Class::ALL {
            assert_eq!(class.to_string().parse(), Ok(*class));
        }
        assert_eq!("City".parse::<Class>().map(Class::kind), Ok(Kind::Region));
        assert_eq!("Village".parse::<Class>(), Err("there is no class Village".to_owned()));
    }
}
