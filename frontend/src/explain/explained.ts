/** Asks for an answer's basis, whatever the answer is. */
import { useQuery } from "@tanstack/react-query";
import { send, type Schema } from "@/api/client";
import { problemOf } from "@/api/problem";

export type Basis = Schema<"Basis"> & { figures?: Record<string, Schema<"Figure">>; assumptions?: Record<string, string> };

export interface Based {
  as_of?: string;
  currency?: string;
  basis?: Basis;
  [field: string]: unknown;
}

const API = "/api/v1";

/** The full path of a source, null for words such as "derived" that name no answer. */
export function pathOf(source: string | undefined): string | null {
  if (!source?.startsWith("/")) return null;
  return source.startsWith(API) ? source : API + source;
}

async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  const sent = await send(new Request(location.origin + path, { signal }));
  const body: unknown = await sent.json().catch(() => null);
  if (!sent.ok) throw problemOf(sent.status, body);
  return body as T;
}

/** What any GET of the API answers, by its full path with query. */
export function usePath<T>(path: string | null) {
  return useQuery({ queryKey: ["path", path], queryFn: ({ signal }) => ask<T>(path!, signal), enabled: path !== null });
}

/** A path below an answer, `monthly.income`, or null when it is not there. */
export function valueAt(answer: Based, name: string): unknown {
  return name.split(".").reduce<unknown>((found, key) => (found && typeof found === "object" ? (found as Based)[key] : undefined), answer);
}

/** The exact sum of decimal strings of one currency. */
export function exactSum(amounts: readonly string[]): string {
  const places = Math.max(0, ...amounts.map((text) => text.split(".")[1]?.length ?? 0));
  const minor = amounts.reduce((sum, text) => {
    const [whole = "0", fraction = ""] = text.split(".");
    return sum + BigInt(whole + fraction.padEnd(places, "0"));
  }, 0n);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return minor < 0n ? `-${text}` : text;
}
