/** Rows of statements that may be in the ledger already: a person decides. */
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import styles from "./imports.module.css";

type Decision = Schema<"DoubtfulRow">["choices"][number];

export function Review() {
  const { t } = useTranslation("imports");
  const asked = useAnswer("/api/v1/imports/review", { params: { query: { limit: 50 } } });
  if (!asked.data || asked.data.items.length === 0) return null;
  return (
    <Card title={t("review.title")}>
      <p className="muted">{t("review.about")}</p>
      <ul className={styles["history"]}>{asked.data.items.map((row) => <Doubtful key={row.transaction.id} row={row} />)}</ul>
    </Card>
  );
}

function Doubtful({ row: { transaction, like, question, message, choices } }: { row: Schema<"DoubtfulRow"> }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const decide = useCommand(
    (decision: Decision) =>
      answer(api.POST("/api/v1/imports/review/{transaction_id}", { params: { path: { transaction_id: transaction.id } }, body: { decision } })),
    { failed: toastProblem },
  );
  return (
    <li>
      <div className="grow">
        <p className="cut">{transaction.description}</p>
        <p className={question === "known" ? "muted small cut" : "muted small"}>
          {format.day(transaction.date)} · {question === "known" ? t("review.like", { text: like.map((item) => item.description).join(", ") }) : message}
        </p>
      </div>
      <Money amount={transaction.amount} currency={transaction.currency} />
      <div className="row">
        {choices.map((choice) => (
          <Button key={choice} size="sm" onClick={() => decide.mutate(choice)} disabled={decide.isPending}>{t(`review.${choice}`)}</Button>
        ))}
      </div>
    </li>
  );
}
