/** "Apply to 37 like it": first the rows and what would become of them, then the change, then the way back. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useCategories } from "@/api/household";
import { Button } from "@/design/Button";
import { Modal } from "@/design/Overlay";
import { Answered } from "@/design/states";
import { useFormat } from "@/preferences/format";
import type { Row } from "./rowStore";
import { similar, type Editing } from "./useEditing";
import styles from "./details.module.css";

export function LikeIt({ like, editing }: { like: { row: Row; matched: number }; editing: Editing }) {
  const { t } = useTranslation(["transactions", "common"]);
  const format = useFormat();
  const { byId } = useCategories();
  const asked = useQuery({ queryKey: ["similar", like.row.id], queryFn: () => similar(like.row.id, true) });
  const close = () => editing.setLike(null);
  const name = (values: Record<string, unknown>) => {
    const id = values["category_id"];
    return typeof id === "string" ? (byId.get(id)?.name ?? id) : "";
  };
  return (
    <Modal
      open
      close={close}
      title={t("like.title", { count: like.matched })}
      about={like.row.merchant ?? like.row.description}
      actions={
        <>
          <Button onClick={close}>{t("common:action.cancel")}</Button>
          <Button look="primary" busy={editing.applyLike.isPending} onClick={() => editing.applyLike.mutate(like.row)}>{t("like.apply", { count: like.matched })}</Button>
        </>
      }
    >
      <Answered of={asked}>
        {(result) => (
          <ul className={styles["lines"]}>
            {result.rows.length === 0 && <li className="muted">{t("like.same")}</li>}
            {result.rows.slice(0, 200).map((row) => (
              <li key={row.transaction_id}>
                <span className="muted small">{format.dayShort(row.date)}</span>
                <span className="grow cut">{row.description}</span>
                <span className="small muted">{name(row.before as Record<string, unknown>)} → <strong>{name(row.after as Record<string, unknown>)}</strong></span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Modal>
  );
}
