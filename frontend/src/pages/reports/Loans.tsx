import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAnswer, type Answer } from "@/api/questions";
import { SeriesChart } from "@/charts/SeriesChart";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { Slider } from "@/design/Slider";
import { Table, type Column } from "@/design/Table";
import { Answered, Empty, Skeleton } from "@/design/states";
import { useFormat } from "@/preferences/format";
import styles from "./reports.module.css";

type Plans = Answer<"/api/v1/reports/loan-prepayment">;
type Loan = Schema<"Liability">;

/** Ways to pay the loans off sooner with the same money, side by side. */
export function Loans() {
  const { t } = useTranslation("reports");
  const loans = useAnswer("/api/v1/liabilities", { params: { query: { limit: 500 } } });
  const own = useAnswer("/api/v1/reports/loan-prepayment");
  return (
    <Answered of={loans} loading={<Skeleton height="24rem" />}>
      {(page) => {
        const open = page.items.filter((loan) => loan.annual_rate !== null && Number(loan.outstanding) > 0 && loan.instalment !== null);
        if (open.length === 0) return <Card><Empty title={t("loans.none")}>{t("loans.noneAbout")}</Empty></Card>;
        return <Answered of={own} loading={<Skeleton height="24rem" />}>{(found) => <Tried loans={open} own={found} />}</Answered>;
      }}
    </Answered>
  );
}

function Tried({ loans, own }: { loans: Loan[]; own: Plans }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const instalments = loans.reduce((sum, loan) => sum + Number(loan.instalment), 0);
  const [extra, setExtra] = useState<number | null>(null);
  const [wanted, setWanted] = useState(extra);
  const trial = useQuery({
    queryKey: ["prepayment", wanted],
    queryFn: ({ signal }) => answer(api.POST("/api/v1/reports/loan-prepayment", { body: body(loans, wanted ?? 0), signal })),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
  });
  // While the slider moves, its places are asked as fast as answers come.
  useEffect(() => {
    if (!trial.isFetching) setWanted(extra);
  }, [trial.isFetching, extra]);
  const found: Plans = wanted === null ? own : ((trial.data as Plans | undefined) ?? own);
  const plans = found.strategies;
  const longest = plans.reduce((best, plan) => (plan.rows.length > best.rows.length ? plan : best), plans[0] ?? { rows: [] as Plans["strategies"][number]["rows"] });
  const every = Math.max(1, Math.ceil(longest.rows.length / 60));
  const places = longest.rows.filter((_, index) => index % every === 0);
  const high = Math.max(instalments * 3, 1000);
  const columns: readonly Column<Plans["strategies"][number]>[] = [
    { title: t("loans.strategy"), cell: (plan) => <>{t(`strategy.${plan.name}`)}{plan.name === found.best && <span className={styles["badge"]}>{t("loans.best")}</span>}</> },
    { title: t("loans.interest"), cell: (plan) => <Money amount={plan.total_interest} currency={found.currency} whole /> },
    { title: t("loans.saved"), lead: true, cell: (plan) => <Money amount={plan.interest_saved} currency={found.currency} whole /> },
    { title: t("loans.free"), cell: (plan) => (plan.debt_free_on ? format.month(plan.debt_free_on.slice(0, 7)) : "–") },
    { title: t("loans.sooner"), quiet: true, cell: (plan) => t("months", { value: format.number(plan.months_saved, 0) }) },
  ];
  return (
    <div className="stack">
      <Card title={t("loans.title")}>
        <div className="stack">
          <div className={styles["narrow"]}>
            <Slider label={t("loans.extra")} value={extra ?? 0} low={0} high={high} step={Math.max(1, Math.round(high / 200))} shown={extra === null ? t("loans.own") : <Money amount={String(extra)} currency={found.currency} whole />} spoken={format.money(String(extra ?? 0), found.currency, { whole: true })} move={setExtra} />
          </div>
          <SeriesChart
            label={t("loans.label")}
            heading={t("forecast.month")}
            places={places.map((row) => format.monthShort(row.date.slice(0, 7)))}
            currency={found.currency}
            series={plans.map((plan) => ({ name: t(`strategy.${plan.name}`), values: places.map((_, index) => { const row = plan.rows[index * every]; return row ? Number(row.balance) : 0; }) }))}
          />
        </div>
      </Card>
      <Card title={t("loans.compared")}>
        <Table label={t("loans.compared")} columns={columns} items={plans} rowKey={(plan) => plan.name} row={(plan) => ({ "data-best": plan.name === found.best || undefined })} />
        {found.gap !== null && <p className="muted small">{t("loans.proof")} <Money amount={found.gap} currency={found.currency} /></p>}
      </Card>
    </div>
  );
}

function body(loans: Loan[], extra: number): Schema<"PrepaymentBody"> {
  return {
    loans: loans.map((loan) => ({ id: loan.id, name: loan.name, outstanding: loan.outstanding, annual_rate: loan.annual_rate, instalment: loan.instalment })),
    extra_monthly: extra.toFixed(0),
  } as Schema<"PrepaymentBody">;
}
