// Runs before anything is painted: the theme and the language that this browser keeps, so that neither
// changes in front of the reader. The application sets and stores both (web/src/hooks).
(() => {
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      // Storage is refused here: then the system's theme and the browser's language hold.
      return null;
    }
  };
  const root = document.documentElement;
  const theme = kept("countersign.theme");
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  }
  const primary = (tag) => tag.split("-")[0].toLowerCase();
  const wanted = [kept("countersign.language"), ...navigator.languages].filter(Boolean).map(primary);
  root.lang = wanted.find((tag) => tag === "en" || tag === "ja") ?? "en";
})();
