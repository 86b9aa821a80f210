/** What detection could not decide: asked in words, answered by choice where there is one. */
import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { useAnswer } from "@/api/questions";
import { Button } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import type { FollowedJob, Import } from "./job";

type Question = Schema<"Question">;

/** The answers in the API's form: some fields stand for themselves, the others are parts of the mapping. */
function answersOf(form: FormData, questions: readonly Question[]): Schema<"ImportAnswersBody"> {
  const answers: { mapping?: Record<string, string>; accounts?: Record<string, string>; account_id?: string; password?: string } = {};
  for (const { field } of questions) {
    const value = String(form.get(field) ?? "").trim();
    if (!value) continue;
    if (field === "account_id" || field === "password") answers[field] = value;
    else if (field.startsWith("accounts.")) answers.accounts = { ...answers.accounts, [field.slice(9)]: value };
    else answers.mapping = { ...answers.mapping, [field]: value };
  }
  return answers;
}

export function Questions({ shown, reply }: { shown: Import; reply: FollowedJob["reply"] }) {
  const { t } = useTranslation("imports");
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    void reply(answersOf(new FormData(event.currentTarget), shown.questions)).finally(() => setBusy(false));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("questions.title")}</p>
      {shown.questions.map((question) => <Asked key={question.field} question={question} />)}
      <div className="row"><Button look="primary" type="submit" busy={busy}>{t("questions.goOn")}</Button></div>
    </form>
  );
}

function Asked({ question }: { question: Question }) {
  const { t } = useTranslation("imports");
  const accounts = useAnswer("/api/v1/accounts", { params: { query: { limit: 500 } } });
  const { field, message, choices, options: named } = question;
  const label = field.replace(/^accounts\./, "").replaceAll("_", " ");
  const options = named.length ? named : choices.map((value) => ({ value, label: nameOf(value) }));
  if (field === "password") return <TextField label={t("questions.password")} name={field} type="password" autoComplete="off" hint={message} required />;
  if (options.length === 0) return <TextField label={label} name={field} hint={message} required />;
  function nameOf(value: string): string {
    if (value === "new") return t("questions.newAccount");
    return accounts.data?.items.find((account) => account.id === value)?.name ?? value.replaceAll("_", " ");
  }
  return (
    <SelectField label={message} name={field} required defaultValue="">
      <option value="" disabled>{t("questions.choose")}</option>
      {options.map((option) => <option key={option.value} value={option.value}>{option.value === "new" ? t("questions.newAccount") : option.label}</option>)}
    </SelectField>
  );
}
