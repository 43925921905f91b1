//! Where files are kept, and which may come.

use super::Source;
use crate::storage::FileType;
use ebenezer_shared::tenant::UploadRules;
use secrecy::SecretString;
use std::path::{Path, PathBuf};
use url::Url;

/// Files of the firms.
#[derive(Clone, Debug)]
pub struct Storage {
    /// `UPLOAD_PATH` (default `uploads` under the data path): the folder that files are kept
    /// in. All processes must see the same one.
    pub upload_path: PathBuf,
    /// `MAX_UPLOAD_SIZE` in bytes (default 50 MiB).
    pub max_upload_bytes: u64,
    /// `ALLOWED_EXTENSIONS` (default pdf, xlsx, csv, docx, txt, png, jpg, webp, heic): what may
    /// be uploaded.
    pub allowed: Vec<FileType>,
    /// `USE_S3` (default false): keep files in a bucket instead of the folder.
    pub bucket: Option<Bucket>,
}

/// A bucket of a service that speaks S3.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// `AWS_STORAGE_BUCKET_NAME`
    pub name: String,
    /// `AWS_S3_REGION_NAME` (default `us-east-1`)
    pub region: String,
    /// `AWS_ENDPOINT_URL` (default: that of Amazon)
    pub endpoint: Option<Url>,
    /// `AWS_ACCESS_KEY_ID`
    pub key_id: SecretString,
    /// `AWS_SECRET_ACCESS_KEY`
    pub secret: SecretString,
}

impl Storage {
    pub(super) fn read(source: &mut Source, data_path: &Path) -> Self {
        let upload_path = source.get("UPLOAD_PATH").map(PathBuf::from);
        let max_upload_bytes = source.number("MAX_UPLOAD_SIZE", 50 << 20);
        // Beyond it a database column and a part of an S3 upload end.
        if !(1..=5 << 30).contains(&max_upload_bytes) {
            source.wrong("MAX_UPLOAD_SIZE", "must be from 1 byte to 5 GiB");
        }
        let extensions: Vec<String> = source.list("ALLOWED_EXTENSIONS", "extensions");
        let mut allowed = Vec::new();
        for extension in &extensions {
            match FileType::of_extension(extension.trim_start_matches('.')) {
                Some(kind) => allowed.push(kind),
                None => source.wrong(
                    "ALLOWED_EXTENSIONS",
                    &format!("names {extension}, whose content cannot be checked"),
                ),
            }
        }
        if extensions.is_empty() {
            allowed = FileType::DEFAULTS.to_vec();
        }
        Self {
            upload_path: upload_path.unwrap_or_else(|| data_path.join("uploads")),
            max_upload_bytes,
            allowed,
            bucket: Bucket::read(source),
        }
    }

    /// What people are told before they upload something.
    pub fn upload_rules(&self) -> UploadRules {
        let names = self.allowed.iter().flat_map(|kind| kind.extensions());
        UploadRules {
            max_bytes: self.max_upload_bytes,
            extensions: names.map(|name| (*name).to_owned()).collect(),
        }
    }
}

impl Bucket {
    fn read(source: &mut Source) -> Option<Self> {
        if !source.flag("USE_S3", false) {
            return None;
        }
        let name = source.text("AWS_STORAGE_BUCKET_NAME", "");
        let region = source.text("AWS_S3_REGION_NAME", "us-east-1");
        let endpoint = source.get("AWS_ENDPOINT_URL").map(Url::parse);
        let mut needed = |variable: &str| {
            let secret = source.secret(variable);
            if secret.is_none() {
                source.wrong(variable, "is needed with USE_S3=true");
            }
            secret.unwrap_or_default()
        };
        let (key_id, secret) = (needed("AWS_ACCESS_KEY_ID"), needed("AWS_SECRET_ACCESS_KEY"));
        if name.is_empty() {
            source.wrong("AWS_STORAGE_BUCKET_NAME", "is needed with USE_S3=true");
        }
        let endpoint = match endpoint {
            Some(Err(_)) => {
                source.wrong("AWS_ENDPOINT_URL", "must be an address such as https://s3.host");
                None
            }
            Some(Ok(url)) => Some(url),
            None => None,
        };
        Some(Self { name, region, endpoint, key_id, secret })
    }
}
