import { Dices } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/design/Button";
import { Money } from "@/design/Money";
import { Answered, Skeleton } from "@/design/states";
import { Table, type Column } from "@/design/Table";
import { useFormat } from "@/preferences/format";
import { usePath, type Simulation, type Tried } from "./trial";

type Year = NonNullable<Simulation["opened"]>[number];

const PATHS = 10_000;

/** One of the ten thousand ways, year by year, with the reason of each change. */
export function OnePath({ tried, currency }: { tried: Tried; currency: string }) {
  const { t } = useTranslation("independence");
  const format = useFormat();
  const [path, setPath] = useState(0);
  const asked = usePath(tried, path, true);
  const columns: readonly Column<Year>[] = [
    { title: t("fan.year"), cell: (year) => year.year + 1 },
    { title: t("path.growth"), cell: (year) => format.percent(year.growth - 1, 1, "always") },
    { title: t("trial.spending"), cell: (year) => <Money amount={year.spending} currency={currency} whole /> },
    { title: t("trial.wealth"), lead: true, cell: (year) => <Money amount={year.wealth} currency={currency} whole /> },
    { title: t("path.why"), words: true, quiet: true, cell: (year) => year.reasons.join("; ").replaceAll("_", " ") },
  ];
  return (
    <>
      <div className="spread">
        <p className="muted small">{t("path.number", { number: format.number(path + 1, 0) })}</p>
        <Button size="sm" icon={<Dices />} onClick={() => setPath((path + 617) % PATHS)}>{t("path.another")}</Button>
      </div>
      <Answered of={asked} loading={<Skeleton height="20rem" />}>
        {(simulation) => (
          <Table tall label={t("trial.path")} columns={columns} items={simulation.opened ?? []} rowKey={(year) => year.year} />
        )}
      </Answered>
    </>
  );
}
