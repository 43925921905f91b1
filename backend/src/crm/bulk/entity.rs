//! The tables `bulk_actions`, `bulk_changes`, `bulk_runs` and `bulk_refusals`.

use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk_actions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub resource: String,
    pub action: String,
    pub actor_id: Uuid,
    pub actor_name: String,
    pub changed: i32,
    pub undone_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::Id
    }
}

pub mod change {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulk_changes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub bulk_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_id: Uuid,
        pub version: i32,
        pub before_sealed: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl TenantOwned for Entity {
        fn tenant_column() -> Column {
            Column::TenantId
        }

        fn id_column() -> Column {
            Column::BulkId
        }
    }
}

/// A worker's way through the records of a change, forth or back.
pub mod run {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulk_runs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub bulk_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub undoing: bool,
        pub job_id: Uuid,
        pub asked_sealed: String,
        /// The last record of the last part.
        pub reached: Option<Uuid>,
        pub done: i64,
        pub total: i64,
        pub changed: i64,
        pub unchanged: i64,
        pub refused: i64,
        pub stopped: Option<Stopped>,
        pub ended_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
    }

    /// Why a run ended before its time.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    pub enum Stopped {
        /// Whoever asked for it may do so no longer.
        Forbidden,
        /// Whoever asked for it has to set up a second factor first.
        SecondFactor,
        /// The firm was paused or closed.
        FirmClosed,
        /// What the records were to get is gone.
        Outdated,
        /// What it had done was undone.
        Undone,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl TenantOwned for Entity {
        fn tenant_column() -> Column {
            Column::TenantId
        }

        fn id_column() -> Column {
            Column::BulkId
        }
    }
}

/// A record that a run left as it is.
pub mod refusal {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulk_refusals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub bulk_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub undoing: bool,
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_id: Uuid,
        pub reason: String,
        pub fields: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl TenantOwned for Entity {
        fn tenant_column() -> Column {
            Column::TenantId
        }

        fn id_column() -> Column {
            Column::RecordId
        }
    }
}
