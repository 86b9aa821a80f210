/** Savings rate, runway, emergency fund, independence and debt: one line of figures, each with its explanation. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Money } from "@/design/Money";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import styles from "./home.module.css";

export function Vitals({ overview }: { overview: Overview }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { savings, runway, emergency_fund: fund, independence, debt } = overview;
  const months = (value: number | null | undefined) => (value == null ? "–" : t("vitals.months", { count: Math.round(value), value: format.number(value, 1) }));
  return (
    <section className={`${styles["vitals"]} ${styles["full"]}`} aria-label={t("vitals.title")}>
      <Vital name={t("vitals.savingsRate")} source="/api/v1/analytics/typical-month" figure="savings_rate" reason={savings.data?.savings_rate_reason} about={savings.data && <>{t("vitals.aMonth")} <Money amount={savings.data.saved} currency={savings.data.currency} whole /></>}>
        {format.percent(savings.data?.savings_rate)}
      </Vital>
      <Vital name={t("vitals.runway")} source="/api/v1/fire/runway" figure="months" reason={runway.data?.months_reason} about={runway.data?.runs_out_on && t("vitals.until", { day: format.month(runway.data.runs_out_on.slice(0, 7)) })}>
        {months(runway.data?.months)}
      </Vital>
      <Vital name={t("vitals.emergency")} source="/api/v1/reports/emergency-fund" figure="target" reason={fund.data?.months_reason} about={fund.data && Number(fund.data.shortfall ?? 0) > 0 ? <><Money amount={fund.data.shortfall} currency={fund.data.currency} whole /> {t("vitals.missing")}</> : fund.data?.target ? t("vitals.covered") : null}>
        <Money amount={fund.data?.target} currency={fund.data?.currency ?? "INR"} whole />
      </Vital>
      <Vital name={t("vitals.independence")} source="/api/v1/fire/summary" figure="fire_number" reason={independence.data?.date_reason} about={independence.data?.progress != null && t("vitals.reached", { share: format.percent(independence.data.progress, 1) })}>
        {independence.data?.date ? format.month(independence.data.date.slice(0, 7)) : "–"}
      </Vital>
      <Vital name={t("vitals.debtFree")} source="/api/v1/dashboard/kpis" figure="debt_service_to_income" reason={debt.data?.debt_free_on_reason} about={debt.data && <><Money amount={debt.data.outstanding} currency={debt.data.currency} whole /> {t("vitals.owed")}</>}>
        {debt.data?.debt_free_on ? format.month(debt.data.debt_free_on.slice(0, 7)) : "–"}
      </Vital>
    </section>
  );
}

interface VitalProps {
  name: string;
  source: string;
  figure: string;
  about: ReactNode;
  reason: string | null | undefined;
  children: ReactNode;
}

function Vital({ name, source, figure, about, reason, children }: VitalProps) {
  return (
    <div className={styles["vital"]}>
      <p className="muted small">{name}</p>
      <p className={styles["vitalValue"]}><Figure source={source} name={figure} title={name}>{children}</Figure></p>
      <p className="muted small">{about}</p>
      <Reason code={reason} />
    </div>
  );
}
