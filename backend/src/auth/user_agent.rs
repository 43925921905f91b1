//! What a `User-Agent` header says of a browser or program, as far as people care.
//!
//! Browsers name those that they are like: Edge says Chrome and Safari too, Chrome says
//! Safari, Android says Linux. So the most particular mark is looked for first.

/// Marks of browsers and programs, and what people call them.
const BROWSERS: [(&str, &str); 20] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
    ("PostmanRuntime/", "Postman"),
    ("insomnia/", "Insomnia"),
    ("python", "Python"),
    ("Python", "Python"),
];

/// Marks of operating systems. An iPad calls itself a Mac unless asked for mobile pages.
const SYSTEMS: [(&str, &str); 9] = [
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("iPod", "iOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// The browser or program; none when it is not known.
pub fn browser(user_agent: &str) -> Option<&'static str> {
    find(&BROWSERS, user_agent)
}

/// The operating system; none when it is not known.
pub fn system(user_agent: &str) -> Option<&'static str> {
    find(&SYSTEMS, user_agent)
}

fn find(marks: &[(&str, &'static str)], user_agent: &str) -> Option<&'static str> {
    marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEBKIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";

    #[track_caller]
    fn assert_read(user_agent: &str, name: Option<&str>, on: Option<&str>) {
        assert_eq!((browser(user_agent), system(user_agent)), (name, on), "{user_agent}");
    }

    #[test]
    fn browsers_on_computers_are_told_apart() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
        let linux = "Mozilla/5.0 (X11; Linux x86_64)";
        let chrome = format!("{WEBKIT} Chrome/140.0.0.0 Safari/537.36");
        assert_read(&format!("{windows} {chrome}"), Some("Chrome"), Some("Windows"));
        assert_read(&format!("{windows} {chrome} Edg/140.0.0.0"), Some("Edge"), Some("Windows"));
        assert_read(&format!("{linux} {chrome} OPR/122.0.0.0"), Some("Opera"), Some("Linux"));
        let headless = format!("{linux} {WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36");
        assert_read(&headless, Some("Chrome"), Some("Linux"));
        let safari = format!("{mac} AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15");
        assert_read(&safari, Some("Safari"), Some("macOS"));
        let firefox =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0";
        assert_read(firefox, Some("Firefox"), Some("Windows"));
        let chromebook = format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {chrome}");
        assert_read(&chromebook, Some("Chrome"), Some("ChromeOS"));
    }

    #[test]
    fn browsers_on_phones_are_told_apart() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15";
        let android = format!("Mozilla/5.0 (Linux; Android 10; K) {WEBKIT}");
        let safari = "Mobile/15E148 Safari/604.1";
        assert_read(&format!("{iphone} Version/18.5 {safari}"), Some("Safari"), Some("iOS"));
        assert_read(&format!("{iphone} CriOS/140.0 {safari}"), Some("Chrome"), Some("iOS"));
        assert_read(&format!("{iphone} FxiOS/142.0 {safari}"), Some("Firefox"), Some("iOS"));
        assert_read(&format!("{iphone} EdgiOS/140.0 {safari}"), Some("Edge"), Some("iOS"));
        let chrome = format!("{android} Chrome/140.0.0.0 Mobile Safari/537.36");
        assert_read(&chrome, Some("Chrome"), Some("Android"));
        assert_read(&format!("{chrome} EdgA/140.0.0.0"), Some("Edge"), Some("Android"));
        let samsung =
            format!("{android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36");
        assert_read(&samsung, Some("Samsung Internet"), Some("Android"));
    }

    #[test]
    fn programs_are_named_and_unknown_ones_are_not() {
        assert_read("curl/8.15.0", Some("curl"), None);
        assert_read("Wget/1.25.0", Some("Wget"), None);
        assert_read("PostmanRuntime/7.45.0", Some("Postman"), None);
        assert_read("python-requests/2.32.5", Some("Python"), None);
        assert_read("Python/3.13 aiohttp/3.12.15", Some("Python"), None);
        assert_read("Contabilidad 2.1 (Linux)", None, Some("Linux"));
        assert_read("", None, None);
    }
}
