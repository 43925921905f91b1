// Before the first paint, so that nobody sees the other theme or language flash by.
// The app keeps both from then on (src/state/theme.rs, src/state/locale.rs).
(() => {
  try {
    const root = document.documentElement;
    const theme = localStorage.getItem("ebenezer.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const locale = localStorage.getItem("ebenezer.locale");
    if (locale === "es" || locale === "en") root.lang = locale;
  } catch {
    // Storage is refused: the system's theme and Spanish it is.
  }
})();
