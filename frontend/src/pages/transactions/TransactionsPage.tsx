import { Plus } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { usePageKeys } from "@/app/shortcuts";
import { Button } from "@/design/Button";
import { Failure, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { BulkBar } from "./BulkBar";
import { Filters } from "./Filters";
import { useFilter, type Filter } from "./filter";
import { LikeIt } from "./LikeIt";
import { RowStore, type Row } from "./rowStore";
import { SearchBox } from "./SearchBox";
import { TransactionList, type ListHandle } from "./TransactionList";
import { useEditing } from "./useEditing";
import styles from "./transactions.module.css";

const loadPicker = () => import("./CategoryPicker");
const CategoryPicker = lazy(loadPicker);
const DetailsDrawer = lazy(() => import("./DetailsDrawer"));
const NewTransaction = lazy(() => import("./NewTransaction"));

const QUIET = () => () => undefined;

/** The store of a filter; the rows of the one before stay in sight while the outline only moved. */
function useRows(filter: Filter) {
  const outline = useAnswer("/api/v1/transactions/outline", { params: { query: filter as never } }, { placeholderData: (before) => before });
  const held = useRef<RowStore | null>(null);
  const store = useMemo(() => {
    if (!outline.data || outline.isPlaceholderData) return held.current;
    const before = held.current;
    before?.stop();
    held.current = new RowStore(filter, outline.data, before?.filter === filter ? before : undefined);
    return held.current;
  }, [outline.data, outline.isPlaceholderData, filter]);
  const version = useSyncExternalStore(store?.subscribe ?? QUIET, () => store?.seen() ?? 0);
  return { store, version, outline };
}

export default function TransactionsPage() {
  const { t } = useTranslation(["transactions", "common"]);
  const format = useFormat();
  const [filter, setFilter] = useFilter();
  const { store, version, outline } = useRows(filter);
  const [current, setCurrent] = useState(-1);
  const [selected, setSelected] = useState<ReadonlyMap<string, Row>>(new Map());
  const [open, setOpen] = useState<{ kind: "details" | "category"; row: Row } | { kind: "new" } | null>(null);
  const [month, setMonth] = useState("");
  const list = useRef<ListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const changed = useCallback(() => {
    store?.refresh();
    list.current?.look();
  }, [store]);
  const editing = useEditing(changed);
  useEffect(() => {
    document.title = `${t("title")} · finapp`;
    // Whoever presses c goes on typing at once.
    void loadPicker();
  }, [t]);
  useEffect(() => {
    setSelected(new Map());
    setCurrent(-1);
  }, [filter]);

  const toggle = useCallback((row: Row) => setSelected((before) => {
    const next = new Map(before);
    if (!next.delete(row.id)) next.set(row.id, row);
    return next;
  }), []);
  const rowAt = (index: number) => store?.at(index);
  const move = (step: number) => {
    const next = Math.max(0, Math.min((store?.total ?? 0) - 1, current + step));
    setCurrent(next);
    list.current?.show(next);
  };
  const onCurrent = (act: (row: Row) => void) => () => {
    const row = rowAt(current);
    if (row) act(row);
  };
  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    x: onCurrent(toggle),
    e: onCurrent((row) => setOpen({ kind: "details", row })),
    c: onCurrent((row) => setOpen({ kind: "category", row })),
    n: () => setOpen({ kind: "new" }),
    "/": () => search.current?.focus(),
    Escape: () => setSelected(new Map()),
  });
  const close = () => setOpen(null);

  return (
    <div className={styles["page"]} data-fills>
      <header className={styles["header"]}>
        <div className={styles["title"]}>
          <h1>{t("title")}</h1>
          {store && <p className="muted small" role="status">{t("count", { count: store.total, shown: format.number(store.total, 0) })}</p>}
          <span className="grow" />
          <Button size="sm" icon={<Plus />} onClick={() => setOpen({ kind: "new" })} aria-label={t("new.title")}><span className={styles["addLabel"]}>{t("new.title")}</span></Button>
        </div>
        <SearchBox inputRef={search} value={filter.q ?? ""} search={(q) => setFilter({ q })} error={outline.error} />
        <Filters filter={filter} change={setFilter} jump={(index) => list.current?.show(index, "start")} store={store} month={month} />
      </header>
      {!store && (outline.error ? <Failure error={outline.error} retry={() => void outline.refetch()} /> : <div className={styles["waiting"]}><SkeletonLines count={12} height="3rem" /></div>)}
      {store && (
        <TransactionList
          ref={list}
          store={store}
          version={version}
          current={current}
          selected={selected}
          toggle={toggle}
          open={(row, index) => { setCurrent(index); setOpen({ kind: "details", row }); }}
          passing={setMonth}
          pick={(row, index) => { setCurrent(index); setOpen({ kind: "category", row }); }}
        />
      )}
      {selected.size > 0 && <BulkBar selected={selected} filter={filter} total={store?.total ?? 0} editing={editing} clear={() => setSelected(new Map())} />}
      <Suspense>
        {open?.kind === "category" && <CategoryPicker title={t("picker.title")} present={open.row.category_id} close={close} choose={(category_id) => editing.edit.mutate({ rows: [open.row], values: { category_id } })} />}
        {open?.kind === "details" && <DetailsDrawer row={(store && store.indexOf(open.row.id) >= 0 && store.at(store.indexOf(open.row.id))) || open.row} editing={editing} close={close} pick={() => setOpen({ kind: "category", row: open.row })} />}
        {open?.kind === "new" && <NewTransaction close={close} made={changed} />}
      </Suspense>
      {editing.like && <LikeIt like={editing.like} editing={editing} />}
    </div>
  );
}
