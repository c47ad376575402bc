//! The one place where a write on an order begins. All of it but what was typed follows from its step: operation, class,
//! endpoint, fence and goal.

use std::borrow::Cow;

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::operation::{Call, Marker, Operation, SentOnce};
use omnival_core::order::Step;
use omnival_core::recovery::attempt::Intent;
use omnival_headless::endpoint::{self, Filled, OnceCall};

use super::form::Content;
use super::typed::{Attached, Typed};
use crate::api::upload::UploadBody;
use crate::attempts::Tracked;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::platform::{clock, random};

/// The button's last act. `told` is what was asked for beside what was typed. False if nothing was begun.
pub(super) fn begin(
    state: OrderState,
    step: Step,
    seen: &Seen,
    content: Content,
    typed: &Typed,
    told: &[(&'static str, String)],
) -> bool {
    // A second click on the way to the first one's end.
    if untrack(|| state.attempt()).as_ref().is_some_and(Tracked::is_open) {
        return false;
    }
    let file = typed.file();
    let asked = told.iter().cloned().chain(typed.asked()).collect();
    let Some(intent) = intent(state, step, seen, &content, file.as_ref(), asked) else {
        return false;
    };
    match call(state, intent.goal.operation(), seen, content, file) {
        None => return false,
        Some((OnceCall::Once(call), body)) => send(state, intent, call, body),
        Some((OnceCall::Guarded(call), body)) => send(state, intent, call, body),
    }
    true
}

/// None while nobody is signed in, or if nobody could tell afterwards what became of it.
fn intent(
    state: OrderState,
    step: Step,
    seen: &Seen,
    content: &Content,
    file: Option<&Attached>,
    asked: Vec<(&'static str, String)>,
) -> Option<Intent> {
    let user = state.console.user_now()?;
    let file = file.map(Attached::term);
    let filled = Filled {
        id: &content.id,
        members: &content.members,
        file: file.as_deref(),
        asked: &asked,
    };
    let goal = endpoint::goal(step.operation(&seen.order)?, &filled)?;
    let asked = asked.into_iter().map(|(field, value)| (Cow::Borrowed(field), value));
    Some(Intent {
        id: IntentId::new(&random::uuid()),
        goal,
        at: Some(seen.order.at.clone()),
        user: user.id,
        user_name: user.name,
        asked: asked.collect(),
        baseline: seen.baseline(),
        pressed_at: clock::wall(),
        endpoint: String::new(),
    })
}

fn call(
    state: OrderState,
    operation: Operation,
    seen: &Seen,
    content: Content,
    file: Option<Attached>,
) -> Option<(OnceCall, Option<UploadBody>)> {
    let about = endpoint::Seen {
        at: &seen.order.at,
        version: seen.order.version,
        id: &content.id,
    };
    let members = content.members;
    state.console.api.http.config.with_value(|config| match file {
        None => Some((endpoint::once(operation, &about, members, config)?, None)),
        Some(Attached { file, media_type }) => {
            let texts = members.into_iter();
            let texts = texts.map(|(name, value)| Some((name, value.as_str()?.to_owned())));
            let (call, parts) = endpoint::upload(operation, &about, texts.collect::<Option<_>>()?, config)?;
            let body = UploadBody {
                parts,
                file,
                media_type,
            };
            Some((call, Some(body)))
        }
    })
}

fn send<C: SentOnce + Marker + 'static>(state: OrderState, intent: Intent, call: Call<C>, body: Option<UploadBody>) {
    let intent = Intent {
        endpoint: call.request().endpoint(),
        ..intent
    };
    match body {
        None => state.attempts.begin(intent, call),
        Some(body) => state.attempts.begin_upload(intent, call, body),
    };
}
