//! What every request shares.

pub mod connections;
pub mod counts;
pub mod faults;
pub mod throttle;

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use crate::automation::Horizon;
use crate::base::time::Clock;
use crate::contract::settings::Settings;
use crate::problem::Problem;
use crate::state::counts::Counts;
use crate::state::faults::Faults;
use crate::state::throttle::Throttle;
use crate::store::db::Db;

/// How a server is set up; fixed once it runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many orders the seed makes.
    pub orders: u32,
    /// The console's built files, served beside the API.
    pub dist: Option<PathBuf>,
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
    /// The armed faults; the type belongs to [`crate::control::faults`].
    pub faults: Faults,
    pub(crate) throttle: Throttle,
    pub(crate) counts: Counts,
    pub(crate) horizon: Horizon,
    settings: RwLock<Settings>,
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Opens the database and seeds it if it is empty (or if the options say so).
    pub fn open(options: Options) -> Result<Self, Problem> {
        let db = Db::open(options.data.as_deref(), options.reset)?;
        let state = Self(Arc::new(Inner {
            clock: options.clock.clone(),
            settings: RwLock::new(options.settings.clone()),
            db,
            faults: Faults::default(),
            throttle: Throttle::default(),
            counts: Counts::default(),
            horizon: Horizon::default(),
            options,
        }));
        crate::seed::prepare(&state)?;
        Ok(state)
    }

    /// The settings as they are now.
    pub fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn replace_settings(&self, settings: Settings) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
    }
}
