import { useTranslation } from "react-i18next";
import { useAnswer, type Answer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { Answered, Skeleton } from "@/design/states";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import styles from "./reports.module.css";

type Fund = Answer<"/api/v1/reports/emergency-fund">;
const SOURCE = "/api/v1/reports/emergency-fund";

/** How long the money lasts without income, how much is enough, and what gives way first. */
export function Emergency() {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const asked = useAnswer("/api/v1/reports/emergency-fund");
  return (
    <Answered of={asked} loading={<Skeleton height="24rem" />}>
      {(fund) => (
        <div className={styles["cards"]}>
          <Card title={t("emergency.title")}>
            <div className="stack">
              <p className={styles["headline"]}>{fund.months === null ? <Reason code={fund.months_reason} /> : <Figure source={SOURCE} name="months" title={t("emergency.title")}>{t("months", { value: format.number(fund.months) })}</Figure>}</p>
              <Meter share={fund.target_months ? (fund.months ?? 0) / fund.target_months : 0} label={t("emergency.cover")} />
              <dl className={styles["ledger"]}>
                <div><dt>{t("emergency.need")}</dt><dd className="num"><Figure source={SOURCE} name="monthly_need" title={t("emergency.need")}><Money amount={fund.monthly_need} currency={fund.currency} whole /></Figure></dd></div>
                <div><dt>{t("emergency.target", { value: format.number(fund.target_months, 0) })}</dt><dd className="num"><Money amount={fund.target} currency={fund.currency} whole /></dd></div>
                <div><dt>{t(Number(fund.shortfall) > 0 ? "emergency.shortfall" : "emergency.surplus")}</dt><dd className="num"><Money amount={Number(fund.shortfall) > 0 ? fund.shortfall : fund.surplus} currency={fund.currency} whole /></dd></div>
                <div><dt>{t("emergency.amount95")}</dt><dd className="num"><Money amount={fund.amount_for_95} currency={fund.currency} whole /></dd></div>
                <div><dt>{t("emergency.lasts")}</dt><dd className="num">{fund.probability_lasts === null ? <Reason code={fund.probability_lasts_reason} /> : format.percent(fund.probability_lasts, 0)}</dd></div>
              </dl>
              {fund.funding?.full_on && <p className="small">{t("emergency.fund", { day: format.month(fund.funding.full_on.slice(0, 7)) })} <Money amount={fund.funding.monthly} currency={fund.currency} whole /></p>}
            </div>
          </Card>
          <Card title={t("emergency.tiers")}>
            <ul className={styles["tiers"]}>
              {fund.by_tier.map((tier) => (
                <li key={tier.tier}>
                  <div className="spread"><span>{t(`tier.${tier.tier}`)}</span><Money amount={tier.amount} currency={fund.currency} whole /></div>
                  <p className="muted small">{tier.months === null ? "" : t("months", { value: format.number(tier.months) })}</p>
                </li>
              ))}
            </ul>
          </Card>
          {fund.drills.map((drill) => <Drill key={drill.name} drill={drill} currency={fund.currency} />)}
        </div>
      )}
    </Answered>
  );
}

function Drill({ drill, currency }: { drill: Fund["drills"][number]; currency: string }) {
  const { t, i18n } = useTranslation("reports");
  const format = useFormat();
  const name = i18n.exists(`drill.${drill.name}`, { ns: "reports" }) ? t(`drill.${drill.name}` as "drill.job_loss") : drill.name.replaceAll("_", " ");
  return (
    <Card title={name}>
      <div className="stack">
        <p>{drill.lasts_months === null ? <Reason code={drill.lasts_reason} /> : t("emergency.until", { value: format.number(drill.lasts_months, 1), day: drill.lasts_until ? format.month(drill.lasts_until.slice(0, 7)) : "" })}</p>
        <ol className={styles["list"]}>
          {drill.draws.map((draw, index) => (
            <li key={index} className={styles["due"]} data-span>
              <span className="muted small">{t("emergency.fromMonth", { first: draw.first_month, last: draw.last_month })}</span>
              <span className="grow cut">{draw.name}</span>
              <Money amount={draw.amount} currency={currency} whole />
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}
