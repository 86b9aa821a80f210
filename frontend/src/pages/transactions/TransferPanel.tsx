import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { toast, toastProblem } from "@/design/Toaster";
import styles from "./details.module.css";

/** A row that is one side of an own movement, and the way to say that it is none. */
export function TransferPanel({ transferId }: { transferId: string }) {
  const { t } = useTranslation("transactions");
  const part = useCommand(() => answer(api.DELETE("/api/v1/transfers/{transfer_id}", { params: { path: { transfer_id: transferId } } })), {
    done: () => toast({ text: t("transfer.parted") }),
    failed: toastProblem,
  });
  return (
    <div className={styles["line"]}>
      <span className="small">{t("transfer.is")}</span>
      <Button size="sm" busy={part.isPending} onClick={() => part.mutate(undefined)}>{t("transfer.part")}</Button>
    </div>
  );
}
