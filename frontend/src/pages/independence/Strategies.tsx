import { useTranslation } from "react-i18next";
import { SeriesChart } from "@/charts/SeriesChart";
import { Money } from "@/design/Money";
import { Skeleton } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { COMPARED, percentile, useStrategies, type Simulation, type Tried } from "./trial";
import styles from "./independence.module.css";

/** The same plan under several spending rules: how sure, and what there is to spend. */
export function Strategies({ tried, currency }: { tried: Tried; currency: string }) {
  const { t } = useTranslation("independence");
  const format = useFormat();
  const asked = useStrategies(tried, true);
  const found = COMPARED.flatMap((strategy, index) => {
    const data = asked[index]?.data;
    return data ? [{ strategy, data }] : [];
  });
  if (found.length === 0) return <Skeleton height="24rem" />;
  const retired = Math.min(tried.workYears, tried.years - 1);
  const paid = (data: Simulation, name: string) => percentile(data.percentiles.spending, name).slice(retired);
  return (
    <>
      <SeriesChart
        label={t("strategies.label")}
        heading={t("fan.year")}
        places={Array.from({ length: tried.years - retired }, (_, year) => String(retired + year + 1))}
        currency={currency}
        series={found.map(({ strategy, data }) => ({ name: t(`rule.${strategy}`), values: paid(data, "p50") }))}
      />
      <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("strategies.label")}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">{t("trial.slider.strategy")}</th>
              <th scope="col" className="num">{t("trial.success")}</th>
              <th scope="col" className="num">{t("strategies.worst")}</th>
              <th scope="col" className="num">{t("strategies.left")}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ strategy, data }) => (
              <tr key={strategy}>
                <th scope="row">{t(`rule.${strategy}`)}</th>
                <td className="num">{format.percent(data.success_rate)}</td>
                <td className="num"><Money amount={String(Math.min(...paid(data, "p10")))} currency={currency} whole /></td>
                <td className="num"><Money amount={data.percentiles.wealth["p50"]?.at(-1)} currency={currency} whole /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
