import { useTranslation } from "react-i18next";
import type { Answer } from "@/api/questions";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import styles from "./independence.module.css";

type Summary = Answer<"/api/v1/fire/summary">;
const SOURCE = "/api/v1/fire/summary";
const VARIANTS = ["lean", "regular", "fat", "coast", "barista"] as const;

/** The independence number, when it is reached, and the other numbers people plan by. */
export function Numbers({ summary }: { summary: Summary }) {
  const { t } = useTranslation("independence");
  const format = useFormat();
  const range = summary.date_range;
  return (
    <div className="stack">
      <dl className={styles["totals"]}>
        <div>
          <dt className="muted small">{t("numbers.number")}</dt>
          <dd className={styles["headline"]}>{summary.fire_number ? <Figure source={SOURCE} name="fire_number" title={t("numbers.number")}><Money amount={summary.fire_number} currency={summary.currency} whole /></Figure> : <Reason code={summary.fire_number_reason} />}</dd>
        </div>
        <div>
          <dt className="muted small">{t("numbers.date")}</dt>
          <dd className={styles["headline"]}>
            {summary.status === "reached" ? t("numbers.reached") : summary.date ? format.month(summary.date.slice(0, 7)) : t("numbers.never")}
          </dd>
          {range?.early && range.late && <dd className="muted small">{t("numbers.range", { early: range.early.slice(0, 4), late: range.late.slice(0, 4) })}</dd>}
        </div>
        <div>
          <dt className="muted small">{t("numbers.savingsRate")}</dt>
          <dd className={styles["headline"]}>{summary.savings_rate === null ? <Reason code={summary.savings_rate_reason} /> : format.percent(summary.savings_rate)}</dd>
        </div>
        <div>
          <dt className="muted small">{t("numbers.runway")}</dt>
          <dd className={styles["headline"]}>{summary.runway_months === null ? <Reason code={summary.runway_months_reason} /> : t("numbers.months", { value: format.number(summary.runway_months) })}</dd>
        </div>
      </dl>
      <Meter share={summary.progress ?? 0} label={t("numbers.progress")} />
      <ul className={styles["variants"]}>
        {VARIANTS.map((name) => {
          const variant = summary[name];
          return (
            <li key={name}>
              <p className="small"><strong>{t(`numbers.${name}`)}</strong></p>
              <p>{variant.number ? <Money amount={variant.number} currency={summary.currency} whole /> : <Reason code={variant.number_reason} />}</p>
              <p className="muted small">{variant.date ? format.month(variant.date.slice(0, 7)) : variant.status === "never" ? t("numbers.never") : ""}</p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
