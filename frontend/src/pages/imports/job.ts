/** One file on its way: tried first without changing anything, then imported for good. */
import { useCallback, useEffect, useReducer, useRef } from "react";
import { answer, api, send, type Schema } from "@/api/client";
import { events } from "@/api/events";
import { problemOf } from "@/api/problem";
import { queries } from "@/api/questions";

export type Import = Schema<"Import">;

export interface Job {
  file: File;
  /** Whether what is shown is the rehearsal or the import itself. */
  phase: "rehearsal" | "import";
  shown: Import | null;
  failure: Error | null;
}

type Event = { kind: "began"; phase: Job["phase"] } | { kind: "seen"; import: Import } | { kind: "failed"; error: Error };

function next(job: Job, event: Event): Job {
  if (event.kind === "began") return { ...job, phase: event.phase, shown: null, failure: null };
  if (event.kind === "seen") return { ...job, shown: event.import };
  return { ...job, failure: event.error };
}

interface Wish {
  account_id?: string | undefined;
  mapping?: Record<string, string> | undefined;
}

async function upload(file: File, dryRun: boolean, wish: Wish): Promise<Import> {
  const form = new FormData();
  form.set("file", file);
  form.set("dry_run", String(dryRun));
  if (wish.account_id) form.set("account_id", wish.account_id);
  if (wish.mapping) form.set("mapping", JSON.stringify(wish.mapping));
  const sent = await send(new Request(`${location.origin}/api/v1/imports`, { method: "POST", body: form }));
  const body: unknown = await sent.json().catch(() => null);
  if (!sent.ok) throw problemOf(sent.status, body);
  return body as Import;
}

const asked = (id: string) => answer(api.GET("/api/v1/imports/{import_id}", { params: { path: { import_id: id } } }));
const forget = (id: string) => answer(api.DELETE("/api/v1/imports/{import_id}", { params: { path: { import_id: id } } }));

/** A job, and what can be done with it. */
export interface FollowedJob extends Job {
  begin: (phase: Job["phase"], wish?: Wish) => Promise<void>;
  reply: (answers: Schema<"ImportAnswersBody">) => Promise<void>;
  undo: () => Promise<void>;
}

export function useJob(file: File): FollowedJob {
  const [job, tell] = useReducer(next, { file, phase: "rehearsal", shown: null, failure: null });
  const following = useRef<AbortController | null>(null);
  const current = useRef<string | null>(null);

  const follow = useCallback(async (first: Import) => {
    current.current = first.id;
    following.current?.abort();
    const stop = (following.current = new AbortController());
    tell({ kind: "seen", import: first });
    for await (const seen of events<Import>(`/api/v1/imports/${first.id}/events`, stop.signal)) tell({ kind: "seen", import: seen });
    // The events leave the rows out; the import itself has them.
    tell({ kind: "seen", import: await asked(first.id) });
    void queries.invalidateQueries();
  }, []);

  const guarded = useCallback(async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DOMException)) tell({ kind: "failed", error: error as Error });
    }
  }, []);

  const begin = useCallback(
    (phase: Job["phase"], wish: Wish = {}) =>
      guarded(async () => {
        const rehearsed = current.current;
        tell({ kind: "began", phase });
        const made = await upload(file, phase === "rehearsal", wish);
        if (rehearsed) void forget(rehearsed).catch(() => undefined);
        await follow(made);
      }),
    [file, follow, guarded],
  );

  const reply = (body: Schema<"ImportAnswersBody">) =>
    guarded(async () => {
      const import_id = current.current!;
      await follow(await answer(api.PATCH("/api/v1/imports/{import_id}", { params: { path: { import_id } }, body })));
    });

  const undo = () =>
    guarded(async () => {
      await forget(current.current!);
      current.current = null;
      void queries.invalidateQueries();
    });

  const began = useRef(false);
  useEffect(() => {
    // Once, also where React mounts twice to find faults.
    if (began.current) return;
    began.current = true;
    void begin("rehearsal");
  }, [begin]);

  return { ...job, begin, reply, undo };
}
