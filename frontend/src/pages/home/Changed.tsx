/** What is new since the last visit in this browser: kept here as the figures of that visit, nothing else. */
import { History } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Money } from "@/design/Money";
import { exactSum } from "@/explain/explained";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import styles from "./home.module.css";

interface Visit {
  at: number;
  netWorth: string | null;
  rows: number;
  score: number | null;
  insights: string[];
}

/** Two openings within this time are one visit. */
const ONE_VISIT_MS = 30 * 60_000;
const key = (household: string) => `finapp.visit.${household}`;

interface Kept {
  last: Visit | null;
  present: Visit;
}

function kept(household: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key(household)) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

/** The visit before this one; the present figures are kept for the next. */
function remember(household: string, now: Visit): Visit | null {
  const before = kept(household);
  const same = before !== null && now.at - before.present.at < ONE_VISIT_MS;
  const last = before === null ? null : same ? before.last : before.present;
  localStorage.setItem(key(household), JSON.stringify({ last, present: now } satisfies Kept));
  return last;
}

export function Changed({ overview }: { overview: Overview }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const me = useAnswer("/api/v1/auth/me", undefined, { staleTime: 3_600_000 });
  const outline = useAnswer("/api/v1/transactions/outline");
  const [last, setLast] = useState<Visit | null>(null);
  const household = me.data?.household_id;
  const rows = outline.data?.total;
  const netWorth = overview.net_worth.data?.net_worth ?? null;
  const score = overview.health_score.data?.score ?? null;
  const insights = overview.insights.data?.items ?? [];
  useEffect(() => {
    if (!household || rows === undefined) return;
    setLast(remember(household, { at: Date.now(), netWorth, rows, score, insights: insights.map((item) => item.id) }));
    // Once a visit is enough: the figures of this rendering are those of the visit.
  }, [household, rows]); // eslint-disable-line
  if (last === null || rows === undefined) return null;
  const fresh = insights.filter((item) => !last.insights.includes(item.id)).length;
  const moved = netWorth !== null && last.netWorth !== null ? exactSum([netWorth, last.netWorth.startsWith("-") ? last.netWorth.slice(1) : `-${last.netWorth}`]) : null;
  const currency = overview.net_worth.data?.currency ?? "INR";
  const news = [
    rows !== last.rows && t("changed.rows", { count: Math.abs(rows - last.rows), rows: format.number(Math.abs(rows - last.rows), 0), context: rows < last.rows ? "fewer" : "more" }),
    moved !== null && Number(moved) !== 0 && <>{t("changed.netWorth")} <Money amount={moved} currency={currency} whole sign="always" toned /></>,
    score !== null && last.score !== null && Math.round(score) !== Math.round(last.score) && t("changed.score", { points: format.number(score - last.score, 0) }),
    fresh > 0 && t("changed.insights", { count: fresh }),
  ].filter(Boolean);
  return (
    <p className={styles["changed"]}>
      <History aria-hidden />
      <span>{t("changed.since", { when: format.instant(new Date(last.at).toISOString()) })}: {news.length === 0 ? t("changed.nothing") : news.map((item, index) => <span key={index}>{index > 0 && " · "}{item}</span>)}</span>
    </p>
  );
}
