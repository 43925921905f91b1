//! The two forms of a mail: plain text, and HTML that mail programs show alike.
//!
//! HTML of mails is tables and inline styles: many programs drop style sheets. Nothing is
//! loaded from anywhere, so opening a mail tells nobody.

use super::Body;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::mails as t;
use std::fmt::Write as _;

/// The text part.
pub fn text(body: &Body, locale: Locale) -> String {
    let mut parts = vec![body.greeting.clone()];
    parts.extend(body.paragraphs.iter().map(ToString::to_string));
    if !body.list.is_empty() {
        let lines: Vec<_> = body.list.iter().map(|line| format!("- {line}")).collect();
        parts.push(lines.join("\n"));
    }
    parts.extend(body.more.clone());
    if !body.quote.is_empty() {
        let lines: Vec<_> = body.quote.iter().map(|line| format!("> {line}")).collect();
        parts.push(lines.join("\n"));
    }
    if let Some((label, link)) = &body.button {
        parts.push(format!("{label}:\n{link}"));
    }
    parts.extend(body.notes.iter().map(|note| (*note).to_owned()));
    parts.push(format!("--\n{}", t::FOOTER.get(locale)));
    parts.join("\n\n") + "\n"
}

const FONT: &str = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;\
     line-height:1.5;color:#1c2024";

/// The HTML part.
pub fn html(body: &Body, locale: Locale) -> String {
    let rows = rows(body, locale);
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{subject}</title></head>\
         <body style=\"margin:0;background:#f0f1f3\">\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"background:#f0f1f3\"><tr><td align=\"center\" style=\"padding:32px 16px\">\
         <table role=\"presentation\" width=\"560\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"width:100%;max-width:560px;background:#ffffff;border:1px solid #dfe1e6;\
         border-radius:12px\">\
         <tr><td align=\"left\" style=\"padding:32px;overflow-wrap:anywhere;{FONT}\">\
         <p style=\"margin:0 0 24px;font-size:18px;font-weight:700\">Ebenezer</p>{rows}\
         </td></tr></table>\
         <p style=\"margin:16px 0 0;{FONT};font-size:12px;color:#60646c\">{footer}</p>\
         </td></tr></table></body></html>",
        lang = locale.tag(),
        subject = escape(&body.subject),
        footer = escape(t::FOOTER.get(locale)),
    )
}

/// What the mail says. Widths, paddings and colours stand in tables, too, where Word, which shows
/// mails in Outlook, looks for them.
fn rows(body: &Body, locale: Locale) -> String {
    let mut rows = String::new();
    let paragraph = |rows: &mut String, text: &str| {
        let _ = write!(rows, "<p style=\"margin:0 0 16px\">{}</p>", escape(text));
    };
    paragraph(&mut rows, &body.greeting);
    for text in &body.paragraphs {
        paragraph(&mut rows, text);
    }
    if !body.list.is_empty() {
        let item = |text: &String| format!("<li style=\"margin:0 0 4px\">{}</li>", escape(text));
        let items: String = body.list.iter().map(item).collect();
        let style = "margin:0 0 16px;padding:0 0 0 24px";
        let _ = write!(rows, "<ul style=\"{style}\">{items}</ul>");
    }
    if let Some(text) = &body.more {
        paragraph(&mut rows, text);
    }
    if !body.quote.is_empty() {
        let lines: Vec<_> = body.quote.iter().map(|line| escape(line)).collect();
        let _ = write!(
            rows,
            "<p style=\"margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #dfe1e6;\
             color:#60646c\">{}</p>",
            lines.join("<br>")
        );
    }
    if let Some((label, link)) = &body.button {
        let (label, link) = (escape(label), escape(link));
        let _ = write!(
            rows,
            "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:24px 0\">\
             <tr><td bgcolor=\"#0f6a73\" style=\"border-radius:8px;background:#0f6a73\">\
             <a href=\"{link}\" style=\"display:inline-block;padding:12px 24px;{FONT};\
             font-weight:600;color:#ffffff;text-decoration:none\">{label}</a></td></tr></table>\
             <p style=\"margin:0 0 16px;font-size:13px;color:#60646c\">{}<br>\
             <a href=\"{link}\" style=\"color:#0f6a73;word-break:break-all\">{link}</a></p>",
            escape(t::LINK_HINT.get(locale)),
        );
    }
    for note in &body.notes {
        let _ = write!(
            rows,
            "<p style=\"margin:0 0 12px;font-size:14px;color:#60646c\">{}</p>",
            escape(note)
        );
    }
    rows
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}
