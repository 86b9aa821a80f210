import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAnswer, type Answer } from "@/api/questions";
import { SeriesChart } from "@/charts/SeriesChart";
import { DeleteButton } from "@/design/Confirm";
import { Money } from "@/design/Money";
import { Drawer } from "@/design/Overlay";
import { Answered, Skeleton } from "@/design/states";
import { Table, type Column } from "@/design/Table";
import { Figure } from "@/explain/Figure";
import { useFormat } from "@/preferences/format";
import { PartPayments, RateChanges } from "./LoanEvents";
import styles from "./wealth.module.css";

type Instalment = Answer<"/api/v1/liabilities/{liability_id}/schedule">["rows"][number];

/** One loan: what is left of it, how it runs down, and each instalment. */
export function LoanDrawer({ loan, close }: { loan: Schema<"Liability">; close: () => void }) {
  const { t } = useTranslation(["wealth", "common"]);
  const format = useFormat();
  const path = { liability_id: loan.id };
  const asked = useAnswer("/api/v1/liabilities/{liability_id}/schedule", { params: { path } });
  const source = `/api/v1/liabilities/${loan.id}/schedule`;
  const columns = (currency: string): readonly Column<Instalment>[] => [
    { title: t("field.date"), cell: (row) => format.day(row.date) },
    { title: t("loans.principal"), cell: (row) => <Money amount={row.principal} currency={currency} /> },
    { title: t("loans.interestPart"), quiet: true, cell: (row) => <Money amount={row.interest} currency={currency} /> },
    { title: t("loans.balance"), lead: true, cell: (row) => <Money amount={row.balance} currency={currency} /> },
  ];
  return (
    <Drawer open close={close} title={loan.name} about={t(`group.${loan.kind}`)} actions={<DeleteButton name={loan.name} act={() => answer(api.DELETE("/api/v1/liabilities/{liability_id}", { params: { path } }))} done={close} />}>
      <div className="stack">
        <p className={styles["headline"]}><Money amount={loan.outstanding} currency={loan.currency} /></p>
        <Answered of={asked} loading={<Skeleton height="18rem" />}>
          {(found) => {
            const schedule = { ...found, currency: found.currency ?? loan.currency };
            return (
            <>
              <dl className={styles["totals"]}>
                <div><dt className="muted small">{t("loans.instalment")}</dt><dd><Money amount={schedule.instalment} currency={schedule.currency} /></dd></div>
                <div><dt className="muted small">{t("loans.ends")}</dt><dd>{format.day(schedule.ends_on)}</dd></div>
                <div><dt className="muted small">{t("loans.interest")}</dt><dd><Figure source={source} name="total_interest" title={t("loans.interest")}><Money amount={schedule.total_interest} currency={schedule.currency} whole /></Figure></dd></div>
                <div><dt className="muted small">{t("loans.apr")}</dt><dd>{format.percent(schedule.apr, 2)}</dd></div>
              </dl>
              <SeriesChart
                label={t("loans.curve")}
                heading={t("timeline.month")}
                places={schedule.rows.map((row) => format.monthShort(row.date.slice(0, 7)))}
                currency={schedule.currency}
                height="14rem"
                series={[{ name: t("loans.balance"), values: schedule.rows.map((row) => Number(row.balance)), kind: "area", colour: 1 }]}
              />
              <Table tall label={t("loans.schedule")} columns={columns(schedule.currency)} items={schedule.rows} rowKey={(row) => row.date} />
            </>
            );
          }}
        </Answered>
        <PartPayments loan={loan} />
        <RateChanges loan={loan} />
      </div>
    </Drawer>
  );
}
