import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Segmented } from "@/design/Field";
import { Page } from "@/design/Page";
import { period, type Span } from "@/design/period";
import { Answered, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { Budgets } from "./Budgets";
import { Calendar } from "./Calendar";
import { Categories } from "./Categories";
import { Flow } from "./Flow";
import { Merchants } from "./Merchants";
import { Months } from "./Months";
import { Normal } from "./Normal";
import styles from "./spending.module.css";

const SPANS: readonly Span[] = ["month", "quarter", "year", "twoYears"];

export default function SpendingPage() {
  const { t } = useTranslation("spending");
  const format = useFormat();
  const [span, setSpan] = useState<Span>("year");
  const typical = useAnswer("/api/v1/analytics/typical-month");
  const today = typical.data?.as_of;
  const asked = today ? period(span, today) : null;
  return (
    <Page
      title={t("title")}
      about={asked && `${format.day(asked.from)} – ${format.day(asked.to)}`}
      actions={<Segmented label={t("span.label")} value={span} choose={setSpan} choices={SPANS.map((value) => ({ value, label: t(`span.${value}`) }))} />}
    >
      <Answered of={typical} loading={<SkeletonLines count={3} height="12rem" />}>
        {(found) =>
          asked && (
            <div className={styles["cards"]}>
              <Months period={asked} />
              <Categories period={asked} />
              <Normal typical={found} />
              <Budgets />
              <Flow period={asked} />
              <Merchants period={asked} />
              <Calendar period={asked} />
            </div>
          )
        }
      </Answered>
    </Page>
  );
}
