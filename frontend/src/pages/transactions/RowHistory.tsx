import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Button } from "@/design/Button";
import { Answered } from "@/design/states";
import { useFormat } from "@/preferences/format";
import type { Row } from "./rowStore";
import styles from "./details.module.css";

/** Every change of a row, down to the import that brought it, each with its way back. */
export function RowHistory({ row, undo }: { row: Row; undo: (changeId: string) => void }) {
  const { t, i18n } = useTranslation(["transactions", "common"]);
  const format = useFormat();
  const asked = useAnswer("/api/v1/transactions/{transaction_id}/history", { params: { path: { transaction_id: row.id } } });
  return (
    <details className={styles["history"]}>
      <summary>{t("details.history")}</summary>
      <Answered of={asked}>
        {(history) => (
          <ul className={styles["lines"]}>
            {history.items.map((entry) => (
              <li key={entry.at + entry.kind}>
                <span className="grow">
                  {i18n.exists(`transactions:history.${entry.kind}`) ? t(`history.${entry.kind as "changed"}`) : entry.kind.replaceAll("_", " ")}
                  <span className="muted small"> {format.instant(entry.at)}</span>
                  {Object.keys(entry.after).length > 0 && <span className="muted small"> · {Object.keys(entry.after).map((name) => name.replaceAll("_", " ")).join(", ")}</span>}
                </span>
                {entry.change_id && !entry.undone && <Button size="sm" look="quiet" onClick={() => undo(entry.change_id!)}>{t("common:action.undo")}</Button>}
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </details>
  );
}
