import { Compass } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { enterDemo } from "@/api/demo";
import { Problem } from "@/api/problem";
import { signIn } from "@/api/session";
import { queries, useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Fault } from "@/design/states";
import styles from "./welcome.module.css";

type Profile = NonNullable<Schema<"DemoBody">["profile"]>;

/** The banks a newcomer is likely to know, after the browser's region. */
function likelyProfile(): Profile {
  const region = new Intl.Locale(navigator.language).maximize().region ?? "";
  const profiles: Record<string, Profile> = { IN: "in", US: "us", CA: "us", GB: "gb", IE: "gb" };
  return profiles[region] ?? (["de", "es", "fr", "it", "nl", "pt", "fi", "pl"].includes(navigator.language.slice(0, 2)) ? "eu" : "in");
}

/** Begins a demo household, shows how it fills, and signs in. */
export function DemoWay() {
  const { t } = useTranslation(["welcome", "common"]);
  const [demo, setDemo] = useState<Schema<"Demo"> | null>(null);
  const begin = useCommand(() => answer(api.POST("/api/v1/demo", { body: { profile: likelyProfile() } })), { done: setDemo });
  return (
    <section className={styles["way"]}>
      <Compass aria-hidden />
      <h2>{t("demo.title")}</h2>
      <p>{t("demo.about")}</p>
      {begin.error && <Fault>{begin.error instanceof Problem ? begin.error.detail || begin.error.title || t("common:state.offline") : null}</Fault>}
      {demo ? <Filling demo={demo} /> : <Button onClick={() => begin.mutate(undefined)} busy={begin.isPending}>{t("demo.start")}</Button>}
    </section>
  );
}

function Filling({ demo }: { demo: Schema<"Demo"> }) {
  const { t } = useTranslation("welcome");
  const asked = useAnswer("/api/v1/demo", { params: { query: { id: demo.id } } }, { refetchInterval: 400, staleTime: 0 });
  const now = asked.data ?? demo;
  const entered = useRef(false);
  useEffect(() => {
    if (now.status !== "done" || entered.current) return;
    entered.current = true;
    queries.clear();
    enterDemo(demo.email);
    void signIn(demo.email, demo.password);
  }, [now.status, demo]);
  if (now.status === "failed") return <Fault>{t("demo.failed")}</Fault>;
  return (
    <div className={styles["filling"]} role="status">
      <progress className={styles["bar"]} value={now.steps_total ? now.steps_done : undefined} max={now.steps_total ?? undefined} aria-label={t("demo.filling")} />
      <span className="muted small cut">{now.step || t("demo.filling")}</span>
    </div>
  );
}
