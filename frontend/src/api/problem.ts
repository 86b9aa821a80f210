/** A refusal of the API (RFC 9457), or the network's silence. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly { field: string; message: string }[] = [],
  ) {
    super(detail || title);
    this.name = "Problem";
  }

  /** What is wrong with one field of the request, if anything. */
  about(field: string): string | undefined {
    return this.errors.find((item) => item.field === field)?.message;
  }
}

/** Whether no answer came at all. */
export const isOffline = (error: unknown): boolean => error instanceof Problem && error.status === 0;

/** The problem a failed answer describes. */
export function problemOf(status: number, body: unknown): Problem {
  const found = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof found[name] === "string" ? found[name] : "");
  const errors = Array.isArray(found["errors"]) ? (found["errors"] as { field: string; message: string }[]) : [];
  return new Problem(status, text("code") || "http_error", text("title"), text("detail"), errors);
}
