/** What `public/start.js` asked for before this code was here. Each is handed on once. */

interface Early {
  renewed: Promise<Response> | null;
  asked: { path: string; sent: Promise<Response> } | null;
}

declare global {
  interface Window {
    finappEarly?: Early;
  }
}

const early: Early = window.finappEarly ?? { renewed: null, asked: null };
delete window.finappEarly;

/** The renewal of the session that is under way since before the first paint. */
export function earlyRenewal(): Promise<Response> | null {
  const found = early.renewed;
  early.renewed = null;
  return found;
}

/** The answer to a GET that is under way since before the first paint; null when it failed or was another question. */
export async function earlyAnswer(request: Request): Promise<Response | null> {
  const found = early.asked;
  if (found === null || request.method !== "GET" || request.url !== location.origin + found.path) return null;
  early.asked = null;
  const sent = await found.sent.catch(() => null);
  return sent?.ok ? sent : null;
}
