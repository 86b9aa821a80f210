import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { toast, toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import { asQuery, type Filter } from "./filter";
import type { Row } from "./rowStore";
import type { Editing, Values } from "./useEditing";
import styles from "./transactions.module.css";

const CategoryPicker = lazy(() => import("./CategoryPicker"));

interface BulkBarProps {
  selected: ReadonlyMap<string, Row>;
  filter: Filter;
  total: number;
  editing: Editing;
  clear: () => void;
}

/** What can be done with the chosen rows, or with everything the filter finds. */
export function BulkBar({ selected, filter, total, editing, clear }: BulkBarProps) {
  const { t } = useTranslation(["transactions", "common"]);
  const format = useFormat();
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState<"category" | "tag" | "confirm" | null>(null);
  const [values, setValues] = useState<Values | null>(null);
  const rows = [...selected.values()];
  const query = asQuery(filter);
  const pair = useCommand(() => answer(api.POST("/api/v1/transfers", { body: { kind: "transfer", transaction_ids: rows.map((row) => row.id) } })), {
    done: () => {
      toast({ text: t("bulk.paired") });
      clear();
    },
    failed: toastProblem,
  });
  const apply = (wanted: Values) => {
    if (all && query) {
      setValues(wanted);
      setAsking("confirm");
    } else editing.edit.mutate({ rows, values: wanted }, { onSuccess: clear });
  };
  return (
    <div className={styles["bulk"]} role="toolbar" aria-label={t("bulk.label")}>
      <span className="small" role="status">{all ? t("bulk.all", { count: total, shown: format.number(total, 0) }) : t("bulk.chosen", { count: rows.length })}</span>
      {!all && query && total > rows.length && <Button size="sm" look="quiet" onClick={() => setAll(true)}>{t("bulk.chooseAll", { count: total, shown: format.number(total, 0) })}</Button>}
      <Button size="sm" onClick={() => setAsking("category")}>{t("bulk.category")}</Button>
      <Button size="sm" onClick={() => setAsking("tag")}>{t("bulk.tag")}</Button>
      <Button size="sm" onClick={() => apply({ status: "reconciled" })}>{t("bulk.reconciled")}</Button>
      {!all && rows.length === 2 && <Button size="sm" onClick={() => pair.mutate(undefined)} busy={pair.isPending}>{t("bulk.pair")}</Button>}
      <Button size="sm" look="quiet" onClick={clear}>{t("common:action.cancel")}</Button>
      <Suspense>{asking === "category" && <CategoryPicker title={t("picker.title")} close={() => setAsking(null)} choose={(category_id) => apply({ category_id })} />}</Suspense>
      {asking === "tag" && <TagDialog close={() => setAsking(null)} choose={(tag) => apply({ add_tags: [tag] })} />}
      {asking === "confirm" && values && query && (
        <Modal
          open
          close={() => setAsking(null)}
          title={t("bulk.confirmTitle", { count: total, shown: format.number(total, 0) })}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>{t("common:action.cancel")}</Button>
              <Button look="primary" busy={editing.editAll.isPending} onClick={() => editing.editAll.mutate({ query, values }, { onSuccess: () => { setAsking(null); clear(); } })}>{t("bulk.confirm")}</Button>
            </>
          }
        >
          <p>{t("bulk.confirmAbout")}</p>
        </Modal>
      )}
    </div>
  );
}

function TagDialog({ close, choose }: { close: () => void; choose: (tag: string) => void }) {
  const { t } = useTranslation(["transactions", "common"]);
  const [tag, setTag] = useState("");
  return (
    <Modal open close={close} title={t("bulk.tag")}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); close(); choose(tag.trim()); }}>
        <TextField label={t("details.tag")} value={tag} onChange={(event) => setTag(event.target.value)} autoFocus required />
        <div className="row"><Button look="primary" type="submit" disabled={!tag.trim()}>{t("common:action.add")}</Button></div>
      </form>
    </Modal>
  );
}
