import { useTranslation } from "react-i18next";
import { useAnswer, type Answer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { period } from "@/design/period";
import { Answered, SkeletonLines } from "@/design/states";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import styles from "./spending.module.css";

const PARTS = ["income", "essential", "discretionary", "debt_service", "invested"] as const;
const NORMAL = "/api/v1/analytics/typical-month";

/** The month that runs against the household's own median month. */
export function Normal({ typical }: { typical: Answer<"/api/v1/analytics/typical-month"> }) {
  const { t } = useTranslation("spending");
  const now = period("month", typical.as_of);
  const asked = useAnswer("/api/v1/analytics/summary", { params: { query: now } });
  const source = `/api/v1/analytics/summary?from=${now.from}&to=${now.to}`;
  return (
    <Card title={t("normal.title")}>
      <Reason code={typical.reason} />
      <Answered of={asked} loading={<SkeletonLines count={5} />}>
        {(month) => (
          <dl className={styles["normal"]}>
            {PARTS.map((part) => {
              const usual = Number(typical[part] ?? 0);
              const share = usual ? Number(month[part] ?? 0) / usual : 0;
              const over = share > 1 && part !== "income" && part !== "invested";
              return (
                <div key={part}>
                  <dt>{t(`figure.${part}`)}</dt>
                  <dd className="num"><Figure source={source} name={part} title={t(`figure.${part}`)}><Money amount={month[part]} currency={month.currency} whole /></Figure></dd>
                  <dd className="num muted small"><Figure source={NORMAL} name={part} title={t("normal.of", { part: t(`figure.${part}`) })}>{t("normal.usual")} <Money amount={typical[part]} currency={typical.currency} whole /></Figure></dd>
                  <dd className={styles["across"]}><Meter share={share} label={t("normal.compared", { part: t(`figure.${part}`) })} tone={over ? "bad" : "accent"} /></dd>
                </div>
              );
            })}
          </dl>
        )}
      </Answered>
    </Card>
  );
}
