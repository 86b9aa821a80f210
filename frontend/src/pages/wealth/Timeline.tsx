import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type Answer } from "@/api/questions";
import { SeriesChart } from "@/charts/SeriesChart";
import { Card } from "@/design/Card";
import { Segmented } from "@/design/Field";
import { Money } from "@/design/Money";
import { Answered, Empty, Skeleton } from "@/design/states";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import styles from "./wealth.module.css";

type Worth = Answer<"/api/v1/net-worth">;
const YEARS = ["0", "5", "10", "20"] as const;
const known = (amount: string | null) => (amount === null ? null : Number(amount));
/** Longer than any household's records need. */
const BACK_YEARS = 10;

/** Net worth as it was, and as it would go on. */
export function Timeline({ worth }: { worth: Worth }) {
  const { t } = useTranslation("wealth");
  const format = useFormat();
  const [years, setYears] = useState<(typeof YEARS)[number]>("0");
  const outline = useAnswer("/api/v1/transactions/outline");
  const earliest = `${Number(worth.as_of.slice(0, 4)) - BACK_YEARS}-01-01`;
  // Before the first row nothing is known of the accounts: the drawing begins where the ledger does.
  const begun = outline.data?.months.map((item) => item.month).sort()[0];
  const from = begun && `${begun}-01` > earliest ? `${begun}-01` : earliest;
  const past = useAnswer("/api/v1/net-worth/timeline", { params: { query: { from, to: worth.as_of, by: "month" } } }, { enabled: outline.isFetched });
  const ahead = useAnswer("/api/v1/net-worth/projection", { params: { query: { years: Number(years) || 1 } } }, { enabled: years !== "0" });
  const choices = YEARS.map((value) => ({ value, label: value === "0" ? t("timeline.past") : t("timeline.years", { count: Number(value) }) }));
  return (
    <Card title={t("timeline.title")} aside={<Segmented label={t("timeline.ahead")} value={years} choices={choices} choose={setYears} />} className={styles["wide"]}>
      <div className="stack">
        <dl className={styles["totals"]}>
          {(["net_worth", "assets", "liabilities"] as const).map((name) => (
            <div key={name}>
              <dt className="muted small">{t(`figure.${name}`)}</dt>
              <dd><Figure source="/api/v1/net-worth" name={name} title={t(`figure.${name}`)}><Money amount={worth[name]} currency={worth.currency} whole /></Figure></dd>
            </div>
          ))}
        </dl>
        <Reason code={worth.net_worth_reason} />
        <Answered of={past} loading={<Skeleton height="22rem" />}>
          {(found) => {
            const begun = found.points.findIndex((point) => point.net_worth !== null && Number(point.net_worth) !== 0);
            const points = begun < 0 ? [] : found.points.slice(begun);
            if (points.length === 0) return <Empty title={t("timeline.none")} />;
            const future = years === "0" ? [] : (ahead.data?.points ?? []).filter((_, index) => index % (Number(years) > 5 ? 6 : 3) === 2);
            const blank = points.map(() => null);
            const last = points.at(-1);
            return (
              <>
                <SeriesChart
                  label={t("timeline.label")}
                  heading={t("timeline.month")}
                  places={[...points, ...future].map((point) => format.monthShort(point.date.slice(0, 7)))}
                  currency={found.currency}
                  height="22rem"
                  series={[
                    { name: t("figure.net_worth"), values: [...points.map((point) => known(point.net_worth)), ...future.map(() => null)], kind: "area", colour: 0 },
                    { name: t("figure.liabilities"), values: [...points.map((point) => known(point.liabilities)), ...future.map(() => null)], colour: 1 },
                    ...(future.length > 0
                      ? [{ name: t("timeline.projected"), values: [...blank.slice(1), known(last?.net_worth ?? null), ...future.map((point) => known(point.net_worth))], kind: "dashed" as const, colour: 0 }]
                      : []),
                  ]}
                />
                {years !== "0" && ahead.data && (
                  <p className="muted small">
                    {t("timeline.assumes")} <Money amount={ahead.data.monthly_saving} currency={ahead.data.currency} whole /> {t("timeline.aMonth")}
                    {ahead.data.loan_ends.map((loan) => (
                      <span key={loan.id}> · {t("timeline.ends", { name: loan.name, day: format.day(loan.ends_on) })} <Money amount={loan.frees} currency={ahead.data.currency} whole /></span>
                    ))}
                  </p>
                )}
              </>
            );
          }}
        </Answered>
      </div>
    </Card>
  );
}
