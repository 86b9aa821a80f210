import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import styles from "./reports.module.css";

/** What is expected in the weeks ahead, day by day. */
export function Calendar() {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const asked = useAnswer("/api/v1/reports/recurring-payments/calendar");
  const streams = useAnswer("/api/v1/reports/recurring-payments");
  const currency = streams.data?.currency ?? "INR";
  return (
    <Card title={t("calendar.title")}>
      <Answered of={asked} loading={<SkeletonLines count={5} />}>
        {(calendar) => {
          const months = [...new Set(calendar.items.map((item) => item.date.slice(0, 7)))];
          if (months.length === 0) return <Empty title={t("recurring.none")} />;
          return (
            <div className={styles["months"]}>
              {months.map((month) => (
                <section key={month}>
                  <h3>{format.month(month)}</h3>
                  <ul className={styles["list"]}>
                    {calendar.items.filter((item) => item.date.startsWith(month)).map((item, index) => (
                      <li key={index} className={styles["due"]} data-likely={!item.certain || undefined}>
                        <span className="muted small">{format.dayShort(item.date)}</span>
                        <span className="grow cut">{item.name}</span>
                        <Money amount={item.amount} currency={currency} whole toned />
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          );
        }}
      </Answered>
    </Card>
  );
}
