//! The browser's own modal `<dialog>`: it traps the focus, makes the rest inert and knows Esc.
//! It is open as long as it is mounted; only its owner closes it, by taking it away.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::Icon;
use super::live::{attr, effect, text};
use crate::platform::dom;

/// `on_close` is a wish (Esc or the cross). While `locked` (an answer is awaited) there is no such
/// wish: an outcome must not come to a closed dialog. A click beside it never closes it, since that
/// would lose what was typed. The first control inside has the focus, or the one with `autofocus`;
/// when the dialog goes, the focus returns to where it was, or to the page if that is gone.
#[component]
pub fn Dialog(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(optional, into)] locked: Signal<bool>,
    /// `wide`, for tables.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<html::Dialog>::new();
    // Opening fails only for a dialog that is open already; then there is nothing to do.
    let open = move || root.try_get_untracked().flatten().map(|dialog| dialog.show_modal());
    effect(move || {
        root.track();
        open();
    });
    on_cleanup(move || close(root));
    let wish = move || {
        if locked.try_get_untracked() == Some(false) {
            on_close.run(());
        }
    };
    let on_cancel = move |event: ev::Event| {
        // Controls inside (a file picker, say) send a `cancel` of their own.
        if event.target() == event.current_target() {
            event.prevent_default();
            wish();
        }
    };
    // Closed by the browser itself, which it does when Esc is pressed again and again. Whoever owns the dialog may take
    // it away now; if nobody does, it opens again, because what it asks for is still needed.
    let on_closed = move |_| {
        wish();
        queue_microtask(move || drop(open()));
    };

    view! {
        <dialog
            class=["dialog ", class].concat()
            aria-label=attr(move || Some(title.get()))
            node_ref=root
            on:cancel=on_cancel
            on:close=on_closed
        >
            <header class="dialog-head">
                <h2>{text(move || title.get())}</h2>
            </header>
            <div class="dialog-body">{children()}</div>
            <button
                type="button"
                class="btn quiet square"
                aria-label="Close"
                disabled=locked
                on:click=move |_| wish()
            >
                <Icon name="close"/>
            </button>
        </dialog>
    }
}

fn close(root: NodeRef<html::Dialog>) {
    // Closing it gives the focus back; merely taking it out of the page would not.
    if let Some(dialog) = root.try_get_untracked().flatten() {
        dialog.close();
        queue_microtask(focus_page_if_nothing);
    }
}

fn focus_page_if_nothing() {
    if document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
    {
        dom::focus("page");
    }
}
