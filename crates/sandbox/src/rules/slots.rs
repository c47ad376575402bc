//! When a property can be inspected: the slots on offer, in the property's own time.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::base::time::{HOUR, Stamp};
use crate::model::order::Order;

/// Working days on offer, from tomorrow on.
const DAYS: usize = 10;
/// The hours at which slots begin; each takes two.
const HOURS: [i8; 4] = [9, 11, 13, 15];

/// A time on offer, in the contract's shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    pub id: String,
    pub starts_at: Stamp,
    pub ends_at: Stamp,
    pub available: bool,
}

/// The IANA name of the time zone that the order's property stands in.
pub fn time_zone(order: &Order) -> &'static str {
    let state = order.property.as_ref().map_or("", |property| property.state.as_str());
    match state {
        "CA" | "NV" | "OR" | "WA" => "America/Los_Angeles",
        "AZ" => "America/Phoenix",
        "CO" | "ID" | "MT" | "NM" | "UT" | "WY" => "America/Denver",
        "AL" | "AR" | "IA" | "IL" | "KS" | "LA" | "MN" | "MO" | "MS" | "ND" | "NE" | "OK" | "SD" | "TN" | "TX"
        | "WI" => "America/Chicago",
        "AK" => "America/Anchorage",
        "HI" => "Pacific/Honolulu",
        "PR" | "VI" => "America/Puerto_Rico",
        _ => "America/New_York",
    }
}

/// The slots of the next working days. The same order is offered the same ones all day; the one it has
/// taken is not on offer again.
pub fn on_offer(order: &Order, now: Stamp) -> Vec<Slot> {
    let name = time_zone(order);
    let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let taken = order.inspection.as_ref().and_then(|inspection| inspection.scheduled_at);
    let mut slots = Vec::with_capacity(DAYS * HOURS.len());
    let mut day = now.day_in(&zone);
    let mut days = 0;
    while days < DAYS {
        let Ok(next) = day.tomorrow() else {
            break;
        };
        day = next;
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            continue;
        }
        days += 1;
        slots.extend(HOURS.iter().filter_map(|hour| slot(order, day, *hour, &zone, taken)));
    }
    slots
}

fn slot(order: &Order, day: Date, hour: i8, zone: &TimeZone, taken: Option<Stamp>) -> Option<Slot> {
    let starts_at = Stamp(
        day.at(hour, 0, 0, 0)
            .to_zoned(zone.clone())
            .ok()?
            .timestamp()
            .as_millisecond(),
    );
    let id = format!("slot-{}-{hour:02}", day.strftime("%Y%m%d"));
    Some(Slot {
        available: is_free(&order.id, &id) && taken != Some(starts_at),
        id,
        starts_at,
        ends_at: starts_at.plus(2 * HOUR),
    })
}

/// Three of four are free, by a hash of order and slot.
fn is_free(order_id: &str, slot_id: &str) -> bool {
    let hash = order_id
        .bytes()
        .chain(slot_id.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    (hash >> 32) % 4 != 0
}
