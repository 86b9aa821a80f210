import { Plus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useHousehold, type Account } from "@/api/household";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { SelectField, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Modal } from "@/design/Overlay";
import { Answered, Empty, Fault } from "@/design/states";
import { toast } from "@/design/Toaster";
import { percentOf, shareOf } from "@/preferences/percentage";
import { AccountDrawer } from "./AccountDrawer";
import { Confirm } from "@/design/Confirm";
import styles from "./settings.module.css";

const KINDS = ["checking", "savings", "credit_card", "cash", "loan", "investment", "overdraft"] as const;

export default function Accounts() {
  const { t } = useTranslation(["settings", "common"]);
  const asked = useAnswer("/api/v1/accounts", { params: { query: { limit: 500 } } });
  const [editing, setEditing] = useState<Account | "new" | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Card title={t("section.accounts")} aside={<Button size="sm" icon={<Plus />} onClick={() => setEditing("new")}>{t("common:action.add")}</Button>}>
      <Answered of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("accounts.none")} />
          ) : (
            <ul className={styles["lines"]}>
              {items.map((account) => (
                <li key={account.id}>
                  <div className="grow">
                    <p className="cut"><button type="button" className={styles["name"]} onClick={() => setOpened(account.id)}>{account.name}</button></p>
                    <p className="muted small cut">{[t(`accounts.kind.${account.kind}`), account.institution, account.number_last4 && `··${account.number_last4}`].filter(Boolean).join(" · ")}</p>
                  </div>
                  <Money amount={account.balance} currency={account.currency} />
                  <Button size="sm" look="quiet" onClick={() => setEditing(account)} aria-label={`${t("common:action.edit")}: ${account.name}`}>{t("common:action.edit")}</Button>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      {asked.data?.items.filter((account) => account.id === opened).map((account) => <AccountDrawer key={account.id} account={account} close={() => setOpened(null)} />)}
      {editing && <AccountForm account={editing === "new" ? null : editing} close={() => setEditing(null)} />}
    </Card>
  );
}

function AccountForm({ account, close }: { account: Account | null; close: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const household = useHousehold();
  const [deleting, setDeleting] = useState(false);
  const path = { params: { path: { account_id: account?.id ?? "" } } };
  const save = useCommand(
    async (values: Record<string, string | null>): Promise<unknown> =>
      account
        ? answer(api.PATCH("/api/v1/accounts/{account_id}", { ...path, body: values as Schema<"AccountChangesBody"> }))
        : answer(api.POST("/api/v1/accounts", { body: { ...values, currency: household?.currency ?? "INR" } as never })),
    { done: () => { close(); toast({ text: t("saved") }); } },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    save.mutate({
      name: text("name"),
      kind: text("kind"),
      institution: text("institution") || null,
      number_last4: text("number_last4") || null,
      ...(text("opening_balance") ? { opening_balance: text("opening_balance") } : {}),
      interest_rate: text("interest_rate") ? shareOf(text("interest_rate")) : null,
    });
  };
  const problem = save.error instanceof Problem ? save.error : null;
  if (deleting && account) {
    return <Confirm title={t("accounts.delete", { name: account.name })} about={t("accounts.deleteAbout")} act={() => answer(api.DELETE("/api/v1/accounts/{account_id}", path))} close={() => setDeleting(false)} done={close} />;
  }
  return (
    <Modal open close={close} title={account?.name ?? t("accounts.new")}>
      <form className="stack" onSubmit={submit}>
        <TextField label={t("accounts.name")} name="name" defaultValue={account?.name} required autoFocus fault={problem?.about("name")} />
        <div className="two">
          <SelectField label={t("accounts.kindLabel")} name="kind" defaultValue={account?.kind}>{KINDS.map((kind) => <option key={kind} value={kind}>{t(`accounts.kind.${kind}`)}</option>)}</SelectField>
          <TextField label={t("accounts.institution")} name="institution" defaultValue={account?.institution ?? ""} fault={problem?.about("institution")} />
          <TextField label={t("accounts.last4")} name="number_last4" defaultValue={account?.number_last4 ?? ""} inputMode="numeric" maxLength={4} fault={problem?.about("number_last4")} />
          <TextField label={t("accounts.opening")} name="opening_balance" defaultValue={account?.opening_balance ?? ""} inputMode="decimal" fault={problem?.about("opening_balance")} />
          <TextField label={t("accounts.rate")} name="interest_rate" defaultValue={account?.interest_rate != null ? percentOf(account.interest_rate) : ""} inputMode="decimal" fault={problem?.about("interest_rate")} />
        </div>
        {problem && problem.errors.length === 0 && <Fault>{problem.detail}</Fault>}
        <div className="row">
          <Button look="primary" type="submit" busy={save.isPending}>{t("common:action.save")}</Button>
          {account && <Button look="danger" onClick={() => setDeleting(true)}>{t("common:action.delete")}</Button>}
        </div>
      </form>
    </Modal>
  );
}
