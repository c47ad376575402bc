//! What is checked: the sound protocol under many faults, and the protocol with one mistake at a time.

use crate::attempts::bugs::Bug;
use crate::attempts::setup::{Abilities, Aim, Budget, Setup};
use crate::refresh::setup as refresh;

/// Two tabs that share a partition, and one in the other: the embedded copy of the console.
const TABS: &[u8] = &[0, 0, 1];
const PAIR: &[u8] = &[0, 0];
const APART: &[u8] = &[0, 1];

const NOTHING: Budget = Budget {
    presses: 1,
    crashes: 0,
    expiries: 0,
    refusals: 0,
    moves: 0,
    repeats: 0,
    charges_alone: 0,
    unreadable: 0,
    doubts: 0,
    unsent: 0,
    looks: 0,
};

fn setup(name: &'static str, tabs: &'static [u8], budget: Budget) -> Setup {
    Setup {
        name,
        aim: Aim::Assign,
        abilities: Abilities {
            fence: false,
            key: false,
            lag: true,
        },
        tabs,
        budget,
        late_notes: false,
        pending: false,
        bug: None,
    }
}

/// Each goal with each combination of abilities, under each of these.
fn faults(deep: bool) -> Vec<Setup> {
    let more = u8::from(deep);
    let mut all = vec![
        setup(
            "two partitions",
            APART,
            Budget {
                presses: 2,
                crashes: more,
                ..NOTHING
            },
        ),
        setup(
            "every fault of one write",
            &[0],
            Budget {
                crashes: 2,
                expiries: 1,
                moves: 1,
                charges_alone: 1,
                unreadable: 1 + more,
                doubts: 1,
                unsent: 1,
                ..NOTHING
            },
        ),
        setup(
            "the browser repeats",
            &[0],
            Budget {
                crashes: 1,
                expiries: 1,
                moves: 1,
                repeats: 1,
                ..NOTHING
            },
        ),
        Setup {
            late_notes: true,
            pending: true,
            ..setup(
                "late notes, pending money, refusals",
                PAIR,
                Budget {
                    presses: 1 + more,
                    crashes: 2,
                    refusals: 1,
                    looks: 1,
                    ..NOTHING
                },
            )
        },
    ];
    if deep {
        all.extend([
            setup(
                "three tabs, crash, colleague",
                TABS,
                Budget {
                    presses: 2,
                    crashes: 1,
                    moves: 1,
                    ..NOTHING
                },
            ),
            setup(
                "four sends, two crashes",
                TABS,
                Budget {
                    presses: 4,
                    crashes: 2,
                    ..NOTHING
                },
            ),
            setup(
                "all of it",
                TABS,
                Budget {
                    presses: 4,
                    crashes: 2,
                    expiries: 1,
                    moves: 1,
                    charges_alone: 1,
                    unreadable: 3,
                    doubts: 2,
                    unsent: 1,
                    looks: 2,
                    ..NOTHING
                },
            ),
        ]);
    }
    all
}

pub fn attempts(deep: bool) -> Vec<Setup> {
    let mut all = Vec::new();
    for base in faults(deep) {
        for aim in Aim::ALL {
            for abilities in Abilities::all() {
                // No fence is carried where there is no order yet.
                if aim != Aim::Create || !abilities.fence {
                    let base = base.clone();
                    all.push(Setup { aim, abilities, ..base });
                }
            }
        }
    }
    // Up to four sends on end, from all tabs.
    let four = Budget { presses: 4, ..NOTHING };
    let two = Budget {
        presses: 2,
        crashes: 2,
        ..NOTHING
    };
    for (name, budget) in [("four sends, three tabs", four), ("three tabs, two crashes", two)] {
        all.push(Setup {
            aim: Aim::Create,
            ..setup(name, TABS, budget)
        });
    }
    // Between the press and the send, a token is awaited: the other tab may have done it all by then.
    let awaited = Budget {
        presses: 2,
        crashes: 1,
        unsent: 1,
        ..NOTHING
    };
    for aim in [Aim::Create, Aim::Assign] {
        all.push(Setup {
            aim,
            ..setup("a token is awaited, two tabs", PAIR, awaited)
        });
    }
    all
}

pub fn refreshes(deep: bool) -> Vec<refresh::Setup> {
    let more = u8::from(deep);
    let run = |name, tabs, budget| refresh::Setup {
        name,
        tabs,
        budget,
        bug: None,
    };
    let budget = refresh::Budget {
        wants: 2,
        ticks: 2,
        ..refresh::Budget::default()
    };
    vec![
        run(
            "three tabs expire together",
            &[0, 0, 0],
            refresh::Budget {
                wants: 3,
                ticks: 3 + more,
                ..budget
            },
        ),
        run(
            "answers lost, refreshes put off",
            TABS,
            refresh::Budget {
                ticks: 4 + more,
                losses: 3,
                put_off: 1,
                expiries: more,
                ..budget
            },
        ),
        run(
            "signing out and in",
            TABS,
            refresh::Budget {
                losses: 1,
                slow: 1,
                sign_outs: 1 + more,
                sign_ins: 1 + more,
                ..budget
            },
        ),
        run(
            "a tab dies",
            TABS,
            refresh::Budget {
                losses: 1,
                sign_outs: 1,
                crashes: 1 + more,
                ..budget
            },
        ),
    ]
}

/// The mistakes, each where it does harm.
pub fn bugs() -> Vec<(Bug, Setup)> {
    let one = NOTHING;
    let two = Budget { presses: 2, ..one };
    let crash = Budget { crashes: 1, ..one };
    let again = Budget { crashes: 1, ..two };
    let alone = Budget {
        charges_alone: 1,
        doubts: 1,
        ..two
    };
    Bug::ALL
        .into_iter()
        .map(|bug| {
            let (aim, tabs, fence, budget) = match bug {
                Bug::ResendOnNoAnswer | Bug::CutBodyResent => (Aim::Create, PAIR, false, one),
                Bug::ReplayOn401 => (
                    Aim::Create,
                    PAIR,
                    false,
                    Budget {
                        expiries: 1,
                        repeats: 1,
                        ..one
                    },
                ),
                Bug::NoWindow | Bug::ShortWindow => (Aim::Assign, PAIR, false, one),
                Bug::ReadFromCache => (Aim::Assign, PAIR, false, one),
                Bug::JournalDiesWithPage | Bug::NoJournal | Bug::WrittenAfterSending => {
                    (Aim::Create, PAIR, false, again)
                }
                Bug::FenceReadAnew => (Aim::Assign, PAIR, true, one),
                Bug::DeletedBeforeSending | Bug::NoAdmission | Bug::AdmissionForgetsPress => {
                    (Aim::Create, PAIR, false, two)
                }
                Bug::ClaimWithoutCompare => (Aim::Assign, PAIR, false, again),
                Bug::LiveTakeover => (Aim::Create, PAIR, false, one),
                Bug::ResendAfterCrash | Bug::ResumeWithoutWindow => (Aim::Create, PAIR, false, crash),
                Bug::ConflictMeansSomebodyElse => (Aim::Assign, PAIR, true, Budget { repeats: 1, ..one }),
                Bug::PaymentsNotRead | Bug::DoubtUnblocks => (Aim::Activate, &[0_u8] as &[u8], false, alone),
            };
            let mut setup = setup("mistake", tabs, budget);
            (setup.aim, setup.abilities.fence, setup.bug) = (aim, fence, Some(bug));
            setup.abilities.lag = !matches!(bug, Bug::ShortWindow | Bug::ClaimWithoutCompare);
            (bug, setup)
        })
        .collect()
}

pub fn refresh_bugs() -> Vec<(refresh::Bug, refresh::Setup)> {
    use refresh::Bug;
    let base = refresh::Budget {
        wants: 2,
        ticks: 2,
        ..refresh::Budget::default()
    };
    Bug::ALL
        .into_iter()
        .map(|bug| {
            let budget = match bug {
                Bug::NoCommitGuard | Bug::SignOutUntold => refresh::Budget { sign_outs: 1, ..base },
                Bug::LockStolen => refresh::Budget { slow: 1, ..base },
                Bug::NoLock | Bug::TabsNotAsked => base,
                Bug::NoProbe | Bug::ResentAtOnce | Bug::LossUntold => refresh::Budget {
                    losses: 2,
                    ticks: 3,
                    ..base
                },
                Bug::AnybodysToken => refresh::Budget {
                    expiries: 1,
                    sign_outs: 1,
                    sign_ins: 1,
                    ..base
                },
            };
            let setup = refresh::Setup {
                name: "mistake",
                tabs: PAIR,
                budget,
                bug: Some(bug),
            };
            (bug, setup)
        })
        .collect()
}
