//! Rows of named fields, as tables and SPARQL results have them, made into facts.

use super::layout::Layout;
use crate::error::{Error, Result};
use crate::gazetteer::fact::{Fact, WIKIDATA, item_number, prior};

/// The fields of a row, by the names that `--map` and the file of the formats give them.
pub(super) const FIELDS: [&str; 10] =
    ["iri", "name", "aliases", "kind", "class", "country", "description", "from", "to", "prior"];

/// Which column holds which field.
pub(super) struct Columns([Option<usize>; FIELDS.len()]);

/// A field and the column that the user says it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    field: usize,
    column: String,
}

impl std::str::FromStr for Mapping {
    type Err = Error;

    /// # Errors
    /// [`Error::Setting`] for what is not `field=column`, or names a field that there is not.
    fn from_str(mapping: &str) -> Result<Self> {
        let (field, column) = mapping
            .split_once('=')
            .filter(|(_, column)| !column.is_empty())
            .ok_or_else(|| Error::Setting(format!("{mapping:?} is not FIELD=COLUMN")))?;
        let known = FIELDS.iter().position(|known| *known == field).ok_or_else(|| {
            Error::Setting(format!("there is no field {field:?}; the fields are {}", FIELDS.join(", ")))
        })?;
        Ok(Self { field: known, column: column.to_owned() })
    }
}

impl Columns {
    /// Where the fields are in a row of these columns.
    ///
    /// # Errors
    /// Says which column is missing.
    pub(super) fn new(columns: &[String], mappings: &[Mapping], layout: &Layout) -> Result<Self, String> {
        let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "");
        let mut places = [None; FIELDS.len()];
        for (place, field) in places.iter_mut().zip(FIELDS) {
            let usual = layout.columns.get(field).into_iter().flatten();
            *place = usual.filter_map(|usual| columns.iter().position(|column| plain(column) == *usual)).next();
        }
        for Mapping { field, column } in mappings {
            let place = columns.iter().position(|known| known == column);
            places[*field] = Some(place.ok_or_else(|| {
                format!("no column {column:?} for {}; there are {}", FIELDS[*field], columns.join(", "))
            })?);
        }
        match (places[0], places[1]) {
            (Some(_), Some(_)) => Ok(Self(places)),
            (iri, _) => {
                let field = if iri.is_none() { "iri" } else { "name" };
                Err(format!("no column for {field} among {}; --map {field}=COLUMN names it", columns.join(", ")))
            }
        }
    }

    /// The fact of a row; none for a row without identifier or name.
    ///
    /// # Errors
    /// Says which field is not as it should be.
    pub(super) fn fact<'a>(
        &self,
        value: impl Fn(usize) -> Option<&'a str>,
        layout: &Layout,
    ) -> Result<Option<Fact>, String> {
        let field = |field: usize| self.0[field].and_then(&value).map(str::trim).filter(|value| !value.is_empty());
        let (Some(identifier), Some(name)) = (field(0), field(1)) else { return Ok(None) };
        let mut fact = Fact::new(iri(identifier)?, name);
        fact.aliases =
            field(2).into_iter().flat_map(|aliases| aliases.split('|')).map(|a| a.trim().to_owned()).collect();
        for sort in [field(3), field(4)].into_iter().flatten() {
            let (kind, class) = layout.sort(sort).ok_or_else(|| format!("{sort:?} is no kind or class"))?;
            (fact.kind, fact.class) = (Some(kind), class.or(fact.class));
        }
        if fact.class.is_some_and(|class| Some(class.kind()) != fact.kind) {
            return Err(format!("{name:?} is of a class that is not of its kind"));
        }
        fact.country = field(5).map(|country| country.strip_prefix(WIKIDATA).unwrap_or(country).to_owned());
        fact.description = field(6).map(str::to_owned);
        (fact.from, fact.to) = (field(7).map(year).transpose()?, field(8).map(year).transpose()?);
        if let Some(number) = field(9) {
            let number: f64 = number.parse().map_err(|_| format!("{number:?} is no number"))?;
            fact.prior = prior(number);
        }
        Ok(Some(fact))
    }
}

/// An identifier as an IRI: "Q30" is Wikidata's.
fn iri(identifier: &str) -> Result<String, String> {
    if item_number(identifier).is_some() {
        return Ok(format!("{WIKIDATA}{}", identifier.strip_prefix(WIKIDATA).unwrap_or(identifier)));
    }
    oxigraph::model::NamedNode::new(identifier)
        .map(oxigraph::model::NamedNode::into_string)
        .map_err(|_| format!("{identifier:?} is neither an absolute IRI nor an identifier of Wikidata such as Q30"))
}

/// The year of a date: "2017", "2017-03-02", "2017-03-02T00:00:00Z".
fn year(date: &str) -> Result<i16, String> {
    let digits = date.strip_prefix(['-', '+']).unwrap_or(date).split(['-', 'T']).next().unwrap_or("");
    let year: i16 = digits.parse().map_err(|_| format!("{date:?} does not begin with a year"))?;
    Ok(if date.starts_with('-') { -year } else { year })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;

    fn read(columns: &[&str], row: &[&str], mappings: &[&str]) -> Result<Option<Fact>, String> {
        let layout = Layout::built_in().unwrap();
        let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
        let mappings: Vec<Mapping> = mappings.iter().map(|mapping| mapping.parse().unwrap()).collect();
        Columns::new(&columns, &mappings, &layout)?.fact(|column| row.get(column).copied(), &layout)
    }

    #[test]
    fn fields_are_told_by_the_names_of_their_columns() {
        let fact = read(
            &["item", "itemLabel", "itemAltLabel", "Type", "sitelinks", "start_date"],
            &["http://www.wikidata.org/entity/Q9", "Acme", "Acme Inc|ACM", "company", "1024", "1999-01-01T00:00:00Z"],
            &[],
        );
        let expected = Fact {
            aliases: vec!["Acme Inc".into(), "ACM".into()],
            kind: Some(Kind::Organization),
            prior: 100,
            from: Some(1999),
            ..Fact::new("http://www.wikidata.org/entity/Q9", "Acme")
        };
        assert_eq!(fact, Ok(Some(expected)));
    }

    #[test]
    fn a_mapping_takes_a_field_from_any_column() {
        let fact = read(&["key", "Firm"], &["https://firms.example/7", "Acme"], &["iri=key", "name=Firm"]);
        assert_eq!(fact, Ok(Some(Fact::new("https://firms.example/7", "Acme"))));
        assert_eq!(read(&["id", "name"], &["Q7", " "], &[]), Ok(None));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (columns, row, expected) in [
            (["id", "firm"], ["", ""], "no column for name among id, firm; --map name=COLUMN names it"),
            (
                ["id", "name"],
                ["7", "Acme"],
                "\"7\" is neither an absolute IRI nor an identifier of Wikidata such as Q30",
            ),
        ] {
            assert_eq!(read(&columns, &row, &[]), Err(expected.to_owned()));
        }
        let row = ["Q7", "Acme", "potato"];
        assert_eq!(read(&["id", "name", "kind"], &row, &[]), Err("\"potato\" is no kind or class".to_owned()));
        assert_eq!(year("-0044-03-15"), Ok(-44));
        assert!(year("yesterday").is_err());
        assert!(
            "nam=x".parse::<Mapping>().unwrap_err().to_string().starts_with("there is no field \"nam\"; the fields")
        );
    }
}
