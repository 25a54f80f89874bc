//! A region's packet: what is handed out, filled in and laid over the city's plan again.

use proptest::prelude::*;
use shapan_engine::merge::{Choice, Preview, Sort};
use shapan_engine::packet::{
    HandOutError, TakeInError, Unplaced, hand_back, hand_out, lay_over, take_in,
};
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan as any_plan, plan_and_scenario};
use shapan_testing::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn everything() -> BTreeSet<Entrusted> {
    Entrusted::ALL.into()
}

/// A city of two counties, with money, posts and schools of their own.
fn city() -> Plan {
    let mut parts = bare(2012, 3, &["north", "south"]);
    parts.populations = vec![
        counted_in("primary", &[(2011, &[("north", 26_310), ("south", 40_000)])], 20_000),
        part_of("boarders", "primary", 100_000),
    ]
    .into();
    let mut county = source("county");
    county.available = Some(Available {
        scope: Scope::PerRegion,
        amount: Indexed { value: but_in(always(9_000_000), "north", 5_000_000), indexation: None },
    });
    let mut province = source("province");
    province.available = Some(Available { scope: Scope::CityWide, amount: still(100_000_000) });
    parts.sources = vec![county, province].into();
    parts.programmes = vec![
        programme(
            "aid",
            heads("boarders", still(125_000)),
            split(&[("province", 300_000)], "county"),
        ),
        programme("build", works(12, 40_000_000, &[(2012, 1_000_000)]), split(&[], "county")),
    ]
    .into();
    parts.schools = vec![
        school("hill", "north", &[(Stage::Primary, 90)]),
        school("lake", "south", &[(Stage::Primary, 700)]),
    ]
    .into();
    Plan::new(parts).unwrap()
}

fn packet_of(plan: &Plan, region: &str) -> Plan {
    hand_out(plan, &id(region), &everything()).unwrap()
}

/// The city's plan with what a region filled in.
fn taken_in(city: &Plan, packet: &Plan) -> Plan {
    let laid = lay_over(city, packet.packet.as_ref().unwrap(), packet);
    assert_eq!(laid.unplaced, []);
    Plan::new(laid.parts).unwrap()
}

fn heads_of(plan: &Plan, population: &str) -> BTreeMap<(i16, String), i64> {
    let found = plan.populations.iter().find(|p| p.id == id(population)).unwrap();
    let Headcount::Counted { censuses, .. } = &found.headcount else { panic!("{population}") };
    let of = |c: &Census| {
        let year = c.year.get();
        c.heads.iter().map(move |(r, n)| ((year, r.to_string()), *n)).collect::<Vec<_>>()
    };
    censuses.iter().flat_map(of).collect()
}

fn set_heads(plan: &Plan, autumn: i64, region: &str, heads: i64) -> Plan {
    plan.edit(|parts| {
        let mut populations = parts.populations.to_vec();
        let Headcount::Counted { censuses, .. } = &mut populations[0].headcount else { panic!() };
        let autumn = year(autumn);
        if censuses.iter().all(|c| c.year != autumn) {
            censuses.push(Census { year: autumn, heads: BTreeMap::new() });
        }
        let census = censuses.iter_mut().find(|c| c.year == autumn).unwrap();
        census.heads.insert(id(region), heads);
        parts.populations = populations.into();
    })
    .unwrap()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_packet_that_nobody_changed_changes_nothing(plan in any_plan()) {
        for region in &plan.regions {
            let packet = hand_out(&plan, &region.id, &everything()).unwrap();
            let laid = lay_over(&plan, packet.packet.as_ref().unwrap(), &packet);
            prop_assert_eq!(&laid.parts, &*plan);
            prop_assert_eq!(laid.unplaced, []);
        }
    }

    #[test]
    fn a_region_is_paid_in_its_packet_what_it_is_in_the_citys_plan((plan, scenario) in plan_and_scenario()) {
        let whole = evaluate(&plan, &scenario).unwrap();
        for (place, region) in plan.regions.iter().enumerate() {
            let packet = hand_out(&plan, &region.id, &everything()).unwrap();
            let own = evaluate(&packet, &scenario).unwrap();
            for cell in payments(&packet, &own) {
                let there = Cell { region: place, ..cell };
                prop_assert_eq!(cell.by_source(&own), there.by_source(&whole));
                prop_assert_eq!(cell.quantity(&own), there.quantity(&whole));
            }
        }
    }

    #[test]
    fn a_packet_reads_back_from_its_file(plan in any_plan()) {
        for region in &plan.regions {
            let packet = hand_out(&plan, &region.id, &everything()).unwrap();
            let (contents, _) = files::read(&files::write_plan(&packet, &files::Stamp::default())).unwrap();
            prop_assert_eq!(contents, files::Contents::Plan(Box::new(packet)));
        }
    }
}

#[test]
fn what_a_region_filled_in_comes_into_the_citys_plan_and_nothing_else_does() {
    let city = city();
    let packet = set_heads(&packet_of(&city, "north"), 2011, "north", 26_950);
    // Standards are the city's: what the region tries of its own stays there.
    let packet = packet
        .edit(|parts| {
            let mut programmes = parts.programmes.to_vec();
            let Driver::Heads { standard, .. } = &mut programmes[0].driver else { panic!() };
            standard.value = always(999_999);
            parts.programmes = programmes.into();
        })
        .unwrap();
    let merged = taken_in(&city, &packet);
    assert_eq!(merged, set_heads(&city, 2011, "north", 26_950));
}

#[test]
fn an_autumn_only_one_region_has_counted_leaves_the_others_what_they_were_projected_to() {
    let city = city();
    let before = evaluate(&city, &id("status-quo")).unwrap();
    let packet = set_heads(&packet_of(&city, "north"), 2012, "north", 27_000);
    let merged = taken_in(&city, &packet);
    assert_eq!(heads_of(&merged, "primary")[&(2012, "north".to_owned())], 27_000);
    let after = evaluate(&merged, &id("status-quo")).unwrap();
    for population in ["primary", "boarders"].map(id) {
        assert_eq!(after.heads(&population, 1), before.heads(&population, 1));
    }
}

#[test]
fn two_regions_packets_come_in_one_after_the_other_in_either_order() {
    let city = city();
    let north = set_heads(&packet_of(&city, "north"), 2012, "north", 27_000);
    let south = set_heads(&packet_of(&city, "south"), 2012, "south", 39_000);
    let one = taken_in(&taken_in(&city, &north), &south);
    let other = taken_in(&taken_in(&city, &south), &north);
    assert_eq!(one, other);
    let heads = heads_of(&one, "primary");
    assert_eq!(heads[&(2012, "north".to_owned())], 27_000);
    assert_eq!(heads[&(2012, "south".to_owned())], 39_000);
}

#[test]
fn only_what_was_asked_for_comes_back() {
    let city = city();
    let asked = BTreeSet::from([Entrusted::Money]);
    let packet = hand_out(&city, &id("north"), &asked).unwrap();
    let packet = set_heads(&packet, 2011, "north", 1);
    assert_eq!(taken_in(&city, &packet), city);
    let packet = packet
        .edit(|parts| {
            let mut sources = parts.sources.to_vec();
            sources[0].available.as_mut().unwrap().amount.value = always(6_000_000);
            parts.sources = sources.into();
        })
        .unwrap();
    let merged = taken_in(&city, &packet);
    let available = &merged.sources[0].available.as_ref().unwrap().amount.value;
    assert_eq!(available.steps_in(&id("north")), always(6_000_000).steps);
    assert_eq!(available.steps, always(9_000_000).steps);
}

#[test]
fn a_regions_schools_come_back_with_those_it_opened_and_without_those_it_closed() {
    let city = city();
    let packet = packet_of(&city, "north")
        .edit(|parts| parts.schools = vec![school("new", "north", &[(Stage::Primary, 120)])].into())
        .unwrap();
    let merged = taken_in(&city, &packet);
    let schools: Vec<_> = merged.schools.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(schools, ["lake", "new"]);
}

#[test]
fn what_the_city_changed_meanwhile_stays_and_a_number_without_a_place_is_told() {
    let city = city();
    let packet = set_heads(&packet_of(&city, "north"), 2011, "north", 26_950);
    let mut parts = bare(2012, 3, &["north", "south"]);
    parts.populations = vec![counted("other", 2011, &[("north", 3)])].into();
    let laid = lay_over(&parts, packet.packet.as_ref().unwrap(), &packet);
    assert_eq!(laid.parts, parts);
    assert!(laid.unplaced.contains(&Unplaced::Heads(id("primary"))));
    assert!(
        laid.unplaced.contains(&Unplaced::Parameter("populations/primary/growth".parse().unwrap()))
    );
    let elsewhere = bare(2012, 3, &["south"]);
    let laid = lay_over(&elsewhere, packet.packet.as_ref().unwrap(), &packet);
    assert_eq!(laid.unplaced, [Unplaced::Region(id("north"))]);
}

#[test]
fn shared_money_and_what_only_a_whole_city_can_be_judged_by_are_not_handed_out() {
    let plan = taian_2012().unwrap();
    for region in &plan.regions {
        let packet = hand_out(&plan, &region.id, &everything()).unwrap();
        assert!(packet.rules.iter().all(|r| r.scope == Scope::PerRegion));
        assert!(packet.indicators.iter().all(|i| i.scope == Scope::PerRegion));
        let mut pots = packet.sources.iter().filter_map(|s| s.available.as_ref());
        assert!(pots.all(|a| a.scope == Scope::PerRegion));
        assert_eq!(packet.programmes.len(), plan.programmes.len());
    }
}

#[test]
fn there_is_no_packet_of_a_packet_nor_of_a_region_that_is_not_there() {
    let city = city();
    let nowhere = hand_out(&city, &id("east"), &everything());
    assert_eq!(nowhere, Err(HandOutError::UnknownRegion(id("east"))));
    let packet = packet_of(&city, "north");
    assert_eq!(hand_out(&packet, &id("north"), &everything()), Err(HandOutError::IsAPacket));
}

#[test]
fn a_packet_must_be_of_a_region_it_has_and_hold_no_other_packet() {
    let packet = packet_of(&city(), "north");
    let with = |change: &dyn Fn(&mut Packet)| {
        packet.edit(|parts| change(Arc::make_mut(parts.packet.as_mut().unwrap())))
    };
    let other = with(&|packet| packet.region = id("south"));
    assert!(matches!(&other.unwrap_err().0[..], [(_, Fault::Unknown { .. }), ..]));
    let inner = packet.packet.clone();
    let nested = with(&|packet| packet.base.packet = inner.clone());
    assert!(matches!(&nested.unwrap_err().0[..], [(_, Fault::Cycle { .. })]));
    let unsound = with(&|packet| packet.base.scenarios = List::default());
    assert!(unsound.unwrap_err().0.iter().all(|(place, _)| place.0.starts_with("packet/")));
}

/// The plan after everything that is ticked beforehand was merged.
fn merged(city: &Plan, preview: &Preview) -> Plan {
    let resolved = preview.resolve(&BTreeMap::new()).unwrap();
    let mut document = Document::new(city.clone());
    document.dispatch(resolved.command.unwrap(), None).unwrap();
    Plan::clone(document.plan())
}

#[test]
fn a_city_takes_two_counties_in_at_once_and_a_number_it_changed_itself_is_a_conflict() {
    // Two counties' files undid one another under "0 conflicts" once: each brought the whole
    // population as it stood in its own copy.
    let city = city();
    let north = set_heads(&packet_of(&city, "north"), 2011, "north", 26_950);
    let south = set_heads(&packet_of(&city, "south"), 2011, "south", 39_000);
    let taken = take_in(&city, &[&north, &south]).unwrap();
    assert_eq!((taken.unplaced, taken.included), (vec![], vec![0, 1]));
    let preview = Preview::of(&city, &taken.there, Some(&taken.base));
    let both = set_heads(&set_heads(&city, 2011, "north", 26_950), 2011, "south", 39_000);
    assert_eq!(merged(&city, &preview), both);

    let moved = set_heads(&city, 2011, "north", 26_400);
    let taken = take_in(&moved, &[&north, &south]).unwrap();
    let preview = Preview::of(&moved, &taken.there, Some(&taken.base));
    let sorts: Vec<_> = preview.items.iter().map(|i| (i.sort, i.default)).collect();
    assert_eq!(sorts, [(Sort::Conflict, Choice::Ours), (Sort::Changed, Choice::Theirs)]);
    assert_eq!(merged(&moved, &preview), set_heads(&moved, 2011, "south", 39_000));
}

#[test]
fn a_second_packet_of_a_region_waits_and_one_of_another_city_is_not_taken_in() {
    let city = city();
    let one = set_heads(&packet_of(&city, "north"), 2011, "north", 26_950);
    let other = set_heads(&packet_of(&city, "north"), 2011, "north", 27_000);
    assert_eq!(take_in(&city, &[&one, &other]).unwrap().included, [0]);
    assert_eq!(take_in(&city, &[&one, &city]), Err(TakeInError::NoPacket(1)));
    let elsewhere = city.edit(|parts| parts.place = words("别市", "Elsewhere")).unwrap();
    assert_eq!(take_in(&elsewhere, &[&one]), Err(TakeInError::OtherPlace(0)));
}

#[test]
fn a_region_hands_back_its_numbers_and_sees_what_stays_with_it() {
    let city = city();
    let packet = packet_of(&city, "north");
    let unchanged = hand_back(&packet).unwrap().unwrap();
    assert_eq!((unchanged.changed, unchanged.staying), (vec![], vec![]));
    let filled = set_heads(&packet, 2011, "north", 26_950)
        .edit(|parts| {
            let mut populations = parts.populations.to_vec();
            let Headcount::Counted { growth, .. } = &mut populations[0].headcount else { panic!() };
            *growth = always(30_000); // of all regions: in a packet there is one
            parts.populations = populations.into();
            parts.title = words("我的", "Mine");
        })
        .unwrap();
    let handed = hand_back(&filled).unwrap().unwrap();
    assert_eq!(handed.changed.len(), 2, "{:?}", handed.changed);
    assert_eq!(handed.staying, [shapan_engine::merge::Key::Name]);
    let merged = taken_in(&city, &handed.plan);
    let Headcount::Counted { growth, .. } = &merged.populations[0].headcount else { panic!() };
    assert_eq!(growth.steps_in(&id("north")), always(30_000).steps);
    assert_eq!(growth.steps_in(&id("south")), always(20_000).steps);
    assert!(hand_back(&city).is_none());
}
