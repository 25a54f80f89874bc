//! Counts the bytes that are held, so that a bench can say what an outcome weighs.
//!
//! Invariant: every call goes on to the system's allocator unchanged.
#![allow(unsafe_code, reason = "an allocator can be wrapped in no other way; in this bench only")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator with a count of the bytes held.
pub struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// What `work` returns, with the bytes that are held since and the most held meanwhile.
pub fn held_by<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    let made = work();
    let (held, most) = (HELD.load(Relaxed), MOST.load(Relaxed));
    (made, held.saturating_sub(before), most.saturating_sub(before))
}

fn came(bytes: usize) {
    let held = HELD.fetch_add(bytes, Relaxed) + bytes;
    MOST.fetch_max(held, Relaxed);
}

fn went(bytes: usize) {
    HELD.fetch_sub(bytes, Relaxed);
}

// SAFETY: each function hands the caller's own arguments to the system's allocator, which has
// the same contract, and returns what that returned.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        came(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        came(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        went(layout.size());
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        went(layout.size());
        came(size);
        unsafe { System.realloc(at, layout, size) }
    }
}
