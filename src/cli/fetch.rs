//! `normtag fetch`: snapshots only.
