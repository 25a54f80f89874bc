//! Owns the sheets of words: what the workbook is of, how to use it, and what it rests on.

use super::stack::Stack;
use crate::book::{Part, Sheet};

/// What the workbook is of and how to use it.
pub(crate) fn sheet(stack: &Stack<'_>, names: [&str; 2], saved_at: &str) -> Sheet {
    let (plan, w, lang) = (stack.plan, stack.w, stack.lang);
    let mut sheet = Sheet::new(w.about);
    sheet.text((0, 0), Part::Title, &format!("{} · {}", plan.title.get(lang), w.title));
    let horizon = plan.horizon;
    let years = format!("{}–{}", horizon.first(), horizon.last());
    let made = format!("{} · {saved_at}", w.made_by);
    let sample = if plan.is_sample { w.illustrative } else { "" };
    let facts = [
        (w.place, plan.place.get(lang)),
        (w.fiscal_years, years.as_str()),
        (w.scenario, names[0]),
        (w.base, names[1]),
        (w.made, made.as_str()),
        ("", sample),
    ];
    let mut row = 2;
    for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        sheet.text((row, 0), Part::Section, name);
        sheet.text((row, 1), Part::Body, fact);
        row += 1;
    }
    row += 1;
    sheet.text((row, 0), Part::Section, w.measures);
    let measures = stack.measures.iter().map(|m| (m.title.get(lang), m.clause.as_deref()));
    let mut has_one = false;
    for (title, clause) in measures {
        sheet.text((row, 1), Part::Body, title);
        sheet.text((row, 2), Part::Note, clause.unwrap_or_default());
        has_one = true;
        row += 1;
    }
    if !has_one {
        sheet.text((row, 1), Part::Body, w.no_measures);
        row += 1;
    }
    row += 1;
    sheet.text((row, 0), Part::Section, w.how);
    let how =
        [w.how_inputs, w.how_carried, w.how_measures, w.how_heads, w.how_exact, w.how_illustrative];
    for line in how {
        sheet.text((row, 1), Part::Body, line);
        row += 1;
    }
    sheet.widths = vec![18, 60, 20];
    sheet
}

/// What numbers rest on: citations with what uses them, then the payers' accounts and natures.
pub(crate) fn citations(stack: &Stack<'_>) -> Sheet {
    let (plan, w, lang) = (stack.plan, stack.w, stack.lang);
    let mut sheet = Sheet::new(w.citations);
    sheet.text((0, 0), Part::Title, w.citations);
    sheet.heads(2, [w.citation, w.used_by]);
    let registry = plan.registry();
    let mut row = 3;
    for citation in &plan.citations {
        sheet.text((row, 0), Part::Body, citation.title.get(lang));
        let used = registry.iter().filter(|of| of.basis().citation.as_ref() == Some(&citation.id));
        let mut used: Vec<&str> = used.map(|of| of.of.get(lang)).collect();
        used.dedup();
        let words: String = used.join("、").chars().take(2_000).collect();
        sheet.text((row, 1), Part::Body, &words);
        row += 1;
    }
    row += 1;
    sheet.heads(row, [w.programme, w.nature]);
    row += 1;
    for programme in &plan.programmes {
        sheet.text((row, 0), Part::Body, programme.name.get(lang));
        sheet.text((row, 1), Part::Body, w.nature_of(programme.nature));
        row += 1;
    }
    row += 1;
    sheet.heads(row, [w.source, w.payer, w.account]);
    row += 1;
    for source in &plan.sources {
        sheet.text((row, 0), Part::Body, source.name.get(lang));
        sheet.text((row, 1), Part::Body, w.payer_of(source.payer));
        sheet.text((row, 2), Part::Body, w.account_of(source.account));
        row += 1;
    }
    row += 1;
    if plan.rests_on_illustrative() {
        sheet.text((row, 0), Part::Note, w.how_illustrative);
    }
    sheet.widths = vec![50, 50, 24];
    sheet.frozen = (3, 0);
    sheet.repeated = Some((2, 2));
    sheet
}
