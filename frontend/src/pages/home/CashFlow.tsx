import { useTranslation } from "react-i18next";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

const PARTS = ["income", "essential", "discretionary", "debt_service", "invested"] as const;

export function CashFlow({ tile }: { tile: Overview["cash_flow"] }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  return (
    <Tile title={t("cashFlow.title")} tile={tile}>
      {(data) => {
        const source = `/api/v1/analytics/summary?from=${data.first}&to=${data.last}`;
        const now = data.this_month;
        const left = data.left_to_spend;
        return (
          <div className="stack">
            <div>
              <p className={styles["headline"]}>
                <Figure source={source} name="expenses" title={t("cashFlow.expenses")}><Money amount={now?.expenses} currency={data.currency} whole /></Figure>
              </p>
              <p className="muted small">
                {t("cashFlow.spent", { month: format.month(data.first) })}
                {left && <> · <Money amount={left.replace("-", "")} currency={data.currency} whole /> {t(left.startsWith("-") ? "cashFlow.over" : "cashFlow.left")}</>}
              </p>
              <Reason code={data.this_month_reason} />
            </div>
            {now && (
              <dl className={styles["flows"]}>
                {PARTS.map((part) => {
                  const usual = Number(data.normal?.[part] ?? 0);
                  const share = usual ? Number(now[part]) / usual : 0;
                  return (
                    <div key={part}>
                      <dt>{t(`cashFlow.${part}`)}</dt>
                      <dd className="num"><Figure source={source} name={part} title={t(`cashFlow.${part}`)}><Money amount={now[part]} currency={data.currency} whole /></Figure></dd>
                      <dd className="num muted small">
                        {data.normal && <Figure source="/api/v1/analytics/typical-month" name={part} title={t("cashFlow.normalOf", { part: t(`cashFlow.${part}`) })}>{t("cashFlow.ofUsual")} <Money amount={data.normal[part]} currency={data.currency} whole /></Figure>}
                      </dd>
                      <dd className={styles["meter"]}><Meter share={share} label={t("cashFlow.compared", { part: t(`cashFlow.${part}`) })} tone={share > 1 && part !== "income" && part !== "invested" ? "bad" : "accent"} /></dd>
                    </div>
                  );
                })}
              </dl>
            )}
          </div>
        );
      }}
    </Tile>
  );
}
