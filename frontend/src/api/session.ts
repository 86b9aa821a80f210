/**
 * The browser's session. The refresh token is an HttpOnly cookie that no script sees; the access token lives in this
 * module's memory only. Tabs tell each other when the session begins or ends.
 */
import { earlyRenewal } from "./early";
import { problemOf, Problem } from "./problem";

type State = "restoring" | "out" | "in";
type Message = "signed-in" | "signed-out";

const HINT = "finapp.signed-in";
const BASE = "/api/v1/auth";
/** Renew this long before the access token ends, so that no request meets an expired one. */
const EARLY_MS = 30_000;

const channel = new BroadcastChannel("finapp-session");
const listeners = new Set<() => void>();

let state: State = localStorage.getItem(HINT) === null ? "out" : "restoring";
let token: string | null = null;
let endsAt = 0;
let renewal: Promise<boolean> | null = null;

function become(next: State): void {
  state = next;
  for (const tell of listeners) tell();
}

function hint(signedIn: boolean): void {
  if (signedIn) localStorage.setItem(HINT, "1");
  else localStorage.removeItem(HINT);
}

function accept(grant: { access_token: string; expires_in: number }): void {
  token = grant.access_token;
  endsAt = Date.now() + grant.expires_in * 1000;
  hint(true);
}

function forget(): void {
  token = null;
  endsAt = 0;
  hint(false);
  become("out");
}

async function post(path: string, init: RequestInit): Promise<Response> {
  try {
    const headers = { "X-Session": "cookie", ...(init.headers as Record<string, string>) };
    return await fetch(BASE + path, { method: "POST", credentials: "same-origin", ...init, headers });
  } catch {
    throw new Problem(0, "offline", "", "");
  }
}

async function renew(): Promise<boolean> {
  const early = await earlyRenewal()?.catch(() => null);
  const sent = early ?? (await post("/refresh", {}));
  if (sent.ok) {
    accept(await sent.json());
    return true;
  }
  // A server in trouble is not the end of the session: only a refusal is.
  if (sent.status < 500) forget();
  return false;
}

/** Renews the access token once for all that wait, and for one tab at a time: refresh tokens are good for one use. */
function renewOnce(): Promise<boolean> {
  const alone = () => (navigator.locks ? navigator.locks.request("finapp-refresh", renew) : renew());
  renewal ??= Promise.resolve(alone()).finally(() => (renewal = null));
  return renewal;
}

/** An access token that is still good, null when signed out. Raises Problem 0 when offline. */
export async function accessToken(): Promise<string | null> {
  if (state === "out") return null;
  if (token === null || Date.now() > endsAt - EARLY_MS) await renewOnce();
  return token;
}

/** A fresh access token after a refusal of the present one. */
export async function renewedToken(refused: string | null): Promise<string | null> {
  if (token === refused) await renewOnce();
  return token;
}

/** Takes the session up again after a reload. */
export async function restore(): Promise<void> {
  if (state === "out") return;
  try {
    if ((await renewOnce()) || session.state() !== "out") become("in");
  } catch {
    // Offline: the shell shows itself and each page says that nothing answers.
    become("in");
  }
}

/** Signs in. Raises Problem (401 `totp_required` asks for the authenticator's code). */
export async function signIn(email: string, password: string, totp?: string): Promise<void> {
  await enter("/token", { body: new URLSearchParams({ username: email, password, ...(totp ? { totp } : {}) }) });
}

/** Signs in with a passkey of this device or of a security key. Raises Problem, and DOMException when none was chosen. */
export async function signInWithPasskey(): Promise<void> {
  const { ticket, options } = await asked<{ ticket: string; options: PublicKeyCredentialRequestOptionsJSON }>("/passkeys/sign-in/options", {});
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  const body = JSON.stringify({ ticket, credential: (credential as PublicKeyCredential).toJSON() });
  await enter("/passkeys/sign-in", { body, headers: { "Content-Type": "application/json" } });
}

/** Whether this browser can use passkeys here: they are bound to names, never to bare addresses. */
export function knowsPasskeys(): boolean {
  return "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential && !/^\[|^[\d.]+$/.test(location.hostname);
}

async function asked<T>(path: string, init: RequestInit): Promise<T> {
  const sent = await post(path, init);
  const body: unknown = await sent.json().catch(() => null);
  if (!sent.ok) throw problemOf(sent.status, body);
  return body as T;
}

async function enter(path: string, init: RequestInit): Promise<void> {
  accept(await asked(path, init));
  become("in");
  channel.postMessage("signed-in" satisfies Message);
}

/** Ends the session here, on the server and in every other tab. */
export async function signOut(): Promise<void> {
  const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
  await post("/logout", headers ? { headers } : {}).catch(() => undefined);
  signedOut();
}

/** The session is over on the server already, with the person whose it was. */
export function signedOut(): void {
  forget();
  channel.postMessage("signed-out" satisfies Message);
}

channel.onmessage = ({ data }: MessageEvent<Message>) => {
  if (data === "signed-out") forget();
  else if (state === "out") {
    hint(true);
    become("restoring");
    void restore();
  }
};

export const session = {
  subscribe(tell: () => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
  state: (): State => state,
};
