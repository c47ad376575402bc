//! The tables of tidy: which room lies on which floor, and who may name what. Data only; the rules read it.
//!
//! A place is a path from the project's root: a file, a folder, or, without `.rs`, both.

use super::rule::Rule;

/// This file, for complaints about it.
pub const FILE: &str = "xtask/src/tidy/rooms.rs";

/// The rooms of one crate, from the top floor down.
pub struct Layout {
    pub root: &'static str,
    /// A room is a folder with the file of its name; the longest name that fits counts.
    pub floors: &'static [&'static [&'static str]],
}

/// Names that only some places may use.
pub struct Reserved {
    pub rule: Rule,
    /// `word`, `a::path` (`crate_name::`), `macro!`, or a text: `"begins with`, `"…holds`.
    pub names: &'static [&'static str],
    pub within: &'static [&'static str],
    pub except: &'static [&'static str],
    pub why: &'static str,
}

pub struct Dispatch {
    /// A `match` over these has no arm for the rest.
    pub enums: &'static [&'static str],
    pub within: &'static [&'static str],
    /// Files that forbid it to themselves for every enum.
    pub denied_by_clippy: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Long {
    pub path: &'static str,
    pub function: &'static str,
}

pub struct Lengths {
    /// The most lines of a file, and of a function from its `fn` to its brace.
    pub file: usize,
    pub function: usize,
    pub within: &'static [&'static str],
    pub kinds: &'static [&'static str],
    /// Tables, which are long because there is much in them.
    pub long_files: &'static [&'static str],
    pub long_functions: &'static [Long],
}

/// Rules that the code does not keep yet: they are counted, and fail nothing. A rule leaves this list and never comes back.
pub const PENDING: &[Rule] = &[];

const CONSOLE: Layout = Layout {
    root: "src",
    floors: &[
        &["main"],
        &["app"],
        &["draft", "order", "queue"],
        &["attempts", "records"],
        &["console"],
        &["session"],
        &["api"],
        &["navigation", "ui"],
        &["platform"],
    ],
};

const CORE: Layout = Layout {
    root: "crates/core/src",
    floors: &[
        &["lib"],
        &["message"],
        &["draft", "recovery", "support"],
        &["order"],
        &["operation"],
        &["form", "session"],
        &["file", "ids", "money", "queue", "status", "text", "time", "words"],
    ],
};

const HEADLESS: Layout = Layout {
    root: "crates/headless/src",
    floors: &[
        &["lib"],
        &["fake"],
        &["desk"],
        &["attempts"],
        &["drafts", "evidence", "queue", "timeline"],
        &["reads"],
        &["api"],
        &["session"],
        &["boot", "journal", "kept", "tabs", "transport"],
        &["endpoint", "platform"],
        &["http"],
    ],
};

const SANDBOX: Layout = Layout {
    root: "crates/sandbox/src",
    floors: &[
        &["main"],
        &["lib"],
        &["control"],
        &["api"],
        &["automation", "seed"],
        &["auth", "cli", "reads", "writes"],
        &["rules", "state"],
        &["store"],
        &["input", "model"],
        &["contract"],
        &["problem"],
        &["base"],
    ],
};

const XTASK: Layout = Layout {
    root: "xtask/src",
    floors: &[
        &["main"],
        &["test"],
        &["sandbox"],
        &["console", "tidy"],
        &["generate", "licences", "setup"],
        &["arguments", "process", "project"],
        &["fingerprint", "part", "progress"],
    ],
};

pub const LAYOUTS: &[Layout] = &[CONSOLE, CORE, HEADLESS, SANDBOX, XTASK];

/// Everything that the operator's browser runs.
const CONSOLE_CODE: &[&str] = &[
    "src",
    "crates/core/src",
    "crates/wire/src",
    "crates/headless/src",
    "crates/proof/src",
    "public",
];

pub const RESERVED: &[Reserved] = &[
    Reserved {
        rule: Rule::ApiPaths,
        names: &["\"/api/", "\"/clients", "\"…/api/clients"],
        within: CONSOLE_CODE,
        except: &[
            "crates/core/src/operation",
            "crates/headless/src/fake",
            "public/boot/constants.js",
        ],
        why: "Paths of the API stand in core's table of operations alone, so that a deployment corrects one file: call what \
              fills them in",
    },
    Reserved {
        rule: Rule::SharedNames,
        names: &["\"omnival-refresh", "\"omnival-tab-", "\"omnival."],
        within: CONSOLE_CODE,
        except: &["crates/wire/src/boot.rs", "public/boot/constants.js"],
        why: "The boot script and the program must mean the same lock and the same key: use the constant of \
              `omnival_wire::boot`, or of constants.js",
    },
    Reserved {
        rule: Rule::Browser,
        names: &["web_sys", "js_sys", "wasm_bindgen"],
        within: &["src", "crates/headless/src", "crates/core/src", "crates/wire/src"],
        except: &["src/platform", "src/main.rs"],
        why: "Only src/platform touches the browser, so that everything else runs natively: give it a function there",
    },
    Reserved {
        rule: Rule::Tokens,
        names: &["Credential"],
        within: &["src", "crates/headless/src", "crates/wire/src", "crates/core/src"],
        except: &[
            "crates/core/src/session",
            "crates/headless/src/api",
            "crates/headless/src/fake",
            "crates/headless/src/http",
            "crates/headless/src/session",
            "crates/headless/src/transport",
            "crates/wire/src/request.rs",
            "crates/wire/src/session.rs",
            "src/platform/http.rs",
        ],
        why: "A token is seen by the session and by what sends, and by nothing else: ask the API client to send",
    },
    Reserved {
        rule: Rule::Purity,
        names: &[
            "leptos::",
            "web_sys::",
            "std::time",
            "std::env",
            "rand::",
            "getrandom::",
        ],
        within: &["crates/core/src", "crates/wire/src"],
        except: &[],
        why: "The rules know no browser, no clock and no chance: take what is needed as a value",
    },
    Reserved {
        rule: Rule::Purity,
        names: &["leptos::", "web_sys::"],
        within: &["crates/headless/src"],
        except: &[],
        why: "The console without its pixels builds natively: use a trait of its platform room",
    },
    Reserved {
        rule: Rule::Markup,
        names: &["view!"],
        within: &["src"],
        except: &[
            "src/app",
            "src/attempts",
            "src/console",
            "src/draft",
            "src/order",
            "src/queue",
            "src/records",
            "src/ui",
        ],
        why: "This room draws nothing: hand out a value, and draw it in a room that does",
    },
];

pub const DISPATCH: Dispatch = Dispatch {
    enums: &["Operation", "Op", "Step"],
    within: &["src", "crates/core/src", "crates/headless/src", "crates/sandbox/src"],
    denied_by_clippy: &[
        "crates/sandbox/src/api/process.rs",
        "crates/sandbox/src/contract/operations.rs",
        "crates/sandbox/src/writes/dispatch.rs",
        "crates/sandbox/src/writes/permissions.rs",
    ],
};

pub const LENGTHS: Lengths = Lengths {
    file: 400,
    function: 60,
    within: &["src", "crates", "xtask", "public", "tests"],
    kinds: &[".rs", ".js", ".mjs", ".ts"],
    long_files: &[],
    long_functions: &[
        Long {
            path: "crates/core/src/message/verdict.rs",
            function: "plain",
        },
        Long {
            path: "crates/proof/src/attempts/world.rs",
            function: "after",
        },
        Long {
            path: "crates/proof/src/runs.rs",
            function: "faults",
        },
        Long {
            path: "crates/wire/src/order.rs",
            function: "order",
        },
    ],
};
