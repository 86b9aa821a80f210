/** What an import brought, and the way back. */
import { CircleCheck, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Button, ButtonLink } from "@/design/Button";
import { toast } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import type { FollowedJob, Import } from "./job";
import { Reconciliation } from "./Reconciliation";
import { RejectedRows } from "./RejectedRows";
import styles from "./imports.module.css";

export function Result({ job, shown, close }: { job: FollowedJob; shown: Import; close: () => void }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const open = useAnswer("/api/v1/transactions/outline", { params: { query: { import_id: shown.id, asks: true } } });
  const imported = shown.counts.imported;
  const asks = open.data?.total ?? 0;
  const undo = async () => {
    await job.undo();
    toast({ text: t("result.undone", { name: shown.filename }) });
    close();
  };
  return (
    <div className="stack">
      <div className={styles["note"]} data-tone="good">
        <CircleCheck aria-hidden />
        <div>
          <p><strong>{t("result.imported", { count: imported })}</strong></p>
          {open.data && imported > 0 && (
            <p className="small">{t("result.understood", { share: format.percent((imported - asks) / imported, 0), count: asks })}</p>
          )}
        </div>
      </div>
      <Reconciliation shown={shown} />
      <RejectedRows shown={shown} />
      <div className="row">
        <ButtonLink to="/" look="primary">{t("result.home")}</ButtonLink>
        <ButtonLink to={`/transactions?import_id=${shown.id}`}>{t("result.rows")}</ButtonLink>
        {asks > 0 && <ButtonLink to={`/transactions?import_id=${shown.id}&asks=true`}>{t("result.review", { count: asks })}</ButtonLink>}
        <Button look="quiet" icon={<Undo2 />} onClick={() => void undo()}>{t("result.undo")}</Button>
      </div>
    </div>
  );
}
