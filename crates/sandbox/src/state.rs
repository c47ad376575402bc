//! What every request shares: the database, the settings, the armed faults, and what is remembered between requests.

pub mod connections;
mod counts;
pub mod faults;
mod horizon;
mod mount;
mod throttle;

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;

use crate::base::time::Clock;
use crate::contract::settings::Settings;
use crate::problem::Problem;
use crate::store::db::Db;

use counts::Counts;
pub use counts::ViewCounts;
use faults::Faults;
use horizon::Horizon;
pub use mount::{Mount, Place};
use throttle::Throttle;

/// How a server is set up; fixed once it runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many orders the seed makes.
    pub orders: u32,
    /// The console's built files, served beside the API.
    pub dist: Option<PathBuf>,
    /// Below which path they are served.
    pub mount: Mount,
    /// The SQLite file; without it a temporary one that disappears with the server.
    pub data: Option<PathBuf>,
    /// Seeds anew even if the file already holds data.
    pub reset: bool,
    /// The one other origin whose pages may call the API.
    pub cors: Option<String>,
    /// The settings at start and after a reset.
    pub settings: Settings,
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            orders: 2_000,
            dist: None,
            mount: Mount::default(),
            data: None,
            reset: false,
            cors: None,
            settings: Settings::default(),
            clock: Clock::System,
        }
    }
}

/// The handle that handlers and middleware carry; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// See [`AppState`].
pub struct Inner {
    pub options: Options,
    pub clock: Clock,
    pub db: Db,
    pub faults: Faults,
    pub throttle: Throttle,
    pub counts: Counts,
    pub horizon: Horizon,
    settings: RwLock<Settings>,
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Opens the database; what it holds is the seed's business.
    pub fn open(options: Options) -> Result<Self, Problem> {
        let db = Db::open(options.data.as_deref(), options.reset)?;
        Ok(Self(Arc::new(Inner {
            clock: options.clock.clone(),
            settings: RwLock::new(options.settings.clone()),
            db,
            faults: Faults::default(),
            throttle: Throttle::default(),
            counts: Counts::default(),
            horizon: Horizon::default(),
            options,
        })))
    }

    /// The settings as they are now.
    pub fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the settings that `change` (a JSON object) names; all or none.
    pub fn change_settings(&self, change: &Value) -> Result<Settings, Problem> {
        let mut settings = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        *settings = settings.changed(change)?;
        Ok(settings.clone())
    }

    /// Everything that is remembered outside of the database is as at start again. The faults are the caller's.
    pub fn forget(&self) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = self.options.settings.clone();
        self.throttle.clear();
    }
}
