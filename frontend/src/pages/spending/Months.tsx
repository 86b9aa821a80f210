import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useAnswer } from "@/api/questions";
import { SeriesChart } from "@/charts/SeriesChart";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import type { Period } from "@/design/period";
import { Answered, Skeleton } from "@/design/states";
import { Figure } from "@/explain/Figure";
import { useFormat } from "@/preferences/format";
import styles from "./spending.module.css";

const TOTALS = ["income", "expenses", "debt_service", "invested", "saved"] as const;
const known = (amount: string | null) => (amount === null ? null : Number(amount));

/** Income against what it went to, month by month. */
export function Months({ period }: { period: Period }) {
  const { t } = useTranslation("spending");
  const format = useFormat();
  const go = useNavigate();
  const by = period.to.slice(0, 7) === period.from.slice(0, 7) ? "day" : "month";
  const asked = useAnswer("/api/v1/analytics/cashflow", { params: { query: { ...period, by } } });
  const source = `/api/v1/analytics/summary?from=${period.from}&to=${period.to}`;
  return (
    <Card title={t("months.title")} className={styles["wide"]}>
      <Answered of={asked} loading={<Skeleton height="20rem" />}>
        {(flow) => (
          <div className="stack">
            <dl className={styles["totals"]}>
              {TOTALS.map((name) => (
                <div key={name}>
                  <dt className="muted small">{t(`figure.${name}`)}</dt>
                  <dd><Figure source={source} name={name} title={t(`figure.${name}`)}><Money amount={flow.total?.[name]} currency={flow.currency} whole /></Figure></dd>
                </div>
              ))}
            </dl>
            <SeriesChart
              label={t("months.label")}
              heading={t("months.heading")}
              places={flow.items.map((item) => (by === "day" ? format.dayShort(item.first) : format.monthShort(item.first.slice(0, 7))))}
              currency={flow.currency}
              series={[
                { name: t("figure.essential"), values: flow.items.map((item) => known(item.essential)), kind: "bar", stack: "out", colour: 2 },
                { name: t("figure.discretionary"), values: flow.items.map((item) => known(item.discretionary)), kind: "bar", stack: "out", colour: 1 },
                { name: t("figure.debt_service"), values: flow.items.map((item) => known(item.debt_service)), kind: "bar", stack: "out", colour: 7 },
                { name: t("figure.income"), values: flow.items.map((item) => known(item.income)), colour: 0 },
              ]}
              pressed={(at) => {
                const item = flow.items[at];
                if (item) void go(`/transactions?from=${item.first}&to=${item.last}`);
              }}
            />
          </div>
        )}
      </Answered>
    </Card>
  );
}
