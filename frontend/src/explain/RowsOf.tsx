/** The rows behind a sum, and the sum itself, added up here so that one can see that it fits. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schema } from "@/api/client";
import { Money } from "@/design/Money";
import { Answered } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { exactSum, usePath } from "./explained";
import styles from "./explain.module.css";

const MOST = 500;

export function RowsOf({ query, negated }: { query: string; negated?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = usePath<Schema<"TransactionPage">>(`${query}${query.includes("?") ? "&" : "?"}limit=${MOST}`);
  return (
    <Answered of={asked}>
      {({ items, next_cursor }) => {
        const sum = exactSum(items.map((row) => row.amount));
        return (
        <section className="stack">
          <div className="spread">
            <h3>{next_cursor ? t("explain.firstRows", { count: items.length }) : t("explain.rowCount", { count: items.length })}</h3>
            <Link to={`/transactions?${query.split("?")[1] ?? ""}`}>{t("explain.inList")}</Link>
          </div>
          <ul className={styles["rows"]}>
            {items.map((row) => (
              <li key={row.id} className={styles["row"]}>
                <span className="muted small num">{format.dayShort(row.date)}</span>
                <span className="cut grow">{row.merchant ?? row.description}</span>
                <Money amount={row.amount} currency={row.currency} />
              </li>
            ))}
          </ul>
          {!next_cursor && items.length > 0 && new Set(items.map((row) => row.currency)).size === 1 && (
            <p className={styles["total"]}>
              <span>{t("explain.sum")}{negated && sum.startsWith("-") && <span className="muted small"> {t("explain.magnitude")}</span>}</span>
              <Money amount={sum} currency={items[0]!.currency} />
            </p>
          )}
        </section>
        );
      }}
    </Answered>
  );
}
