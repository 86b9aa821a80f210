import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, api } from "@/api/client";
import { useAccounts, useCategories } from "@/api/household";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { AreaField, SelectField, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Drawer } from "@/design/Overlay";
import { toast, toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import { Attachments } from "./Attachments";
import { RowHistory } from "./RowHistory";
import { SplitEditor } from "./SplitEditor";
import { TransferPanel } from "./TransferPanel";
import type { Row } from "./rowStore";
import type { Editing } from "./useEditing";
import styles from "./details.module.css";

const FLOWS = ["income", "expense", "transfer", "investment", "debt", "refund"] as const;
const NEEDS = ["essential", "discretionary"] as const;
const STATUSES = ["pending", "posted", "reconciled"] as const;

interface DetailsProps {
  row: Row;
  editing: Editing;
  close: () => void;
  pick: () => void;
}

/** Everything about one transaction. */
export default function DetailsDrawer({ row, editing, close, pick }: DetailsProps) {
  const { t } = useTranslation(["transactions", "common"]);
  const format = useFormat();
  const account = useAccounts().byId.get(row.account_id);
  const category = useCategories().byId.get(row.category_id);
  const [note, setNote] = useState(row.note ?? "");
  const [tags, setTags] = useState(row.tags.join(", "));
  useEffect(() => {
    setNote(row.note ?? "");
    setTags(row.tags.join(", "));
  }, [row.note, row.tags]);
  const set = (values: Parameters<typeof editing.edit.mutate>[0]["values"]) => editing.edit.mutate({ rows: [row], values });
  const remove = useCommand(() => answer(api.DELETE("/api/v1/transactions/{transaction_id}", { params: { path: { transaction_id: row.id } } })), {
    done: () => {
      close();
      toast({ text: t("details.deleted"), undo: () => restore.mutate(undefined) });
    },
    failed: toastProblem,
  });
  const restore = useCommand(() => answer(api.POST("/api/v1/transactions/{transaction_id}/restore", { params: { path: { transaction_id: row.id } } })), { failed: toastProblem });
  const tagList = tags.split(",").map((tag) => tag.trim()).filter(Boolean);
  return (
    <Drawer
      open
      close={close}
      title={row.merchant ?? row.description}
      about={`${format.weekday(row.date)} · ${account?.name ?? ""}`}
      actions={<Button look="danger" size="sm" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>{t("common:action.delete")}</Button>}
    >
      <div className="stack">
        <p className={styles["amount"]}><Money amount={row.amount} currency={row.currency} toned={!row.amount.startsWith("-")} /></p>
        {row.original_amount && row.original_currency && <p className="muted small"><Money amount={row.original_amount} currency={row.original_currency} /></p>}
        <p className={styles["raw"]}>{row.description}</p>
        <MerchantName row={row} />
        <div className={styles["line"]}>
          <span className="small muted">{t("details.category")}</span>
          <Button size="sm" onClick={pick}>{category?.name ?? row.category}</Button>
        </div>
        <p className="muted small">
          {row.why}{row.confidence !== null && ` (${format.percent(row.confidence, 0)})`}
          {row.asks && <strong> {t("mark.asks")}</strong>}
        </p>
        <div className="two">
          <SelectField label={t("details.flow")} value={row.flow} onChange={(event) => set({ flow: event.target.value as Row["flow"] })}>
            {FLOWS.map((flow) => <option key={flow} value={flow}>{t(`flow.${flow}`)}</option>)}
          </SelectField>
          <SelectField label={t("details.need")} value={row.need ?? ""} onChange={(event) => set({ need: (event.target.value || null) as Row["need"] })}>
            <option value="">–</option>
            {NEEDS.map((need) => <option key={need} value={need}>{t(`need.${need}`)}</option>)}
          </SelectField>
          <SelectField label={t("details.status")} value={row.status} onChange={(event) => set({ status: event.target.value as Row["status"] })}>
            {STATUSES.map((status) => <option key={status} value={status}>{t(`status.${status}`)}</option>)}
          </SelectField>
        </div>
        <TextField label={t("details.tags")} hint={t("details.tagsHint")} value={tags} onChange={(event) => setTags(event.target.value)} onBlur={() => tagList.join() !== row.tags.join() && set({ tags: tagList })} />
        <AreaField label={t("details.note")} value={note} onChange={(event) => setNote(event.target.value)} onBlur={() => note !== (row.note ?? "") && set({ note: note || null })} />
        <SplitEditor row={row} gone={close} />
        <Attachments rowId={row.id} />
        {row.transfer_id && <TransferPanel transferId={row.transfer_id} />}
        {row.merchant_id && <Link to={`/transactions?merchant_id=${encodeURIComponent(row.merchant_id)}`} onClick={close}>{t("details.allOf", { name: row.merchant ?? "" })}</Link>}
        <RowHistory row={row} undo={(change) => editing.undo.mutate(change)} />
      </div>
    </Drawer>
  );
}

function MerchantName({ row }: { row: Row }) {
  const { t } = useTranslation(["transactions", "common"]);
  const [name, setName] = useState(row.merchant ?? "");
  useEffect(() => setName(row.merchant ?? ""), [row.merchant]);
  const rename = useCommand((wanted: string) => answer(api.PATCH("/api/v1/merchants/{merchant_id}", { params: { path: { merchant_id: row.merchant_id! } }, body: { name: wanted } })), {
    done: (result) => toast({ text: t("details.renamed", { count: result.changed }) }),
    failed: toastProblem,
  });
  if (!row.merchant_id) return null;
  return (
    <form className={styles["merchant"]} onSubmit={(event) => { event.preventDefault(); rename.mutate(name.trim()); }}>
      <TextField label={t("details.merchant")} value={name} onChange={(event) => setName(event.target.value)} required />
      {name.trim() !== (row.merchant ?? "") && <Button size="sm" type="submit" busy={rename.isPending}>{t("details.rename")}</Button>}
    </form>
  );
}
