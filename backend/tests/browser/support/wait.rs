//! Waiting for what is to come, and no longer.

use super::browser::Browser;
use std::time::{Duration, Instant};

/// Generous: the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(40);

/// The app has started, what it asked for has come, and nothing moves.
const READY: &str = "
    const busy = [...document.querySelectorAll('main [aria-busy=true]')];
    return document.readyState === 'complete'
        && !document.getElementById('splash')
        && !!document.querySelector('main')
        && !busy.some(element => element.checkVisibility())
        && document.getAnimations().every(it => it.playState !== 'running' || it.effect.getTiming().iterations === Infinity);";

/// Looks again and again until there is something to see or the time is up.
pub fn patiently<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = look();
        if found.is_some() || Instant::now() > deadline {
            return found;
        }
        std::thread::sleep(PAUSE);
    }
}

impl Browser {
    /// Looks until there is something to see.
    #[track_caller]
    pub fn until<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        // No closure: a panic in one would name this line instead of the test's.
        let Some(found) = patiently(look) else {
            panic!("waited in vain for {what}, at {}", self.path());
        };
        found
    }

    /// Waits until a script answers true.
    #[track_caller]
    pub fn until_script(&self, what: &str, script: &str) {
        self.until(what, || (self.try_script(script)? == true).then_some(()));
    }

    /// Waits until the page is there.
    #[track_caller]
    pub fn ready(&self) {
        self.until_script("the page", READY);
    }

    /// Waits until the app is at that path.
    #[track_caller]
    pub fn at(&self, path: &str) {
        self.until(path, || (self.path() == path).then_some(()));
        self.ready();
    }

    /// Waits until the app is at a path of that form, and says at which.
    #[track_caller]
    pub fn at_path(&self, what: &str, fits: impl Fn(&str) -> bool) -> String {
        let path = self.until(what, || Some(self.path()).filter(|path| fits(path)));
        self.ready();
        path
    }

    /// Waits until something visible fits the selector and holds the text.
    #[track_caller]
    pub fn sees(&self, selector: &str, text: &str) {
        self.until(&format!("“{text}” in {selector}"), || {
            self.texts(selector).iter().any(|shown| shown.contains(text)).then_some(())
        });
    }

    /// Waits until nothing visible fits the selector and holds the text.
    #[track_caller]
    pub fn misses(&self, selector: &str, text: &str) {
        self.until(&format!("no “{text}” in {selector}"), || {
            (!self.texts(selector).iter().any(|shown| shown.contains(text))).then_some(())
        });
    }

    /// Waits until exactly these texts fit the selector.
    #[track_caller]
    pub fn shows(&self, selector: &str, wanted: &[&str]) {
        let what = format!("{wanted:?} as {selector}");
        self.until(&what, || (self.texts(selector) == wanted).then_some(()));
    }

    fn try_script(&self, script: &str) -> Option<serde_json::Value> {
        Some(self.run(self.driver().execute(script, Vec::new())).ok()?.json().clone())
    }
}
