import { CircleAlert, TrendingUp, CalendarX, Copy, PiggyBank, Landmark, Sparkles, X, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, api } from "@/api/client";
import { useCommand } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { Money } from "@/design/Money";
import { toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

type Insight = NonNullable<Overview["insights"]["data"]>["items"][number];

const ICONS: Record<string, LucideIcon> = {
  buffer_short: PiggyBank,
  spending_high: TrendingUp,
  price_rise: TrendingUp,
  payment_overdue: CalendarX,
  balance_short: Landmark,
  double_subscription: Copy,
  debit_twice: Copy,
  idle_cash: PiggyBank,
  sweep_gain: PiggyBank,
  savings_streak: Sparkles,
  milestone: Sparkles,
};

/** Where each kind of insight is acted upon. */
const PLACES: Record<string, string> = {
  buffer_short: "/reports/emergency-fund",
  spending_high: "/spending",
  price_rise: "/reports",
  payment_overdue: "/reports",
  balance_short: "/reports/cash-forecast",
  double_subscription: "/reports",
  unused_subscription: "/reports",
  trial_end: "/reports",
  debit_twice: "/transactions?q=date:last-30-days",
  fee_leak: "/transactions?q=category:fees date:last-12-months",
  budget_over: "/spending/budgets",
  idle_cash: "/independence",
  sweep_gain: "/reports/salary-sweep",
  savings_streak: "/spending",
  stale_data: "/imports",
  uncategorized: "/transactions?asks=true",
  milestone: "/wealth",
};

export function Insights({ tile }: { tile: Overview["insights"] }) {
  const { t } = useTranslation("home");
  const again = useCommand(() => answer(api.DELETE("/api/v1/dashboard/insights/dismissed")), { failed: toastProblem });
  return (
    <Tile title={t("insights.title")} tile={tile}>
      {(data) => (
        <>
          {data.items.length === 0 && <p className="muted">{t("insights.none")}</p>}
          <ul className={styles["list"]}>{data.items.map((item) => <Entry key={item.id} item={item} currency={data.currency} />)}</ul>
          {data.dismissed > 0 && <Button size="sm" look="quiet" busy={again.isPending} onClick={() => again.mutate(undefined)}>{t("insights.again", { count: data.dismissed })}</Button>}
        </>
      )}
    </Tile>
  );
}

/** What an insight is about: a name of the household's own as it is, everything else in the person's words. */
function Subject({ item, currency }: { item: Insight; currency: string }) {
  const { t, i18n } = useTranslation("home");
  const passed = /^milestone\.net_worth\.(-?\d+)/.exec(item.id)?.[1];
  if (passed) return <>{t("insights.passed")} <Money amount={passed} currency={currency} whole /></>;
  const key = `insights.subject.${item.kind as "buffer_short"}` as const;
  if (!i18n.exists(`home:${key}`)) return item.subject;
  // Counts stand at the beginning of the subject; amounts are among the inputs and are blurred with the others.
  const surplus = item.how.inputs?.find((input) => input.name === "surplus")?.value;
  return <>{t(key, { count: Number.parseInt(item.subject) || 0 })}{surplus && <>: <Money amount={surplus} currency={currency} whole /></>}</>;
}

function Entry({ item, currency }: { item: Insight; currency: string }) {
  const { t, i18n } = useTranslation(["home", "common"]);
  const format = useFormat();
  const dismiss = useCommand(() => answer(api.POST("/api/v1/dashboard/insights/{insight_id}/dismiss", { params: { path: { insight_id: item.id } } })), { failed: toastProblem });
  // A newer server may know kinds that this page has no words for: its own action says what it is about.
  const kind = `insights.kind.${item.kind as "price_rise"}` as const;
  const action = `insights.action.${item.kind as "price_rise"}` as const;
  const Icon = ICONS[item.kind] ?? CircleAlert;
  return (
    <li className={styles["insight"]}>
      <Icon aria-hidden />
      <div className="grow">
        <p>{i18n.exists(`home:${kind}`) && <strong>{t(kind)} </strong>}<Subject item={item} currency={currency} /></p>
        <p className="muted small">{i18n.exists(`home:${action}`) ? t(action) : item.action}</p>
        <p className={styles["ways"]}>
          <Link to={PLACES[item.kind] ?? "/transactions"}>{t("insights.act")}</Link>
          {item.transactions_query && <Link to={`/transactions?${item.transactions_query.split("?")[1] ?? ""}`}>{t("insights.rows")}</Link>}
        </p>
      </div>
      <div className="num small">
        <Money amount={item.at_stake} currency={currency} whole />
        <p className="muted">{format.dayShort(item.on)}</p>
      </div>
      <IconButton label={t("insights.dismiss", { subject: item.subject })} disabled={dismiss.isPending} onClick={() => dismiss.mutate(undefined)}><X /></IconButton>
    </li>
  );
}
