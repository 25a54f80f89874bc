//! Owns "did you mean": the known word that another was most likely meant to be.

/// The nearest of some words: one slip of the hand away, or two in a long word.
pub(super) fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(40).collect();
    let slips = if word.len() > 5 { 2 } else { 1 };
    let measured = among.into_iter().map(|known| (distance(&word, known), known));
    measured.filter(|(slips_needed, _)| *slips_needed <= slips).min().map(|(_, known)| known)
}

/// How many letters are added, left out, replaced or swapped with their neighbour.
fn distance(word: &[char], known: &str) -> usize {
    let known: Vec<char> = known.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=known.len()).collect();
    for (n, a) in word.iter().enumerate() {
        let mut row = vec![n + 1];
        for (m, b) in known.iter().enumerate() {
            let mut least = (last[m] + usize::from(a != b)).min(last[m + 1] + 1).min(row[m] + 1);
            if n > 0 && m > 0 && word[n - 1] == *b && *a == known[m - 1] {
                least = least.min(before[m - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_hand_is_understood_and_another_word_is_not() {
        let known = ["standard", "coverage", "take_up", "en", "heads"];
        for (word, meant) in [
            ("standrad", Some("standard")),
            ("coverrage", Some("coverage")),
            ("Coverage", Some("coverage")),
            ("head", Some("heads")),
            ("takeup", Some("take_up")),
            ("colour", None),
            ("fr", None),
            ("", None),
            ("标准", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
