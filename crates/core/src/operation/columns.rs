//! The columns of the table of operations: the macro that makes the enum and one function for each.

macro_rules! operations {
    (@fenced) => { false };
    (@fenced fenced) => { true };
    (@form) => { false };
    (@form form) => { true };
    (@group) => { None };
    (@group $group:ident) => { Some(Group::$group) };
    (@permission anyone) => { None };
    (@permission $permission:ident) => { Some(Permission::$permission) };
    (@settled) => { Settled::Again };
    (@settled $settled:expr) => { $settled };
    ($(
        $variant:ident $api:literal $class:ident$(($group:ident))? $method:ident $path:literal $($fenced:ident $($form:ident)?)?,
            $permission:ident, $doing:literal $(, $settled:expr)?;
    )*) => {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Operation { $($variant),* }

        impl Operation {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// What the journal calls it. Unlike [`Self::api_name`], no two have the same.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }

            /// The contract's `operationId`. One that can express several acts has several operations here.
            pub const fn api_name(self) -> &'static str {
                match self { $(Self::$variant => $api),* }
            }

            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class),* }
            }

            /// The P0 group that it belongs to.
            pub const fn group(self) -> Option<Group> {
                match self { $(Self::$variant => operations!(@group $($group)?)),* }
            }

            /// What the platform asks for before it lets a user do it. `None`: nothing, or no more than a session.
            pub const fn permission(self) -> Option<Permission> {
                match self { $(Self::$variant => operations!(@permission $permission)),* }
            }

            pub const fn method(self) -> Method {
                match self { $(Self::$variant => Method::$method),* }
            }

            /// Its path, with names in braces for what is filled in: `{client}`, `{loan}` and `{order}` stand for the
            /// whole path of each, `{id}` and `{party}` for one part.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$variant => $path),* }
            }

            /// Does it carry the version that the operator saw (`expectedVersion`), where the platform can check it?
            pub const fn fenced(self) -> bool {
                match self { $(Self::$variant => operations!(@fenced $($fenced)?)),* }
            }

            /// Does it carry what was typed into a form, which is kept until it has arrived?
            pub const fn saves_a_form(self) -> bool {
                match self { $(Self::$variant => operations!(@form $($($form)?)?)),* }
            }

            /// What an operator would say is being done, for example `activating the order`.
            pub const fn doing(self) -> &'static str {
                match self { $(Self::$variant => $doing),* }
            }

            /// What settles a doubtful answer.
            pub const fn settled(self) -> &'static Settled {
                match self { $(Self::$variant => const { &operations!(@settled $($settled)?) }),* }
            }
        }
    };
}

pub(super) use operations;
