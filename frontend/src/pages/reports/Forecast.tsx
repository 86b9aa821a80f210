import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type Answer } from "@/api/questions";
import { SeriesChart } from "@/charts/SeriesChart";
import { Card } from "@/design/Card";
import { SelectField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Answered, Empty, Skeleton } from "@/design/states";
import { useFormat } from "@/preferences/format";
import styles from "./reports.module.css";

type Forecasted = Answer<"/api/v1/reports/cash-forecast">;

/** The balance of each account day by day, and of all by month, with how sure it is. */
export function Forecast() {
  const asked = useAnswer("/api/v1/reports/cash-forecast");
  return <Answered of={asked} loading={<Skeleton height="26rem" />}>{(found) => <Accounts found={found} />}</Answered>;
}

/** One warning for an account: the first day on which it is short, and how many payments after it are as well. */
function Short({ account }: { account: Forecasted["accounts"][number] }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const [first, ...later] = account.bounces;
  const last = later.at(-1);
  if (!first) return null;
  return (
    <p className={styles["warning"]} role="alert">
      <TriangleAlert aria-hidden />
      <span>
        {t("forecast.bounce", { day: format.day(first.date), account: account.name })}
        {last && <span className="muted"> · {t("forecast.bounces", { count: later.length, day: format.day(last.date) })}</span>}
      </span>
    </p>
  );
}

function Accounts({ found }: { found: Forecasted }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const [chosen, setChosen] = useState(found.accounts[0]?.account_id ?? "");
  const account = found.accounts.find((each) => each.account_id === chosen) ?? found.accounts[0];
  if (!account) return <Empty title={t("forecast.none")} />;
  return (
    <div className="stack">
      {found.accounts.map((each) => <Short key={each.account_id} account={each} />)}
      <Card title={t("forecast.daily")} aside={
        <SelectField label={t("forecast.account")} labelHidden value={account.account_id} onChange={(event) => setChosen(event.target.value)}>
          {found.accounts.map((each) => <option key={each.account_id} value={each.account_id}>{each.name}</option>)}
        </SelectField>
      }>
        <div className="stack">
          {account.lowest && (
            <p className="muted small">{t("forecast.lowest", { day: format.day(account.lowest.date) })} <Money amount={account.lowest.balance} currency={found.currency} whole /></p>
          )}
          <SeriesChart
            label={t("forecast.dailyLabel", { name: account.name })}
            heading={t("forecast.day")}
            places={account.daily.map((day) => format.dayShort(day.date))}
            currency={found.currency}
            band={{ name: t("forecast.band", { share: format.percent(found.band, 0) }), low: account.daily.map((day) => Number(day.low)), high: account.daily.map((day) => Number(day.high)) }}
            series={[{ name: t("forecast.balance"), values: account.daily.map((day) => Number(day.balance)) }]}
            mark={{ name: "0", value: 0 }}
          />
        </div>
      </Card>
      <Card title={t("forecast.monthly")}>
        <SeriesChart
          label={t("forecast.monthlyLabel")}
          heading={t("forecast.month")}
          places={found.monthly.map((month) => format.monthShort(month.month))}
          currency={found.currency}
          band={{ name: t("forecast.band", { share: format.percent(found.band, 0) }), low: found.monthly.map((month) => Number(month.low)), high: found.monthly.map((month) => Number(month.high)) }}
          series={[{ name: t("forecast.balance"), values: found.monthly.map((month) => Number(month.balance)) }]}
        />
      </Card>
    </div>
  );
}
