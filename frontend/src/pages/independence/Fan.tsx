import { memo } from "react";
import { useTranslation } from "react-i18next";
import { SeriesChart } from "@/charts/SeriesChart";
import { percentile, type Simulation } from "./trial";

/** The middle of all ways and the eight tenths around it, in today's money. Drawn anew only with another answer. */
export const Fan = memo(function Fan({ simulation, of, currency }: { simulation: Simulation; of: "wealth" | "spending"; currency: string }) {
  const { t } = useTranslation("independence");
  const fan = simulation.percentiles[of];
  return (
    <SeriesChart
      label={t(`fan.${of}`)}
      heading={t("fan.year")}
      places={percentile(fan, "p50").map((_, year) => String(of === "wealth" ? year : year + 1))}
      currency={currency}
      height="24rem"
      band={{ name: t("fan.band"), low: percentile(fan, "p10"), high: percentile(fan, "p90"), colour: 0 }}
      series={[
        { name: t("fan.median"), values: percentile(fan, "p50"), colour: 0 },
        { name: t("fan.bad"), values: percentile(fan, "p5"), kind: "dashed", colour: 1 },
      ]}
    />
  );
});
