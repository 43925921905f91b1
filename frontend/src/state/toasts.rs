//! Short messages that come and go by themselves.

use leptos::prelude::*;
use std::time::Duration;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    Success,
    Info,
    Error,
}

impl ToastKind {
    /// The name that styles go by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Error => "error",
        }
    }
}

/// Something that the person can do about the message: undo, mostly.
#[derive(Clone)]
pub struct ToastAction {
    pub label: TextProp,
    pub run: Callback<()>,
}

/// One message.
#[derive(Clone)]
pub struct Toast {
    pub id: u64,
    pub kind: ToastKind,
    pub text: TextProp,
    pub action: Option<ToastAction>,
}

/// The messages on the screen.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

/// Long enough to read two lines, as WCAG 2.2.1 leaves to messages that are not needed to
/// go on.
const SHOWN_FOR: Duration = Duration::from_secs(7);
/// Errors and messages with an action stay longer.
const SHOWN_FOR_LONG: Duration = Duration::from_secs(15);
/// More at once cover the page.
const MOST: usize = 4;

impl Toasts {
    /// No messages. The root provides one for the app.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// It worked.
    pub fn success(self, text: impl Into<TextProp>) {
        self.push(ToastKind::Success, text.into(), None);
    }

    /// Something to know.
    pub fn info(self, text: impl Into<TextProp>) {
        self.push(ToastKind::Info, text.into(), None);
    }

    /// It did not work.
    pub fn error(self, text: impl Into<TextProp>) {
        self.push(ToastKind::Error, text.into(), None);
    }

    /// It worked, and can be taken back.
    pub fn success_with(self, text: impl Into<TextProp>, action: ToastAction) {
        self.push(ToastKind::Success, text.into(), Some(action));
    }

    /// Shows a message.
    pub fn push(self, kind: ToastKind, text: TextProp, action: Option<ToastAction>) {
        let id = self.next.with_value(|next| next + 1);
        self.next.set_value(id);
        let time =
            if kind == ToastKind::Error || action.is_some() { SHOWN_FOR_LONG } else { SHOWN_FOR };
        self.shown.update(|shown| {
            shown.push(Toast { id, kind, text, action });
            let surplus = shown.len().saturating_sub(MOST);
            shown.drain(..surplus);
        });
        set_timeout(move || self.dismiss(id), time);
    }

    /// Takes a message away.
    pub fn dismiss(self, id: u64) {
        self.shown.update(|shown| shown.retain(|toast| toast.id != id));
    }

    /// What is on the screen; tracked.
    pub fn shown(self) -> Vec<Toast> {
        self.shown.get()
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

/// The messages that the root provided.
pub fn use_toasts() -> Toasts {
    expect_context()
}
