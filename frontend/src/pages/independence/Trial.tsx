import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDebounced } from "@/api/useDebounced";
import { Card } from "@/design/Card";
import { Segmented, SelectField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Slider } from "@/design/Slider";
import { Failure, Skeleton } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { Fan } from "./Fan";
import { OnePath } from "./OnePath";
import { Strategies } from "./Strategies";
import { begin, RULES, useSimulation, type Plan, type Strategy, type Tried } from "./trial";
import styles from "./independence.module.css";

const TABS = ["wealth", "spending", "strategies", "path"] as const;
const SETTLED_MS = 500;

/** Sliders that answer while they move: how sure the plan is, and how wide the ways it may go. */
export function Trial({ plan }: { plan: Plan }) {
  const { t } = useTranslation("independence");
  const format = useFormat();
  const [tried, setTried] = useState<Tried>(() => begin(plan));
  const [tab, setTab] = useState<(typeof TABS)[number]>("wealth");
  const [wanted, setWanted] = useState(tried);
  const rested = useDebounced(tried, SETTLED_MS);
  const isSettled = rested === wanted;
  const asked = useSimulation(wanted, isSettled);
  // A movement is asked at once, the places it passes as fast as answers come; the long answer at rest gives way.
  const isFree = !asked.isFetching || isSettled;
  useEffect(() => {
    if (isFree) setWanted(tried);
  }, [isFree, tried]);
  const put = (changes: Partial<Tried>) => setTried({ ...tried, ...changes });
  const start = begin(plan);
  const money = (amount: number) => format.money(amount, plan.currency, { whole: true });
  const amounts = [
    { key: "spending", low: 0, high: Math.max(start.spending * 2.5, 1000), value: tried.spending },
    { key: "saving", low: 0, high: Math.max(start.saving * 3, start.spending), value: tried.saving },
    { key: "portfolio", low: 0, high: Math.max(start.portfolio * 4, start.spending * 30), value: tried.portfolio },
  ] as const;
  return (
    <Card title={t("trial.title")} className={styles["wide"]} aside={<Segmented label={t("trial.view")} value={tab} choices={TABS.map((value) => ({ value, label: t(`trial.${value}`) }))} choose={setTab} />}>
      <div className={styles["trial"]}>
        <div className="stack">
          {amounts.map(({ key, low, high, value }) => (
            <Slider key={key} label={t(`trial.slider.${key}`)} value={value} low={low} high={high} step={Math.max(1, Math.round(high / 400))} shown={<Money amount={String(value)} currency={plan.currency} whole />} spoken={money(value)} move={(next) => put({ [key]: next })} />
          ))}
          <Slider label={t("trial.slider.workYears")} value={tried.workYears} low={0} high={45} step={1} shown={tried.workYears} spoken={String(tried.workYears)} move={(workYears) => put({ workYears })} />
          <Slider label={t("trial.slider.years")} value={tried.years} low={10} high={80} step={1} shown={tried.years} spoken={String(tried.years)} move={(years) => put({ years })} />
          <Slider label={t("trial.slider.mean")} value={tried.mean} low={-200} high={1000} step={10} shown={format.percent(tried.mean / 10_000)} spoken={format.percent(tried.mean / 10_000)} move={(mean) => put({ mean })} />
          <Slider label={t("trial.slider.volatility")} value={tried.volatility} low={0} high={3000} step={50} shown={format.percent(tried.volatility / 10_000)} spoken={format.percent(tried.volatility / 10_000)} move={(volatility) => put({ volatility })} />
          <SelectField label={t("trial.slider.strategy")} value={tried.strategy} onChange={(event) => put({ strategy: event.target.value as Strategy })}>
            {RULES.map((rule) => <option key={rule} value={rule}>{t(`rule.${rule}`)}</option>)}
          </SelectField>
        </div>
        <div className="stack" data-curve>
          {asked.error ? (
            <Failure error={asked.error} retry={() => void asked.refetch()} />
          ) : !asked.data ? (
            <Skeleton height="24rem" />
          ) : (
            <>
              <p className={styles["success"]} aria-live="polite">
                <strong>{format.percent(asked.data.success_rate, 1)}</strong>{" "}
                <span className="muted small">
                  {t("trial.success")}
                  {asked.data.interval && ` · ${t("trial.interval", { low: format.percent(asked.data.interval.low), high: format.percent(asked.data.interval.high) })}`}
                </span>
              </p>
              {(tab === "wealth" || tab === "spending") && <Fan simulation={asked.data} of={tab} currency={plan.currency} />}
              {tab === "strategies" && <Strategies tried={rested} currency={plan.currency} />}
              {tab === "path" && <OnePath tried={rested} currency={plan.currency} />}
            </>
          )}
        </div>
      </div>
    </Card>
  );
}
