//! Arguments of `normtag review`.

use super::{NetworkArgs, ReadingArgs, Reviewers, RuleArgs, SourceArgs};
use clap::{Args, value_parser};
use normtag::review::Blind;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Agreement the sources belong to, such as paris-call-2018
    #[arg(long = "as", value_name = "ID")]
    pub(crate) agreement: Option<String>,
    /// File that every decision is appended to
    #[arg(long, value_name = "FILE", default_value = "decisions.jsonl")]
    pub(crate) decisions: PathBuf,
    /// Who reviews [default: the user of this machine]
    #[arg(long, value_name = "NAME")]
    pub(crate) reviewer: Option<String>,
    /// Share of the elements whose proposals are hidden until you have decided
    #[arg(long, value_name = "PERCENT", value_parser = parse_share)]
    pub(crate) blind: Option<Blind>,
    /// Share of each document's elements, one at least, that get a made-up
    /// proposal: real words of the document for an element that is not
    /// proposed. The page says that there are such, and which when all is
    /// decided; what is answered is never a tag
    #[arg(long, value_name = "PERCENT", value_parser = parse_percentage)]
    pub(crate) probe: Option<f64>,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Port to listen on [default: a free one]
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// Write what is settled, and serve nothing; the file's ending chooses the
    /// form: csv, json, docx, html, md, xlsx, jsonld or qdpx
    #[arg(long, value_name = "FILE")]
    pub(crate) tags: Option<PathBuf>,
    /// What is told of who decided, where what is settled goes out
    #[arg(long, value_enum, value_name = "WHAT", default_value = "omit")]
    pub(crate) reviewers: Reviewers,
    /// Quotes proposed for each element
    #[arg(long, value_name = "N", default_value = "5", value_parser = value_parser!(u32).range(1..))]
    pub(crate) evidence: u32,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

fn parse_share(text: &str) -> Result<Blind, String> {
    Blind::new(parse_percentage(text)?).ok_or_else(no_percentage)
}

/// A share of 0 to 1, written as a percentage.
fn parse_percentage(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches('%').trim_end().parse::<f64>().ok();
    let share = number.map(|percent| percent / 100.0);
    share.filter(|share| (0.0..=1.0).contains(share)).ok_or_else(no_percentage)
}

fn no_percentage() -> String {
    "write a share as a percentage of 0 to 100, such as 20%".to_owned()
}
