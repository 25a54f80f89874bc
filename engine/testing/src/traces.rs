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
