import { Dices } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/design/Button";
import { Money } from "@/design/Money";
import { Answered, Skeleton } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { usePath, type Tried } from "./trial";
import styles from "./independence.module.css";

const PATHS = 10_000;

/** One of the ten thousand ways, year by year, with the reason of each change. */
export function OnePath({ tried, currency }: { tried: Tried; currency: string }) {
  const { t } = useTranslation("independence");
  const format = useFormat();
  const [path, setPath] = useState(0);
  const asked = usePath(tried, path, true);
  return (
    <>
      <div className="spread">
        <p className="muted small">{t("path.number", { number: format.number(path + 1, 0) })}</p>
        <Button size="sm" icon={<Dices />} onClick={() => setPath((path + 617) % PATHS)}>{t("path.another")}</Button>
      </div>
      <Answered of={asked} loading={<Skeleton height="20rem" />}>
        {(simulation) => (
          <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("trial.path")}>
            <table className={styles["table"]}>
              <thead>
                <tr>
                  <th scope="col">{t("fan.year")}</th>
                  <th scope="col" className="num">{t("path.growth")}</th>
                  <th scope="col" className="num">{t("trial.spending")}</th>
                  <th scope="col" className="num">{t("trial.wealth")}</th>
                  <th scope="col">{t("path.why")}</th>
                </tr>
              </thead>
              <tbody>
                {(simulation.opened ?? []).map((year) => (
                  <tr key={year.year}>
                    <th scope="row">{year.year + 1}</th>
                    <td className="num">{format.percent(year.growth - 1, 1, "always")}</td>
                    <td className="num"><Money amount={year.spending} currency={currency} whole /></td>
                    <td className="num"><Money amount={year.wealth} currency={currency} whole /></td>
                    <td className="muted">{year.reasons.join("; ").replaceAll("_", " ")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answered>
    </>
  );
}
