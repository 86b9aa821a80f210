import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Modal } from "@/design/Overlay";
import { Answered } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import type { Rule } from "./Rules";
import styles from "./settings.module.css";

/** What a rule would do to the rows there are, before it does it. */
export function RulePreview({ rule, close }: { rule: Rule; close: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const format = useFormat();
  const path = { params: { path: { rule_id: rule.id } } };
  const asked = useQuery({ queryKey: ["rule-preview", rule.id, rule.version], queryFn: () => answer(api.POST("/api/v1/rules/{rule_id}/preview", path)) });
  const undo = useCommand((change_id: string) => answer(api.POST("/api/v1/transactions/undo/{change_id}", { params: { path: { change_id } } })), { failed: toastProblem });
  const apply = useCommand(() => answer(api.POST("/api/v1/rules/{rule_id}/apply", path)), {
    done: (result) => {
      close();
      const id = result.change_id;
      toast({ text: t("rules.applied", { count: result.changed }), ...(id ? { undo: () => undo.mutate(id) } : {}) });
    },
    failed: toastProblem,
  });
  return (
    <Modal
      open
      close={close}
      title={rule.name}
      about={t("rules.previewAbout")}
      actions={
        <>
          <Button onClick={close}>{t("rules.futureOnly")}</Button>
          <Button look="primary" busy={apply.isPending} disabled={!asked.data || asked.data.matched === 0} onClick={() => apply.mutate(undefined)}>{t("rules.apply")}</Button>
        </>
      }
    >
      <Answered of={asked}>
        {(result) => (
          <div className="stack">
            <p>{t("rules.matched", { count: result.matched, rows: format.number(result.matched, 0) })}</p>
            <ul className={styles["lines"]}>
              {result.rows.slice(0, 100).map((row) => (
                <li key={row.transaction_id}>
                  <span className="muted small">{format.dayShort(row.date)}</span>
                  <span className="grow cut">{row.description}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Answered>
    </Modal>
  );
}
