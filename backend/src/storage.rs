//! Where the bytes of files are: a local folder, or a bucket of a service that speaks S3.
//!
//! A file's key is `<firm>/<id>`, never what a user called it. [`Storage`] knows bytes alone;
//! [`ledger`] knows which files there are, and sees to it that none is left behind.

mod file_type;
pub mod ledger;

pub use file_type::FileType;

use crate::config::Config;
use anyhow::Context as _;
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, RetryConfig,
};
use secrecy::ExposeSecret as _;
use std::fs::File;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

/// So much of a file is in memory at a time; S3 takes no smaller parts (its API reference,
/// “Multipart upload limits”).
const PART: usize = 5 << 20;
/// So many files are written at once.
const WRITERS: usize = 8;
/// How long a service may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(5);

/// The name of a stored file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKey {
    pub tenant: Uuid,
    pub id: Uuid,
}

impl FileKey {
    fn path(self) -> Key {
        Key::from_iter([self.tenant.to_string(), self.id.to_string()])
    }
}

/// Pieces of a file, as they are read.
pub type Pieces = BoxStream<'static, object_store::Result<Bytes>>;

/// The storage of this process.
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// Of a local storage its folder.
    folder: Option<PathBuf>,
    /// Where uploads wait until they are judged.
    waiting_room: PathBuf,
    writers: Semaphore,
}

impl Storage {
    /// Opens what the configuration names; a local folder is made.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let waiting_room = config.data_path.join("incoming");
        std::fs::create_dir_all(&waiting_room)
            .with_context(|| format!("{} cannot be made", waiting_room.display()))?;
        let (store, folder): (Arc<dyn ObjectStore>, _) = if config.storage.bucket.is_some() {
            (Arc::new(bucket(config)?), None)
        } else {
            let folder = &config.storage.upload_path;
            std::fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
            let local = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
            (Arc::new(local), Some(folder.clone()))
        };
        Ok(Self { store, folder, waiting_room, writers: Semaphore::new(WRITERS) })
    }

    /// A file without a name: gone with its last reader, also when the process is killed.
    pub fn waiting_file(&self) -> std::io::Result<File> {
        tempfile::tempfile_in(&self.waiting_room)
    }

    /// The folder of such files.
    pub fn waiting_room(&self) -> &std::path::Path {
        &self.waiting_room
    }

    /// Waits to be one of those who store a file and tell the database of it. Hundreds may
    /// come at once; the others wait here, where they keep nobody from a connection.
    pub async fn turn(&self) -> anyhow::Result<SemaphorePermit<'_>> {
        Ok(self.writers.acquire().await?)
    }

    /// Writes a file whole: readers see all of it or nothing.
    pub async fn put(&self, key: FileKey, file: File) -> anyhow::Result<()> {
        let mut file = tokio::fs::File::from_std(file);
        tokio::io::AsyncSeekExt::rewind(&mut file).await?;
        let mut writer = BufWriter::with_capacity(Arc::clone(&self.store), key.path(), PART)
            .with_max_concurrency(2);
        if let Err(error) = tokio::io::copy(&mut file, &mut writer).await {
            if let Err(error) = writer.abort().await {
                tracing::warn!(%error, "parts of an upload may be left in the storage");
            }
            return Err(error).context("a file could not be stored");
        }
        // The last step takes back by itself what it could not finish.
        writer.shutdown().await.context("a file could not be stored")?;
        Ok(())
    }

    /// Reads a file, or a part of it.
    pub async fn read(&self, key: FileKey, part: Option<Range<u64>>) -> anyhow::Result<Pieces> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.store.get_opts(&key.path(), options).await;
        Ok(found.context("a stored file cannot be read")?.into_stream())
    }

    /// Deletes a file; one that is not there is deleted already.
    pub async fn delete(&self, key: FileKey) -> anyhow::Result<()> {
        let path = key.path();
        match self.store.delete(&path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error).context("a stored file cannot be deleted"),
        }
        if let Some(folder) = &self.folder {
            // What a process left that was killed while it wrote.
            for number in 1..4 {
                let staged = folder.join(format!("{path}#{number}"));
                if tokio::fs::remove_file(staged).await.is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Whether files can be written and read.
    pub async fn check(&self) -> anyhow::Result<()> {
        if let Some(folder) = self.folder.clone() {
            let made = tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder)).await?;
            return made.map(|_| ()).context("the upload folder cannot be written");
        }
        let nobody = Key::from(Uuid::nil().to_string());
        let mut listed = self.store.list(Some(&nobody));
        match tokio::time::timeout(PATIENCE, listed.next()).await {
            Ok(None | Some(Ok(_))) => Ok(()),
            Ok(Some(Err(error))) => Err(error).context("the bucket does not answer"),
            Err(_) => anyhow::bail!("the bucket does not answer in time"),
        }
    }
}

fn bucket(config: &Config) -> anyhow::Result<impl ObjectStore + use<>> {
    let bucket = config.storage.bucket.as_ref().context("no bucket")?;
    let is_plain = bucket.endpoint.as_ref().is_some_and(|url| url.scheme() == "http");
    let client = ClientOptions::new()
        .with_allow_http(is_plain)
        .with_connect_timeout(PATIENCE)
        .with_timeout(Duration::from_mins(1));
    let retry = RetryConfig {
        max_retries: 3,
        retry_timeout: Duration::from_secs(30),
        ..RetryConfig::default()
    };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(bucket.key_id.expose_secret())
        .with_secret_access_key(bucket.secret.expose_secret())
        .with_client_options(client)
        .with_retry(retry);
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/'));
    }
    builder.build().context("the bucket cannot be used")
}
