//! Signing in: as a page of its own, and in place over a screen whose session ended.

use leptos::prelude::*;
use omnival_core::message::{self, Message};

use crate::console::Console;
use crate::platform::{dom, page, task};
use crate::ui::live::{attr_if, live};
use crate::ui::{Dialog, ErrorNote, Field, Icon, Mark};

#[component]
pub fn SignInPage() -> impl IntoView {
    let console = Console::get();
    let brand = console.api.config(|config| config.brand.clone());
    page::set_title("Sign in");
    view! {
        <main class="signin" id="page" tabindex="-1">
            <div class="signin-card">
                <Mark/>
                <h1>"Sign in to "{brand}</h1>
                <SignInForm username=String::new()/>
            </div>
        </main>
    }
}

/// Everything behind it stays as it is, with what was typed; open attempts are verified again, never replayed.
#[component]
pub fn SignInDialog() -> impl IntoView {
    let console = Console::get();
    let user = console.user_now();
    let (username, name) = user.map(|user| (user.username, user.name)).unwrap_or_default();
    view! {
        <Dialog title="Sign in again to continue" class="signin-dialog" locked=true on_close=|()| ()>
            <p>
                "Your session expired or was ended, for example because your role changed. Everything on this page is kept. "
                "Sign in as "<b>{name}</b>" to go on where you were."
            </p>
            <SignInForm username/>
            <p class="sub">"Signing in as somebody else starts afresh and leaves this page."</p>
            <button class="btn quiet small" type="button" on:click=move |_| console.session.sign_out()>"Sign out instead"</button>
        </Dialog>
    }
}

#[component]
fn SignInForm(username: String) -> impl IntoView {
    let console = Console::get();
    let known = !username.is_empty();
    let username = RwSignal::new(username);
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Message>);
    let missing = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, secret) = (username.get_untracked().trim().to_owned(), password.get_untracked());
        missing.set(name.is_empty() || secret.is_empty());
        if busy.get_untracked() || missing.get_untracked() {
            dom::focus(if name.is_empty() { "username" } else { "password" });
            return;
        }
        busy.set(true);
        task::spawn(async move {
            let end = console.session.sign_in(&name, &secret).await;
            let _ = busy.try_set(false);
            match end {
                Ok(()) => drop(password.try_set(String::new())),
                Err(reply) => drop(failed.try_set(Some(message::sign_in(&reply)))),
            }
        });
    };
    let lacks = |signal: RwSignal<String>, text: &'static str| {
        Signal::derive(move || (missing.get() && signal.with(|value| value.trim().is_empty())).then(|| text.to_owned()))
    };
    view! {
        <form class="form signin-form" novalidate on:submit=submit>
            {live(move || failed.get().map(|message| view! { <ErrorNote happened=message.happened next=message.next/> }))}
            <Field name="username" label="User name" error=lacks(username, "Enter your user name.")>
                <input
                    id="username" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="100"
                    autofocus=!known prop:value=username on:input=move |event| username.set(event_target_value(&event))
                />
            </Field>
            <Field name="password" label="Password" error=lacks(password, "Enter your password.")>
                <input
                    id="password" name="password" type="password" autocomplete="current-password" maxlength="200"
                    autofocus=known prop:value=password on:input=move |event| password.set(event_target_value(&event))
                />
            </Field>
            <button class="btn primary wide" type="submit" aria-busy=attr_if(move || busy.get(), "true")>
                <Icon name="lock"/>"Sign in"
            </button>
        </form>
    }
}
