/** Server-sent events with the session's token, which the browser's own EventSource cannot send. */
import { send } from "./client";
import { problemOf } from "./problem";

/** The JSON of each event of a stream, until it ends. */
export async function* events<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
  const sent = await send(new Request(location.origin + path, { signal, headers: { Accept: "text/event-stream" } }));
  if (!sent.ok || !sent.body) throw problemOf(sent.status, await sent.json().catch(() => null));
  const reader = sent.body.pipeThrough(new TextDecoderStream()).getReader();
  let kept = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (kept + value.replaceAll("\r\n", "\n")).split("\n\n");
    kept = parts.pop() ?? "";
    for (const part of parts) {
      const data = part.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
      if (data.length) yield JSON.parse(data.join("\n")) as T;
    }
  }
}
