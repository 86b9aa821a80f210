import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { SeriesChart } from "@/charts/SeriesChart";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { Answered, Empty, Skeleton } from "@/design/states";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import styles from "./reports.module.css";

/** Where the salary should lie each day, the transfers that bring it there, and what they earn. */
export function Sweep() {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const asked = useAnswer("/api/v1/reports/salary-sweep");
  const accounts = useAnswer("/api/v1/accounts", { params: { query: { limit: 500 } } });
  const named = (id: string) => accounts.data?.items.find((account) => account.id === id)?.name ?? id;
  return (
    <Answered of={asked} loading={<Skeleton height="24rem" />}>
      {(found) => {
        const held = Object.keys(found.daily[0]?.balances ?? {});
        if (held.length === 0) return <Card><Empty title={t("sweep.none")}><Reason code={found.gain_reason} /></Empty></Card>;
        return (
          <div className="stack">
            <Card title={t("sweep.title")}>
              <div className="stack">
                <dl className={styles["totals"]}>
                  <div><dt className="muted small">{t("sweep.gain")}</dt><dd><Money amount={found.gain} currency={found.currency} sign="always" toned /></dd></div>
                  <div><dt className="muted small">{t("sweep.interest")}</dt><dd><Money amount={found.interest} currency={found.currency} /></dd></div>
                  <div><dt className="muted small">{t("sweep.transfers")}</dt><dd>{format.number(found.transfers.length, 0)}</dd></div>
                  {found.replay && <div><dt className="muted small">{t("sweep.replay")}</dt><dd><Money amount={found.replay.gain} currency={found.currency} sign="always" toned /></dd></div>}
                </dl>
                {!found.feasible && found.shortfall && <p className={styles["warning"]} role="alert">{t("sweep.short", { day: format.day(found.shortfall.date) })} <Money amount={found.shortfall.missing} currency={found.currency} /></p>}
                <SeriesChart
                  label={t("sweep.label")}
                  heading={t("forecast.day")}
                  places={found.daily.map((day) => format.dayShort(day.date))}
                  currency={found.currency}
                  series={held.map((id) => ({ name: named(id), values: found.daily.map((day) => Number(day.balances[id] ?? 0)), kind: "area" as const, stack: "all" }))}
                />
              </div>
            </Card>
            <div className={styles["cards"]}>
              <Card title={t("sweep.plan")}>
                {found.transfers.length === 0 && <Empty title={t("sweep.noTransfers")} />}
                <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("sweep.plan")}>
                  <ul className={styles["list"]}>
                    {found.transfers.map((transfer, index) => (
                      <li key={index} className={styles["due"]}>
                        <span className="muted small">{format.dayShort(transfer.date)}</span>
                        <span className="grow cut">{named(transfer.from)} → {named(transfer.to)}</span>
                        <Money amount={transfer.amount} currency={found.currency} />
                      </li>
                    ))}
                  </ul>
                </div>
              </Card>
              <Card title={t("sweep.moves")}>
                {found.moves.length === 0 && <Empty title={t("sweep.noMoves")} />}
                <ul className={styles["list"]}>
                  {found.moves.slice(0, 8).map((move, index) => (
                    <li key={index} className={styles["due"]}>
                      <span className="grow">{t("sweep.move", { name: move.name, from: format.dayShort(move.date), to: format.dayShort(move.better_date) })}</span>
                      <Money amount={move.earns} currency={found.currency} sign="always" toned />
                    </li>
                  ))}
                </ul>
              </Card>
            </div>
          </div>
        );
      }}
    </Answered>
  );
}
