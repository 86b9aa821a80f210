/** Passkeys: made after the password was given once more, named, and taken back. */
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { knowsPasskeys } from "@/api/session";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { TextField } from "@/design/Field";
import { Answered, Fault } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import styles from "./settings.module.css";

async function make({ name, password }: { name: string; password: string }): Promise<void> {
  const { ticket, options } = await answer(api.POST("/api/v1/auth/passkeys/options", { body: { password } }));
  const wanted = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  const made = (await navigator.credentials.create({ publicKey: wanted })) as PublicKeyCredential;
  await answer(api.POST("/api/v1/auth/passkeys", { body: { ticket, name, credential: made.toJSON() } }));
}

export function Passkeys() {
  const { t } = useTranslation("settings");
  return (
    <Card title={t("passkeys.title")}>
      <div className="stack">
        <p className="muted">{t("passkeys.about")}</p>
        <Kept />
        {knowsPasskeys() ? <NewPasskey /> : <p>{t("passkeys.needsName")}</p>}
      </div>
    </Card>
  );
}

function Kept() {
  const { t } = useTranslation(["settings", "common"]);
  const format = useFormat();
  const asked = useAnswer("/api/v1/auth/passkeys");
  const remove = useCommand((passkey_id: string) => answer(api.DELETE("/api/v1/auth/passkeys/{passkey_id}", { params: { path: { passkey_id } } })), { failed: toastProblem });
  const used = (instant: string | null | undefined) => (instant ? t("passkeys.used", { when: format.instant(instant) }) : t("passkeys.unused"));
  return (
    <Answered of={asked}>
      {({ items }) => (
        <ul className={styles["lines"]}>
          {items.map((item) => (
            <li key={item.id}>
              <div className="grow"><p className="cut">{item.name}</p><p className="muted small cut">{item.origin} · {used(item.last_used_at)}</p></div>
              <Button size="sm" look="quiet" onClick={() => remove.mutate(item.id)} aria-label={`${t("common:action.delete")}: ${item.name}`}>{t("common:action.delete")}</Button>
            </li>
          ))}
        </ul>
      )}
    </Answered>
  );
}

function NewPasskey() {
  const { t } = useTranslation(["settings", "common"]);
  const [isOpen, setIsOpen] = useState(false);
  const add = useCommand(make, {
    done: () => {
      setIsOpen(false);
      toast({ text: t("passkeys.made") });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    add.mutate({ name: String(given.get("name")).trim(), password: String(given.get("password")) });
  };
  if (!isOpen) return <div className="row"><Button onClick={() => setIsOpen(true)}>{t("passkeys.new")}</Button></div>;
  return (
    <form className="stack" onSubmit={submit}>
      <TextField label={t("passkeys.name")} name="name" required autoFocus hint={t("passkeys.nameHint")} />
      <TextField label={t("password.current")} name="password" type="password" autoComplete="current-password" required />
      {add.error && <Fault>{add.error instanceof Problem ? add.error.detail || add.error.title : t("passkeys.notMade")}</Fault>}
      <div className="row"><Button look="primary" type="submit" busy={add.isPending}>{t("passkeys.make")}</Button><Button look="quiet" onClick={() => setIsOpen(false)}>{t("common:action.cancel")}</Button></div>
    </form>
  );
}
