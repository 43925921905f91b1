//! Modules and the products made of them.

use crate::permission::Module;
use serde::{Deserialize, Serialize};

/// What a tenant subscribes to: a set of modules. Platform staff can add more products;
/// these are shipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// `tax`, `legal`, `studio`, `inventory`, `erp` or a key that platform staff chose.
    pub key: String,
    pub display_name: String,
    /// Proposed start of a subdomain.
    pub subdomain_prefix: String,
    pub service_port: u16,
    pub icon: String,
    pub modules: Vec<Module>,
}

/// Modules that every product has.
pub const BASE_MODULES: [Module; 14] = [
    Module::Dashboard,
    Module::Settings,
    Module::Team,
    Module::Contacts,
    Module::Corporations,
    Module::Departments,
    Module::Documents,
    Module::Appointments,
    Module::Tasks,
    Module::Notes,
    Module::Messages,
    Module::Reports,
    Module::Portal,
    Module::Data,
];

/// A product as shipped.
#[derive(Clone, Copy, Debug)]
pub struct ShippedProduct {
    pub key: &'static str,
    pub display_name: &'static str,
    pub subdomain_prefix: &'static str,
    pub service_port: u16,
    pub icon: &'static str,
    extra: &'static [Module],
}

impl ShippedProduct {
    /// All its modules, the base ones first.
    pub fn modules(&self) -> Vec<Module> {
        BASE_MODULES.iter().chain(self.extra).copied().collect()
    }
}

/// The five products.
pub const SHIPPED: [ShippedProduct; 5] = [
    ShippedProduct {
        key: "tax",
        display_name: "Impuestos y contabilidad",
        subdomain_prefix: "tax",
        service_port: 8001,
        icon: "receipt",
        extra: &[Module::Cases, Module::Orders, Module::Payments, Module::Expenses],
    },
    ShippedProduct {
        key: "legal",
        display_name: "Solicitudes legales",
        subdomain_prefix: "legal",
        service_port: 8002,
        icon: "scale",
        extra: &[Module::Requests, Module::Contracts],
    },
    ShippedProduct {
        key: "studio",
        display_name: "Estudio fotográfico",
        subdomain_prefix: "studio",
        service_port: 8003,
        icon: "camera",
        extra: &[
            Module::Contracts,
            Module::Orders,
            Module::Payments,
            Module::Inventory,
            Module::Assets,
            Module::Production,
            Module::Expenses,
        ],
    },
    ShippedProduct {
        key: "inventory",
        display_name: "Inventario",
        subdomain_prefix: "inv",
        service_port: 8004,
        icon: "box",
        extra: &[Module::Orders, Module::Payments, Module::Inventory, Module::Assets],
    },
    ShippedProduct {
        key: "erp",
        display_name: "Gestión integral",
        subdomain_prefix: "erp",
        service_port: 8005,
        icon: "briefcase",
        extra: &[
            Module::Cases,
            Module::Requests,
            Module::Contracts,
            Module::Orders,
            Module::Payments,
            Module::Inventory,
            Module::Assets,
            Module::Production,
            Module::Expenses,
        ],
    },
];
