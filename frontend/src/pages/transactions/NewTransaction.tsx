import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAccounts, useCategories } from "@/api/household";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Fault } from "@/design/states";
import { toast } from "@/design/Toaster";

/** A payment entered by hand. */
export default function NewTransaction({ close, made }: { close: () => void; made: () => void }) {
  const { t } = useTranslation(["transactions", "common"]);
  const { list: accounts } = useAccounts();
  const { leaves } = useCategories();
  const create = useCommand((body: Schema<"TransactionBody">) => answer(api.POST("/api/v1/transactions", { body })), {
    done: () => {
      made();
      close();
      toast({ text: t("new.done") });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const amount = text("amount").replace(/^[+-]/, "");
    create.mutate({
      account_id: text("account_id"),
      date: text("date"),
      amount: text("direction") === "out" ? `-${amount}` : amount,
      description: text("description"),
      category_id: text("category_id") || null,
    } as Schema<"TransactionBody">);
  };
  const problem = create.error instanceof Problem ? create.error : null;
  return (
    <Modal open close={close} title={t("new.title")}>
      <form className="stack" onSubmit={submit}>
        <div className="two">
          <SelectField label={t("new.direction")} name="direction"><option value="out">{t("new.out")}</option><option value="in">{t("new.in")}</option></SelectField>
          <TextField label={t("new.amount")} name="amount" inputMode="decimal" required autoFocus fault={problem?.about("amount")} />
        </div>
        <TextField label={t("new.description")} name="description" required fault={problem?.about("description")} />
        <div className="two">
          <SelectField label={t("filter.account")} name="account_id" required fault={problem?.about("account_id")}>{accounts.map((account) => <option key={account.id} value={account.id}>{account.name}</option>)}</SelectField>
          <TextField label={t("new.date")} name="date" type="date" required defaultValue={new Date().toISOString().slice(0, 10)} fault={problem?.about("date")} />
        </div>
        <SelectField label={t("details.category")} name="category_id"><option value="">{t("new.guess")}</option>{leaves.map((leaf) => <option key={leaf.id} value={leaf.id}>{leaf.name}</option>)}</SelectField>
        {problem && problem.errors.length === 0 && <Fault>{problem.detail}</Fault>}
        <div className="row"><Button look="primary" type="submit" busy={create.isPending}>{t("common:action.add")}</Button></div>
      </form>
    </Modal>
  );
}
