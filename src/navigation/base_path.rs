//! The base path: the path of the folder that the console is served from, such as `/` or `/orders/`.
//!
//! The page finds it when it is opened (`public/boot/base_path.js`), and every address of the console begins with it. Must
//! never make an address of another origin: what begins with two slashes names a host.

use std::cell::Cell;

thread_local! {
    static BASE: Cell<&'static str> = const { Cell::new("/") };
}

/// To be called once, before the first address is made. What cannot be a base path is ignored.
pub fn set(path: String) {
    if is_base_path(&path) {
        BASE.set(path.leak());
    }
}

/// The address of what the parts name together, below the base path. They begin without a slash.
pub fn address(parts: &[&str]) -> String {
    join(BASE.get(), parts)
}

/// The rest of a path below the base path; `None` if it leads elsewhere.
pub fn below(path: &str) -> Option<&str> {
    strip(BASE.get(), path)
}

fn is_base_path(path: &str) -> bool {
    path.starts_with('/') && path.ends_with('/') && !path.starts_with("//")
}

fn join(base: &str, parts: &[&str]) -> String {
    [base, &parts.concat()].concat()
}

/// The base path may stand without its last slash.
fn strip<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    match path.strip_prefix(base) {
        None if base.strip_suffix('/') == Some(path) => Some(""),
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::{BASE, address, below, is_base_path, join, set, strip};

    const BASES: [&str; 4] = ["/", "/orders/", "/a/b/", "/caf%C3%A9/c/"];

    #[test]
    fn what_is_joined_is_stripped_again() {
        for base in BASES {
            assert!(is_base_path(base), "{base}");
            for rest in ["", "c/cl-1/orders", "c/cl-1/orders/ord%2F9/edit", "index.html"] {
                let address = join(base, &[rest]);
                assert_eq!(address, format!("{base}{rest}"));
                assert_eq!(strip(base, &address), Some(rest), "{address}");
            }
        }
    }

    #[test]
    fn parts_become_one_address() {
        assert_eq!(join("/orders/", &["c/", "cl-1", "/orders"]), "/orders/c/cl-1/orders");
        assert_eq!(join("/", &["c/", "cl-1", "/orders"]), "/c/cl-1/orders");
        assert_eq!(join("/a/b/", &[]), "/a/b/");
    }

    #[test]
    fn what_leads_elsewhere_is_not_below() {
        for path in [
            "/",
            "/order",
            "/ordersx/c/x/orders",
            "/api/orders/",
            "orders/",
            "",
            "/Orders/",
        ] {
            assert_eq!(strip("/orders/", path), None, "{path}");
        }
        assert_eq!(strip("/orders/", "/orders"), Some(""));
        assert_eq!(strip("/a/b/", "/a/b"), Some(""));
    }

    #[test]
    fn what_names_no_folder_of_this_origin_is_no_base_path() {
        for path in [
            "",
            "orders/",
            "/orders",
            "//",
            "//host/",
            "//host/orders/",
            "https://host/",
        ] {
            assert!(!is_base_path(path), "{path}");
        }
    }

    #[test]
    fn the_root_stands_until_a_base_path_is_set() {
        BASE.set("/");
        assert_eq!(address(&["c/x/orders"]), "/c/x/orders");
        set("//host/".to_owned());
        assert_eq!(address(&[]), "/");
        set("/orders/".to_owned());
        assert_eq!(address(&["c/x/orders"]), "/orders/c/x/orders");
        assert_eq!(below("/orders/c/x/orders"), Some("c/x/orders"));
        assert_eq!(below("/c/x/orders"), None);
    }
}
