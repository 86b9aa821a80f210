import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { CheckField, TextField } from "@/design/Field";
import { Answered, Fault } from "@/design/states";
import { toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import styles from "./settings.module.css";

const CONTEXTS = ["transactions", "analytics", "assets", "reports", "fire", "dashboard"] as const;

/** Tokens for programs: shown once, limited to what is ticked. */
export function Tokens() {
  const { t } = useTranslation(["settings", "common"]);
  const format = useFormat();
  const asked = useAnswer("/api/v1/auth/api-tokens");
  const [secret, setSecret] = useState<string | null>(null);
  const make = useCommand((body: { name: string; scopes: string[] }) => answer(api.POST("/api/v1/auth/api-tokens", { body })), { done: (made) => setSecret(made.secret) });
  const remove = useCommand((token_id: string) => answer(api.DELETE("/api/v1/auth/api-tokens/{token_id}", { params: { path: { token_id } } })), { failed: toastProblem });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    make.mutate({ name: String(given.get("name")).trim(), scopes: given.getAll("scope").map(String) });
    event.currentTarget.reset();
  };
  return (
    <Card title={t("tokens.title")}>
      <div className="stack">
        <p className="muted">{t("tokens.about")}</p>
        <Answered of={asked}>
          {({ items }) => (
            <ul className={styles["lines"]}>
              {items.map((item) => (
                <li key={item.id}>
                  <div className="grow"><p className="cut">{item.name}</p><p className="muted small cut">{item.scopes.join(", ")} · {format.instant(item.created_at)}</p></div>
                  <Button size="sm" look="quiet" onClick={() => remove.mutate(item.id)} aria-label={`${t("common:action.delete")}: ${item.name}`}>{t("common:action.delete")}</Button>
                </li>
              ))}
            </ul>
          )}
        </Answered>
        {secret && <p className={styles["secret"]} role="status">{t("tokens.secret")} <code>{secret}</code></p>}
        <form className="stack" onSubmit={submit}>
          <TextField label={t("tokens.name")} name="name" required />
          <fieldset className={styles["scopes"]}>
            <legend className="small muted">{t("tokens.may")}</legend>
            {CONTEXTS.map((context) => <CheckField key={context} label={t(`tokens.context.${context}`)} name="scope" value={`${context}:read`} defaultChecked={context === "transactions"} />)}
          </fieldset>
          {make.error && <Fault>{make.error instanceof Problem ? make.error.detail : null}</Fault>}
          <div className="row"><Button type="submit" busy={make.isPending}>{t("tokens.make")}</Button></div>
        </form>
      </div>
    </Card>
  );
}
