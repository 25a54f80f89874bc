//! Owns traces worked again from their parts, apart from the engine's own arithmetic.

use shapan_engine::{How, MILLION, Rounding, Trace};

/// The formula of a trace, worked again from its parts' values.
fn again(how: &How<Box<Trace>>) -> Option<i128> {
    let value = |trace: &Trace| i128::from(trace.value);
    let rounded = |numerator: i128, divisor: i128, rounding: &Rounding| match rounding {
        Rounding::HalfUp => (2 * numerator + divisor).div_euclid(2 * divisor),
        Rounding::Up => (numerator + divisor - 1).div_euclid(divisor),
        Rounding::Beyond => numerator.div_euclid(divisor) + 1,
    };
    let million = i128::from(MILLION);
    Some(match how {
        How::Given => return None,
        How::Same(part) => value(part),
        How::Sum(parts) => parts.iter().map(|part| value(part)).sum(),
        How::Minus(whole, parts) => value(whole) - parts.iter().map(|p| value(p)).sum::<i128>(),
        How::Least(parts) => parts.iter().map(|part| value(part)).min().unwrap(),
        How::Most(parts) => parts.iter().map(|part| value(part)).max().unwrap_or(0),
        How::Grown { value: grown, rate } => {
            rounded(value(grown) * (million + value(rate)), million, &Rounding::HalfUp)
        }
        How::Ratio { of, times, to, rounding } => match value(to) {
            0 => 0,
            to => rounded(value(of) * i128::from(*times) * to.signum(), to.abs(), rounding),
        },
        How::Scaled { amount, now, then, rounding } => {
            rounded(value(amount) * value(now), value(then), rounding)
        }
        How::Fraction { terms, divisor, rounding } => {
            let term = |(weight, factors): &(i64, Vec<Box<Trace>>)| {
                factors.iter().fold(i128::from(*weight), |product, f| product * value(f))
            };
            rounded(terms.iter().map(term).sum(), *divisor, rounding)
        }
    })
}

pub fn is_right_all_the_way(trace: &Trace) -> bool {
    again(&trace.how).is_none_or(|value| value == i128::from(trace.value))
        && trace.parts().iter().all(|part| is_right_all_the_way(part))
}

/// Every number of a trace, itself first.
pub fn all(trace: &Trace) -> Vec<&Trace> {
    std::iter::once(trace).chain(trace.parts().into_iter().flat_map(all)).collect()
}

/// A trace as lines, its parts indented below it: what it is, how it came about, its value.
pub fn tree(trace: &Trace) -> String {
    let how = match &trace.how {
        How::Given => "given".to_owned(),
        How::Same(_) => "the same as".to_owned(),
        How::Sum(_) => "the sum of".to_owned(),
        How::Minus(..) => "what is left of the first after the others".to_owned(),
        How::Least(_) => "the least of".to_owned(),
        How::Most(_) => "the most of".to_owned(),
        How::Grown { .. } => "the first grown by the second".to_owned(),
        How::Ratio { times, rounding, .. } => format!("{times} × first ÷ second, {rounding:?}"),
        How::Scaled { rounding, .. } => format!("first × second ÷ third, {rounding:?}"),
        How::Fraction { terms, divisor, rounding } => {
            let of = |(weight, factors): &(i64, Vec<_>)| format!("{weight} × {}", factors.len());
            let terms: Vec<_> = terms.iter().map(of).collect();
            format!("products ({}) ÷ {divisor}, {rounding:?}", terms.join(" + "))
        }
    };
    let mut lines = format!("{} = {:?}: {how}\n", trace.value, trace.what);
    for part in trace.parts() {
        for line in tree(part).lines() {
            lines.push_str("  ");
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines
}
