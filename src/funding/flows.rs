//! Owns the picture of the year's money from its sources to what it is spent on, and the exact
//! table of the same flows.
//!
//! Invariant: every payment of the year is in exactly one flow. On a phone the table stands
//! alone. Deliberately absent: the layout of bands (`charts`), what is available.

use crate::charts::{self, Flow, Layout, Line, Spot, Spots, Tip, percent, spread};
use crate::explore::{Dim, View, nature};
use crate::numbers;
use crate::overview::{CardHead, in_this_year, year_and_unit};
use crate::parts::{Money, Segments};
use crate::rounding::{self, Sum, of_columns};
use crate::session::{Impact, Session};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, What};

/// Height of the picture in tenths of a pixel; as in `style/explore.css`.
const HEIGHT: i32 = 4_200;
/// Between blocks, and between the middles of labels.
const GAP: i32 = 80;
const LABEL: i32 = 190;
/// So many uses are told apart; the smaller ones beyond are one.
const MOST_USES: usize = 20;
/// Labels take so much of the width on the left, bands end there on the right; in hundredths of
/// a per cent, as in `style/explore.css`.
const LEFT: i32 = 2_400;
const RIGHT: i32 = 6_800;

/// How uses are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Programme,
    Nature,
    Clause,
}

impl By {
    const ALL: [Self; 3] = [Self::Programme, Self::Nature, Self::Clause];

    fn key(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Nature => "nature",
            Self::Clause => "clause",
        }
    }
}

/// Who pays.
#[derive(Clone, PartialEq)]
struct Payer {
    place: usize,
    name: String,
    color: &'static str,
    gap: Fen,
}

/// What it is spent on, and what each payer pays for it.
#[derive(Clone, PartialEq)]
struct Use {
    name: String,
    /// The programme, where it is one alone.
    programme: Option<usize>,
    amounts: Vec<Fen>,
}

impl Use {
    fn sum(&self) -> Fen {
        self.amounts.iter().copied().sum()
    }
}

/// All flows of a year.
#[derive(Clone, PartialEq, Default)]
struct Flows {
    year: usize,
    payers: Vec<Payer>,
    uses: Vec<Use>,
}

impl Flows {
    fn of(session: Session, impact: &Impact, by: By) -> Self {
        let (w, lang, is_dark) = (session.words(), session.lang(), session.is_dark());
        let year = session.look.with(|l| l.year);
        let (plan, outcome) = (&impact.plan, impact.scenario());
        let cut = Cut::ALL.in_year(year);
        let paying = plan.sources.iter().enumerate();
        let paying = paying.filter(|(s, _)| outcome.total(cut.from_source(*s)) != Fen::ZERO);
        let payers: Vec<Payer> = paying
            .map(|(place, source)| Payer {
                place,
                name: source.name.get(lang).to_owned(),
                color: charts::source_color(source, is_dark),
                gap: outcome.gap(place, year).unwrap_or_default(),
            })
            .collect();
        let mut uses: Vec<Use> = Vec::new();
        for (place, programme) in plan.programmes.iter().enumerate() {
            let cut = cut.of_programme(place);
            let amounts = payers.iter().map(|p| outcome.total(cut.from_source(p.place)));
            let amounts: Vec<Fen> = amounts.collect();
            let (name, alone) = match (by, programme.clause.as_deref()) {
                (By::Programme, _) => (programme.name.get(lang).to_owned(), Some(place)),
                (By::Nature, _) => (nature(w, programme.nature).1.to_owned(), None),
                (By::Clause, Some(clause)) => (fill(w.explore.clause, &[clause]), None),
                (By::Clause, None) => (w.explore.no_clause.to_owned(), None),
            };
            let same = |u: &&mut Use| by != By::Programme && u.name == name;
            match uses.iter_mut().find(same) {
                Some(known) => add(&mut known.amounts, &amounts),
                None => uses.push(Use { name, programme: alone, amounts }),
            }
        }
        uses.retain(|u| u.sum() != Fen::ZERO);
        uses.sort_by_key(|u| std::cmp::Reverse(u.sum()));
        if uses.len() > MOST_USES {
            let rest = uses.split_off(MOST_USES - 1);
            let name = fill(w.explore.others, &[&rest.len().to_string()]);
            let mut amounts = vec![Fen::ZERO; payers.len()];
            rest.iter().for_each(|u| add(&mut amounts, &u.amounts));
            uses.push(Use { name, programme: None, amounts });
        }
        Self { year, payers, uses }
    }

    fn by_payer(&self, payer: usize) -> Fen {
        self.uses.iter().map(|u| u.amounts[payer]).sum()
    }

    fn flows(&self) -> Vec<Flow> {
        let of = |(to, u): (usize, &Use)| {
            let amounts: Vec<_> =
                u.amounts.iter().enumerate().map(|(from, fen)| (from, fen.0)).collect();
            let flowing = amounts.into_iter().filter(|(_, amount)| *amount > 0);
            flowing.map(move |(from, amount)| Flow { from, to, amount })
        };
        self.uses.iter().enumerate().flat_map(of).collect()
    }
}

fn add(sums: &mut [Fen], amounts: &[Fen]) {
    sums.iter_mut().zip(amounts).for_each(|(sum, fen)| *sum = *sum + *fen);
}

#[component]
pub fn FlowsCard() -> impl IntoView {
    let session = expect_context::<Session>();
    let few = session.plan.with_untracked(|p| p.programmes.len() <= MOST_USES - 6);
    let by = RwSignal::new(if few { By::Programme } else { By::Nature });
    let flows = Memo::new(move |_| {
        let by = by.get();
        session.impact.with(|i| i.get().map(|i| Flows::of(session, i, by))).unwrap_or_default()
    });
    let groups = Signal::derive(move || {
        let w = session.words().explore;
        let name = |by: By| match by {
            By::Programme => w.by_programme,
            By::Nature => w.by_nature,
            By::Clause => w.by_clause,
        };
        By::ALL.map(|by| (by.key().to_owned(), name(by).to_owned())).to_vec()
    });
    let is_narrow = window().match_media("(max-width: 760px)").ok().flatten();
    let is_narrow = is_narrow.is_some_and(|query| query.matches());
    let is_empty = Memo::new(move |_| flows.with(|f| f.uses.is_empty()));
    view! {
        <section class="card flows">
            <CardHead
                title=session.t(|w| w.explore.flows)
                note=Signal::derive(move || year_and_unit(session))
                explore=Signal::derive(move || {
                    in_this_year(session, View::of(Dim::Programme, Some(Dim::Source)))
                })
            />
            <Show when=move || !is_empty.get() fallback=move || view! {
                <p class="empty">{session.t(|w| w.explore.flows_none)}</p>
            }>
                <div class="method"><Segments
                    label=session.t(|w| w.explore.flows_by)
                    options=groups
                    value=Signal::derive(move || by.get().key().to_owned())
                    on_choose=Callback::new(move |key: String| {
                        by.set(By::ALL.into_iter().find(|by| by.key() == key).unwrap_or(By::Nature));
                    })
                /></div>
                <Picture flows />
                <details open=is_narrow>
                    <summary>{session.t(|w| w.explore.flows_table)}</summary>
                    {move || flows.with(|f| table(session, f))}
                </details>
            </Show>
        </section>
    }
}

/// Bands from left to right, labels on both sides, and over them the spots of both.
#[component]
fn Picture(flows: Memo<Flows>) -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = RwSignal::new(None::<usize>);
    let laid = Memo::new(move |_| {
        flows.with(|f| {
            let own = f.flows();
            let layout = Layout::of(f.payers.len(), f.uses.len(), &own, HEIGHT, GAP);
            (own, layout)
        })
    });
    let labels = Memo::new(move |_| {
        let middles = |sides: &[charts::Side]| {
            let middles: Vec<i32> = sides.iter().map(|s| s.middle()).collect();
            spread(&middles, LABEL, HEIGHT)
        };
        laid.with(|(_, layout)| [middles(&layout.left), middles(&layout.right)])
    });
    let spots = Memo::new(move |_| flows.with(|f| labels.with(|at| spots(session, f, at))));
    let label = Signal::derive(move || {
        format!("{} · {}", session.words().explore.flows, year_and_unit(session))
    });
    let river = move || {
        flows.with(|f| {
            laid.with(|(own, layout)| labels.with(|at| river(session, f, own, layout, at, shown)))
        })
    };
    let place = |middle: i32| percent(middle * 100 / (HEIGHT / 100));
    let names = move || {
        let [left, right] = labels.get();
        let f = flows.get();
        let payers =
            (0..f.payers.len()).map(|n| (f.payers[n].name.clone(), f.by_payer(n), f.payers[n].gap));
        let uses = f.uses.iter().map(|u| (u.name.clone(), u.sum(), Fen::ZERO)).collect::<Vec<_>>();
        let side = |class: &'static str, (name, sum, gap): (String, Fen, Fen), middle: i32| {
            let gap = (gap > Fen::ZERO).then(|| view! { <i class="short">"▲"</i> });
            view! {
                <li class=class style:top=place(middle)>
                    <span>{name}</span>{gap}<b><Money amount=Signal::stored(sum) /></b>
                </li>
            }
        };
        let left = payers.zip(left).map(|(p, at)| side("from", p, at)).collect_view();
        let right = uses.into_iter().zip(right).map(|(u, at)| side("to", u, at)).collect_view();
        (left, right)
    };
    view! {
        <div class="sankey">
            {river}
            <ul class="ends-of-bands" aria-hidden="true">{names}</ul>
            <Spots label spots shown />
        </div>
    }
}

/// The bands themselves, stretched to the width there is.
fn river(
    session: Session,
    f: &Flows,
    own: &[Flow],
    layout: &Layout,
    [left, right]: &[Vec<i32>; 2],
    shown: RwSignal<Option<usize>>,
) -> AnyView {
    let count = f.payers.len();
    let bands = own.iter().zip(&layout.bands).map(|(flow, (a, b))| {
        let d = format!(
            "M54 {} C500 {} 500 {} 946 {} L946 {} C500 {} 500 {} 54 {} Z",
            a.top, a.top, b.top, b.top, b.bottom(), b.bottom(), a.bottom(), a.bottom(),
        );
        let (from, to) = (flow.from, flow.to + count);
        let dim = move || shown.get().is_some_and(|n| n != from && n != to);
        let (payer, goal) = (&f.payers[flow.from], &f.uses[flow.to]);
        let names = fill(session.words().explore.flows_of, &[&payer.name, &goal.name]);
        let title = format!("{names} {}", written(session, Fen(flow.amount)));
        view! { <path class="band" class:dim=dim d=d fill=payer.color><title>{title}</title></path> }
    });
    let block = |x: &'static str, side: &charts::Side, color: &'static str| {
        view! { <rect class="block" x=x y=side.top width="14" height=side.height.max(8) fill=color></rect> }
    };
    let sources = layout.left.iter().zip(&f.payers).map(|(side, p)| block("40", side, p.color));
    let uses = layout.right.iter().map(|side| block("946", side, "currentColor"));
    // From a block to its label, which may have been moved aside.
    let leader = |from: i32, label: i32, side: i32, block: &charts::Side| {
        let d = format!("M{from} {label} L{side} {}", block.middle());
        view! { <path class="leader" d=d></path> }
    };
    let leaders = left.iter().zip(&layout.left).map(|(at, block)| leader(0, *at, 40, block));
    let leaders = leaders
        .chain(right.iter().zip(&layout.right).map(|(at, block)| leader(1_000, *at, 960, block)));
    view! {
        <svg class="river" aria-hidden="true" viewBox=format!("0 0 1000 {HEIGHT}") preserveAspectRatio="none">
            {bands.collect_view()}
            {sources.collect_view()}
            {uses.collect_view()}
            {leaders.collect_view()}
        </svg>
    }
    .into_any()
}

/// Written exactly, in the reader's unit.
fn written(session: Session, fen: Fen) -> String {
    numbers::exact(fen.0, session.preferences.with(|p| p.unit()).power())
}

/// What each label says: all flows of its block.
fn spots(session: Session, f: &Flows, [left, right]: &[Vec<i32>; 2]) -> Vec<Spot> {
    let w = session.words();
    let line = |color, name: &str, fen: Fen| Line {
        color,
        name: name.to_owned(),
        figure: written(session, fen),
    };
    let spot = |(left, width), middle: i32, name: &str, lines: Vec<Line>| {
        let title = format!("{name} · {}", year_and_unit(session));
        let top = (middle - LABEL / 2) * 100 / (HEIGHT / 100);
        Spot { left, width, top, height: LABEL * 10_000 / HEIGHT, tip: Tip { title, lines } }
    };
    let payers = f.payers.iter().enumerate().zip(left).map(|((n, payer), middle)| {
        let uses = f.uses.iter().filter(|u| u.amounts[n] != Fen::ZERO);
        let mut lines: Vec<Line> = uses.map(|u| line(None, &u.name, u.amounts[n])).collect();
        lines.push(line(None, w.sum, f.by_payer(n)));
        if payer.gap > Fen::ZERO {
            lines.push(line(None, w.goals.gap, payer.gap));
        }
        spot((0, LEFT), *middle, &payer.name, lines)
    });
    let uses = f.uses.iter().zip(right).map(|(u, middle)| {
        let payers = f.payers.iter().zip(&u.amounts).filter(|(_, fen)| **fen != Fen::ZERO);
        let lines = payers.map(|(p, fen)| line(Some(p.color), &p.name, *fen));
        let lines = lines.chain([line(None, w.sum, u.sum())]).collect();
        spot((RIGHT, 10_000 - RIGHT), *middle, &u.name, lines)
    });
    payers.chain(uses).collect()
}

/// The same flows as a table.
fn table(session: Session, f: &Flows) -> AnyView {
    let w = session.words();
    let year = f.year;
    let cell = |fen: Fen, name: String, cut: Option<Cut>| {
        let money = view! { <Money amount=Signal::stored(fen) /> };
        let shown = match cut {
            Some(cut) => {
                let question = Question::of(name, What::Total(cut));
                view! { <Ask question>{money}</Ask> }.into_any()
            }
            None => money.into_any(),
        };
        view! { <td class="num">{shown}</td> }.into_any()
    };
    let row = |u: &Use| {
        let cut = u.programme.map(|p| Cut::ALL.in_year(year).of_programme(p));
        let cells = f.payers.iter().zip(&u.amounts).map(|(payer, fen)| {
            let cut = cut.map(|cut| cut.from_source(payer.place));
            cell(*fen, format!("{} · {}", u.name, payer.name), cut)
        });
        let cells = cells.collect_view();
        let sum = cell(u.sum(), format!("{} · {}", u.name, w.sum), cut);
        view! { <tr><th scope="row">{u.name.clone()}</th>{cells}{sum}</tr> }
    };
    let sums = (0..f.payers.len()).map(|n| {
        let cut = Cut::ALL.in_year(year).from_source(f.payers[n].place);
        cell(f.by_payer(n), format!("{} · {}", f.payers[n].name, w.sum), Some(cut))
    });
    let all = f.uses.iter().map(Use::sum).sum();
    let rows: Vec<Vec<Fen>> =
        f.uses.iter().map(|u| u.amounts.iter().copied().chain([u.sum()]).collect()).collect();
    let totals: Vec<Fen> = (0..f.payers.len()).map(|n| f.by_payer(n)).chain([all]).collect();
    let across = rows.iter().chain([&totals]).filter_map(|row| {
        let (total, parts) = row.split_last()?;
        Some(Sum::of(parts.iter().copied(), *total))
    });
    let rounded: Vec<Sum> = across.chain(of_columns(&rows, &totals)).collect();
    let names =
        f.payers.iter().map(|p| view! { <th scope="col" class="num">{p.name.clone()}</th> });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=w.explore.flows_table>
            <table class="pivot">
                <thead><tr>
                    <th scope="col">{w.explore.use_of_money}</th>
                    {names.collect_view()}
                    <th scope="col" class="num">{w.sum}</th>
                </tr></thead>
                <tbody>{f.uses.iter().map(row).collect_view()}</tbody>
                <tfoot><tr>
                    <th scope="row">{w.sum}</th>
                    {sums.collect_view()}
                    {cell(all, w.explore.flows.to_owned(), Some(Cut::ALL.in_year(year)))}
                </tr></tfoot>
            </table>
        </div>
        {rounding::note(session, &rounded)}
    }
    .into_any()
}
