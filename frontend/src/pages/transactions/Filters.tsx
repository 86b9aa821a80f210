import { CircleHelp, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAccounts, useCategories } from "@/api/household";
import { useAnswer } from "@/api/questions";
import { useFormat } from "@/preferences/format";
import { isByDate, type Filter } from "./filter";
import type { RowStore } from "./rowStore";
import styles from "./transactions.module.css";

interface FiltersProps {
  filter: Filter;
  change: (changes: Filter) => void;
  jump: (index: number) => void;
  store: RowStore | null;
  /** The month in view. */
  month: string;
}

/** Filters one reaches for often, the present ones as chips, and the jump to a month. */
export function Filters({ filter, change, jump, store, month }: FiltersProps) {
  const { t } = useTranslation("transactions");
  const format = useFormat();
  const { list: accounts } = useAccounts();
  const { byId } = useCategories();
  const open = useAnswer("/api/v1/transactions/outline", { params: { query: { asks: true } } });
  const asks = open.data?.total ?? 0;
  const chip = (name: keyof Filter, label: string) => (
    <button key={name} type="button" className={styles["chip"]} aria-pressed onClick={() => change({ [name]: undefined })} aria-label={t("filter.remove", { name: label })}>
      <span style={{ display: "inline-flex", gap: "0.3rem", alignItems: "center" }}>{label}<X aria-hidden width="0.9em" height="0.9em" /></span>
    </button>
  );
  return (
    <div className={styles["filters"]}>
      {store && isByDate(filter) && store.months().length > 1 && (
        <select aria-label={t("filter.jump")} value={store.months().find((one) => one.month === month)?.start ?? ""} onChange={(event) => event.target.value && jump(Number(event.target.value))}>
          {store.months().map((one) => <option key={one.month} value={one.start}>{format.month(one.month)} ({one.count})</option>)}
        </select>
      )}
      <select aria-label={t("filter.account")} value={filter.account_id ?? ""} onChange={(event) => change({ account_id: event.target.value || undefined })}>
        <option value="">{t("filter.allAccounts")}</option>
        {accounts.map((account) => <option key={account.id} value={account.id}>{account.name}</option>)}
      </select>
      {(asks > 0 || filter.asks) && (
        <button type="button" className={styles["chip"]} aria-pressed={filter.asks === "true"} onClick={() => change({ asks: filter.asks ? undefined : "true" })}>
          <span style={{ display: "inline-flex", gap: "0.3rem", alignItems: "center" }}><CircleHelp aria-hidden width="1em" height="1em" />{t("filter.asks", { count: asks })}</span>
        </button>
      )}
      {filter.category_id && chip("category_id", byId.get(filter.category_id)?.name ?? filter.category_id)}
      {filter.merchant_id && chip("merchant_id", filter.merchant_id)}
      {filter.kind && chip("kind", filter.kind.split(",").map((kind) => t(`flow.${kind as "income"}`)).join(", "))}
      {filter.need && chip("need", t(`need.${filter.need as "essential"}`))}
      {filter.tag && chip("tag", `#${filter.tag}`)}
      {filter.import_id && chip("import_id", t("filter.import"))}
      {filter.from && chip("from", `≥ ${format.day(filter.from)}`)}
      {filter.to && chip("to", `≤ ${format.day(filter.to)}`)}
      {filter.status && chip("status", t(`status.${filter.status as "posted"}`))}
    </div>
  );
}
