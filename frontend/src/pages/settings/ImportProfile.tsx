/** How files of an account are read: to see, to give to another account or household as a small file, to forget. */
import { Download, Trash2, Upload } from "lucide-react";
import { useRef, useState, type ChangeEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import type { Account } from "@/api/household";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Answered } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { saveAs } from "./saveAs";
import styles from "./settings.module.css";

type Mapping = Schema<"ImportProfile">["mapping"];

export function ImportProfile({ account }: { account: Account }) {
  const { t } = useTranslation("settings");
  const [shown, setShown] = useState(false);
  return (
    <section className="stack">
      <div>
        <h3>{t("profile.title")}</h3>
        <p className="muted small">{t("profile.about")}</p>
      </div>
      {shown ? <Profile account={account} /> : <div className="row"><Button size="sm" onClick={() => setShown(true)}>{t("profile.show")}</Button></div>}
    </section>
  );
}

function Profile({ account }: { account: Account }) {
  const { t } = useTranslation(["settings", "common"]);
  const params = { path: { account_id: account.id } };
  const asked = useAnswer("/api/v1/accounts/{account_id}/import-profile", { params });
  const picker = useRef<HTMLInputElement>(null);
  const keep = useCommand((mapping: Mapping) => answer(api.PUT("/api/v1/accounts/{account_id}/import-profile", { params, body: { mapping } })), {
    done: () => toast({ text: t("profile.kept") }),
    failed: toastProblem,
  });
  const forget = useCommand((_: Mapping) => answer(api.DELETE("/api/v1/accounts/{account_id}/import-profile", { params })), {
    done: (_, before) => toast({ text: t("profile.forgotten"), undo: () => keep.mutate(before) }),
    failed: toastProblem,
  });
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (!file) return;
    try {
      keep.mutate((JSON.parse(await file.text()) as { mapping: Mapping }).mapping);
    } catch {
      toast({ text: t("profile.unreadable"), tone: "bad" });
    }
  };
  const take = (
    <>
      <Button size="sm" icon={<Upload />} onClick={() => picker.current?.click()}>{t("profile.take")}</Button>
      <input ref={picker} type="file" accept=".json,application/json" hidden onChange={(event) => void read(event)} aria-label={t("profile.take")} />
    </>
  );
  if (asked.error instanceof Problem && asked.error.status === 404) {
    return <><p className="muted">{t("profile.none")}</p><div className="row">{take}</div></>;
  }
  return (
    <Answered of={asked}>
      {({ mapping }) => (
        <>
          <dl className={styles["mapping"]}>
            {Object.entries(mapping).map(([role, column]) => <div key={role}><dt>{role.replaceAll("_", " ")}</dt><dd>{column}</dd></div>)}
          </dl>
          <div className="row">
            <Button size="sm" icon={<Download />} onClick={() => saveAs(new Blob([JSON.stringify({ mapping }, null, 2)], { type: "application/json" }), `${account.name}.json`)}>{t("profile.give")}</Button>
            {take}
            <Button size="sm" look="danger" icon={<Trash2 />} busy={forget.isPending} onClick={() => forget.mutate(mapping)}>{t("profile.forget")}</Button>
          </div>
        </>
      )}
    </Answered>
  );
}
