//! Arguments of `normtag tag` and `normtag extract`.

use super::{NetworkArgs, ReadingArgs, RuleArgs, SourceArgs};
use clap::{Args, ValueEnum, value_parser};
use normtag::report::Format;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct TagArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Agreement the sources belong to, such as paris-call-2018: several
    /// documents of one agreement make one sheet
    #[arg(long = "as", value_name = "ID", value_parser = parse_agreement)]
    pub(crate) agreement: Option<String>,
    /// Quotes for each element, best first [default: 3]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    pub(crate) evidence: Option<u32>,
    /// Form of the sheet [default: table]
    #[arg(long, value_name = "FORM", value_parser = parse_format)]
    pub(crate) format: Option<Format>,
    /// File for the sheet in place of standard output (`-`); its ending chooses
    /// the form where --format does not
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write the extracted text, which the spans count in, to a file (one
    /// source only)
    #[arg(long, value_name = "FILE")]
    pub(crate) text: Option<PathBuf>,
    /// Threads to use [default: one for each core]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Print only what stands at a place, such as "Art. 25.4" or "Pg. 9"
    #[arg(long, value_name = "CITATION")]
    pub(crate) at: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(crate) format: ExtractFormat,
    /// File in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

/// Forms of an extracted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// For reading in a terminal
    Text,
    /// For programs
    Json,
    /// For reading in a browser: a page of its own, each citation an anchor
    Html,
}

/// Forms of one agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// For reading
    Text,
    /// For programs
    Json,
}

/// An agreement's id: words of small letters and digits with hyphens between.
fn parse_agreement(id: &str) -> Result<String, String> {
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if id.split('-').all(|word| !word.is_empty() && word.chars().all(small)) {
        return Ok(id.to_owned());
    }
    Err("an id is small letters and digits with hyphens between, such as paris-call-2018"
        .to_owned())
}

/// The form with this name.
fn parse_format(name: &str) -> Result<Format, String> {
    let found = Format::ALL.into_iter().find(|format| format.as_str() == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
        format!("the forms are {}", names.join(", "))
    })
}
