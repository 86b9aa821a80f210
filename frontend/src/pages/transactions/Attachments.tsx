import { Paperclip, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, send, type Schema } from "@/api/client";
import { problemOf } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { toastProblem } from "@/design/Toaster";
import styles from "./details.module.css";

/** Receipts and papers of a row. */
export function Attachments({ rowId }: { rowId: string }) {
  const { t } = useTranslation(["transactions", "common"]);
  const input = useRef<HTMLInputElement>(null);
  const asked = useAnswer("/api/v1/transactions/{transaction_id}/attachments", { params: { path: { transaction_id: rowId } } });
  const attach = useCommand(
    async (file: File) => {
      const form = new FormData();
      form.set("file", file);
      const sent = await send(new Request(`${location.origin}/api/v1/transactions/${rowId}/attachments`, { method: "POST", body: form }));
      if (!sent.ok) throw problemOf(sent.status, await sent.json().catch(() => null));
    },
    { failed: toastProblem },
  );
  return (
    <div className="stack">
      {asked.data && asked.data.items.length > 0 && <ul className={styles["lines"]}>{asked.data.items.map((item) => <Attached key={item.id} item={item} />)}</ul>}
      <div>
        <Button size="sm" icon={<Paperclip />} busy={attach.isPending} onClick={() => input.current?.click()}>{t("attach.add")}</Button>
        <input ref={input} type="file" hidden aria-label={t("attach.add")} onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) attach.mutate(file);
          event.target.value = "";
        }} />
      </div>
    </div>
  );
}

function Attached({ item }: { item: Schema<"Attachment"> }) {
  const { t } = useTranslation(["transactions", "common"]);
  const remove = useCommand(() => answer(api.DELETE("/api/v1/attachments/{attachment_id}", { params: { path: { attachment_id: item.id } } })), { failed: toastProblem });
  const open = useCommand(
    async () => {
      const sent = await send(new Request(`${location.origin}/api/v1/attachments/${item.id}/content`));
      if (!sent.ok) throw problemOf(sent.status, await sent.json().catch(() => null));
      // Saved rather than shown: a foreign file must not run as a part of this page.
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await sent.blob());
      link.download = item.filename;
      link.click();
      URL.revokeObjectURL(link.href);
    },
    { failed: toastProblem },
  );
  return (
    <li>
      <button type="button" className={styles["attached"]} onClick={() => open.mutate(undefined)}>{item.filename}</button>
      <IconButton label={`${t("common:action.delete")}: ${item.filename}`} onClick={() => remove.mutate(undefined)}><Trash2 /></IconButton>
    </li>
  );
}
