import { useTranslation } from "react-i18next";
import { SeriesChart } from "@/charts/SeriesChart";
import { Money } from "@/design/Money";
import { Skeleton } from "@/design/states";
import { Table, type Column } from "@/design/Table";
import { useFormat } from "@/preferences/format";
import { COMPARED, percentile, useStrategies, type Simulation, type Tried } from "./trial";

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
  const columns: readonly Column<(typeof found)[number]>[] = [
    { title: t("trial.slider.strategy"), cell: ({ strategy }) => t(`rule.${strategy}`) },
    { title: t("trial.success"), lead: true, cell: ({ data }) => format.percent(data.success_rate) },
    { title: t("strategies.worst"), cell: ({ data }) => <Money amount={String(Math.min(...paid(data, "p10")))} currency={currency} whole /> },
    { title: t("strategies.left"), cell: ({ data }) => <Money amount={data.percentiles.wealth["p50"]?.at(-1)} currency={currency} whole /> },
  ];
  return (
    <>
      <SeriesChart
        label={t("strategies.label")}
        heading={t("fan.year")}
        places={Array.from({ length: tried.years - retired }, (_, year) => String(retired + year + 1))}
        currency={currency}
        series={found.map(({ strategy, data }) => ({ name: t(`rule.${strategy}`), values: paid(data, "p50") }))}
      />
      <Table label={t("strategies.label")} columns={columns} items={found} rowKey={({ strategy }) => strategy} />
    </>
  );
}
