//! What was found of the elements of one page, to be asked for again.

use scraper::ElementRef;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Values by the place of an element in memory, where it stays as long as its
/// page does. Good for the elements of one page only.
#[derive(Debug)]
pub(crate) struct Memory<T>(RefCell<HashMap<usize, T, BuildHasherDefault<Spread>>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Copy> Memory<T> {
    /// What is known of an element, or else what is found of it now.
    pub(crate) fn of(&self, element: ElementRef<'_>, find: impl FnOnce() -> T) -> T {
        let place = std::ptr::from_ref(element.value()).addr();
        let known = self.0.borrow().get(&place).copied();
        known.unwrap_or_else(|| {
            let found = find();
            self.0.borrow_mut().insert(place, found);
            found
        })
    }
}

/// Spreads places in memory over all bits of a hash.
#[derive(Debug, Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, place: usize) {
        // By the golden ratio; the high half of the product is the better one.
        let product = (self.0 ^ place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ (product >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
