/** The household as a whole: who belongs to it, everything of it in one file, and its end. */
import { Download } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, send } from "@/api/client";
import { useHousehold } from "@/api/household";
import { problemOf } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { signedOut } from "@/api/session";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { SelectField } from "@/design/Field";
import { Answered } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import { Confirm } from "@/design/Confirm";
import { saveAs } from "./saveAs";
import styles from "./settings.module.css";

const FORMATS = ["csv", "xlsx", "beancount", "ledger", "ofx"] as const;

/** Saves what a path answers as a file. The token is in a header, so a plain link cannot do it. */
async function save(path: string, otherwise: string): Promise<void> {
  const sent = await send(new Request(location.origin + path));
  if (!sent.ok) throw problemOf(sent.status, await sent.json().catch(() => null));
  const name = /filename="?([^";]+)"?/.exec(sent.headers.get("content-disposition") ?? "")?.[1] ?? otherwise;
  saveAs(await sent.blob(), name);
}

export default function HouseholdData() {
  const { t } = useTranslation("settings");
  const me = useHousehold();
  const [format, setFormat] = useState<(typeof FORMATS)[number]>("csv");
  const [leaving, setLeaving] = useState(false);
  const whole = useCommand(() => save("/api/v1/household/export", "finapp-household.zip"), { failed: toastProblem });
  const rows = useCommand(() => save(`/api/v1/transactions/export?format=${format}`, `transactions.${format}`), { failed: toastProblem });
  return (
    <>
      <Members />
      <Card title={t("data.export")}>
        <div className="stack">
          <p className="muted">{t("data.exportAbout")}</p>
          <div className="row">
            <Button look="primary" icon={<Download />} busy={whole.isPending} onClick={() => whole.mutate(undefined)}>{t("data.whole")}</Button>
          </div>
          <div className={styles["inline"]}>
            <SelectField label={t("data.format")} value={format} onChange={(event) => setFormat(event.target.value as typeof format)}>
              {FORMATS.map((item) => <option key={item} value={item}>{t(`data.formats.${item}`)}</option>)}
            </SelectField>
            <Button icon={<Download />} busy={rows.isPending} onClick={() => rows.mutate(undefined)}>{t("data.rows")}</Button>
          </div>
        </div>
      </Card>
      <Restore />
      <Card title={t("data.leave")}>
        <div className="stack">
          <p className="muted">{t("data.leaveAbout")}</p>
          <div className="row"><Button look="danger" onClick={() => setLeaving(true)}>{t("data.leave")}</Button></div>
        </div>
        {leaving && me && (
          <Confirm title={t("data.leave")} about={t("data.leaveAbout")} word={me.email} act={() => answer(api.DELETE("/api/v1/auth/me"))} close={() => setLeaving(false)} done={signedOut} />
        )}
      </Card>
    </>
  );
}

function Restore() {
  const { t } = useTranslation("settings");
  const restore = useCommand(
    async (file: File) => {
      const form = new FormData();
      form.set("file", file);
      const sent = await send(new Request(`${location.origin}/api/v1/household/restore`, { method: "POST", body: form }));
      if (!sent.ok) throw problemOf(sent.status, await sent.json().catch(() => null));
    },
    { done: () => toast({ text: t("data.restored") }), failed: toastProblem },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get("file");
    if (file instanceof File && file.size > 0) restore.mutate(file);
  };
  return (
    <Card title={t("data.restore")}>
      <form className="stack" onSubmit={submit}>
        <p className="muted">{t("data.restoreAbout")}</p>
        <div className="row">
          <input type="file" name="file" accept=".zip" aria-label={t("data.restoreFile")} className={styles["file"]} required />
          <Button type="submit" busy={restore.isPending}>{t("data.restore")}</Button>
        </div>
      </form>
    </Card>
  );
}

function Members() {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const asked = useAnswer("/api/v1/auth/household/members");
  const [code, setCode] = useState<string | null>(null);
  const invite = useCommand(() => answer(api.POST("/api/v1/auth/household/invitations")), { done: (made) => setCode(made.code), failed: toastProblem });
  return (
    <Card title={t("members.title")}>
      <div className="stack">
        <Answered of={asked}>
          {({ items }) => (
            <ul className={styles["lines"]}>
              {items.map((item) => (
                <li key={item.id}><span className="grow">{item.display_name} <span className="muted">{item.email}</span></span><span className="muted small">{format.day(item.joined_at.slice(0, 10))}</span></li>
              ))}
            </ul>
          )}
        </Answered>
        {code && <p className={styles["secret"]} role="status">{t("members.code")} <code>{code}</code></p>}
        <div className="row"><Button busy={invite.isPending} onClick={() => invite.mutate(undefined)}>{t("members.invite")}</Button></div>
      </div>
    </Card>
  );
}
