//! Owns what the plan's numbers rest on: how many are stated, published, derived, and
//! which are only illustrative.

use crate::names;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::BasisKind;

#[component]
pub fn Basis() -> impl IntoView {
    let session = expect_context::<Session>();
    let parameters = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        session.plan.with(|p| {
            let each = p.parameters();
            each.map(|(path, parameter)| {
                (parameter.basis.kind, names::parameter(w, p, &path, lang))
            })
            .collect::<Vec<_>>()
        })
    });
    let counts = move || {
        let of =
            |kind| parameters.with(|p| p.iter().filter(|(k, _)| *k == kind).count()).to_string();
        fill(
            session.words().basis_counts,
            &[
                &parameters.with(Vec::len).to_string(),
                &of(BasisKind::Stated),
                &of(BasisKind::Published),
                &of(BasisKind::Derived),
                &of(BasisKind::Entered),
                &of(BasisKind::Illustrative),
            ],
        )
    };
    let illustrative = move || {
        let named = parameters.with(|p| {
            let each = p.iter().filter(|(kind, _)| *kind == BasisKind::Illustrative);
            each.map(|(_, name)| name.clone()).collect::<Vec<_>>()
        });
        named.join(session.words().semicolon)
    };
    view! {
        <section class="card basis">
            <h2>{session.t(|w| w.basis_title)}</h2>
            <details>
                <summary>{counts}</summary>
                <p>{session.t(|w| w.basis_illustrative)}" "{illustrative}</p>
            </details>
        </section>
    }
}
