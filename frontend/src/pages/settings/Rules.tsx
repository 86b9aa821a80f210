import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useCategories } from "@/api/household";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { CheckField } from "@/design/Field";
import { Answered, Empty } from "@/design/states";
import { toastProblem } from "@/design/Toaster";
import { RuleForm } from "./RuleForm";
import { RulePreview } from "./RulePreview";
import styles from "./settings.module.css";

export type Rule = Schema<"Rule">;

export default function Rules() {
  const { t } = useTranslation(["settings", "common"]);
  const asked = useAnswer("/api/v1/rules");
  const [editing, setEditing] = useState<Rule | "new" | null>(null);
  const [previewed, setPreviewed] = useState<Rule | null>(null);
  return (
    <Card title={t("section.rules")} aside={<Button size="sm" icon={<Plus />} onClick={() => setEditing("new")}>{t("common:action.add")}</Button>}>
      <p className="muted">{t("rules.about")}</p>
      <Answered of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("rules.none")} action={<Button onClick={() => setEditing("new")}>{t("rules.new")}</Button>}>{t("rules.noneAbout")}</Empty>
          ) : (
            <ul className={styles["lines"]}>{items.map((rule) => <Line key={rule.id} rule={rule} edit={() => setEditing(rule)} preview={() => setPreviewed(rule)} />)}</ul>
          )
        }
      </Answered>
      {editing && <RuleForm rule={editing === "new" ? null : editing} close={() => setEditing(null)} made={setPreviewed} />}
      {previewed && <RulePreview rule={previewed} close={() => setPreviewed(null)} />}
    </Card>
  );
}

function Line({ rule, edit, preview }: { rule: Rule; edit: () => void; preview: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const { byId } = useCategories();
  const turn = useCommand((active: boolean) => answer(api.PATCH("/api/v1/rules/{rule_id}", { params: { path: { rule_id: rule.id } }, body: { active } })), { failed: toastProblem });
  const { actions } = rule;
  const effects = [actions.category_id && (byId.get(actions.category_id)?.name ?? actions.category_id), actions.merchant, ...(actions.tags ?? []).map((tag) => `#${tag}`), actions.note].filter(Boolean);
  return (
    <li>
      <CheckField label={<span className="sr-only">{t("rules.active", { name: rule.name })}</span>} checked={rule.active} onChange={(event) => turn.mutate(event.target.checked)} />
      <div className="grow">
        <p className="cut">{rule.name}</p>
        <p className="muted small cut"><code>{rule.condition}</code> → {effects.join(", ")}</p>
      </div>
      <Button size="sm" onClick={preview}>{t("rules.preview")}</Button>
      <Button size="sm" look="quiet" onClick={edit} aria-label={`${t("common:action.edit")}: ${rule.name}`}>{t("common:action.edit")}</Button>
    </li>
  );
}
