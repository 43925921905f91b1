//! One message.

use super::super::documents::size;
use crate::api::{self, use_client};
use crate::download;
use crate::format;
use crate::state::clock::now;
use crate::state::{locale, locale_now, t, use_session, use_toasts};
use crate::ui::{Avatar, AvatarSize, Icon, IconView};
use chrono::{NaiveDate, TimeDelta};
use ebenezer_shared::crm::thread::{Attachment, Message};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::messages as m;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Messages of one author within so many minutes stand together.
const TOGETHER: i64 = 10;

/// A message with what stands above it.
#[derive(Clone, PartialEq)]
pub struct Line {
    message: Message,
    /// It is the first of a day.
    day: Option<NaiveDate>,
    /// It does not follow one of the same author.
    has_head: bool,
    /// It is the first that was unread.
    is_first_new: bool,
}

impl Line {
    /// What it looks like follows from these.
    pub fn key(&self) -> (u32, bool, bool, bool) {
        (self.message.number, self.day.is_some(), self.has_head, self.is_first_new)
    }
}

/// The messages with what stands above each.
pub fn rows(all: &[Message], first_new: u32) -> Vec<Line> {
    let mut before: Option<&Message> = None;
    let line = |message| {
        let day = |it: &Message| format::local(it.sent_at).0;
        let is_other_day = before.is_none_or(|before| day(before) != day(message));
        let together = before.is_some_and(|before| {
            before.author == message.author
                && message.sent_at - before.sent_at < TimeDelta::minutes(TOGETHER)
        });
        before = Some(message);
        let is_first_new = message.number == first_new;
        Line {
            message: message.clone(),
            day: is_other_day.then(|| day(message)),
            has_head: !together || is_other_day || is_first_new,
            is_first_new,
        }
    };
    all.iter().map(line).collect()
}

fn day_name(locale: Locale, day: NaiveDate) -> String {
    let today = format::local(now()).0;
    match (today - day).num_days() {
        0 => m::TODAY.get(locale).to_owned(),
        1 => m::YESTERDAY.get(locale).to_owned(),
        _ => format::date(locale, day),
    }
}

/// The message, its author and its files.
#[component]
pub fn Row(row: Line) -> impl IntoView {
    let session = use_session();
    let Line { message, day, has_head, is_first_new } = row;
    let Message { author, body, attachments, sent_at, .. } = message;
    let me = session.account_now().map(|account| account.user.id);
    let is_own = me.is_some() && author.as_ref().map(|it| it.id) == me;
    let name = author.map_or_else(|| m::CLIENT.get(locale_now()).to_owned(), |it| it.full_name);
    let time = format::local(sent_at).1.format("%H:%M").to_string();
    let day = day.map(|day| {
        view! { <p class="chat-day"><span>{move || day_name(locale(), day)}</span></p> }
    });
    let new = is_first_new.then(|| view! { <p class="chat-new"><span>{t(m::NEW_MARK)}</span></p> });
    let head = has_head.then(|| {
        view! {
            <p class="chat-head">
                <Avatar name=name.clone() size=AvatarSize::Small/>
                <span class="chat-author">{name.clone()}</span>
                <time class="quiet" datetime=sent_at.to_rfc3339()>{time.clone()}</time>
            </p>
        }
    });
    let said =
        (!body.is_empty()).then(|| view! { <p class="chat-body" data-testid="message">{body}</p> });
    let files = (!attachments.is_empty()).then(|| {
        view! {
            <ul class="chat-files">
                {attachments.into_iter().map(|file| view! { <li><FileLink file/></li> }).collect_view()}
            </ul>
        }
    });
    view! {
        {day}
        {new}
        <article class="chat-row" data-own=is_own.then_some("true") data-head=has_head.then_some("true")>
            {head}
            <div class="chat-bubble" title=time>{said}{files}</div>
        </article>
    }
}

#[component]
fn FileLink(file: Attachment) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let Attachment { id, name, size: bytes, .. } = file;
    let fetch = move |_| {
        spawn_local(async move {
            if let Err(error) = download::start(client, api::threads::attachment(id)).await {
                toasts.error(error.title(locale_now()));
            }
        });
    };
    view! {
        <button type="button" class="chat-file" data-testid="attachment" on:click=fetch>
            <IconView icon=Icon::File/>
            <span class="chat-file-name">{name}</span>
            <span class="quiet">{move || size(locale(), bytes)}</span>
        </button>
    }
}
