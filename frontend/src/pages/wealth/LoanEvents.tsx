/** What changes a loan on its way: part payments, and resets of a floating rate. Each can be taken back. */
import { Trash2 } from "lucide-react";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAccounts } from "@/api/household";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Answered, Fault } from "@/design/states";
import { toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import { shareOf } from "@/preferences/percentage";

type Loan = Schema<"Liability">;
type Keep = "instalment" | "end_date";

export function PartPayments({ loan }: { loan: Loan }) {
  const { t } = useTranslation("wealth");
  const { list: accounts } = useAccounts();
  const path = { liability_id: loan.id };
  const asked = useAnswer("/api/v1/liabilities/{liability_id}/payments", { params: { path } });
  const add = useCommand((body: Schema<"NewPartPaymentBody">) => answer(api.POST("/api/v1/liabilities/{liability_id}/payments", { params: { path }, body })));
  const remove = useCommand((payment_id: string) => answer(api.DELETE("/api/v1/liabilities/{liability_id}/payments/{payment_id}", { params: { path: { ...path, payment_id } } })), { failed: toastProblem });
  const send = (text: (name: string) => string) => add.mutate({ date: text("date"), amount: text("amount"), fee: text("fee") || "0", keep: text("keep") as Keep, account_id: text("account_id") || null });
  return (
    <section aria-label={t("loans.payments")} className="stack">
      <h3>{t("loans.payments")}</h3>
      <Answered of={asked}>
        {({ items }) => <Lines items={items} remove={remove.mutate} name={(item) => <Money amount={item.amount} currency={loan.currency} />} />}
      </Answered>
      <EventForm label={t("loans.addPayment")} send={send} busy={add.isPending} problem={add.error}>
        <TextField label={t("loans.amount")} name="amount" inputMode="decimal" required fault={about(add.error, "amount")} />
        <TextField label={t("loans.fee")} name="fee" inputMode="decimal" fault={about(add.error, "fee")} />
        <SelectField label={t("loans.paidFrom")} name="account_id" fault={about(add.error, "account_id")}>
          <option value="">–</option>
          {accounts.map((account) => <option key={account.id} value={account.id}>{account.name}</option>)}
        </SelectField>
      </EventForm>
    </section>
  );
}

export function RateChanges({ loan }: { loan: Loan }) {
  const { t } = useTranslation("wealth");
  const format = useFormat();
  const path = { liability_id: loan.id };
  const asked = useAnswer("/api/v1/liabilities/{liability_id}/rates", { params: { path } });
  const add = useCommand((body: { date: string; annual_rate: string; keep: Keep }) => answer(api.POST("/api/v1/liabilities/{liability_id}/rates", { params: { path }, body })));
  const remove = useCommand((change_id: string) => answer(api.DELETE("/api/v1/liabilities/{liability_id}/rates/{change_id}", { params: { path: { ...path, change_id } } })), { failed: toastProblem });
  const send = (text: (name: string) => string) => add.mutate({ date: text("date"), annual_rate: shareOf(text("rate")), keep: text("keep") as Keep });
  return (
    <section aria-label={t("loans.rates")} className="stack">
      <h3>{t("loans.rates")}</h3>
      <Answered of={asked}>{({ items }) => <Lines items={items} remove={remove.mutate} name={(item) => format.percent(item.annual_rate, 2)} />}</Answered>
      <EventForm label={t("loans.addRate")} send={send} busy={add.isPending} problem={add.error}>
        <TextField label={t("field.rate")} name="rate" inputMode="decimal" required fault={about(add.error, "annual_rate")} />
      </EventForm>
    </section>
  );
}

interface Happened {
  id: string;
  date: string;
  keep: Keep;
}

function Lines<Item extends Happened>({ items, name, remove }: { items: readonly Item[]; name: (item: Item) => ReactNode; remove: (id: string) => void }) {
  const { t } = useTranslation(["wealth", "common"]);
  const format = useFormat();
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id} className="spread">
          <span className="grow">{name(item)} <span className="muted small">{format.day(item.date)} · {t(`loans.keeps.${item.keep}`)}</span></span>
          <IconButton label={`${t("common:action.delete")}: ${format.day(item.date)}`} onClick={() => remove(item.id)}><Trash2 /></IconButton>
        </li>
      ))}
    </ul>
  );
}

interface FormProps {
  label: string;
  send: (text: (name: string) => string) => void;
  busy: boolean;
  problem: Error | null;
  children: ReactNode;
}

function EventForm({ label, send, busy, problem, children }: FormProps) {
  const { t } = useTranslation("wealth");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    send((name) => String(given.get(name) ?? "").trim());
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="two">
        <TextField label={t("field.date")} name="date" type="date" required fault={about(problem, "date")} />
        {children}
        <SelectField label={t("loans.keep")} name="keep">
          <option value="instalment">{t("loans.keeps.instalment")}</option>
          <option value="end_date">{t("loans.keeps.end_date")}</option>
        </SelectField>
      </div>
      {problem instanceof Problem && problem.errors.length === 0 && <Fault>{problem.detail || problem.title}</Fault>}
      <div className="row"><Button type="submit" busy={busy}>{label}</Button></div>
    </form>
  );
}

const about = (problem: Error | null, field: string) => (problem instanceof Problem ? problem.about(field) : undefined);
