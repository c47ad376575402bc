use omnival_proof::*;
use stateright::{Checker, Model};
fn go<M: Model + Send + Sync + 'static>(name: String, m: M)
where
    M::State: std::hash::Hash + Send + Sync + Clone + PartialEq,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    let start = std::time::Instant::now();
    let checker = m
        .checker()
        .timeout(std::time::Duration::from_secs(100))
        .finish_when(stateright::HasDiscoveries::AnyFailures)
        .spawn_bfs()
        .join();
    println!(
        "{name}: {} distinct, {} total, depth {} in {:?}",
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth(),
        start.elapsed()
    );
    for (name, path) in checker.discoveries() {
        println!("  VIOLATED {name}: {:?}", path.into_actions());
    }
}
fn main() {
    let n: Vec<u8> = std::env::args().skip(2).map(|a| a.parse().unwrap_or(0)).collect();
    if std::env::args().nth(1).as_deref() == Some("r") {
        use refresh::setup::*;
        let budget = Budget {
            wants: n[0],
            ticks: n[1],
            expiries: n[2],
            losses: n[3],
            put_off: n[4],
            slow: n[5],
            sign_outs: n[6],
            sign_ins: n[7],
            crashes: n[8],
        };
        for tabs in [&[0u8, 0] as &[u8], &[0, 0, 1], &[0, 0, 0]] {
            go(
                format!("{tabs:?}"),
                Setup {
                    name: "",
                    tabs,
                    budget,
                    bug: None,
                },
            );
        }
        return;
    }
    use attempts::setup::*;
    for aim in Aim::ALL {
        for abilities in [
            Abilities {
                fence: false,
                key: false,
                lag: true,
            },
            Abilities {
                fence: true,
                key: true,
                lag: true,
            },
        ] {
            go(
                format!("{aim:?} {abilities:?}"),
                Setup {
                    aim,
                    abilities,
                    tabs: &[0, 0, 1],
                    budget: Budget {
                        presses: n[0],
                        crashes: n[1],
                        moves: n[2],
                        expiries: n[3],
                        repeats: n[4],
                        charges_alone: n[5],
                        unreadable: n[6],
                        doubts: n[7],
                        unsent: n[8],
                        looks: n[9],
                        refusals: n[10],
                    },
                    late_notes: false,
                    pending: false,
                    bug: None,
                },
            );
        }
    }
}
