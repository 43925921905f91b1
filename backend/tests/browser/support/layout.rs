//! Whether everything has its place.

use super::browser::Browser;
use serde_json::Value;

const TOO_WIDE: &str = r#"
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
        .map(element => element.outerHTML.slice(0, 160)).slice(0, 8);"#;

/// Texts that reach out of their box, unless the design shortens them with an ellipsis, and
/// texts that lie on one another.
const CUT: &str = r#"
    const SELECTOR = "h1, h2, h3, label, legend, button, a, th, dt, .badge, .nav-link, "
        + ".page-detail, .state-title, .state-detail, .field-help, .button-text";
    const shown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && !element.closest(".visually-hidden, .skip-link, [inert], [aria-hidden=true]")
        && element.innerText.trim() !== "";
    const elements = [...document.querySelectorAll(SELECTOR)].filter(shown);
    const describe = element =>
        `<${element.localName} class="${element.className}"> “${element.innerText.trim().slice(0, 60)}”`;
    const shortened = element => {
        for (let it = element; it && it !== document.body; it = it.parentElement) {
            const style = getComputedStyle(it);
            if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") return true;
            if (["auto", "scroll"].includes(style.overflowX)) return true;
        }
        return false;
    };
    const found = [];
    for (const element of elements) {
        const inside = [element, ...element.querySelectorAll("*")].some(shortened);
        if (getComputedStyle(element).display === "inline" || inside) continue;
        if (element.scrollWidth > element.clientWidth + 1)
            found.push(`cut off: ${describe(element)} ${element.scrollWidth} > ${element.clientWidth}`);
    }
    const lifted = element => {
        for (let it = element; it; it = it.parentElement)
            if (["fixed", "sticky"].includes(getComputedStyle(it).position)) return true;
        return false;
    };
    const leaves = elements.filter(element => !lifted(element)
        && !elements.some(other => other !== element && element.contains(other)));
    const boxes = leaves.map(element => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect();
    });
    for (let i = 0; i < leaves.length; i++)
        for (let j = i + 1; j < leaves.length; j++) {
            const [a, b] = [boxes[i], boxes[j]];
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (across > 3 && down > 3)
                found.push(`overlap: ${describe(leaves[i])} and ${describe(leaves[j])}`);
        }
    return found;"#;

/// Nothing makes the page scroll sideways.
#[track_caller]
pub fn assert_fits(browser: &Browser, what: &str) {
    let found = browser.script(TOO_WIDE, &[]);
    assert!(found == Value::Array(Vec::new()), "{what} is too wide: {found:#}");
}

/// No heading, button or label is cut off or covered by another.
#[track_caller]
pub fn assert_no_text_cut(browser: &Browser, what: &str) {
    let found = browser.script(CUT, &[]);
    assert!(found == Value::Array(Vec::new()), "{what}: {found:#}");
}
