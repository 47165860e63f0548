//! The one integration binary.

// Files made by hand, as small as a test needs them.
mod build;
// Bytes to documents: every format, and what cannot be read.
mod extract;
