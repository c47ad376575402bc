//! What changes on a screen, with its closure boxed.
//!
//! Every closure in a view is a type of its own, and for every type the compiler writes the whole machinery of
//! rendering again: about two kilobytes each, for some two hundred of them. Boxed, they share one.

use leptos::prelude::*;

/// A piece of view that is made again when what it reads changes.
pub type Live = Box<dyn FnMut() -> AnyView + Send>;
/// Text that changes.
pub type Text = Box<dyn FnMut() -> String + Send>;
/// An attribute that changes; absent while `None`.
pub type Attr = Box<dyn FnMut() -> Option<String> + Send>;
/// A property or a class that is on or off.
pub type Flag = Box<dyn FnMut() -> bool + Send>;

pub fn live<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> Live {
    Box::new(move || make().into_any())
}

pub fn text(make: impl Fn() -> String + Send + 'static) -> Text {
    Box::new(make)
}

pub fn attr(make: impl Fn() -> Option<String> + Send + 'static) -> Attr {
    Box::new(make)
}

/// An attribute that has one word while `on`.
pub fn attr_if(on: impl Fn() -> bool + Send + 'static, word: &'static str) -> Attr {
    Box::new(move || on().then(|| word.to_owned()))
}

pub fn flag(on: impl Fn() -> bool + Send + 'static) -> Flag {
    Box::new(on)
}

/// Shows `make` while `on`; made once each time that turns true.
pub fn when<V: IntoView + 'static>(
    on: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> V + Send + 'static,
) -> Live {
    let on = steady(on);
    live(move || on.get().then(|| make().into_any()))
}

/// A condition that tells its readers only when it changes.
pub fn steady(on: impl Fn() -> bool + Send + Sync + 'static) -> Memo<bool> {
    let on: Box<dyn Fn() -> bool + Send + Sync> = Box::new(on);
    Memo::new(move |_| on())
}

/// Runs now, and again when what it reads changes.
pub fn effect(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(move |_| run());
}
