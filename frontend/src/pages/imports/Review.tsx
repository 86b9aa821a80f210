/** What statements leave open: rows that may be in the ledger already, and payments that never came. A person decides. */
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import type { Import } from "./job";
import styles from "./imports.module.css";

type Doubt = Schema<"DoubtfulRow">;
type Decision = Doubt["choices"][number];

export function Review() {
  const { t } = useTranslation("imports");
  const asked = useAnswer("/api/v1/imports/review", { params: { query: { limit: 50 } } });
  const imports = useAnswer("/api/v1/imports", { params: { query: { limit: 100 } } });
  if (!asked.data || asked.data.items.length === 0) return null;
  return (
    <Card title={t("review.title")}>
      <p className="muted">{t("review.about")}</p>
      <ul className={styles["history"]}>
        {asked.data.items.map((doubt) => <Doubtful key={doubt.transaction.id} doubt={doubt} imports={imports.data?.items ?? []} />)}
      </ul>
    </Card>
  );
}

function Doubtful({ doubt, imports }: { doubt: Doubt; imports: readonly Import[] }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const { transaction, like, question, choices } = doubt;
  const decide = useCommand(
    (decision: Decision) =>
      answer(api.POST("/api/v1/imports/review/{transaction_id}", { params: { path: { transaction_id: transaction.id } }, body: { decision } })),
    { failed: toastProblem },
  );
  return (
    <li className={styles["doubt"]}>
      <Line row={transaction} />
      <p className="small">{question === "unseen" ? lacking(t, doubt, imports, format.day) : t(`review.${question}.ask`)}</p>
      {like.length > 0 && <ul className={styles["likes"]}>{like.map((row) => <li key={row.id}><Line row={row} /></li>)}</ul>}
      <div className="row">
        {choices.map((choice) => (
          <Button key={choice} size="sm" onClick={() => decide.mutate(choice)} disabled={decide.isPending}>{t(named(question, choice))}</Button>
        ))}
      </div>
    </li>
  );
}

function Line({ row }: { row: Doubt["transaction"] }) {
  const format = useFormat();
  return (
    <div className={styles["line"]}>
      <span className="muted">{format.day(row.date)}</span>
      <span className="grow cut">{row.description}</span>
      <Money amount={row.amount} currency={row.currency} />
    </div>
  );
}

/** Which statements should have a pending payment and have not. */
function lacking(t: TFunction<"imports">, doubt: Doubt, imports: readonly Import[], day: (text: string) => string): string {
  const known = imports.filter((item) => doubt.missing_from.includes(item.id));
  const names = known.map((item) => item.filename).join(", ") || t("review.unseen.later");
  const last = known.map((item) => item.period_last ?? "").sort().at(-1);
  return last ? t("review.unseen.askUntil", { names, day: day(last) }) : t("review.unseen.ask", { names });
}

/** What an answer is called, which differs with the question. */
function named(question: Doubt["question"], choice: Decision) {
  if (choice === "keep" || choice === "remove") return `review.unseen.${choice}` as const;
  return question === "booked" ? (`review.booked.${choice}` as const) : (`review.known.${choice}` as const);
}
