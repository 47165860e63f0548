//! `normtag review`: people confirm proposals in the browser.

use crate::cli::Ending;
use crate::cli::args::ReviewArgs;
use crate::cli::config::Config;
use crate::cli::corpus;
use crate::cli::corpus_export::by_ending;
use crate::cli::environment;
use crate::cli::failure::Failure;
use crate::cli::output::{file, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::settled::{FORMS, Settled};
use crate::cli::terminal::Terminal;
use crate::cli::{review_sources, review_summary};
use normtag::corpus::{Ledger, OpenedLedger, built_in_tags, parse_tags, read_tags};
use normtag::fetch::Clock;
use normtag::model::{AgreementId, Decision, ElementCode, Tag};
use normtag::report::counted;
use normtag::review::web::{Decide, Keeper, Refusal, Session, serve};
use normtag::review::{Ground, Probes, Unit, settled};
use normtag::rules::RuleSet;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use tokio::net::TcpListener;

/// What is said of a file whose ending no form has.
const ENDINGS: &str = if cfg!(feature = "xlsx") {
    "the endings are csv, json, docx, html, md, xlsx, jsonld and qdpx"
} else {
    "the endings are csv, json, docx, html, md, jsonld and qdpx"
};

/// Runs the command.
pub(crate) fn run(
    args: &ReviewArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let mut files = RuleFiles::find(&args.rules, config)?;
    let given = review_sources::given(args)?;
    if let Some(given) = &given {
        let taxonomy = BTreeSet::from([&given.proposals.taxonomy]);
        files.take_taxonomy(&given.path.to_string_lossy(), &taxonomy)?;
    }
    let rules = files.compile(terminal)?;
    let units = review_sources::read(args, given.as_ref(), config, &rules, terminal)?;
    let keeper = open(args, terminal)?;
    let registry = corpus::load(&args.source.folder, config, terminal)?;
    let out = Settled::new(&units, &rules.taxonomy, registry);
    let names = args.reviewers.names();
    if let Some(path) = &args.tags {
        let settled = settled(&units, &rules.taxonomy, keeper.0.decisions(), names);
        let format = by_ending(file(Some(path)), ENDINGS)?;
        let bytes =
            out.render(&settled, format).map_err(|error| Failure::Asked(error.to_string()))?;
        write_to(Some(path), |out| out.write_all(&bytes))?;
        review_summary::say(&units, &rules.taxonomy, keeper.0.decisions(), terminal);
        return Ok(Ending::Clean);
    }
    let curated = curated(args, config, &rules)?;
    let probes = probes(args, &units, &rules, &curated, terminal);
    let session = Session {
        units: units.clone(),
        taxonomy: rules.taxonomy.clone(),
        rules: rules.rules.iter().map(|rule| (rule.id.to_string(), rule.finds.clone())).collect(),
        curated,
        reviewer: args.reviewer.clone().unwrap_or_else(environment::user),
        blind: args.blind,
        probes,
        revealed: AtomicBool::new(false),
        token: environment::token().map_err(|error| Failure::Io {
            what: "cannot make a token".to_owned(),
            source: error,
        })?,
        now: clock(environment::clock()?),
        forms: FORMS,
        out: Box::new(move |settled, form| {
            let path = Path::new("tags").with_extension(form.ending);
            let format = by_ending(Some(&path), ENDINGS).map_err(io::Error::other)?;
            out.render(settled, format)
        }),
        names,
        keeper: Mutex::new(Box::new(keeper)),
    };
    listen(args, session, terminal)?;
    let decided = open(args, terminal)?;
    review_summary::say(&units, &rules.taxonomy, decided.0.decisions(), terminal);
    Ok(Ending::Clean)
}

/// Makes up the proposals that were asked for, and says so.
fn probes(
    args: &ReviewArgs,
    units: &[Unit],
    rules: &RuleSet,
    curated: &[Tag],
    terminal: &Terminal,
) -> Probes {
    let Some(share) = args.probe else { return Probes::default() };
    let ids: Vec<String> = rules.rules.iter().map(|rule| rule.id.to_string()).collect();
    let taxonomy = &rules.taxonomy;
    let spared = |agreement: &AgreementId, element: &ElementCode| {
        args.blind.is_some_and(|blind| blind.hides(&taxonomy.id, agreement, element))
    };
    let rules = ids.iter().map(String::as_str).collect();
    let probes = Probes::plant(share, units, &Ground { taxonomy, rules, curated, spared: &spared });
    let count = counted(probes.count(), "proposal");
    terminal.note(&format!(
        "{count} made up and shown among the others; the page tells which when all is decided"
    ));
    probes
}

/// The time now as the ledger writes it.
fn clock(clock: Clock) -> Box<dyn Fn() -> String + Send + Sync> {
    Box::new(move || humantime::format_rfc3339_seconds(clock()).to_string())
}

/// The ledger; a line that was cut off is said.
fn open(args: &ReviewArgs, terminal: &Terminal) -> Result<File, Failure> {
    let path = &args.decisions;
    let OpenedLedger { ledger, set_aside } =
        Ledger::open(path).map_err(|error| Failure::reading(path, error))?;
    if let Some(beside) = set_aside {
        terminal.warn(&format!(
            "{}: the last line was not written to its end, as after a crash; it had not been said \
             to be saved, and is kept in {}",
            path.display(),
            beside.display()
        ));
    }
    Ok(File(ledger))
}

/// The ledger in its file, for the page.
struct File(Ledger);

impl Keeper for File {
    fn refresh(&mut self) -> io::Result<()> {
        self.0.refresh()
    }

    fn decisions(&self) -> &[Decision] {
        self.0.decisions()
    }

    fn append(&mut self, decide: &mut Decide<'_>) -> io::Result<Result<(), Refusal>> {
        self.0.append(decide)
    }
}

/// What an edition recorded, for showing it beside proposals.
fn curated(args: &ReviewArgs, config: &Config, rules: &RuleSet) -> Result<Vec<Tag>, Failure> {
    let taxonomy = &rules.taxonomy.id;
    let file = match args.source.folder.corpus.as_ref().or(config.corpus.as_ref()) {
        // A corpus of one's own need not have tags.
        Some(folder) => match read_tags(folder, taxonomy) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            read => Some(read.map_err(|error| Failure::reading(folder, error))?),
        },
        None => built_in_tags(taxonomy),
    };
    let tags = file.into_iter().flat_map(|file| parse_tags(&file.text).tags);
    Ok(tags.map(|(_, tag)| tag).collect())
}

/// Serves the page until it is interrupted.
fn listen(args: &ReviewArgs, session: Session, terminal: &Terminal) -> Result<(), Failure> {
    let failed = |source| Failure::Io { what: "cannot serve the page".to_owned(), source };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(failed)?;
    runtime.block_on(async {
        let port = args.port.unwrap_or(0);
        let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let address = format!("http://127.0.0.1:{port}/{}/", session.token);
        write_to(None, |out| writeln!(out, "{address}"))?;
        let decisions = args.decisions.display();
        terminal.note(&format!("decisions go to {decisions}; Ctrl-C ends the review"));
        if args.open {
            environment::open(&address, terminal);
        }
        let stop = async {
            // Where no signal can be waited for, the review ends with its process.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        serve(session, listener, stop).await.map_err(failed)
    })
}
