//! Things to choose from, and how to find them.

use crate::api::ApiError;
use ebenezer_shared::locale::Text;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Its id, or the name on the wire.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What tells it from others of that name: an email, a type.
    pub hint: Option<String>,
    /// The colour that it is known by, one of those that tags have.
    pub color: Option<&'static str>,
}

impl Choice {
    /// A choice without hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, color: None }
    }

    /// With a hint beside the label.
    #[must_use]
    pub fn with_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// In a colour of tags.
    #[must_use]
    pub const fn with_color(mut self, color: &'static str) -> Self {
        self.color = Some(color);
        self
    }

    /// Fixed choices whose labels are texts of the interface, in the language of the moment.
    /// Ask inside a closure, so that they follow it.
    pub fn texts<V: Into<String>>(pairs: impl IntoIterator<Item = (V, Text)>) -> Vec<Self> {
        let locale = crate::state::locale();
        pairs.into_iter().map(|(value, text)| Self::new(value, text.get(locale))).collect()
    }
}

type Found = Pin<Box<dyn Future<Output = Result<Vec<Choice>, ApiError>>>>;

/// Finds choices on the server by what was typed.
#[derive(Clone, Copy)]
pub struct Search(StoredValue<Rc<dyn Fn(String) -> Found>, LocalStorage>);

impl Search {
    /// `find` gets the typed text, empty at first, and answers the best few.
    pub fn new<F, Fut>(find: F) -> Self
    where
        F: Fn(String) -> Fut + 'static,
        Fut: Future<Output = Result<Vec<Choice>, ApiError>> + 'static,
    {
        let find = move |text| -> Found { Box::pin(find(text)) };
        Self(StoredValue::new_local(Rc::new(find)))
    }

    /// Starts to look for `text`.
    pub fn find(self, text: String) -> impl Future<Output = Result<Vec<Choice>, ApiError>> {
        let find = self.0.try_get_value();
        async move {
            match find {
                Some(find) => find(text).await,
                None => Ok(Vec::new()),
            }
        }
    }
}
