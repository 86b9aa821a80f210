/** One payment, several purposes: parts with categories that add up to the whole. */
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { useCategories } from "@/api/household";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Fault } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { exactSum } from "@/explain/explained";
import type { Row } from "./rowStore";
import styles from "./details.module.css";

interface Part {
  amount: string;
  category_id: string;
}

const AMOUNT = /^-?\d+(\.\d+)?$/;
const negated = (text: string) => (text.startsWith("-") ? text.slice(1) : `-${text}`);

/** `gone` when the row that is shown is none any more: it became parts, or the parts became one. */
export function SplitEditor({ row, gone }: { row: Row; gone: () => void }) {
  const { t } = useTranslation(["transactions", "common"]);
  const { leaves } = useCategories();
  const whole = row.split_of ?? row.id;
  const [parts, setParts] = useState<readonly Part[] | null>(null);
  const path = { params: { path: { transaction_id: whole } } };
  const save = useCommand((given: readonly Part[]) => answer(api.PUT("/api/v1/transactions/{transaction_id}/splits", { ...path, body: { parts: given.map((part) => ({ ...part })) } })), {
    done: () => {
      gone();
      toast({ text: t("split.done") });
    },
  });
  const join = useCommand(() => answer(api.DELETE("/api/v1/transactions/{transaction_id}/splits", path)), {
    done: () => {
      gone();
      toast({ text: t("split.joined") });
    },
    failed: toastProblem,
  });
  if (row.split_of && parts === null) {
    return <div className={styles["line"]}><span className="small">{t("split.is")}</span><Button size="sm" busy={join.isPending} onClick={() => join.mutate(undefined)}>{t("split.join")}</Button></div>;
  }
  if (parts === null) {
    return <div><Button size="sm" onClick={() => setParts([{ amount: row.amount, category_id: row.category_id }, { amount: "", category_id: row.category_id }])}>{t("split.begin")}</Button></div>;
  }
  const change = (index: number, values: Partial<Part>) => setParts(parts.map((part, place) => (place === index ? { ...part, ...values } : part)));
  const rest = exactSum([row.amount, ...parts.filter((part) => AMOUNT.test(part.amount)).map((part) => negated(part.amount))]);
  const whole0 = /^-?0*\.?0*$/.test(rest);
  const problem = save.error instanceof Problem ? save.error : null;
  return (
    <fieldset className="stack">
      <legend className="small muted">{t("split.title")}</legend>
      {parts.map((part, index) => (
        <div key={index} className={styles["part"]}>
          <TextField label={t("split.amount")} labelHidden inputMode="decimal" value={part.amount} onChange={(event) => change(index, { amount: event.target.value.trim() })} />
          <SelectField label={t("details.category")} labelHidden value={part.category_id} onChange={(event) => change(index, { category_id: event.target.value })}>
            {leaves.map((leaf) => <option key={leaf.id} value={leaf.id}>{leaf.name}</option>)}
          </SelectField>
          <IconButton label={t("split.remove")} onClick={() => setParts(parts.filter((_, place) => place !== index))}><Trash2 /></IconButton>
        </div>
      ))}
      <p className="small muted">{t("split.rest")} <Money amount={rest} currency={row.currency} /></p>
      {problem && <Fault>{problem.detail}</Fault>}
      <div className="row">
        <Button size="sm" icon={<Plus />} onClick={() => setParts([...parts, { amount: whole0 ? "" : rest, category_id: row.category_id }])}>{t("split.add")}</Button>
        <Button size="sm" look="primary" disabled={!whole0 || parts.length < 2 || parts.some((part) => !AMOUNT.test(part.amount))} busy={save.isPending} onClick={() => save.mutate(parts)}>{t("common:action.save")}</Button>
        <Button size="sm" look="quiet" onClick={() => setParts(null)}>{t("common:action.cancel")}</Button>
      </div>
    </fieldset>
  );
}
