import { forwardRef, useCallback, useEffect, useImperativeHandle, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Inbox } from "lucide-react";
import { Empty, Failure } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { useAccounts, useCategories } from "@/api/household";
import { RowLine, type Shared } from "./RowLine";
import type { Row, RowStore } from "./rowStore";
import { useWindow } from "./useWindow";
import styles from "./transactions.module.css";

export interface ListHandle {
  show: (index: number, align?: "start" | "nearest") => void;
  /** Reads what is in view again where it is stale. */
  look: () => void;
}

interface ListProps {
  store: RowStore;
  version: number;
  current: number;
  selected: ReadonlyMap<string, Row>;
  toggle: (row: Row) => void;
  open: (row: Row, index: number) => void;
  pick: (row: Row, index: number) => void;
  /** Told which month is at the upper edge. */
  passing: (month: string) => void;
}

const ROW = 56;
/** The row at the upper edge of the view, counted from the first one drawn. */
const AT_TOP = 12;
/** Rows are asked for this often while the list moves. */
const PACE_MS = 70;

/** Has the rows in view read: not with every movement, but also not only when the list has come to rest. */
function useWanted(store: RowStore, first: number, last: number, version: number): void {
  const wanted = useRef({ store, first, last });
  const timer = useRef(0);
  wanted.current = { store, first, last };
  useEffect(() => {
    timer.current ||= window.setTimeout(() => {
      timer.current = 0;
      wanted.current.store.want(wanted.current.first, wanted.current.last);
    }, PACE_MS);
  }, [store, first, last, version]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
}

export const TransactionList = forwardRef<ListHandle, ListProps>(function TransactionList({ store, version, current, selected, toggle, open, pick, passing }, handle) {
  const { t } = useTranslation("transactions");
  const format = useFormat();
  const { byId: accounts } = useAccounts();
  const { byId: categories } = useCategories();
  const shared = useMemo<Shared>(() => ({ t, format, accounts, categories }), [t, format, accounts, categories]);
  const acts = useRef({ open, pick });
  acts.current = { open, pick };
  const openRow = useCallback((row: Row, index: number) => acts.current.open(row, index), []);
  const pickRow = useCallback((row: Row, index: number) => acts.current.pick(row, index), []);
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last, top, height, goTo } = useWindow(scroller, store.total, ROW);
  useWanted(store, first, last, version);
  useImperativeHandle(handle, () => ({ show: goTo, look: () => store.want(first, last) }), [goTo, store, first, last]);
  useEffect(() => {
    if (current < 0) return;
    scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${current + 1}"]`)?.focus({ preventScroll: true });
  }, [current, first]);
  const month = store.total === 0 ? "" : store.monthAt(first === 0 ? 0 : Math.min(store.total - 1, first + AT_TOP));
  useEffect(() => passing(month), [month, passing]);

  if (store.total === 0) return <Empty icon={<Inbox />} title={t("empty.title")}>{t("empty.about")}</Empty>;
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
  return (
    <div className={styles["list"]}>
      {store.failure && <Failure error={store.failure} retry={() => store.want(first, last)} />}
      <div ref={scroller} className={styles["scroller"]} data-testid="rows" tabIndex={0} aria-label={t("list")} role="region">
        <div style={{ height, position: "relative" }}>
          <div role="table" aria-label={t("list")} aria-rowcount={store.total} className={styles["rows"]} style={{ transform: `translateY(${top}px)` }}>
            {indexes.map((index) => {
              const row = store.at(index);
              return row ? (
                <RowLine key={index} row={row} index={index} isCurrent={index === current} isSelected={selected.has(row.id)} toggle={toggle} open={openRow} pick={pickRow} shared={shared} />
              ) : (
                <div key={index} className={styles["ghost"]} role="row" aria-rowindex={index + 1}><span role="cell" /></div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
});
