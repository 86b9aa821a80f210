import { FileText, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton, Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { Failure } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { useJob, type FollowedJob, type Import } from "./job";
import { Preview } from "./Preview";
import { Questions } from "./Questions";
import { Result } from "./Result";
import styles from "./imports.module.css";

/** One file, from the first look at it to its rows in the ledger. */
export function ImportCard({ file, close }: { file: File; close: () => void }) {
  const { t } = useTranslation(["imports", "common"]);
  const job = useJob(file);
  return (
    <Card
      title={<span className={styles["file"]}><FileText aria-hidden /><span className="cut">{file.name}</span></span>}
      aside={<IconButton label={t("common:action.close")} onClick={close}><X /></IconButton>}
    >
      <Body job={job} close={close} />
    </Card>
  );
}

function Body({ job, close }: { job: FollowedJob; close: () => void }) {
  const { t } = useTranslation(["imports", "common"]);
  if (job.failure) return <Failure error={job.failure} retry={() => void job.begin(job.phase)} />;
  const shown = job.shown;
  if (shown === null || shown.status === "queued" || shown.status === "running") return <Running shown={shown} phase={job.phase} />;
  if (shown.status === "needs_mapping") return <Questions shown={shown} reply={job.reply} />;
  if (shown.status === "failed" || shown.status === "cancelled") {
    return (
      <div className="stack" role="alert">
        <p><strong>{t("failed.title")}</strong> {shown.failure}</p>
        <div className="row">
          <Button size="sm" onClick={() => void job.begin("rehearsal")}>{t("common:action.retry")}</Button>
          <Button size="sm" look="quiet" onClick={close}>{t("preview.discard")}</Button>
        </div>
      </div>
    );
  }
  return job.phase === "rehearsal" ? <Preview job={job} shown={shown} close={close} /> : <Result job={job} shown={shown} close={close} />;
}

function Running({ shown, phase }: { shown: Import | null; phase: FollowedJob["phase"] }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const progress = shown?.progress;
  const known = progress?.rows_total ?? null;
  const words = t(`phase.${progress?.phase ?? "waiting"}`);
  return (
    <div className="stack" role="status">
      <progress className={styles["progress"]} value={known ? progress!.rows_read : undefined} max={known ?? undefined} aria-label={words} />
      <p className="muted small spread">
        <span>{t(phase === "rehearsal" ? "phase.rehearsal" : "phase.import")}: {words}</span>
        <span>
          {progress && progress.rows_read > 0 && t("phase.rows", { rows: format.number(progress.rows_read, 0) })}
          {progress?.seconds_left != null && progress.seconds_left > 1 && ` · ${t("phase.left", { seconds: format.number(progress.seconds_left, 0) })}`}
        </span>
      </p>
    </div>
  );
}
