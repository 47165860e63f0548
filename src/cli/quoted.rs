//! What rests on the addresses of the corpus: tags, and their quotes.

use crate::cli::args::CorpusFolder;
use crate::cli::config::Config;
use crate::cli::corpus;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use normtag::corpus::{Registry, built_in_corpus, parse_tags, read_corpus};
use normtag::model::{AddressRole, Agreement, AgreementId, Presence, Tag};
use normtag::quotes::Haystack;
use std::collections::BTreeSet;

/// The agreements, and the tags that people gave them.
pub(crate) struct Quoted {
    registry: Registry,
    tags: Vec<Tag>,
}

/// An address of the registry.
pub(crate) struct Address<'q> {
    /// The agreement it belongs to.
    pub(crate) agreement: &'q AgreementId,
    /// The address.
    pub(crate) url: &'q str,
    /// How many tags rest on it.
    pub(crate) tags: usize,
}

impl Quoted {
    /// Reads the corpus that arguments and configuration ask for.
    pub(crate) fn find(
        folder: &CorpusFolder,
        config: &Config,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let registry = corpus::load(folder, config, terminal)?;
        let files = match folder.corpus.as_ref().or(config.corpus.as_ref()) {
            None => built_in_corpus(),
            Some(folder) => {
                read_corpus(folder).map_err(|(path, error)| Failure::reading(&path, error))?
            }
        };
        let mut tags = Vec::new();
        for (_, file) in &files.tags {
            let parsed = parse_tags(&file.text);
            if let Some((line, mistake)) = parsed.mistakes.first() {
                terminal.warn(&format!("{}:{line}: not counted: {mistake}", file.path));
            }
            tags.extend(parsed.tags.into_iter().map(|(_, tag)| tag));
        }
        Ok(Self { registry, tags })
    }

    /// Every address of the registry, in its order.
    pub(crate) fn addresses(&self) -> Vec<Address<'_>> {
        let all = self.registry.agreements.iter().flat_map(|agreement| {
            agreement.addresses.iter().map(move |address| (agreement, address))
        });
        all.map(|(agreement, address)| Address {
            agreement: &agreement.id,
            url: &address.url,
            tags: if bears(agreement, address.role) { self.tags_of(&agreement.id) } else { 0 },
        })
        .collect()
    }

    /// How many claims, each of one edition, an agreement's text bears.
    fn tags_of(&self, id: &AgreementId) -> usize {
        let of = |tag: &&Tag| tag.agreement == *id;
        let claims = self
            .tags
            .iter()
            .filter(of)
            .filter(|tag| matches!(tag.status, Presence::Present | Presence::Indirect));
        claims.map(|tag| (&tag.source, &tag.element)).collect::<BTreeSet<_>>().len()
    }

    /// The quotes that rest on an address.
    pub(crate) fn of_url(&self, url: &str) -> Vec<&str> {
        let resting = self.registry.agreements.iter().filter(|agreement| {
            let mut addresses = agreement.addresses.iter();
            addresses.any(|address| address.url == url && bears(agreement, address.role))
        });
        let ids: BTreeSet<&AgreementId> = resting.map(|agreement| &agreement.id).collect();
        let quotes = self.tags.iter().filter(|tag| ids.contains(&tag.agreement));
        let quotes = quotes.map(|tag| tag.quote.as_str()).filter(|quote| !quote.is_empty());
        quotes.collect::<BTreeSet<&str>>().into_iter().collect()
    }
}

/// Whether the tags of an agreement rest on its addresses of this role: on its
/// text; on the page about it where no text is known; quotes are taken from no
/// translation, and from no organisation's page.
fn bears(agreement: &Agreement, role: AddressRole) -> bool {
    let text = agreement.addresses.iter().any(|address| address.role == AddressRole::Text);
    match role {
        AddressRole::Text => true,
        AddressRole::Page => !text,
        AddressRole::Translation | AddressRole::Organisation => false,
    }
}

/// How many of `quotes` stand in `text`.
pub(crate) fn held(quotes: &[&str], text: &str) -> usize {
    let haystack = Haystack::new(text);
    let stands = |quote: &&&str| haystack.find(quote).is_some_and(|found| found.verdict.holds());
    quotes.iter().filter(stands).count()
}
