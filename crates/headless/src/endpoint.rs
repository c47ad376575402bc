//! Paths.

pub mod records;

pub const SIGN_IN: &str = "/api/auth/sign-in";
pub const REFRESH: &str = "/api/auth/refresh";
pub const WHO_AM_I: &str = "/api/auth/me";
pub const SIGN_OUT: &str = "/api/auth/sign-out";
