//! Whether everything has its place.

use super::browser::Browser;

const TOO_WIDE: &str = r#"
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
        .map(element => `sticks out: ${element.outerHTML.slice(0, 160)}`).slice(0, 8);"#;

/// Texts that reach out of their box, unless the design shortens them with an ellipsis, words
/// broken over two lines, and texts that lie on one another.
const CUT: &str = r#"
    const SELECTOR = "h1, h2, h3, label, legend, button, a, th, dt, .badge, .nav-link, "
        + ".page-detail, .state-title, .state-detail, .field-help, .button-text";
    const WHOLE_WORDS = "h1, h2, h3, label, legend, button, th, dt, .badge, .nav-link";
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
    for (const element of elements.filter(it => it.matches(WHOLE_WORDS))) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode())
            for (const word of walker.currentNode.data.matchAll(/[^\s-]+/g)) {
                const range = document.createRange();
                range.setStart(walker.currentNode, word.index);
                range.setEnd(walker.currentNode, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
                if (lines.size > 1) found.push(`broken word “${word[0]}”: ${describe(element)}`);
            }
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
        const { top, bottom, ...box } = range.getBoundingClientRect().toJSON();
        // What an ellipsis stands for is not seen.
        let [left, right] = [box.left, box.right];
        for (let it = element; it && it !== document.body; it = it.parentElement)
            if (getComputedStyle(it).overflowX !== "visible") {
                const frame = it.getBoundingClientRect();
                [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
            }
        return { top, bottom, left, right };
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

/// What makes the page scroll sideways.
#[track_caller]
pub fn too_wide(browser: &Browser) -> Vec<String> {
    complaints(browser, TOO_WIDE)
}

/// Headings, buttons and labels that are cut off, broken or lie on one another.
#[track_caller]
pub fn cut_texts(browser: &Browser) -> Vec<String> {
    complaints(browser, CUT)
}

#[track_caller]
fn complaints(browser: &Browser, script: &str) -> Vec<String> {
    serde_json::from_value(browser.script(script, &[])).unwrap()
}
