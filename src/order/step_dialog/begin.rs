//! The one place where a write on an order begins. All of it but what was typed follows from its step: operation, class,
//! endpoint, fence and goal.

use std::borrow::Cow;

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::operation::{Call, Marker, Operation, SentOnce};
use omnival_core::order::Step;
use omnival_core::recovery::attempt::Intent;
use omnival_headless::desk::{Press, Seen};
use omnival_headless::endpoint::{self, Filled, OnceCall};

use super::form::Content;
use super::typed::{Attached, Typed};
use crate::api::UploadBody;
use crate::order::OrderState;
use crate::platform::{clock, random};

/// The button's last act. False if nothing was begun.
pub(super) fn begin(
    state: OrderState,
    step: Step,
    seen: &Seen,
    content: Content,
    typed: &Typed,
    told: &[(&'static str, String)],
) -> bool {
    let (Some(user), Some(operation)) = (state.console.user_now(), step.operation(&seen.order)) else {
        return false;
    };
    let file = typed.file();
    let term = file.as_ref().map(|file| file.term());
    let asked: Vec<_> = told.iter().cloned().chain(typed.asked()).collect();
    let filled = Filled {
        id: &content.id,
        members: &content.members,
        file: term.as_deref(),
        asked: &asked,
    };
    let Some(goal) = endpoint::goal(operation, &filled) else {
        return false;
    };
    let Some((call, body)) = outgoing(state, operation, seen, content, file) else {
        return false;
    };
    let asked = asked.into_iter().map(|(field, value)| (Cow::Borrowed(field), value));
    let press = Press {
        id: IntentId::new(&random::uuid()),
        by: user,
        at: clock::wall(),
        goal,
        asked: asked.collect(),
        endpoint: match &call {
            OnceCall::Once(call) => call.request().endpoint(),
            OnceCall::Guarded(call) => call.request().endpoint(),
        },
    };
    let Some(intent) = seen.intent(press, untrack(|| state.here())) else {
        return false;
    };
    match call {
        OnceCall::Once(call) => send(state, intent, call, body),
        OnceCall::Guarded(call) => send(state, intent, call, body),
    }
    true
}

/// The call, and the file that goes with it. None if the operation is not sent once.
fn outgoing(
    state: OrderState,
    operation: Operation,
    seen: &Seen,
    content: Content,
    file: Option<Attached>,
) -> Option<(OnceCall, Option<UploadBody>)> {
    let about = seen.target(&content.id);
    let members = content.members;
    state.console.api.config(|config| {
        let Some(file) = file else {
            return endpoint::once(operation, &about, members, config).map(|call| (call, None));
        };
        let texts = members
            .into_iter()
            .map(|(name, value)| Some((name, value.as_str()?.to_owned())));
        let (call, parts) = endpoint::upload(operation, &about, texts.collect::<Option<_>>()?, config)?;
        let body = UploadBody {
            parts,
            media_type: file.media_type,
            file: file.file,
        };
        Some((call, Some(body)))
    })
}

fn send<C: SentOnce + Marker + 'static>(state: OrderState, intent: Intent, call: Call<C>, body: Option<UploadBody>) {
    match body {
        None => state.attempts.begin(intent, call),
        Some(body) => state.attempts.begin_upload(intent, call, body),
    };
}
