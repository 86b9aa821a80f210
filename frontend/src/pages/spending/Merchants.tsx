import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAnswer, type Answer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import type { Period } from "@/design/period";
import { Table, type Column } from "@/design/Table";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import styles from "./spending.module.css";

type Merchant = Answer<"/api/v1/analytics/merchants">["items"][number];
const SHOWN = 12;

/** Who was paid most, how often, and whether a visit costs more than it did. */
export function Merchants({ period }: { period: Period }) {
  const { t } = useTranslation("spending");
  const format = useFormat();
  const asked = useAnswer("/api/v1/analytics/merchants", { params: { query: period } });
  const columns: readonly Column<Merchant>[] = [
    { title: t("merchants.merchant"), cell: (item) => <Link to={`/transactions?merchant_id=${encodeURIComponent(item.merchant_id)}&from=${period.from}&to=${period.to}`}>{item.merchant}</Link> },
    { title: t("figure.amount"), lead: true, cell: (item) => <Money amount={item.amount} currency={item.currency} whole /> },
    { title: t("merchants.visits"), quiet: true, cell: (item) => format.number(item.count, 0) },
    { title: t("merchants.perVisit"), quiet: true, cell: (item) => <Money amount={item.per_visit} currency={item.currency} whole /> },
    { title: t("merchants.drift"), quiet: true, cell: (item) => (item.drift === null ? "–" : format.percent(item.drift, 0, "always")) },
  ];
  return (
    <Card title={t("merchants.title")} className={styles["wide"]}>
      <Answered of={asked} loading={<SkeletonLines count={6} />}>
        {(found) =>
          found.items.length === 0 ? (
            <Empty title={t("empty")} />
          ) : (
            <Table label={t("merchants.title")} columns={columns} items={found.items.slice(0, SHOWN)} rowKey={(item) => `${item.merchant_id}.${item.currency}`} />
          )
        }
      </Answered>
    </Card>
  );
}
