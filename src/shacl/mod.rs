//! SHACL: whether a dataset is as shapes say that it must be.
//!
//! All of SHACL Core, constraints in SPARQL and components of one's own, over the indexes of a [`Dataset`]: shapes are compiled once, bound to the
//! numbers of a dataset's terms, and applied to their focus nodes on all threads. What is not supported is an error
//! that names it.

mod algebra;
mod at_once;
mod bindings;
mod compile;
mod component;
mod literal;
mod path;
mod prebinding;
mod quarantine;
mod report;
mod set_wise;
mod sh;
mod shape;
mod source;
mod sparql;
mod variables;
mod walk;

use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use oxigraph::model::vocab::rdfs;

use crate::base::Dataset;
use crate::error::{Error, Result};
use bindings::Bindings;
use shape::{Constant, Set, Shape, ShapeId};
use source::Source;

pub use quarantine::{Sifted, sift};
pub use report::{Report, ResultPath, Severity, ValidationResult};

const SHIPPED: &str = include_str!("../../ontology/shapes.ttl");
const ONTOLOGY: &str = include_str!("../../ontology/news.ttl");

/// Shapes, checked and ready to be applied to any number of datasets.
///
/// ```
/// use newsgraph::base::Dataset;
/// use newsgraph::shacl::Shapes;
/// use oxigraph::io::{RdfFormat, RdfParser};
///
/// let data = "<https://news.example/1> a <https://schema.org/NewsArticle> .";
/// let quads: Result<Vec<_>, _> = RdfParser::from_format(RdfFormat::Turtle).for_slice(data).collect();
/// let dataset: Dataset = quads?.into_iter().collect();
/// let report = Shapes::shipped().validate(&dataset)?;
/// assert_eq!(report.results[0].message(), "An article has one content hash, a SHA-256 in lower-case hexadecimal.");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Shapes {
    shapes: Vec<Shape>,
    /// Those with targets.
    roots: Vec<ShapeId>,
    constants: Vec<Term>,
    sets: Vec<Set>,
    /// `rdf:type` and `rdfs:subClassOf`.
    type_: Constant,
    subclass: Constant,
    /// Subclass and class, as the ontology has them: data need not repeat it.
    known: Vec<(Constant, Constant)>,
}

impl Shapes {
    /// The shapes that ship with the program: what newsgraph's own output must be.
    ///
    /// # Panics
    /// Never: a test holds the shipped shapes to be sound.
    #[must_use]
    pub fn shipped() -> Self {
        let mut source = Source::default();
        add_shipped(&mut source);
        Self::new(&source, "the shipped shapes").expect("the shipped shapes are sound")
    }

    /// The shapes of RDF files, taken together.
    ///
    /// # Errors
    /// When a file cannot be read, and when a shape is ill-formed, refers to itself or asks for what is not supported.
    pub fn read(files: &[impl AsRef<Path>]) -> Result<Self> {
        let mut source = Source::default();
        files.iter().try_for_each(|file| source.add_file(file.as_ref()))?;
        let names: Vec<String> = files.iter().map(|file| file.as_ref().display().to_string()).collect();
        Self::new(&source, &names.join(", "))
    }

    /// The shapes that ship with the program, and those of RDF files.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn shipped_and(files: &[impl AsRef<Path>]) -> Result<Self> {
        let mut source = Source::default();
        add_shipped(&mut source);
        files.iter().try_for_each(|file| source.add_file(file.as_ref()))?;
        let names = files.iter().map(|file| file.as_ref().display().to_string());
        let names: Vec<String> = std::iter::once("the shipped shapes".to_owned()).chain(names).collect();
        Self::new(&source, &names.join(", "))
    }

    fn new(source: &Source, origin: &str) -> Result<Self> {
        let mut shapes = compile::compile(source, origin)?;
        let mut constant = |term: Term| {
            let place = shapes.constants.iter().position(|known| *known == term);
            place.unwrap_or_else(|| {
                shapes.constants.push(term);
                shapes.constants.len() - 1
            })
        };
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(ONTOLOGY) {
            let quad = quad.map_err(|error| Error::Setting(error.to_string()))?;
            if quad.predicate == rdfs::SUB_CLASS_OF {
                let below = constant(quad.subject.into());
                let above = constant(quad.object);
                shapes.known.push((below, above));
            }
        }
        Ok(shapes)
    }

    /// Holds the default graph of a dataset against the shapes, on all threads. Takes time in proportion to the data, unless a
    /// constraint in SPARQL asks for more.
    ///
    /// # Errors
    /// When a constraint in SPARQL cannot be evaluated.
    pub fn validate(&self, data: &Dataset) -> Result<Report> {
        let bindings = Bindings::new(self, data);
        let findings = walk::findings(&bindings)?;
        Ok(Report::new(&bindings, findings))
    }
}

fn add_shipped(source: &mut Source) {
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(SHIPPED) {
        source.add(quad.expect("the shipped shapes are Turtle"));
    }
}
