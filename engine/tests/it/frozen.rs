//! Version 1 as it was written when it was frozen: it reads, means and writes the same for ever.
//!
//! The files of `files/v1/` are never written again, whatever the app writes later. Where one of
//! these tests fails, the app has broken files that people have: mend the app. A new format is a
//! new version, with fixtures of its own beside these and a step in `files/migrate.rs`.

use shapan_engine::files::{self, Contents, Opened, Report};
use shapan_engine::{Cut, Fen, evaluate};

const FOR_EVER: &str = "a fixture of version 1 must never be written anew: mend the app, or add a \
                        new version with fixtures of its own and a migration";

const SAMPLE: &str = include_str!("../files/v1/taian-2012.json");
const EVERYTHING: &str = include_str!("../files/v1/everything.json");
const SCENARIO: &str = include_str!("../files/v1/scenario.json");

fn opened(file: &str) -> Opened {
    files::open(file).unwrap_or_else(|e| panic!("{e}\n{FOR_EVER}"))
}

#[test]
fn the_plans_of_version_1_read_mean_and_write_the_same() {
    for (file, fingerprint, totals) in [
        (
            SAMPLE,
            "e708046bddd7e7e5",
            vec![
                ("status-quo", 2_145_266_169_431),
                ("plan-2012", 2_259_803_834_899),
                ("raise-again", 2_260_537_159_899),
                ("raise-with-base", 2_260_537_159_899),
                ("wider-coverage", 2_261_579_259_899),
            ],
        ),
        (
            EVERYTHING,
            "9bacda01ff068960",
            vec![
                ("status-quo", 8_485_665_869),
                ("adopted", 8_595_428_372),
                ("proposal", 8_682_578_372),
            ],
        ),
    ] {
        let Opened { contents: Contents::Plan(plan), stamp, report, .. } = opened(file) else {
            panic!("a plan; {FOR_EVER}")
        };
        let nothing = Report { version: 1, changed: vec![], unknown: vec![], unknown_count: 0 };
        assert_eq!(report, nothing, "{FOR_EVER}");
        assert_eq!(files::fingerprint(&plan), fingerprint, "{FOR_EVER}");
        let found: Vec<_> = plan
            .scenarios
            .iter()
            .map(|s| (s.id.as_str(), evaluate(&plan, &s.id).unwrap().total(Cut::ALL)))
            .map(|(id, Fen(total))| (id, total))
            .collect();
        assert_eq!(found, totals, "{FOR_EVER}");
        let written = files::write_plan(&plan, &stamp);
        // The sample was typed with another indentation.
        let same = serde_json::from_str::<serde_json::Value>(&written).unwrap()
            == serde_json::from_str::<serde_json::Value>(file).unwrap();
        assert!(same, "{FOR_EVER}");
        if file == EVERYTHING {
            assert_eq!(written, file.trim_end(), "{FOR_EVER}");
        }
    }
}

#[test]
fn a_scenario_of_version_1_reads_and_writes_the_same() {
    let Opened { contents: Contents::Scenario(bundle), stamp, .. } = opened(SCENARIO) else {
        panic!("a scenario; {FOR_EVER}")
    };
    let Contents::Plan(plan) = opened(EVERYTHING).contents else { panic!("a plan") };
    assert_eq!(bundle.base_fingerprint, files::fingerprint(&plan), "{FOR_EVER}");
    let subject = &bundle.scenarios.last().unwrap().id;
    let written = files::write_scenario(&plan, subject, &stamp).unwrap();
    assert_eq!(written, SCENARIO.trim_end(), "{FOR_EVER}");
}
