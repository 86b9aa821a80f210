import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Fault } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { shareOf } from "@/preferences/percentage";
import { Holdings } from "./Holdings";
import { LoanDrawer } from "./LoanDrawer";

type Kind = NonNullable<Schema<"LiabilityBody">["kind"]>;
const KINDS: readonly Kind[] = ["home_loan", "vehicle_loan", "education_loan", "personal_loan", "gold_loan", "other"];

/** What the household owes beside its cards. */
export function Liabilities({ currency }: { currency: string }) {
  const { t } = useTranslation("wealth");
  const format = useFormat();
  const asked = useAnswer("/api/v1/liabilities", { params: { query: { limit: 500 } } });
  return (
    <Holdings
      texts="loans"
      asked={asked}
      about={(loan) => `${t(`group.${loan.kind}`)} · ${format.percent(loan.annual_rate, 2)}`}
      amount={(loan) => loan.outstanding}
      opened={(loan, close) => <LoanDrawer key={loan.id} loan={loan} close={close} />}
      form={(close) => <LoanForm currency={currency} close={close} />}
    />
  );
}

function LoanForm({ currency, close }: { currency: string; close: () => void }) {
  const { t } = useTranslation(["wealth", "common"]);
  const [given, setGiven] = useState({ name: "", kind: "home_loan" as Kind, principal: "", rate: "", months: "", start: "" });
  const put = (field: keyof typeof given) => (event: { target: { value: string } }) => setGiven({ ...given, [field]: event.target.value });
  const save = useCommand(
    () =>
      answer(
        api.POST("/api/v1/liabilities", {
          body: { name: given.name, kind: given.kind, currency, principal: given.principal, annual_rate: shareOf(given.rate), months: Number(given.months), start: given.start || null } as Schema<"LiabilityBody">,
        }),
      ),
    { done: close },
  );
  const about = (field: string) => (save.error instanceof Problem ? save.error.about(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Modal open close={close} title={t("loans.new")}>
      <form onSubmit={submit} className="stack">
        <TextField label={t("field.name")} value={given.name} onChange={put("name")} fault={about("name")} required />
        <SelectField label={t("field.kind")} value={given.kind} onChange={put("kind")}>
          {KINDS.map((each) => <option key={each} value={each}>{t(`group.${each}`)}</option>)}
        </SelectField>
        <div className="two">
          <TextField label={t("field.principal", { currency })} inputMode="decimal" value={given.principal} onChange={put("principal")} fault={about("principal")} required />
          <TextField label={t("field.rate")} inputMode="decimal" value={given.rate} onChange={put("rate")} fault={about("annual_rate")} required />
          <TextField label={t("field.months")} inputMode="numeric" value={given.months} onChange={put("months")} fault={about("months")} required />
          <TextField label={t("field.start")} type="date" value={given.start} onChange={put("start")} fault={about("start")} required />
        </div>
        <Fault>{save.error instanceof Problem && save.error.status !== 422 ? save.error.detail : null}</Fault>
        <Button type="submit" look="primary" busy={save.isPending}>{t("common:action.save")}</Button>
      </form>
    </Modal>
  );
}
