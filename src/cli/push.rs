//! `newsgraph push`: a knowledge base into another store.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::HumanCount;
use url::Url;

use super::columns::Columns;
use super::progress::Graphs;
use super::{Status, Terminal, opening};
use crate::error::{Error, Result};
use crate::graph::write::Dialect;
use crate::output::Output;
use crate::push::{self, Credentials, Difference, Kind, Patience, Plan, Report, Store, Target, Way};

/// Bring a knowledge base into another store, and keep it there as it is here.
///
/// Each article is a named graph, also of the store, with the links that were worked out between articles. Only what changed since the
/// last push to the same URL is sent; what was retracted is deleted there, and nothing else of the store is touched. Every graph is
/// counted in the store before it is taken for sent, so a push that was broken off goes on where it stopped.
///
/// Graphs are sent by the SPARQL 1.1 Graph Store Protocol, or by SPARQL Update where the store does not know it. A user
/// name and password (Basic or Digest, as the store asks) or a token are taken from the environment:
/// NEWSGRAPH_PUSH_USER and NEWSGRAPH_PUSH_PASSWORD, or NEWSGRAPH_PUSH_TOKEN.
///
/// With --rdf12 a graph of one triple term is put into the store, asked for and deleted first: a store that has no triple terms gets RDF
/// 1.1, and a warning says so. The dialect is part of what is sent: a push in the other one sends each graph anew that has statements, so
/// give the flag each time. A dry run asks nothing and takes the store to have RDF 1.2.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph push http://localhost:7878 --store kb                  Oxigraph, Virtuoso: the server's address
  newsgraph push http://localhost:3030/news --store kb             Fuseki: that of the dataset
  newsgraph push http://localhost:7200/repositories/news --store kb --dry-run
  newsgraph push http://localhost:8890 --store kb --check          count there, and send nothing
  newsgraph push http://localhost:7878 --store kb --rdf12          statements name their triple by a triple term

Exit status: 0 the store holds what the base holds, 1 a part of it (or, with --check, it differs), 2 nothing was sent.")]
pub(super) struct Push {
    /// The address of the other store
    #[arg(value_name = "URL")]
    url: String,
    /// The directory of the knowledge base
    #[arg(long, short, value_name = "DIR")]
    store: PathBuf,
    /// Say which graphs would be sent and deleted, and do nothing
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
    /// Count every graph in the store, name those that differ, and send nothing
    #[arg(long)]
    check: bool,
    /// Send everything, also what was sent before
    #[arg(long)]
    all: bool,
    /// Name the triple of each statement and claim as RDF 1.2 does, by rdf:reifies, if the store takes it, else as RDF 1.1 does
    #[arg(long)]
    rdf12: bool,
    /// What store it is, which gives its addresses [default: told by what answers]
    #[arg(long, value_name = "STORE", value_parser = kind())]
    kind: Option<Kind>,
    /// How to send: graph-store or update [default: graph-store where it works]
    #[arg(long, value_name = "WAY", value_parser = way())]
    way: Option<Way>,
    /// Where the store answers queries, if not where its kind does
    #[arg(long, value_name = "URL")]
    query_url: Option<String>,
    /// Where the store takes updates, if not where its kind does
    #[arg(long, value_name = "URL")]
    update_url: Option<String>,
    /// Where the store speaks the Graph Store Protocol, if not where its kind does
    #[arg(long, value_name = "URL")]
    graph_store_url: Option<String>,
    /// Give up on a request after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120.0)]
    timeout: f64,
    /// How often to send a request again that failed for now
    #[arg(long, value_name = "N", default_value_t = 5)]
    retries: u32,
    /// Seconds before the first of them; each pause is twice as long as the one before
    #[arg(long, value_name = "SECONDS", default_value_t = 0.5)]
    pause: f64,
}

impl Push {
    pub(super) fn run(self, terminal: &Terminal) -> Result<Status> {
        let target = self.target()?;
        let name = target.address.as_str().trim_end_matches('/');
        let base = opening::open(&self.store, terminal)?;
        let dataset = base.dataset()?;
        if self.dry_run {
            let plan = push::plan(&base, &dataset, name, self.wanted(), self.all)?;
            print(&listing(&plan))?;
            terminal.note(&summary(&plan, &Report::default(), None));
            return Ok(Status::Done);
        }
        if target.credentials.is_some() && goes_in_plain(&target.address) {
            terminal.warning(&format_args!("{name}: the credentials travel in plain; https would hide them"));
        }
        let mut store = Store::connect(&target)?;
        let dialect = self.dialect(&mut store)?;
        if dialect != self.wanted() {
            terminal.warning(&format_args!(
                "{name}: the store does not take a triple term of RDF 1.2 and give it back, so it has RDF 1.1"
            ));
        }
        let plan = push::plan(&base, &dataset, name, dialect, self.all)?;
        if self.check {
            return differences(&plan, &push::check(&plan, &mut store)?, terminal);
        }
        let bar = Graphs::start(terminal);
        let all = plan.send.len() + plan.delete.len();
        let sent = push::send(&base, &dataset, name, &plan, &mut store, |done| bar.update(done, all));
        drop(bar);
        let report = sent?;
        report.failures.iter().chain(&report.stopped).for_each(|error| terminal.error(error));
        terminal.note(&summary(&plan, &report, Some(&store)));
        Ok(status(&plan, &report))
    }

    fn wanted(&self) -> Dialect {
        if self.rdf12 { Dialect::Rdf12 } else { Dialect::Rdf11 }
    }

    /// What is wanted, or the nearest that the store has.
    fn dialect(&self, store: &mut Store) -> Result<Dialect> {
        match self.wanted() {
            Dialect::Rdf11 => Ok(Dialect::Rdf11),
            Dialect::Rdf12 if self.check => Ok(store.spoken_dialect()),
            Dialect::Rdf12 => store.dialect(),
        }
    }

    fn target(&self) -> Result<Target> {
        let url = |url: &Option<String>| url.as_deref().map(push::address).transpose();
        let variable = |name: &str| std::env::var(name).ok();
        Ok(Target {
            address: push::address(&self.url)?,
            kind: self.kind,
            query: url(&self.query_url)?,
            update: url(&self.update_url)?,
            graph_store: url(&self.graph_store_url)?,
            way: self.way,
            credentials: Credentials::from_environment(variable)?,
            patience: Patience {
                timeout: seconds("--timeout", self.timeout)?,
                tries: self.retries.saturating_add(1),
                pause: seconds("--pause", self.pause)?,
            },
        })
    }
}

fn kind() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .map(|name| Kind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(Kind::Generic))
}

fn way() -> impl TypedValueParser<Value = Way> {
    PossibleValuesParser::new(["graph-store", "update"])
        .map(|name| if name == "update" { Way::Update } else { Way::GraphStore })
}

fn seconds(flag: &str, seconds: f64) -> Result<Duration> {
    Duration::try_from_secs_f64(seconds).map_err(|error| Error::Setting(format!("{flag} {seconds}: {error}")))
}

/// Whether others on the network could read what is sent.
fn goes_in_plain(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && !is_here
}

fn print(text: &str) -> Result<()> {
    use std::io::Write;
    let mut output = Output::stdout();
    output.write_all(text.as_bytes()).map_err(Error::io(output.path()))?;
    output.finish()
}

/// The graphs that would be sent and deleted, a line each.
fn listing(plan: &Plan) -> String {
    let send = plan.send.iter().map(|(name, mark)| format!("send\t{}\t{}\n", name.as_str(), mark.triples));
    send.chain(plan.delete.iter().map(|name| format!("delete\t{}\n", name.as_str()))).collect()
}

fn differences(plan: &Plan, differences: &[Difference], terminal: &Terminal) -> Result<Status> {
    let lines = differences
        .iter()
        .map(|Difference { graph, here, there }| format!("{}\there {here}\tthere {there}\n", graph.as_str()));
    print(&lines.collect::<String>())?;
    let graphs = plan.send.len() + plan.unchanged.len() + plan.delete.len();
    if differences.is_empty() {
        terminal.note(&format_args!("all {graphs} graphs are counted alike here and there"));
        return Ok(Status::Done);
    }
    let advice = "`newsgraph push` sends what changed, `--all` everything";
    terminal.note(&format_args!("{} of {graphs} graphs differ: {advice}", differences.len()));
    Ok(Status::Partial)
}

fn status(plan: &Plan, report: &Report) -> Status {
    match (report.failures.is_empty() && report.stopped.is_none(), report.sent + report.deleted) {
        (true, _) => Status::Done,
        (false, 0) if plan.unchanged.is_empty() => Status::Failed,
        (false, _) => Status::Partial,
    }
}

/// What was done, or would be, as a table.
fn summary(plan: &Plan, report: &Report, store: Option<&Store>) -> String {
    let mut columns = Columns::new("  ", None);
    let mut row = |what: &str, count: u64, remark: String| {
        columns.row([what.to_owned(), HumanCount(count).to_string(), remark]);
    };
    match store {
        Some(store) => {
            let again = match store.retries() {
                0 => String::new(),
                retries => format!(", {retries} requests sent again"),
            };
            let packed = if store.packs() { ", with gzip" } else { "" };
            let dialect = if plan.dialect == Dialect::Rdf12 { " in RDF 1.2" } else { "" };
            let how = format!("to {} by {}{dialect}{packed}{again}", store.kind(), store.way());
            row("sent", report.sent as u64, how);
            row("triples", report.triples, "counted there".to_owned());
            row("deleted", report.deleted as u64, "no longer in the base".to_owned());
            let left = plan.send.len() + plan.delete.len() - report.sent - report.deleted;
            if left > 0 {
                row("left", left as u64, "the next push goes on with them".to_owned());
            }
        }
        None => {
            row("to send", plan.send.len() as u64, String::new());
            row("to delete", plan.delete.len() as u64, String::new());
        }
    }
    row("unchanged", plan.unchanged.len() as u64, "since the last push".to_owned());
    if plan.apart > 0 {
        row("kept", plan.apart as u64, "set apart from what plain queries see".to_owned());
    }
    columns.align_right(&[1]);
    columns.lines().trim_end().to_owned()
}
