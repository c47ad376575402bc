//! The whole life of an order as a picture: every status, where this order is, the way it came, and what can come next.

use leptos::prelude::*;
use omnival_core::order::map::{self, MOVES};
use omnival_core::order::{Order, Status};

use super::OrderState;
use crate::ui::Disclosure;
use crate::ui::live::live;

/// Column and row of each status.
const PLACES: [(Status, i32, i32); 19] = [
    (Status::Draft, 0, 1),
    (Status::Unassigned, 0, 2),
    (Status::Declined, 1, 0),
    (Status::Assigned, 1, 1),
    (Status::AcceptedWithConditions, 1, 2),
    (Status::Accepted, 2, 1),
    (Status::InProgress, 2, 2),
    (Status::InspectionScheduled, 2, 3),
    (Status::InspectionCompleted, 2, 4),
    (Status::RovBorrower, 3, 0),
    (Status::RovClient, 3, 1),
    (Status::ClientRevisionRequested, 3, 2),
    (Status::ReportSubmitted, 3, 4),
    (Status::RevisionRequested, 3, 3),
    (Status::ReportAccepted, 4, 2),
    (Status::Completed, 4, 4),
    (Status::OnHold, 0, 4),
    (Status::Cancelled, 0, 5),
    (Status::Rejected, 1, 5),
];

const WIDTH: f64 = 168.0;
const HEIGHT: f64 = 34.0;
const COLUMN: f64 = 206.0;
const ROW: f64 = 62.0;

pub fn status_map(state: OrderState) -> AnyView {
    let picture = live(move || {
        let order = state.order.value()?;
        let (travelled, cut) = state.history.with(|history| match &history.value {
            Some(history) => (map::travelled(&history.entries), history.has_older),
            None => (Vec::new(), false),
        });
        Some(view! {
            <div class="life-scroll" tabindex="0" role="region" aria-label="Map of the order's life">{draw(&order, &travelled)}</div>
            {words(&order, &travelled, cut)}
        })
    });
    view! { <Disclosure summary="The whole life of an order, and this one's way"><div class="life">{picture}</div></Disclosure> }
        .into_any()
}

fn centre(status: Status) -> Option<(f64, f64)> {
    let (_, column, row) = PLACES.iter().find(|(one, ..)| *one == status)?;
    Some((
        f64::from(*column) * COLUMN + WIDTH / 2.0 + 4.0,
        f64::from(*row) * ROW + HEIGHT / 2.0 + 4.0,
    ))
}

fn draw(order: &Order, travelled: &[(Status, Status, u32)]) -> AnyView {
    let now = order.status;
    let edges = MOVES.iter().map(|one| {
        let times = travelled
            .iter()
            .find(|(from, to, _)| (*from, *to) == (one.from, one.to));
        let state = match times {
            Some(_) => "past",
            None if one.from == now => "next",
            None => "",
        };
        edge(one.from, one.to, state, times.map_or(0, |(.., times)| *times))
    });
    // What the table does not name (a hold, a cancellation) is drawn where it happened.
    let others = travelled
        .iter()
        .filter(|(from, to, _)| !MOVES.iter().any(|one| (one.from, one.to) == (*from, *to)));
    let others = others.map(|(from, to, times)| edge(*from, *to, "past", *times));
    let nodes = PLACES.iter().map(|(status, ..)| {
        let was = travelled.iter().any(|(from, to, _)| from == status || to == status);
        let state = if *status == now {
            "now"
        } else if was {
            "past"
        } else if map::next(now).any(|one| one.to == *status) {
            "next"
        } else {
            ""
        };
        node(*status, state)
    });
    view! {
        <svg class="life-map" viewBox="0 0 1000 360" role="img" aria-label="Every status as a box, joined by the moves between them">
            <defs>
                <marker id="life-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
                    <path d="M0 0 8 4 0 8z" fill="context-stroke"/>
                </marker>
            </defs>
            {edges.collect_view()}
            {others.collect_view()}
            {nodes.collect_view()}
        </svg>
    }
    .into_any()
}

fn node(status: Status, state: &'static str) -> AnyView {
    let (x, y) = centre(status).unwrap_or_default();
    view! {
        <g class="life-node" data-state=state data-status=status.mark()>
            <rect x=(x - WIDTH / 2.0).to_string() y=(y - HEIGHT / 2.0).to_string() width=WIDTH.to_string() height=HEIGHT.to_string() rx="6"/>
            <text x=x.to_string() y=(y + 4.5).to_string() text-anchor="middle">{short(status)}</text>
        </g>
    }
    .into_any()
}

/// As the box holds it.
fn short(status: Status) -> String {
    match status {
        Status::ClientRevisionRequested => "Revision by client".to_owned(),
        Status::AcceptedWithConditions => "With conditions".to_owned(),
        other => other.label().into_owned(),
    }
}

/// Between the borders of the two boxes, a little to the right of the straight line, so that a way and its way back lie
/// beside each other. Within a column it swings around the box between.
fn edge(from: Status, to: Status, state: &'static str, times: u32) -> Option<AnyView> {
    let (a, b) = (centre(from)?, centre(to)?);
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx.hypot(dy).max(1.0);
    let side = (-dy / length * 6.0, dx / length * 6.0);
    let shifted = |middle: (f64, f64)| (middle.0 + side.0, middle.1 + side.1);
    let is_long_column = dx == 0.0 && dy.abs() > ROW * 1.5 && a.0 < 4.0 * COLUMN;
    let (start, end, path) = if is_long_column {
        let out = WIDTH / 2.0 - 6.0;
        let (start, end) = ((a.0 + out, a.1), (b.0 + out, b.1));
        let bulge = start.0 + 34.0;
        let path = [
            "M",
            &point(start),
            " C",
            &point((bulge, start.1 + dy * 0.2)),
            " ",
            &point((bulge, end.1 - dy * 0.2)),
            " ",
            &point(end),
        ]
        .concat();
        (start, end, path)
    } else {
        let start = border(a, shifted(a), (dx, dy));
        let end = border(b, shifted(b), (-dx, -dy));
        let path = ["M", &point(start), " L", &point(end)].concat();
        (start, end, path)
    };
    let many = (times > 1).then(|| {
        let at = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1));
        view! { <text class="life-times" x=at.0.to_string() y=(at.1 + 4.0).to_string() text-anchor="middle">{times}"×"</text> }
    });
    Some(view! { <path class="life-edge" data-state=state d=path marker-end="url(#life-arrow)"/>{many} }.into_any())
}

/// Where a ray from a point inside of a box leaves the box.
fn border(middle: (f64, f64), from: (f64, f64), ray: (f64, f64)) -> (f64, f64) {
    let reach = |half: f64, inside: f64, part: f64| {
        if part == 0.0 {
            f64::INFINITY
        } else {
            (half * part.signum() - inside) / part
        }
    };
    let across = reach(WIDTH / 2.0 + 1.0, from.0 - middle.0, ray.0);
    let along = reach(HEIGHT / 2.0 + 1.0, from.1 - middle.1, ray.1);
    let scale = across.min(along);
    (from.0 + ray.0 * scale, from.1 + ray.1 * scale)
}

fn point((x, y): (f64, f64)) -> String {
    [&(x.round() as i32).to_string(), " ", &(y.round() as i32).to_string()].concat()
}

/// The same in words, which say more than lines can.
fn words(order: &Order, travelled: &[(Status, Status, u32)], cut: bool) -> AnyView {
    let next: Vec<_> = map::next(order.status)
        .map(|one| view! { <li><b>{one.to.label()}</b>": "{one.by}" ("{one.what}")"</li> })
        .collect();
    let next = if next.is_empty() {
        let text = if order.status.is_closed() {
            "Nothing: the order's life has ended."
        } else {
            "What comes next is not on the map."
        };
        view! { <p class="muted">{text}</p> }.into_any()
    } else {
        view! { <ul class="plain">{next}</ul> }.into_any()
    };
    let way = travelled.iter().map(|(from, to, times)| {
        let times = (*times > 1).then(|| [" (", &times.to_string(), " times)"].concat());
        view! { <li>{from.label()}" → "{to.label()}{times}</li> }
    });
    let way = way.collect_view();
    let cut =
        cut.then(|| view! { <p class="muted">"Its beginning lies further back in the history than was read."</p> });
    view! {
        <div class="life-words">
            <section><h3>"What can come next, and by whom"</h3>{next}<p class="muted">{map::aside(order.status)}</p></section>
            <section><h3>"The way it came"</h3>{cut}<ol class="plain">{way}</ol></section>
        </div>
    }
    .into_any()
}
