//! Owns formulas written out: the numbers put in, with their units.
//!
//! Invariant: a formula is what the engine says it did, read from its trace; integers only.

use super::naming::Naming;
use crate::words::fill;
use shapan_engine::{How, MILLION, Rounding, Trace, Unit};

/// Parts up to which a sum is written out.
const MOST_WRITTEN: usize = 6;

/// The formula of a number with the numbers put in, such as `682 人 × 1,250 元 ÷ 2 = 426,250 元`;
/// `None` where it was given.
pub fn formula(n: Naming<'_>, trace: &Trace) -> Option<String> {
    let y = n.w.why;
    let written = |t: &Trace| n.written(&t.what, t.value);
    let result = written(trace);
    Some(match &trace.how {
        How::Given => return None,
        How::Same(part) => return formula(n, part),
        How::Sum(parts) if parts.len() > MOST_WRITTEN => {
            fill(y.sum_of, &[&parts.len().to_string(), &result])
        }
        How::Sum(parts) => {
            let parts: Vec<_> = parts.iter().map(|p| written(p)).collect();
            format!("{} = {result}", parts.join(" + "))
        }
        How::Minus(whole, parts) => {
            let less: String = parts.iter().map(|p| format!(" − {}", written(p))).collect();
            format!("{}{less} = {result}", written(whole))
        }
        How::Least(parts) => {
            let parts: Vec<_> = parts.iter().map(|p| written(p)).collect();
            fill(y.least_of, &[&parts.join(y.and), &result])
        }
        How::Most(parts) => {
            let parts: Vec<_> = parts.iter().map(|p| written(p)).collect();
            fill(y.most_of, &[&parts.join(y.and), &result])
        }
        How::Grown { value, rate } => {
            format!("{} × (1 + {}) = {result}", written(value), written(rate))
        }
        How::Ratio { of, times, to, rounding } => {
            // A million only turns a fraction into a share.
            let times = if *times == MILLION { String::new() } else { format!(" × {times}") };
            let rounded = rounded(n, *rounding);
            format!("{}{times} ÷ {} = {result}{rounded}", written(of), written(to))
        }
        How::Scaled { amount, now, then, rounding } => {
            let [amount, now, then] = [amount, now, then].map(|part| written(part));
            format!("{amount} × {now} ÷ {then} → {result}{}", rounded(n, *rounding))
        }
        How::Fraction { terms, divisor, rounding } => {
            let sum = terms.iter().map(|(weight, factors)| {
                let weight = (*weight != 1).then(|| weight.to_string());
                let factors = factors.iter().map(|factor| written(factor));
                weight.into_iter().chain(factors).collect::<Vec<_>>().join(" × ")
            });
            let sum = sum.collect::<Vec<_>>().join(" + ");
            let sum = if terms.len() > 1 && *divisor != 1 { format!("({sum})") } else { sum };
            let by = shown_divisor(n, trace, terms, *divisor);
            let is_exact = is_exact(terms, *divisor);
            let rounded = if is_exact { "" } else { rounded(n, *rounding) };
            format!("{sum}{by} = {result}{rounded}")
        }
    })
}

fn rounded(n: Naming<'_>, rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::HalfUp => n.w.why.rounded_half_up,
        Rounding::Up => n.w.why.rounded_up,
        Rounding::Beyond => n.w.why.rounded_beyond,
    }
}

/// Whether a fraction comes out even.
fn is_exact<T: AsRef<Trace>>(terms: &[(i64, Vec<T>)], divisor: i128) -> bool {
    let product = |(weight, factors): &(i64, Vec<T>)| {
        let times =
            |product: i128, factor: &T| product.checked_mul(i128::from(factor.as_ref().value));
        factors.iter().try_fold(i128::from(*weight), times)
    };
    let sum = terms.iter().try_fold(0i128, |sum, term| sum.checked_add(product(term)?));
    sum.zip(Some(divisor)).is_some_and(|(sum, divisor)| divisor != 0 && sum % divisor == 0)
}

/// What the numbers, as they are written, are divided by: the engine's divisor without what
/// only turns fen into yuan and millionths into shares.
fn shown_divisor<T: AsRef<Trace>>(
    n: Naming<'_>,
    trace: &Trace,
    terms: &[(i64, Vec<T>)],
    divisor: i128,
) -> String {
    let factors = terms.first().map_or(&[][..], |(_, factors)| factors);
    let power: i32 = factors.iter().map(|f| decimals(f.as_ref().what.unit(n.plan))).sum();
    let power = power - decimals(trace.what.unit(n.plan));
    let ten = |power: i32| u32::try_from(power).ok().and_then(|power| 10i128.checked_pow(power));
    match ten(power) {
        Some(scale) if divisor % scale == 0 && divisor == scale => String::new(),
        Some(scale) if divisor % scale == 0 => format!(" ÷ {}", divisor / scale),
        Some(scale) => format!(" × {scale} ÷ {divisor}"),
        None => {
            let by = ten(-power).and_then(|scale| divisor.checked_mul(scale)).unwrap_or(divisor);
            if by == 1 { String::new() } else { format!(" ÷ {by}") }
        }
    }
}

/// Decimals that a number of a unit has when it is written: yuan two, shares six.
fn decimals(unit: Unit) -> i32 {
    match unit {
        Unit::Fen => 2,
        Unit::Share | Unit::Growth | Unit::Rate | Unit::Ratio => 6,
        Unit::Count | Unit::Net => 0,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::words::words;
    use shapan_engine::{Cut, Lang, What, Working, evaluate, taian_2012, why};

    /// The formula of a figure of the adopted plan in its first year, in English.
    fn written(what: impl FnOnce(&shapan_engine::Plan) -> What) -> String {
        let plan = taian_2012().unwrap();
        let id = "plan-2012".parse().unwrap();
        let outcome = evaluate(&plan, &id).unwrap();
        let measures = plan.enabled_measures(&id).unwrap();
        let trace = why(&plan, &measures, &outcome, &what(&plan)).unwrap().unwrap();
        let (w, lang) = (words(Lang::En), Lang::En);
        formula(Naming { w, lang, plan: &plan, outcome: &outcome, measures: &measures }, &trace)
            .unwrap()
    }

    fn payment(plan: &shapan_engine::Plan, id: &str, period: usize) -> What {
        let programme = plan.programmes.iter().position(|p| p.id.as_str() == id).unwrap();
        What::Working { working: Working::Payment, programme, region: 0, period }
    }

    #[test]
    fn a_formula_is_written_with_the_numbers_put_in_and_their_units() {
        let boarding = written(|plan| payment(plan, "boarding-junior", 1));
        assert_eq!(boarding, "792 people × 1,250 yuan ÷ 2 = 495,000 yuan");
        let share = written(|plan| payment(plan, "vocational-from-education-surcharge", 0));
        assert_eq!(share, "(39,430,000 yuan × 30% + 39,430,000 yuan × 30%) ÷ 2 = 11,829,000 yuan");
        let total = written(|_| What::Total(Cut::ALL.in_year(0)));
        assert_eq!(total, "22 parts added up = 4,503,000,000 yuan");
    }
}
