import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { useAccounts } from "@/api/household";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand, type Answer } from "@/api/questions";
import { Button } from "@/design/Button";
import { DeleteButton } from "@/design/Confirm";
import { SelectField, TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Answered, Fault, SkeletonLines } from "@/design/states";

type Goal = Answer<"/api/v1/goals/{goal_id}">;

/** Sets a goal, or changes or deletes the one with this id. */
export function GoalForm({ id, close }: { id: string | null; close: () => void }) {
  const { t } = useTranslation("home");
  const asked = useAnswer("/api/v1/goals/{goal_id}", { params: { path: { goal_id: id ?? "" } } }, { enabled: id !== null });
  return (
    <Modal open close={close} title={id === null ? t("goals.new") : t("goals.change")} about={t("goals.about")}>
      {id === null ? <Fields goal={null} close={close} /> : <Answered of={asked} loading={<SkeletonLines count={3} />}>{(goal) => <Fields goal={goal} close={close} />}</Answered>}
    </Modal>
  );
}

function Fields({ goal, close }: { goal: Goal | null; close: () => void }) {
  const { t } = useTranslation(["home", "common"]);
  const { list: accounts } = useAccounts();
  const save = useCommand((body: Body) => (goal ? answer(api.PATCH("/api/v1/goals/{goal_id}", { params: { path: { goal_id: goal.id } }, body })) : answer(api.POST("/api/v1/goals", { body }))), { done: close });
  const problem = save.error instanceof Problem ? save.error : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(bodyOf(new FormData(event.currentTarget), goal?.note ?? ""));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextField label={t("goals.name")} name="name" required autoFocus defaultValue={goal?.name} fault={problem?.about("name")} />
      <div className="two">
        <TextField label={t("goals.target")} name="target_amount" inputMode="decimal" required defaultValue={goal?.target_amount} fault={problem?.about("target_amount")} />
        <TextField label={t("goals.by")} name="target_date" type="date" defaultValue={goal?.target_date ?? ""} fault={problem?.about("target_date")} />
      </div>
      <div className="two">
        <SelectField label={t("goals.account")} name="account_id" defaultValue={goal?.account_id ?? ""} fault={problem?.about("account_id")}>
          <option value="">{t("goals.noAccount")}</option>
          {accounts.map((account) => <option key={account.id} value={account.id}>{account.name}</option>)}
        </SelectField>
        <TextField label={t("goals.saved")} name="saved_amount" inputMode="decimal" hint={t("goals.savedHint")} defaultValue={goal?.saved_amount ?? ""} fault={problem?.about("saved_amount")} />
      </div>
      {problem && problem.errors.length === 0 && <Fault>{problem.detail || problem.title}</Fault>}
      <div className="row">
        <Button look="primary" type="submit" busy={save.isPending}>{t("common:action.save")}</Button>
        {goal && <DeleteButton name={goal.name} act={() => answer(api.DELETE("/api/v1/goals/{goal_id}", { params: { path: { goal_id: goal.id } } }))} done={close} />}
      </div>
    </form>
  );
}

interface Body {
  name: string;
  target_amount: string;
  target_date: string | null;
  account_id: string | null;
  saved_amount: string | null;
  note: string;
}

function bodyOf(given: FormData, note: string): Body {
  const text = (name: string) => String(given.get(name) ?? "").trim();
  const account_id = text("account_id") || null;
  // What lies in an account is known from its rows.
  return { note, name: text("name"), target_amount: text("target_amount"), target_date: text("target_date") || null, account_id, saved_amount: account_id ? null : text("saved_amount") || null };
}
