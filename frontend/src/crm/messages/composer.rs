//! Writing a message.

use super::super::documents::DropArea;
use super::chat::Chat;
use super::files::{Attach, FileRows, Files};
use super::inbox::use_inbox;
use crate::api::{self, use_client};
use crate::state::{FormErrors, locale, t};
use crate::ui::{Button, ButtonKind, Field, Form, FormProblem, Model, TextArea};
use ebenezer_shared::crm::thread::CreateMessage;
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::texts::messages as m;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether Enter sends: on keyboards of phones it begins a line.
fn enter_sends() -> bool {
    let coarse = window().match_media("(pointer: coarse)").ok().flatten();
    !coarse.is_some_and(|media| media.matches())
}

/// A field, files by button or let fall, and Enter sends. What was typed is there
/// again when it could not be sent.
#[component]
pub fn Composer(id: ThreadId, chat: Chat) -> impl IntoView {
    let (client, inbox) = (use_client(), use_inbox());
    let text = RwSignal::new(inbox.draft(id));
    let (errors, pending, files) = (FormErrors::new(), RwSignal::new(false), Files::new());
    let value = Model::new(text, move |typed: String| {
        errors.clear_field("body");
        inbox.keep(id, typed.clone());
        text.set(typed);
    });
    let send = move || {
        let body = text.get_untracked().trim().to_owned();
        let message = CreateMessage { body, attachment_ids: files.ids() };
        if pending.get_untracked() || untrack(|| files.is_busy()) || !message.says_something() {
            return;
        }
        if !errors.check(&message) {
            return;
        }
        pending.set(true);
        let (typed, sent) = (text.get_untracked(), files.take());
        text.set(String::new());
        spawn_local(async move {
            let answer = api::threads::send(client, id, &message).await;
            pending.try_set(false);
            // What is typed meanwhile is the next message.
            let next = Some(inbox.draft(id)).filter(|draft| *draft != typed).unwrap_or_default();
            match answer {
                Ok(sent) => {
                    inbox.keep(id, next);
                    chat.add(vec![sent.value]);
                    chat.thread.reload();
                    inbox.touch();
                }
                Err(error) => {
                    let both = if next.is_empty() { typed } else { format!("{typed}\n{next}") };
                    inbox.keep(id, both.clone());
                    text.try_set(both);
                    files.put_back(sent);
                    errors.show(error);
                }
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        let plain = !event.shift_key() && !event.ctrl_key() && !event.meta_key();
        if event.key() == "Enter" && plain && !event.is_composing() && enter_sends() {
            event.prevent_default();
            send();
        }
    };
    let busy = Signal::derive(move || files.is_busy());
    let enters = enter_sends();
    let help = move || if enters { m::WRITE_HELP.get(locale()) } else { "" };
    view! {
        <div class="composer" data-testid="composer">
            <DropArea enabled=Signal::stored(true) on_files=files.send() label=t(m::DROP)>
                <Form errors pending on_submit=send>
                    <FormProblem errors/>
                    <div on:keydown=on_key>
                        <Field label=t(m::WRITE) name="body" error=errors.of("body")>
                            <TextArea value rows=2 placeholder=help/>
                        </Field>
                    </div>
                    <FileRows files/>
                    <div class="composer-actions">
                        <Attach files/>
                        <Button
                            kind=ButtonKind::Primary
                            submit=true
                            loading=pending
                            disabled=busy
                            attr:data-testid="send"
                        >
                            {t(m::SEND)}
                        </Button>
                    </div>
                </Form>
            </DropArea>
        </div>
    }
}
