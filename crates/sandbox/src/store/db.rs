//! The SQLite file: one writer, several readers, and no statement on the async threads.
//!
//! Every write is one transaction: it takes effect whole or not at all.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// Enough to keep two cores busy while one reader waits for the disk.
const READERS: usize = 4;

/// The database handle; cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    writer: Arc<tokio::sync::Mutex<Connection>>,
    /// Readers that nobody uses at the moment; at most [`READERS`] exist.
    readers: Mutex<Vec<Connection>>,
    file: PathBuf,
    free_readers: Arc<Semaphore>,
    /// Grows with every committed write.
    generation: AtomicU64,
    // Dropped last: the connections above must be closed before their directory goes.
    _temporary: Option<tempfile::TempDir>,
}

impl Db {
    /// Opens (and creates) the file; `None` means a temporary one. `reset` throws away what the
    /// file holds.
    pub fn open(path: Option<&Path>, reset: bool) -> Result<Self, Problem> {
        let temporary = match path {
            Some(_) => None,
            None => Some(
                tempfile::Builder::new()
                    .prefix("omnival-sandbox-")
                    .tempdir()
                    .map_err(Problem::internal)?,
            ),
        };
        let file = match (path, &temporary) {
            (Some(path), _) => path.to_owned(),
            (None, Some(directory)) => directory.path().join("sandbox.sqlite"),
            (None, None) => return Err(Problem::internal("no place for the database")),
        };
        if reset {
            remove(&file)?;
        }
        let writer = Connection::open(&file)?;
        configure(&writer)?;
        into_shared_use(&writer)?;
        Ok(Self(Arc::new(Inner {
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
            readers: Mutex::new(Vec::new()),
            file,
            free_readers: Arc::new(Semaphore::new(READERS)),
            generation: AtomicU64::new(0),
            _temporary: temporary,
        })))
    }

    /// Runs `work` in one transaction, committed if it answers `Ok`, undone if `Err`.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let mut writer = Arc::clone(&self.0.writer).lock_owned().await;
        let db = self.clone();
        tokio::task::spawn_blocking(move || db.transact(&mut writer, work))
            .await
            .map_err(Problem::internal)?
    }

    /// Reads before there is a runtime to block.
    pub fn read_now<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Result<T, Problem> {
        work(&*self.lone_writer()?)
    }

    /// Fills a file before anybody reads it, without a journal: a start that fails half-way leaves
    /// a file that the next one has to fill anew.
    pub fn fill(&self, work: impl FnOnce(&Transaction<'_>) -> Result<(), Problem>) -> Result<(), Problem> {
        let mut writer = self.lone_writer()?;
        writer.pragma_update(None, "journal_mode", "OFF")?;
        writer.pragma_update(None, "synchronous", "OFF")?;
        self.transact(&mut writer, work)?;
        into_shared_use(&writer)?;
        Ok(())
    }

    fn lone_writer(&self) -> Result<tokio::sync::MutexGuard<'_, Connection>, Problem> {
        self.0
            .writer
            .try_lock()
            .map_err(|_| Problem::internal("the database is in use"))
    }

    /// How many writes have been committed. What was computed from a snapshot that was taken after
    /// reading this number is current as long as the number stays the same.
    pub fn generation(&self) -> u64 {
        self.0.generation.load(Ordering::SeqCst)
    }

    fn transact<T>(
        &self,
        writer: &mut Connection,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&transaction)?;
        transaction.commit()?;
        self.0.generation.fetch_add(1, Ordering::SeqCst);
        Ok(answer)
    }

    /// Runs `work` on a read-only connection, in one snapshot.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Problem> + Send + 'static,
    {
        let permit = Arc::clone(&self.0.free_readers)
            .acquire_owned()
            .await
            .map_err(Problem::internal)?;
        let db = self.clone();
        tokio::task::spawn_blocking(move || {
            let lent = Lent::take(&db)?;
            let snapshot = lent.connection()?.unchecked_transaction()?;
            let answer = work(&snapshot);
            drop(snapshot);
            drop(permit);
            answer
        })
        .await
        .map_err(Problem::internal)?
    }
}

/// In WAL mode readers and the writer do not wait for each other.
fn into_shared_use(writer: &Connection) -> Result<(), Problem> {
    writer.pragma_update(None, "journal_mode", "WAL")?;
    writer.pragma_update(None, "synchronous", "NORMAL")?;
    Ok(())
}

/// Removes a data file, and nothing that is not one.
fn remove(file: &Path) -> Result<(), Problem> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    match std::fs::File::open(file).and_then(|file| file.take(16).read_to_end(&mut head)) {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Problem::internal(error)),
    }
    if !head.is_empty() && !head.starts_with(MAGIC) {
        return Err(Problem::internal(format!(
            "{} is no data file of this server; it was left alone",
            file.display()
        )));
    }
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Problem::internal(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn open_reader(file: &Path) -> Result<Connection, Problem> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(file, flags)?;
    configure(&reader)?;
    Ok(reader)
}

fn configure(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.pragma_update(None, "cache_size", -32_768)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// A reader on loan; goes back to the shelf even if the work panics.
struct Lent<'db> {
    db: &'db Db,
    connection: Option<Connection>,
}

impl<'db> Lent<'db> {
    fn take(db: &'db Db) -> Result<Self, Problem> {
        let idle = db.shelf().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&db.0.file)?,
        };
        Ok(Self {
            db,
            connection: Some(connection),
        })
    }

    fn connection(&self) -> Result<&Connection, Problem> {
        self.connection
            .as_ref()
            .ok_or_else(|| Problem::internal("a lent reader is gone"))
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.db.shelf().push(connection);
        }
    }
}

impl Db {
    fn shelf(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.0.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
