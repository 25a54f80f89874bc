//! Owns the words of explanations: what a number is, and how it came about.

words! {
    why: "依据", "依據", "Why";
    ask: "依据：{0}", "依據：{0}", "why {0}";
}
