//! Values that a component shows and changes.

use leptos::prelude::*;

/// A value to read and a way to change it. Made from an `RwSignal`, or from a signal and a
/// callback when the value lives elsewhere (in the URL, in a larger struct).
pub struct Model<T: Send + Sync + 'static> {
    read: Signal<T>,
    write: Callback<T>,
}

impl<T: Send + Sync + 'static> Clone for Model<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Model<T> {}

impl<T: Clone + Send + Sync + 'static> Model<T> {
    /// A value that lives elsewhere.
    pub fn new(read: impl Into<Signal<T>>, write: impl Fn(T) + Send + Sync + 'static) -> Self {
        Self { read: read.into(), write: Callback::new(write) }
    }

    /// The value; tracked.
    pub fn get(self) -> T {
        self.read.get()
    }

    /// The value at this moment.
    pub fn get_untracked(self) -> T {
        self.read.get_untracked()
    }

    /// Looks at the value; tracked.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        self.read.with(look)
    }

    /// Changes the value.
    pub fn set(self, value: T) {
        self.write.run(value);
    }

    /// The reading half.
    pub const fn signal(self) -> Signal<T> {
        self.read
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Model<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::new(signal, move |value| signal.set(value))
    }
}

impl<T: Clone + Send + Sync + 'static> From<(Signal<T>, Callback<T>)> for Model<T> {
    fn from((read, write): (Signal<T>, Callback<T>)) -> Self {
        Self { read, write }
    }
}
