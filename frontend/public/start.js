// Runs before the first paint, while the page's own code is still on its way.

// A chosen theme never flashes the other one.
try {
  const kept = JSON.parse(localStorage.getItem("finapp.preferences") || "{}");
  if (kept.theme === "light" || kept.theme === "dark") document.documentElement.dataset.theme = kept.theme;
  if (kept.language) document.documentElement.lang = kept.language;
} catch {
  // Without storage the system's theme stands.
}

// The session is taken up again and the page's first answer asked for: `api/early.ts` hands both on.
try {
  if (localStorage.getItem("finapp.signed-in")) {
    // Another tab may do the same at this moment: the server gives both the same successor of the token they had.
    const renewed = fetch("/api/v1/auth/refresh", {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-Session": "cookie" },
    });
    const ask = async () => {
      const sent = await renewed;
      if (!sent.ok) throw new Error("signed out");
      const { access_token: token } = await sent.clone().json();
      return fetch("/api/v1/dashboard", { headers: { Authorization: `Bearer ${token}` } });
    };
    window.finappEarly = { renewed, asked: location.pathname === "/" ? { path: "/api/v1/dashboard", sent: ask() } : null };
    renewed.catch(() => undefined);
    window.finappEarly.asked?.sent.catch(() => undefined);
  }
} catch {
  // The page asks by itself.
}
