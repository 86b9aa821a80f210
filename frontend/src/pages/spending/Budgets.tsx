import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { Card } from "@/design/Card";
import { CheckField, SelectField, TextField } from "@/design/Field";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { Modal } from "@/design/Overlay";
import { Answered, Empty, Fault, SkeletonLines } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import styles from "./spending.module.css";

type Budget = Schema<"Budget">;

/** What each category may cost a month, and what is left of it. */
export function Budgets() {
  const { t } = useTranslation(["spending", "common"]);
  const asked = useAnswer("/api/v1/budgets");
  const [editing, setEditing] = useState<Budget | "new" | null>(null);
  return (
    <Card title={t("budgets.title")} aside={<Button size="sm" icon={<Plus />} onClick={() => setEditing("new")}>{t("common:action.add")}</Button>}>
      <Answered of={asked} loading={<SkeletonLines count={3} />}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("budgets.none")}>{t("budgets.about")}</Empty>
          ) : (
            <ul>{page.items.map((budget) => <Line key={budget.id} budget={budget} edit={() => setEditing(budget)} />)}</ul>
          )
        }
      </Answered>
      {editing && <BudgetForm budget={editing === "new" ? null : editing} close={() => setEditing(null)} />}
    </Card>
  );
}

function Line({ budget, edit }: { budget: Budget; edit: () => void }) {
  const { t } = useTranslation(["spending", "common"]);
  const { category_id, amount, currency, rollover } = budget;
  const restore = useCommand(() => answer(api.POST("/api/v1/budgets", { body: { category_id, amount, currency, rollover } })), { failed: toastProblem });
  const remove = useCommand(() => answer(api.DELETE("/api/v1/budgets/{budget_id}", { params: { path: { budget_id: budget.id } } })), {
    done: () => toast({ text: t("budgets.gone", { name: budget.category }), undo: () => restore.mutate(undefined) }),
    failed: toastProblem,
  });
  const over = budget.remaining?.startsWith("-") ?? false;
  return (
    <li className={styles["budget"]}>
      <div className="spread">
        <span className="grow cut">{budget.category}</span>
        <span className="small num"><Money amount={budget.spent} currency={budget.currency} whole /> <span className="muted">/ <Money amount={budget.available ?? budget.amount} currency={budget.currency} whole /></span></span>
        <IconButton label={t("budgets.edit", { name: budget.category })} onClick={edit}><Pencil /></IconButton>
        <IconButton label={t("budgets.delete", { name: budget.category })} onClick={() => remove.mutate(undefined)}><Trash2 /></IconButton>
      </div>
      <Meter share={budget.used ?? 0} label={budget.category} tone={over ? "bad" : "accent"} />
      <p className="muted small">
        <Money amount={budget.remaining?.replace("-", "")} currency={budget.currency} whole /> {t(over ? "budgets.over" : "budgets.left")}
        {Number(budget.carried) !== 0 && <> · {t("budgets.carried")} <Money amount={budget.carried} currency={budget.currency} whole sign="always" /></>}
      </p>
    </li>
  );
}

function BudgetForm({ budget, close }: { budget: Budget | null; close: () => void }) {
  const { t } = useTranslation(["spending", "common"]);
  const categories = useAnswer("/api/v1/categories", {}, { enabled: budget === null });
  const [category, setCategory] = useState("");
  const [amount, setAmount] = useState(budget?.amount ?? "");
  const [rollover, setRollover] = useState(budget?.rollover ?? false);
  const save = useCommand(
    () =>
      budget
        ? answer(api.PATCH("/api/v1/budgets/{budget_id}", { params: { path: { budget_id: budget.id } }, body: { amount, rollover } }))
        : answer(api.POST("/api/v1/budgets", { body: { category_id: category, amount, rollover } })),
    { done: close },
  );
  const about = (field: string) => (save.error instanceof Problem ? save.error.about(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Modal open close={close} title={budget ? t("budgets.edit", { name: budget.category }) : t("budgets.new")} about={t("budgets.about")}>
      <form onSubmit={submit} className="stack">
        {budget === null && (
          <SelectField label={t("categories.category")} value={category} onChange={(event) => setCategory(event.target.value)} fault={about("category_id")} required>
            <option value="">…</option>
            {categories.data?.items.filter((item) => item.kind === "expense").map((item) => <option key={item.id} value={item.id}>{item.name}</option>)}
          </SelectField>
        )}
        <TextField label={t("budgets.amount")} inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} fault={about("amount")} required />
        <CheckField label={t("budgets.rollover")} hint={t("budgets.rolloverHint")} checked={rollover} onChange={(event) => setRollover(event.target.checked)} />
        <Fault>{save.error instanceof Problem && save.error.status !== 422 ? save.error.detail : null}</Fault>
        <Button type="submit" look="primary" busy={save.isPending}>{t("common:action.save")}</Button>
      </form>
    </Modal>
  );
}
