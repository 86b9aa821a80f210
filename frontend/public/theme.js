// Runs before the first paint, so that a chosen theme never flashes the other one.
try {
  const kept = JSON.parse(localStorage.getItem("finapp.preferences") || "{}");
  if (kept.theme === "light" || kept.theme === "dark") document.documentElement.dataset.theme = kept.theme;
  if (kept.language) document.documentElement.lang = kept.language;
} catch {
  // Without storage the system's theme stands.
}
