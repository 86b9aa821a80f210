import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useAnswer } from "@/api/questions";
import { CalendarHeat } from "@/charts/CalendarHeat";
import { Card } from "@/design/Card";
import type { Period } from "@/design/period";
import { Answered, Empty, Skeleton } from "@/design/states";
import styles from "./spending.module.css";

const A_YEAR = 366 * 86_400_000;

/** What each day cost, over the last year of the period. */
export function Calendar({ period }: { period: Period }) {
  const { t } = useTranslation("spending");
  const go = useNavigate();
  const earliest = new Date(Date.parse(period.to) - A_YEAR).toISOString().slice(0, 10);
  const from = period.from > earliest ? period.from : earliest;
  const asked = useAnswer("/api/v1/analytics/patterns", { params: { query: { from, to: period.to } } });
  return (
    <Card title={t("calendar.title")} className={styles["wide"]}>
      <Answered of={asked} loading={<Skeleton height="11rem" />}>
        {(patterns) =>
          patterns.calendar.length === 0 ? (
            <Empty title={t("empty")} />
          ) : (
            <CalendarHeat
              label={t("calendar.label")}
              headings={[t("calendar.day"), t("figure.expenses")]}
              first={from}
              last={period.to}
              days={patterns.calendar}
              currency={patterns.currency}
              pressed={(date) => void go(`/transactions?from=${date}&to=${date}`)}
            />
          )
        }
      </Answered>
    </Card>
  );
}
