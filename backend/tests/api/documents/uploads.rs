//! Files as they come.

use super::{client, says, stored_files};
use crate::support::fixtures::{id, number};
use crate::support::{Member, Setup, TestApp, json};
use std::io::Write as _;
use uuid::Uuid;

db_tests! {
    a_document_is_what_was_uploaded,
    a_client_is_named_instead_of_a_folder,
    files_that_are_not_what_they_say_are_refused,
    office_files_are_looked_into,
    a_file_that_unpacks_without_end_hurts_nobody,
    names_lose_what_could_harm,
    more_than_is_allowed_is_refused_and_leaves_nothing,
    a_form_must_be_one,
    other_types_are_taken_where_they_are_configured,
    what_may_come_is_told_beforehand,
    the_same_upload_twice_is_one_document,
    three_hundred_at_once,
    a_full_plan_takes_no_more,
}

async fn send(member: &Member, folder: Uuid, name: &str, content: &[u8]) -> crate::support::Reply {
    let folder = folder.to_string();
    member.upload("/api/documents", &[("folder_id", &folder)], name, content).await
}

async fn a_document_is_what_was_uploaded(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let folder = inbox.to_string();
    let fields = [("folder_id", folder.as_str()), ("note", "Del correo de ayer")];
    let content = says("Declaración");
    let reply = owner.upload("/api/documents", &fields, "Declaración 2024.PDF", &content).await;
    let location = reply.header("location").to_owned();
    assert_eq!(reply.header("etag"), "\"v1\"");
    let document = reply.created();
    assert_eq!(location, format!("/api/documents/{}", id(&document)));
    assert_eq!(document["name"], "Declaración 2024.pdf");
    assert_eq!(document["kind"], "pdf");
    assert_eq!(document["content_type"], "application/pdf");
    assert_eq!(document["size"], content.len());
    let output = sha256sum(&content);
    assert_eq!(document["sha256"], output.as_str());
    assert_eq!(document["client"]["id"], json!(contact));
    assert_eq!(document["folder"], json!({ "id": inbox, "name": "Recibidos" }));
    assert_eq!((&document["version"], &document["previewable"]), (&json!(1), &json!(true)));
    assert_eq!(document["note"], "Del correo de ayer");
    assert_eq!(owner.get(&location).await.ok(), document);
    let list = owner.list("/api/documents", &[("search", "declaracion")]).await.ok();
    assert_eq!(list["items"][0], document);
    let folder = owner.get(&format!("/api/folders/{inbox}")).await.ok();
    assert_eq!(folder["document_count"], 1);
    let timeline = owner.get(&format!("/api/contacts/{contact}/timeline")).await.ok();
    let told = timeline["items"][0]["text"].as_str().unwrap();
    assert!(told.ends_with("guardó el documento «Declaración 2024.pdf»"), "{told}");
}

/// What another program says of the content.
fn sha256sum(content: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content).unwrap();
    let output = std::process::Command::new("sha256sum").arg(file.path()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()[..64].to_owned()
}

async fn a_client_is_named_instead_of_a_folder(app: TestApp) {
    let owner = app.owner().await;
    let company = owner.corporation("ABC Corp").await.to_string();
    let content = says("hola");
    let fields = [("corporation_id", company.as_str())];
    let document = owner.upload("/api/documents", &fields, "a.pdf", &content).await.created();
    assert_eq!(document["folder"]["name"], "Recibidos");
    assert_eq!(document["client"]["name"], "ABC Corp");
    let none = owner.upload("/api/documents", &[], "a.pdf", &content).await;
    none.invalid("folder_id", "required");
    let nobody = Uuid::now_v7().to_string();
    for field in ["folder_id", "contact_id", "corporation_id"] {
        let reply = owner.upload("/api/documents", &[(field, &nobody)], "a.pdf", &content).await;
        reply.invalid(field, "unknown_reference");
        let reply = owner.upload("/api/documents", &[(field, "x")], "a.pdf", &content).await;
        reply.invalid(field, "wrong_type");
    }
    let more = [("corporation_id", company.as_str()), ("kind", "pdf")];
    let reply = owner.upload("/api/documents", &more, "a.pdf", &content).await;
    reply.invalid("kind", "unknown_field");
    let stranger = app.owner().await;
    let (contact, _) = client(&stranger).await;
    let contact = contact.to_string();
    let reply =
        owner.upload("/api/documents", &[("contact_id", &contact)], "a.pdf", &content).await;
    reply.invalid("contact_id", "unknown_reference");
}

async fn files_that_are_not_what_they_say_are_refused(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0";
    let html = b"<html><script>alert(1)</script></html>";
    for name in
        ["factura.pdf", "foto.png", "foto.jpg", "hoja.xlsx", "carta.docx", "nota.txt", "foto.heic"]
    {
        send(&owner, inbox, name, program).await.invalid("file", "file_type_mismatch");
    }
    for name in ["programa.exe", "pagina.html", "dibujo.svg", "sin-extension", "a.pdf.exe"] {
        send(&owner, inbox, name, html).await.invalid("file", "file_type_not_allowed");
    }
    send(&owner, inbox, "pagina.pdf", html).await.invalid("file", "file_type_mismatch");
    send(&owner, inbox, "vacio.pdf", b"").await.invalid("file", "file_empty");
    send(&owner, inbox, "hola.png", &says("hola")).await.invalid("file", "file_type_mismatch");
    let problem = owner.with("Accept-Language", "en");
    let problem = problem.upload("/api/documents", &[], "a.exe", program).await;
    let problem = problem.invalid("file", "file_type_not_allowed");
    assert_eq!(problem["errors"][0]["message"], "Files of this type are not accepted.");
    assert_eq!((stored_files(&app), app.count("stored_files").await), (0, 0));
    for (name, content) in [
        ("nota.txt", "Llamar a Peña mañana\r\n".as_bytes()),
        ("datos.csv", b"nombre;monto\r\nPe\xf1a;12\r\n"),
        ("recibo.png", &ebenezer::demo::files::png(4, 4, |_, _| 9)),
    ] {
        send(&owner, inbox, name, content).await.created();
    }
}

/// An office file as `zip` writes one.
fn office(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let script = "import sys, zipfile, pathlib
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:
    for name in sys.argv[2:]:
        archive.write(pathlib.Path(sys.argv[1]).parent / name.replace('/', '_'), name)";
    let archive = folder.path().join("archive.zip");
    for (name, content) in parts {
        std::fs::write(folder.path().join(name.replace('/', "_")), content).unwrap();
    }
    let mut python = crate::support::mail::python();
    python.args(["-c", script]).arg(&archive).args(parts.iter().map(|(name, _)| name));
    assert!(python.status().unwrap().success());
    std::fs::read(archive).unwrap()
}

const SHEET: &str = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";

async fn office_files_are_looked_into(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let list = || ("[Content_Types].xml", SHEET.as_bytes().to_vec());
    let sheet = office(&[list(), ("xl/workbook.xml", b"<workbook/>".to_vec())]);
    let document = send(&owner, inbox, "cuentas.xlsx", &sheet).await.created();
    assert_eq!(
        (&document["kind"], &document["previewable"]),
        (&json!("spreadsheet"), &json!(false))
    );
    send(&owner, inbox, "cuentas.docx", &sheet).await.invalid("file", "file_type_mismatch");
    let plain = office(&[("virus.exe", b"MZ".to_vec())]);
    send(&owner, inbox, "cuentas.xlsx", &plain).await.invalid("file", "file_type_mismatch");
    let cut = &sheet[..sheet.len() - 10];
    send(&owner, inbox, "cuentas.xlsx", cut).await.invalid("file", "file_type_mismatch");
}

async fn a_file_that_unpacks_without_end_hurts_nobody(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    // Sixteen megabytes of nothing, told to be the list of parts: read no further than it must.
    let bomb = office(&[("[Content_Types].xml", vec![b' '; 16 << 20])]);
    assert!(bomb.len() < 100_000);
    send(&owner, inbox, "bomba.xlsx", &bomb).await.invalid("file", "file_type_mismatch");
    // A part that says it unpacks to four gigabytes.
    let mut liar = office(&[("[Content_Types].xml", SHEET.into()), ("a", b"aaaa".to_vec())]);
    let central = liar.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    liar[central + 24..central + 28].copy_from_slice(&0xFFFF_FF00u32.to_le_bytes());
    send(&owner, inbox, "bomba.xlsx", &liar).await.invalid("file", "file_suspicious");
}

async fn names_lose_what_could_harm(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    for (given, kept) in [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\\\Users\\\\ana\\\\W2.pdf", "W2.pdf"),
        ("factura\u{202E}fdp.pdf", "facturafdp.pdf"),
        ("a:b*c?.pdf", "a-b-c-.pdf"),
        ("..pdf", "documento.pdf"),
    ] {
        let document = send(&owner, inbox, given, &says("hola")).await.created();
        assert_eq!(document["name"], kept, "{given:?}");
    }
    let long = format!("{}.pdf", "ñ".repeat(300));
    let document = send(&owner, inbox, &long, &says("hola")).await.created();
    assert_eq!(document["name"].as_str().unwrap().chars().count(), 150);
    let folder = inbox.to_string();
    let fields = [("folder_id", folder.as_str()), ("name", "Contrato firmado")];
    let named = owner.upload("/api/documents", &fields, "scan001.pdf", &says("hola")).await;
    assert_eq!(named.created()["name"], "Contrato firmado.pdf");
    // What lies on the disk is called otherwise.
    let uploads = app.folder().join("uploads").join(owner.tenant.to_string());
    for file in std::fs::read_dir(uploads).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(Uuid::try_parse(&name).is_ok(), "{name}");
    }
}

async fn more_than_is_allowed_is_refused_and_leaves_nothing(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let mut large = says("grande");
    large.resize(51 << 20, b' ');
    send(&owner, inbox, "grande.pdf", &large).await.problem(413, "payload_too_large");
    assert_eq!((app.count("documents").await, app.count("stored_files").await), (0, 0));
    large.truncate(50 << 20);
    let document = send(&owner, inbox, "justo.pdf", &large).await.created();
    let path = format!("/api/documents/{}/download", id(&document));
    assert!(owner.bytes(&path).await.body == large);
}

async fn a_form_must_be_one(app: TestApp) {
    let owner = app.owner().await;
    let json = owner.post("/api/documents", json!({ "file": "x" })).await;
    json.problem(415, "unsupported_media_type");
    let broken = owner.with("Content-Type", "multipart/form-data; boundary=x");
    let broken = broken.raw(reqwest::Method::POST, "/api/documents", b"nada".to_vec()).await;
    assert!([400, 422].contains(&broken.status), "{}", broken.text);
    let no_file = owner.with("Content-Type", "multipart/form-data; boundary=x");
    let body = b"--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhola\r\n--x--\r\n";
    let no_file = no_file.raw(reqwest::Method::POST, "/api/documents", body.to_vec()).await;
    no_file.invalid("file", "required");
}

async fn other_types_are_taken_where_they_are_configured(setup: Setup) {
    let app =
        setup.set("ALLOWED_EXTENSIONS", "txt, .png").set("MAX_UPLOAD_SIZE", "100").start().await;
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    send(&owner, inbox, "a.pdf", &says("x")).await.problem(413, "payload_too_large");
    send(&owner, inbox, "a.pdf", b"%PDF-1.4").await.invalid("file", "file_type_not_allowed");
    send(&owner, inbox, "a.txt", &[b'a'; 100]).await.created();
    send(&owner, inbox, "a.txt", &[b'a'; 101]).await.problem(413, "payload_too_large");
}

async fn the_same_upload_twice_is_one_document(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let keyed =
        Member { client: owner.with("Idempotency-Key", format!("k{}", number())), ..owner.clone() };
    let first = send(&keyed, inbox, "a.pdf", &says("uno")).await.created();
    let again = send(&keyed, inbox, "a.pdf", &says("uno")).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.created(), first);
    let other = send(&keyed, inbox, "a.pdf", &says("dos")).await;
    other.problem(422, "idempotency_key_reused");
    assert_eq!(app.count("documents").await, 1);
    let used = "SELECT bytes FROM storage_usage";
    assert_eq!(app.value::<i64>(used).await, i64::try_from(says("uno").len()).unwrap());
}

async fn three_hundred_at_once(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let sent = (0..300).map(async |n| {
        let reply = send(&owner, inbox, &format!("{n}.pdf"), &says(&n.to_string())).await;
        (n, id(&reply.created()))
    });
    let all = futures_util::future::join_all(sent).await;
    assert_eq!(stored_files(&app), 300);
    for (n, id) in all.into_iter().step_by(37) {
        let path = format!("/api/documents/{id}/download");
        assert!(owner.bytes(&path).await.body == says(&n.to_string()), "{n}");
    }
    let path = format!("/api/documents?folder_id={inbox}&page_size=200");
    let list = owner.get(&path).await.ok();
    assert_eq!((&list["total"], list["items"].as_array().unwrap().len()), (&json!(300), 200));
}

async fn a_full_plan_takes_no_more(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let size = says("uno").len();
    let limit = size * 2 + 10;
    app.execute(&format!("UPDATE plans SET max_storage_bytes = {limit}")).await;
    let first = send(&owner, inbox, "1.pdf", &says("uno")).await.created();
    send(&owner, inbox, "2.pdf", &says("dos")).await.created();
    let problem = send(&owner, inbox, "3.pdf", &says("tre")).await.problem(402, "plan_limit");
    assert_eq!((&problem["limit"], &problem["used"]), (&json!(limit), &json!(size * 2)));
    assert!(problem["upgrade_url"].as_str().unwrap().ends_with("/settings"));
    let version = format!("/api/documents/{}/versions", id(&first));
    owner.upload(&version, &[], "3.pdf", &says("tre")).await.problem(402, "plan_limit");
    owner.delete(&format!("/api/documents/{}", id(&first))).await.no_content();
    send(&owner, inbox, "3.pdf", &says("tre")).await.problem(402, "plan_limit");
    owner.delete(&format!("/api/documents/{}?permanent=true", id(&first))).await.no_content();
    send(&owner, inbox, "3.pdf", &says("tre")).await.created();
}

async fn what_may_come_is_told_beforehand(setup: Setup) {
    let setup = setup.set("MAX_UPLOAD_SIZE", "2048").set("ALLOWED_EXTENSIONS", "jpg,pdf");
    let app = setup.start().await;
    let owner = app.owner().await;
    let me = owner.get("/api/auth/me").await.ok();
    let told = json!({ "max_bytes": 2048, "extensions": ["jpg", "jpeg", "pdf"] });
    assert_eq!(me["tenant"]["uploads"], told);
}
