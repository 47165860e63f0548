//! Arguments of `normtag fetch`.

use super::NetworkArgs;
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    /// Addresses
    #[arg(required = true, value_name = "URL")]
    pub(crate) urls: Vec<String>,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}
