//! Runs several futures side by side on one thread.
//!
//! Unlike tasks they may borrow, so the workers share the fetcher and the
//! observer as they are.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Ends when all of `futures` have.
pub(crate) async fn all(futures: impl Iterator<Item = impl Future<Output = ()>>) {
    let mut waiting: Vec<Pin<Box<_>>> = futures.map(Box::pin).collect();
    poll_fn(|context| {
        waiting.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
