//! A firm with a thing of each kind, all of which carry a mark.

use super::sample::Ids;
use crate::support::fixtures::{id, number};
use crate::support::{Member, TestApp, Value, json};
use ebenezer::demo::files::pdf;
use ebenezer_shared::permission::Role;
use uuid::Uuid;

/// A word that stands in everything of the firm that must not be seen by others.
pub const MARK: &str = "Zzmarcada";

pub struct World<'a> {
    app: &'a TestApp,
    mark: &'static str,
    pub owner: Member,
    pub corporation: Uuid,
    pub department: Uuid,
    pub tag: Uuid,
    pub contact: Uuid,
    partner: Uuid,
    view: Uuid,
    pub folder: Uuid,
    pub document: Uuid,
    pub case: Uuid,
}

/// Of these the walk makes nothing: a job is the work of a moment. Whose they are is tested where
/// they are made.
const ANY_ID: [&str; 2] = ["/api/jobs", "/api/admin/jobs"];

impl<'a> World<'a> {
    /// A firm whose things carry the mark.
    pub async fn marked(app: &'a TestApp) -> Self {
        Self::new(app, MARK).await
    }

    pub async fn unmarked(app: &'a TestApp) -> Self {
        Self::new(app, "Corriente").await
    }

    async fn new(app: &'a TestApp, mark: &'static str) -> Self {
        let owner = app.owner().await;
        app.change_tenant(owner.tenant, |tenant| {
            tenant.company = format!("{mark} SAS");
            // Many are invited on the walk.
            tenant.plan_key = "enterprise".to_owned();
        })
        .await;
        app.change_user(owner.user, |user| user.full_name = format!("Dueña {mark}")).await;
        app.rename_staff(owner.tenant, owner.user, &format!("Dueña {mark}")).await;
        let corporation = owner.corporation(&format!("Corp {mark}")).await;
        let department = owner.department(&format!("Depto {mark}"), "D").await;
        let tag = json!({ "name": format!("Etiqueta {mark}") });
        let tag = id(&owner.post("/api/tags", tag).await.created());
        let more = json!({
            "primary_corporation_id": corporation, "department_id": department,
            "owner_id": owner.user, "email": format!("{mark}@firma.test"), "notes": mark,
            "tag_ids": [tag],
        });
        let contact = id(&owner.contact(&format!("Persona {mark}"), more).await);
        let partner = id(&owner.contact(&format!("Pareja {mark}"), json!({})).await);
        let view = json!({ "resource": "contacts", "name": mark, "shared": true });
        let view = id(&owner.post("/api/views", view).await.created());
        let body = json!({ "name": format!("Carpeta {mark}"), "contact_id": contact });
        let folder = id(&owner.post("/api/folders", body).await.created());
        let document = owner.document(folder, &format!("Documento {mark}.pdf")).await;
        let case =
            json!({ "contact_id": contact, "type": "other", "tax_year": 2023, "notes": mark });
        let case = id(&owner.post("/api/cases", case).await.created());
        let role = json!({ "name": format!("Rol {mark}"), "permissions": [] });
        owner.post("/api/roles", role).await.created();
        Self {
            app,
            mark,
            owner,
            corporation,
            department,
            tag,
            contact,
            partner,
            view,
            folder,
            document,
            case,
        }
    }

    /// What fields of bodies and query parameters refer to.
    pub fn ids(&self) -> Ids {
        let by_field = [
            ("primary_corporation_id", self.corporation),
            ("corporation_ids", self.corporation),
            ("corporation_id", self.corporation),
            ("reassign_primary_to", self.corporation),
            ("department_id", self.department),
            ("owner_id", self.owner.user),
            ("assignee_id", self.owner.user),
            ("member_ids", self.owner.user),
            ("staff_id", self.owner.user),
            ("contact_id", self.contact),
            ("record_id", self.contact),
            ("joint_contact_id", self.partner),
            ("default_view_id", self.view),
            ("folder_id", self.folder),
            ("parent_id", self.folder),
            ("document_id", self.document),
            ("case_id", self.case),
            ("tag_ids", self.tag),
            ("tag", self.tag),
            ("tenant_id", self.owner.tenant),
        ];
        Ids { by_field: by_field.into(), ..Ids::default() }
    }

    /// The same with a record for those that are to go in a merge.
    pub async fn ids_for(&self, path: &str) -> Ids {
        let mut ids = self.ids();
        if path.ends_with("/merge") {
            ids.by_field.extend(self.fresh(path).await.first().map(|id| ("id", *id)));
        }
        ids
    }

    /// The ids of new things for that path: of the first one and, where it has two, of what
    /// belongs to it. None where it has none, or any will do.
    pub async fn fresh(&self, path: &str) -> Vec<Uuid> {
        let Some(first) = self.first(path).await else { return Vec::new() };
        let Some((_, second)) = path.split_once("/{").and_then(|(_, rest)| rest.split_once("/{"))
        else {
            return vec![first];
        };
        let part = path.split("/{").next().unwrap();
        let path = format!("{part}/{first}");
        let get = async |what: &str| self.owner.get(&format!("{path}{what}")).await.ok();
        let second = match (part, second.split('}').next().unwrap()) {
            ("/api/contacts", "corporation_id") => {
                let body = json!({ "primary_corporation_id": self.corporation });
                self.owner.patch(&path, body).await.ok();
                self.corporation
            }
            ("/api/contacts", "contact_id") => {
                let body = json!({ "contact_id": self.contact, "kind": "sibling" });
                self.owner.post(&format!("{path}/related"), body).await.created();
                self.contact
            }
            ("/api/corporations", "corporation_id") => {
                let body = json!({ "corporation_id": self.corporation, "kind": "affiliate" });
                self.owner.post(&format!("{path}/related"), body).await.created();
                self.corporation
            }
            ("/api/cases", "item_id") => {
                let body = json!({ "label": "Cosa" });
                let case = self.owner.post(&format!("{path}/checklist"), body).await.created();
                id(&case["checklist"][0])
            }
            ("/api/document-requests", "item_id") => id(&get("").await["items"][0]),
            ("/api/threads", "message_id") => id(&get("/messages").await["items"][0]),
            ("/api/documents", "version_id") => {
                let old = id(&get("/versions").await["items"][0]);
                let file = pdf("Otra", &[]);
                let path = format!("{path}/versions");
                self.owner.upload(&path, &[], "otra.pdf", &file).await.created();
                old
            }
            unknown => panic!("the walk makes no thing for {unknown:?}"),
        };
        vec![first, second]
    }

    /// A new thing for the first id of that path, of sessions the owner's own.
    async fn first(&self, path: &str) -> Option<Uuid> {
        let (collection, _) = path.split_once("/{")?;
        if collection == "/api/auth/sessions" {
            // Whoever else ends it is noticed: the snapshots are read in it.
            return Some(self.owner.session);
        }
        if collection == "/api/team" {
            return Some(self.app.member(self.owner.tenant, Role::Viewer).await.user);
        }
        let (number, mark) = (number(), self.mark);
        if collection == "/api/documents" {
            return Some(self.owner.document(self.folder, &format!("{mark} {number}.pdf")).await);
        }
        if collection == "/api/attachments" {
            let name = format!("{mark} {number}.txt");
            let file = self.owner.upload(collection, &[], &name, mark.as_bytes()).await;
            let file = id(&file.created());
            let body = self.thread(&json!({ "attachment_ids": [file] }));
            self.owner.post("/api/threads", body).await.created();
            return Some(file);
        }
        if collection == "/api/bulk" {
            let body = json!({
                "action": "set_status", "status": "inactive", "ids": [self.contact],
            });
            let done = self.owner.post("/api/contacts/bulk", body).await.ok();
            return Some(done["bulk_id"].as_str().unwrap().parse().unwrap());
        }
        let body = match collection {
            "/api/contacts" => json!({
                "first_name": format!("Persona {number}"), "last_name": mark, "notes": mark,
                "allow_duplicate": true,
            }),
            "/api/cases" => json!({
                "corporation_id": self.corporation, "type": "other", "tax_year": 2023,
                "notes": mark,
            }),
            "/api/corporations" => json!({ "name": format!("Corp {mark} {number}") }),
            "/api/departments" => {
                json!({ "name": format!("Depto {mark} {number}"), "code": format!("F{number}") })
            }
            "/api/folders" => {
                json!({ "name": format!("Carpeta {mark} {number}"), "contact_id": self.contact })
            }
            "/api/document-requests" => json!({
                "title": format!("Pedido {mark} {number}"), "contact_id": self.contact,
                "items": [{ "name": format!("Cosa {mark}") }, { "name": "Otra cosa" }],
            }),
            "/api/tags" => json!({ "name": format!("Etiqueta {mark} {number}") }),
            "/api/team/invitations" => {
                json!({ "email": format!("{mark}{number}@firma.test"), "role": "viewer" })
            }
            "/api/roles" => json!({ "name": format!("Rol {mark} {number}"), "permissions": [] }),
            "/api/appointments" => json!({
                "title": format!("Cita {mark} {number}"), "starts_at": "2030-05-06T15:00:00Z",
                "ends_at": "2030-05-06T16:00:00Z", "allow_conflict": true,
            }),
            "/api/views" => json!({
                "resource": "contacts", "name": format!("{mark} {number}"), "shared": true,
            }),
            "/api/tasks" => json!({ "title": format!("Tarea {mark} {number}"), "notes": mark }),
            "/api/notes" => {
                json!({ "text": format!("Nota {mark} {number}"), "contact_id": self.contact })
            }
            "/api/threads" => self.thread(&json!({ "body": mark })),
            known if ANY_ID.contains(&known) => return None,
            unknown => panic!("the walk makes no thing for {unknown}/{{id}}"),
        };
        Some(id(&self.owner.post(collection, body).await.created()))
    }

    /// A thread that all see who see the client.
    fn thread(&self, message: &Value) -> Value {
        let subject = format!("Hilo {} {}", self.mark, number());
        json!({
            "subject": subject, "kind": "client", "contact_id": self.contact, "message": message,
        })
    }

    /// Everything that the firm's own lists show.
    pub async fn snapshot(&self) -> Vec<Value> {
        let mut lists = Vec::new();
        for path in [
            "/api/contacts",
            "/api/corporations",
            "/api/cases",
            "/api/tasks",
            "/api/notes",
            "/api/threads",
            "/api/appointments",
            "/api/views",
            "/api/departments",
            "/api/tags",
            "/api/team",
            "/api/team/invitations",
            "/api/roles",
            "/api/folders",
            "/api/documents",
            "/api/document-requests",
        ] {
            let mut list = if path.ends_with("contacts")
                || path.ends_with("corporations")
                || path.contains("folders")
                || path.contains("document")
            {
                self.owner.get(&format!("{path}?page_size=200")).await.ok()
            } else {
                self.owner.get(path).await.ok()
            };
            for item in list["items"].as_array_mut().into_iter().flatten() {
                // A mail leaves when it leaves.
                item.as_object_mut().unwrap().remove("delivery");
            }
            lists.push(list);
        }
        lists.push(self.owner.get("/api/auth/me").await.ok());
        lists
    }
}
