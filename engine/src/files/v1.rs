//! Owns the shape of version 1 files: what stands in the JSON, field by field.
//!
//! Invariant: amounts are whole fen, shares and growth whole millionths, as each
//! parameter's `unit` says. Fields it does not know are carried in `extra`.
//! Deliberately absent: what makes a plan sound (`plan::check`).

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

pub(super) type ByRegion<T> = ByName<T>;

/// Values by name; none stands twice, for which one was meant would be a guess.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub(super) struct ByName<T>(pub(super) BTreeMap<String, T>);

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> ByName<T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByName<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EachOnce<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EachOnce<T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut values = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    if values.contains_key(&name) {
                        return Err(A::Error::custom(format_args!("duplicate name `{name}`")));
                    }
                    values.insert(name, map.next_value()?);
                }
                Ok(values)
            }
        }

        deserializer.deserialize_map(EachOnce(PhantomData)).map(Self)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextDoc {
    #[serde(rename = "zh-Hans", skip_serializing_if = "Option::is_none", default)]
    pub(super) zh_hans: Option<String>,
    #[serde(rename = "zh-Hant", skip_serializing_if = "Option::is_none", default)]
    pub(super) zh_hant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) en: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum BasisKindDoc {
    Stated,
    Published,
    Derived,
    Entered,
    Illustrative,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BasisDoc {
    pub(super) kind: BasisKindDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) note: Option<TextDoc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnitDoc {
    Fen,
    Millionths,
    MillionthsAYear,
    Count,
    MillionthsOfAPupil,
    MillionthsAny,
    NetCount,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepDoc {
    pub(super) from: String,
    pub(super) value: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterDoc {
    pub(super) unit: UnitDoc,
    pub(super) steps: Vec<StepDoc>,
    #[serde(skip_serializing_if = "ByName::is_empty", default)]
    pub(super) by_region: ByRegion<Vec<StepDoc>>,
    pub(super) basis: BasisDoc,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndexedDoc {
    pub(super) amount: ParameterDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) indexation: Option<ParameterDoc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct CitationDoc {
    pub(super) id: String,
    pub(super) title: TextDoc,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RegionDoc {
    pub(super) id: String,
    pub(super) name: TextDoc,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum StageDoc {
    Preschool,
    Primary,
    Junior,
    Senior,
    Vocational,
    Special,
    Tertiary,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PopulationDoc {
    pub(super) id: String,
    pub(super) name: TextDoc,
    pub(super) stage: StageDoc,
    pub(super) heads: HeadsDoc,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum HeadsDoc {
    Counted { censuses: Vec<CensusDoc>, growth: ParameterDoc, basis: BasisDoc },
    ShareOf { population: String, share: ParameterDoc },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CensusDoc {
    pub(super) autumn: i64,
    pub(super) heads: ByRegion<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PayerDoc {
    Central,
    Province,
    City,
    County,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AccountDoc {
    GeneralBudget,
    EducationSurcharge,
    LocalEducationSurcharge,
    LandIncome,
    SpecialTransfer,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ScopeDoc {
    CityWide,
    PerRegion,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SourceDoc {
    pub(super) id: String,
    pub(super) name: TextDoc,
    pub(super) payer: PayerDoc,
    pub(super) account: AccountDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) revenue: Option<IndexedDoc>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) available: Option<AvailableDoc>,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AvailableDoc {
    pub(super) scope: ScopeDoc,
    pub(super) money: IndexedDoc,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NatureDoc {
    Aid,
    Recurrent,
    Personnel,
    Capital,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ProgrammeDoc {
    pub(super) id: String,
    pub(super) name: TextDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) clause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) code: Option<String>,
    pub(super) nature: NatureDoc,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) tags: Vec<String>,
    pub(super) driver: DriverDoc,
    pub(super) split: SplitDoc,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TimingDoc {
    Semester,
    Census,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum DriverDoc {
    Heads {
        population: String,
        timing: TimingDoc,
        standard: IndexedDoc,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        coverage: Option<ParameterDoc>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        take_up: Option<ParameterDoc>,
    },
    Posts {
        posts: PostsDoc,
        standard: IndexedDoc,
    },
    Works {
        units: ParameterDoc,
        unit_name: TextDoc,
        standard: IndexedDoc,
        payment: Vec<YearShareDoc>,
        completion: Vec<YearShareDoc>,
    },
    Revenue {
        source: String,
        share: ParameterDoc,
    },
    Lump {
        money: IndexedDoc,
    },
    Loans {
        population: String,
        average_principal: ParameterDoc,
        risk_rate: ParameterDoc,
        interest_rate: ParameterDoc,
        study_years: u8,
        opening_balance: ParameterDoc,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum PostsDoc {
    Given(ParameterDoc),
    PerPupils { population: String, pupils_per_post: ParameterDoc },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearShareDoc {
    pub(super) year: i64,
    pub(super) millionths: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitDoc {
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) shares: Vec<ShareDoc>,
    pub(super) residual: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) base_standard: Option<ParameterDoc>,
    pub(super) basis: BasisDoc,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareDoc {
    pub(super) source: String,
    pub(super) share: ParameterDoc,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ScenarioDoc {
    pub(super) id: String,
    pub(super) name: TextDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) parent: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) measures: Vec<MeasureDoc>,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct MeasureDoc {
    pub(super) id: String,
    pub(super) title: TextDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) clause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) reason: Option<TextDoc>,
    pub(super) basis: BasisDoc,
    pub(super) enabled: bool,
    pub(super) changes: Vec<ChangeDoc>,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum OperationDoc {
    Set,
    Add,
    Scale,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeDoc {
    pub(super) parameter: String,
    pub(super) operation: OperationDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) value: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) value_by_region: Option<ByRegion<i64>>,
    pub(super) from: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) regions: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PlanDoc {
    pub(super) title: TextDoc,
    pub(super) place: TextDoc,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) is_sample: bool,
    pub(super) first_fiscal_year: i64,
    pub(super) fiscal_years: u8,
    #[serde(default)]
    pub(super) citations: Vec<CitationDoc>,
    pub(super) regions: Vec<RegionDoc>,
    #[serde(default)]
    pub(super) populations: Vec<PopulationDoc>,
    #[serde(default)]
    pub(super) sources: Vec<SourceDoc>,
    #[serde(default)]
    pub(super) programmes: Vec<ProgrammeDoc>,
    pub(super) scenarios: Vec<ScenarioDoc>,
    #[serde(flatten)]
    pub(super) extra: Map<String, Value>,
}

/// What every file of ours starts with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Envelope {
    pub(super) format: String,
    pub(super) version: u32,
    #[serde(default)]
    pub(super) app: String,
    #[serde(default)]
    pub(super) saved_at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PlanFile {
    #[serde(flatten)]
    pub(super) envelope: Envelope,
    pub(super) plan: PlanDoc,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ScenarioFile {
    #[serde(flatten)]
    pub(super) envelope: Envelope,
    pub(super) base: BaseDoc,
    /// From the status quo's first child down to the scenario itself.
    pub(super) scenarios: Vec<ScenarioDoc>,
    pub(super) parameters: ByName<ParameterDoc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BaseDoc {
    pub(super) title: TextDoc,
    pub(super) fingerprint: String,
}
