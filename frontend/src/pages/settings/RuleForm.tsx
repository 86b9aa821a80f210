import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useCategories } from "@/api/household";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { SelectField, TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Fault } from "@/design/states";
import { Confirm } from "@/design/Confirm";
import type { Rule } from "./Rules";

/** A rule: what it looks for, in the search language, and what it does. */
export function RuleForm({ rule, close, made }: { rule: Rule | null; close: () => void; made: (rule: Rule) => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const { leaves } = useCategories();
  const [deleting, setDeleting] = useState(false);
  const path = { params: { path: { rule_id: rule?.id ?? "" } } };
  const save = useCommand(
    (body: Schema<"RuleBody">): Promise<Rule> => answer<Rule>(rule ? api.PATCH("/api/v1/rules/{rule_id}", { ...path, body }) : api.POST("/api/v1/rules", { body })),
    { done: (saved) => { close(); made(saved); } },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    save.mutate({
      name: text("name"),
      condition: text("condition"),
      active: rule?.active ?? true,
      actions: {
        category_id: text("category_id") || null,
        merchant: text("merchant") || null,
        note: text("note") || null,
        tags: text("tags").split(",").map((tag) => tag.trim()).filter(Boolean),
        stop: rule?.actions.stop ?? false,
      },
    } as Schema<"RuleBody">);
  };
  const problem = save.error instanceof Problem ? save.error : null;
  if (deleting && rule) {
    return <Confirm title={t("rules.delete", { name: rule.name })} about={t("rules.deleteAbout")} act={() => answer(api.DELETE("/api/v1/rules/{rule_id}", path))} close={() => setDeleting(false)} done={close} />;
  }
  return (
    <Modal open close={close} title={rule?.name ?? t("rules.new")}>
      <form className="stack" onSubmit={submit}>
        <TextField label={t("accounts.name")} name="name" defaultValue={rule?.name} required autoFocus fault={problem?.about("name")} />
        <TextField label={t("rules.condition")} name="condition" defaultValue={rule?.condition} required spellCheck={false} hint={t("rules.conditionHint")} fault={problem?.about("condition")} />
        <div className="two">
          <SelectField label={t("rules.category")} name="category_id" defaultValue={rule?.actions.category_id ?? ""}>
            <option value="">–</option>
            {leaves.map((leaf) => <option key={leaf.id} value={leaf.id}>{leaf.name}</option>)}
          </SelectField>
          <TextField label={t("rules.merchant")} name="merchant" defaultValue={rule?.actions.merchant ?? ""} />
          <TextField label={t("rules.tags")} name="tags" defaultValue={rule?.actions.tags?.join(", ") ?? ""} />
          <TextField label={t("rules.note")} name="note" defaultValue={rule?.actions.note ?? ""} />
        </div>
        {problem && !problem.about("name") && !problem.about("condition") && <Fault>{problem.detail}</Fault>}
        <div className="row">
          <Button look="primary" type="submit" busy={save.isPending}>{t("rules.saveAndPreview")}</Button>
          {rule && <Button look="danger" onClick={() => setDeleting(true)}>{t("common:action.delete")}</Button>}
        </div>
      </form>
    </Modal>
  );
}
