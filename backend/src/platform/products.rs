//! Products and their modules.

use crate::auth::Public;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::routes::Routes;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::Module;
use ebenezer_shared::product::{Product, SHIPPED};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder as _, Set};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub display_name: String,
    pub subdomain_prefix: String,
    pub service_port: i32,
    pub icon: String,
    pub modules: Json,
    pub is_active: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds the shipped products that the database lacks; what platform staff changed stays.
pub async fn install_shipped(db: &impl ConnectionTrait) -> anyhow::Result<()> {
    for product in SHIPPED {
        let row = ActiveModel {
            key: Set(product.key.to_owned()),
            display_name: Set(product.display_name.to_owned()),
            subdomain_prefix: Set(product.subdomain_prefix.to_owned()),
            service_port: Set(i32::from(product.service_port)),
            icon: Set(product.icon.to_owned()),
            modules: Set(serde_json::to_value(product.modules())?),
            is_active: Set(true),
        };
        Entity::insert(row)
            .on_conflict(OnConflict::column(Column::Key).do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The products as read at start.
#[derive(Clone, Debug, Default)]
pub struct ProductCatalog(Vec<(Product, bool)>);

impl ProductCatalog {
    pub async fn load(db: &impl ConnectionTrait) -> anyhow::Result<Self> {
        let rows = Entity::find().order_by_asc(Column::ServicePort).all(db).await?;
        let products = rows.into_iter().map(|row| {
            let product = Product {
                key: row.key,
                display_name: row.display_name,
                subdomain_prefix: row.subdomain_prefix,
                service_port: u16::try_from(row.service_port).unwrap_or_default(),
                icon: row.icon,
                modules: serde_json::from_value(row.modules)?,
            };
            Ok((product, row.is_active))
        });
        Ok(Self(products.collect::<Result<_, serde_json::Error>>()?))
    }

    /// The modules of a product; none of an unknown one.
    pub fn modules(&self, key: &str) -> &[Module] {
        self.0
            .iter()
            .find(|(product, _)| product.key == key)
            .map_or(&[], |(product, _)| product.modules.as_slice())
    }

    /// Whether a new firm can subscribe to it.
    pub fn offers(&self, key: &str) -> bool {
        self.0.iter().any(|(product, active)| *active && product.key == key)
    }

    fn offered(&self) -> Vec<Product> {
        self.0.iter().filter(|(_, active)| *active).map(|(product, _)| product.clone()).collect()
    }
}

/// Products that a new firm can choose.
#[utoipa::path(get, path = "/api/products", tag = "products",
    responses((status = 200, body = Page<Product>)))]
pub async fn list_products(public: Public) -> Result<Answer, ApiError> {
    let items = public.state.products.offered();
    Answer::ok(&Page::whole(items))
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_products, list_products);
}
