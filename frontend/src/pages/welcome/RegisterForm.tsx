import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { signIn } from "@/api/session";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Fault } from "@/design/states";
import styles from "./welcome.module.css";

const CURRENCIES = ["INR", "USD", "EUR", "GBP", "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "HKD", "IDR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TRY", "ZAR"];

/** The currency of the browser's region, where it is one of the common ones. */
function likelyCurrency(): string {
  const region = new Intl.Locale(navigator.language).maximize().region ?? "";
  const known: Record<string, string> = { IN: "INR", US: "USD", GB: "GBP", AU: "AUD", BR: "BRL", CA: "CAD", CH: "CHF", JP: "JPY", MX: "MXN", PL: "PLN", SE: "SEK", SG: "SGD", ZA: "ZAR" };
  return known[region] ?? (["DE", "ES", "FR", "IT", "NL", "AT", "IE", "PT", "FI", "BE"].includes(region) ? "EUR" : "INR");
}

export function RegisterForm({ back }: { back: () => void }) {
  const { t } = useTranslation(["welcome", "common"]);
  const [currency, setCurrency] = useState(likelyCurrency);
  const register = useCommand(async (form: { email: string; password: string; display_name: string; invitation?: string }) => {
    await answer(api.POST("/api/v1/auth/register", { body: { ...form, currency, locale: navigator.language } }));
    await signIn(form.email, form.password);
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    register.mutate({ email: text("email"), password: String(given.get("password")), display_name: text("name") || t("create.household"), ...(text("invitation") ? { invitation: text("invitation") } : {}) });
  };
  const problem = register.error instanceof Problem ? register.error : null;
  const about = (field: string) => problem?.about(field);
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      <h1>{t("create.title")}</h1>
      <TextField label={t("create.name")} name="name" autoComplete="name" fault={about("display_name")} autoFocus />
      <TextField label={t("email")} name="email" type="email" autoComplete="username" required fault={about("email")} />
      <TextField label={t("password")} name="password" type="password" autoComplete="new-password" required hint={t("create.passwordHint")} fault={about("password") ?? about("new_password")} />
      <SelectField label={t("create.currency")} value={currency} onChange={(event) => setCurrency(event.target.value)} fault={about("currency")}>
        {CURRENCIES.map((code) => <option key={code}>{code}</option>)}
      </SelectField>
      <details>
        <summary className="small">{t("create.invited")}</summary>
        <TextField label={t("create.invitation")} name="invitation" autoComplete="off" fault={about("invitation")} />
      </details>
      {problem && problem.errors.length === 0 && <Fault>{problem.detail || problem.title}</Fault>}
      <Button look="primary" type="submit" busy={register.isPending}>{t("create.start")}</Button>
      <Button look="quiet" onClick={back}>{t("common:action.back")}</Button>
    </form>
  );
}
