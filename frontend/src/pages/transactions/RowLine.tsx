import { ArrowLeftRight, CircleHelp, Clock, MessageSquare, Split } from "lucide-react";
import { memo } from "react";
import type { TFunction } from "i18next";
import type { Account, Category } from "@/api/household";
import type { Formats } from "@/preferences/format";
import type { Row } from "./rowStore";
import styles from "./transactions.module.css";

interface RowLineProps {
  row: Row;
  index: number;
  isCurrent: boolean;
  isSelected: boolean;
  toggle: (row: Row) => void;
  open: (row: Row, index: number) => void;
  pick: (row: Row, index: number) => void;
  /** What every row needs, asked for once by the list: a row that scrolls into view must cost little. */
  shared: Shared;
}

export interface Shared {
  t: TFunction<"transactions">;
  format: Formats;
  accounts: ReadonlyMap<string, Account>;
  categories: ReadonlyMap<string, Category>;
}

/** One transaction. */
export const RowLine = memo(function RowLine({ row, index, isCurrent, isSelected, toggle, open, pick, shared }: RowLineProps) {
  const { t, format } = shared;
  const account = shared.accounts.get(row.account_id);
  const category = shared.categories.get(row.category_id);
  const name = row.merchant ?? row.description;
  return (
    <div className={styles["row"]} role="row" aria-rowindex={index + 1} tabIndex={-1} data-current={isCurrent || undefined} data-selected={isSelected || undefined} data-pending={row.status === "pending" || undefined}>
      <span role="cell" className={styles["check"]}>
        <input type="checkbox" checked={isSelected} onChange={() => toggle(row)} aria-label={t("select", { name })} tabIndex={isCurrent ? 0 : -1} />
      </span>
      <span role="cell" className={styles["date"]}>{format.dayShort(row.date)}</span>
      <span role="cell" className={styles["name"]}>
        <button type="button" className={styles["open"]} onClick={() => open(row, index)}>
          <span className={styles["who"]}>{name}</span>
          <span className={styles["what"]}>{row.merchant ? row.description : account?.name}</span>
        </button>
        <span className={styles["marks"]}>
          {row.status === "pending" && <span className={styles["pending"]} title={t("mark.pending")}><Clock aria-hidden />{t("mark.pendingWord")}</span>}
          {row.asks && <CircleHelp aria-label={t("mark.asks")} className={styles["asks"]} />}
          {row.transfer_id && <ArrowLeftRight aria-label={t("mark.transfer")} />}
          {row.split_of && <Split aria-label={t("mark.split")} />}
          {row.note && <MessageSquare aria-label={t("mark.note")} />}
        </span>
      </span>
      <span role="cell" className={styles["category"]}>
        <button type="button" className={styles["chip"]} data-asks={row.asks || undefined} onClick={() => pick(row, index)} aria-label={t("changeCategory", { name, category: category?.name ?? row.category })}>
          {category?.name ?? row.category}
        </button>
      </span>
      <span role="cell" className={styles["account"]}>{account?.name}</span>
      <span role="cell" className={styles["amount"]}><span className={row.amount.startsWith("-") ? "amount" : `amount ${styles["in"]}`}>{format.money(row.amount, row.currency)}</span></span>
    </div>
  );
});
