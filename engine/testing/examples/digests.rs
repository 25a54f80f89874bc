//! The digests of the first seeds as computed on this machine, one a line: `seed digest`.
//!
//! The other side of `parity`: `cargo xtask test` compares the two.
#![allow(clippy::unwrap_used, reason = "an example of plans that are tested to be whole")]

fn main() {
    let count: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    for seed in 0..count {
        println!("{seed} {:016x}", shapan_testing::digest::digest(seed));
    }
}
