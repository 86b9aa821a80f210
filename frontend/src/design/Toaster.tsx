/** Short messages that come and go, with a way back: `toast({ text, undo })`. */
import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { Button, IconButton } from "./Button";
import styles from "./Toaster.module.css";

export interface Toast {
  text: string;
  tone?: "good" | "bad";
  /** What the Undo button does. */
  undo?: () => void;
  /** Something more that suggests itself. */
  action?: { label: string; run: () => void };
}

/** A message that offers something stays long enough to read it and decide. */
const SECONDS = { plain: 7, offering: 20 };
const MOST = 3;
let shown: readonly (Toast & { id: number })[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function become(next: typeof shown): void {
  shown = next;
  for (const tell of listeners) tell();
}

export function toast(message: Toast): void {
  become([...shown.slice(1 - MOST), { ...message, id: ++counter }]);
}

/** Says in a toast what went wrong. */
export function toastProblem(error: unknown): void {
  const text = error instanceof Problem ? error.detail || error.title || error.code : String(error);
  toast({ text, tone: "bad" });
}

const dismiss = (id: number) => become(shown.filter((item) => item.id !== id));

export function Toaster() {
  const items = useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => shown);
  return (
    <div className={styles["toaster"]} role="status" aria-live="polite">
      {items.map((item) => <Shown key={item.id} item={item} />)}
    </div>
  );
}

function Shown({ item }: { item: Toast & { id: number } }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => dismiss(item.id), (item.undo || item.action ? SECONDS.offering : SECONDS.plain) * 1000);
    return () => clearTimeout(timer);
  }, [item]);
  const { undo, action } = item;
  return (
    <div className={styles["toast"]} data-tone={item.tone ?? "good"}>
      {item.tone === "bad" ? <TriangleAlert aria-hidden /> : <CircleCheck aria-hidden />}
      <span className="grow">{item.text}</span>
      {action && (
        <Button size="sm" onClick={() => { dismiss(item.id); action.run(); }}>
          {action.label}
        </Button>
      )}
      {undo && (
        <Button size="sm" look="quiet" onClick={() => { dismiss(item.id); undo(); }}>
          {t("action.undo")}
        </Button>
      )}
      <IconButton label={t("action.close")} onClick={() => dismiss(item.id)}><X /></IconButton>
    </div>
  );
}
