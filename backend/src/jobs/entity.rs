//! The table `jobs`.

use ebenezer_shared::job::{JobInfo, JobProgress, JobStatus};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub payload: String,
    pub unique_key: Option<String>,
    pub status: Status,
    pub attempts: i32,
    pub run_at: DateTimeUtc,
    pub leased_by: Option<Uuid>,
    pub leased_until: Option<DateTimeUtc>,
    pub error: Option<String>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    pub tenant_id: Option<Uuid>,
    pub requested_by: Option<Uuid>,
    pub progress_done: i64,
    pub progress_total: Option<i64>,
    pub cancel_requested: bool,
    pub given_up: Option<GivenUp>,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    /// For its turn, the first or another.
    Waiting,
    Running,
    Done,
    /// Given up; somebody has to look at it.
    Dead,
    Cancelled,
}

/// Why a job is dead. None: it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum GivenUp {
    /// It can never work.
    Refused,
    /// It did not work often enough.
    Exhausted,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Status {
    /// Whether nothing more happens by itself.
    pub fn is_over(self) -> bool {
        JobStatus::from(self).is_over()
    }
}

impl From<Status> for JobStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Waiting => Self::Waiting,
            Status::Running => Self::Running,
            Status::Done => Self::Done,
            Status::Dead => Self::Dead,
            Status::Cancelled => Self::Cancelled,
        }
    }
}

impl From<JobStatus> for Status {
    fn from(status: JobStatus) -> Self {
        match status {
            JobStatus::Waiting => Self::Waiting,
            JobStatus::Running => Self::Running,
            JobStatus::Done => Self::Done,
            JobStatus::Dead => Self::Dead,
            JobStatus::Cancelled => Self::Cancelled,
        }
    }
}

impl Model {
    /// As whoever asked for it sees it.
    pub fn to_info(&self) -> JobInfo {
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        JobInfo {
            id: self.id.into(),
            kind: self.kind.clone(),
            status: self.status.into(),
            progress: JobProgress {
                done: count(self.progress_done),
                total: self.progress_total.map(count),
            },
            cancel_requested: self.cancel_requested,
            created_at: self.created_at,
            finished_at: self.finished_at,
        }
    }
}
