/** The API, typed from the product's own OpenAPI document: `answer(api.GET("/api/v1/goals"))`. */
import createClient from "openapi-fetch";
import { earlyAnswer } from "./early";
import { problemOf, Problem } from "./problem";
import type { components, paths } from "./schema";
import { accessToken, renewedToken } from "./session";

/** A shape of the API by name: `Schema<"Account">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

const KEYED = new Set(["POST"]);

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends a request as the person who is signed in, once more with a fresh token when the first was refused. */
export async function send(request: Request): Promise<Response> {
  if (KEYED.has(request.method) && !request.headers.has("Idempotency-Key")) {
    request.headers.set("Idempotency-Key", newKey());
  }
  const early = await earlyAnswer(request);
  if (early) return early;
  const token = await accessToken();
  const again = request.clone();
  const first = await attempt(request, token);
  if (first.status !== 401 || token === null) return first;
  const fresh = await renewedToken(token);
  return fresh === null ? first : attempt(again, fresh);
}

async function attempt(request: Request, token: string | null): Promise<Response> {
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") throw fault;
    throw new Problem(0, "offline", "", "");
  }
}

// Vite's development server and the product both serve the API under the page's own origin.
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send });

type Sent<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer of a call, or its Problem thrown. */
export async function answer<T>(sent: Sent<T>): Promise<T> {
  const { data, error, response } = await sent;
  if (!response.ok) throw problemOf(response.status, error);
  return data as T;
}
