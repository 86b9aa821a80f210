/** What a statement would bring, before it brings it. */
import { ArrowRight, CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Button } from "@/design/Button";
import { SelectField } from "@/design/Field";
import { useFormat } from "@/preferences/format";
import type { FollowedJob, Import } from "./job";
import { Reconciliation } from "./Reconciliation";
import { RejectedRows } from "./RejectedRows";
import styles from "./imports.module.css";

export function Preview({ job, shown, close }: { job: FollowedJob; shown: Import; close: () => void }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const accounts = useAnswer("/api/v1/accounts", { params: { query: { limit: 500 } } });
  const several = shown.accounts.length > 1;
  const { counts } = shown;
  return (
    <div className="stack">
      <dl className={styles["facts"]}>
        <Fact name={t("preview.layout")}>{shown.layout ?? shown.format}</Fact>
        <Fact name={t("preview.period")}>
          {shown.period_first && shown.period_last ? <>{format.day(shown.period_first)} – {format.day(shown.period_last)}</> : "–"}
        </Fact>
        <Fact name={t("preview.rows")}>{format.number(counts.rows, 0)}</Fact>
        <Fact name={t("preview.new")}><strong>{format.number(counts.imported, 0)}</strong></Fact>
        <Fact name={t("preview.duplicates")}>{format.number(counts.duplicates, 0)}</Fact>
        <Fact name={t("preview.rejected")}><span data-bad={counts.rejected > 0 || undefined}>{format.number(counts.rejected, 0)}</span></Fact>
      </dl>
      {!several && (
        <SelectField
          label={t("preview.account")}
          value={shown.account_id ?? ""}
          onChange={(event) => void job.begin("rehearsal", { account_id: event.target.value || undefined })}
          hint={shown.account_id || shown.reconciliation?.opening_balance == null ? undefined : t("preview.newAccountHint")}
        >
          <option value="">
            {t("preview.newAccount", { name: shown.layout ?? shown.filename })}{shown.account_created && shown.currency ? `, ${shown.currency}` : ""}
          </option>
          {accounts.data?.items.map((account) => (
            <option key={account.id} value={account.id}>{account.name}{account.number_last4 ? ` ··${account.number_last4}` : ""}</option>
          ))}
        </SelectField>
      )}
      <Reconciliation shown={shown} />
      {shown.warnings.map((text) => <p key={text} className={styles["note"]} data-tone="warn"><CircleAlert aria-hidden />{text}</p>)}
      <RejectedRows shown={shown} />
      <div className="row">
        <Button look="primary" icon={<ArrowRight />} disabled={counts.imported === 0} onClick={() => void job.begin("import", { account_id: shown.account_id ?? undefined, mapping: shown.mapping as Record<string, string> })}>
          {t("preview.confirm", { count: counts.imported })}
        </Button>
        <Button look="quiet" onClick={() => void job.undo().then(close)}>{t("preview.discard")}</Button>
        {counts.imported === 0 && <span className="muted small">{t("preview.nothing")}</span>}
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}
