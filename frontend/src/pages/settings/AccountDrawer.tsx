/** One account: whether its statements agree with the ledger, balances a person vouches for, and how its files are read. */
import { CircleAlert, CircleCheck, Trash2 } from "lucide-react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, api, type Schema } from "@/api/client";
import type { Account } from "@/api/household";
import { Problem } from "@/api/problem";
import { useAnswer, useCommand } from "@/api/questions";
import { Button, IconButton } from "@/design/Button";
import { TextField } from "@/design/Field";
import { Money } from "@/design/Money";
import { Drawer } from "@/design/Overlay";
import { Answered, Fault } from "@/design/states";
import { toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import { ImportProfile } from "./ImportProfile";
import styles from "./settings.module.css";

type Statements = Schema<"AccountStatements">;

export function AccountDrawer({ account, close }: { account: Account; close: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const params = { params: { path: { account_id: account.id } } };
  const statements = useAnswer("/api/v1/accounts/{account_id}/statements", params);
  return (
    <Drawer open close={close} title={account.name} about={<Money amount={account.balance} currency={account.currency} />}>
      <div className={styles["sections"]}>
        <section>
          <h3>{t("account.statements")}</h3>
          <Answered of={statements}>{(found) => <StatementList found={found} />}</Answered>
        </section>
        <Vouched account={account} />
        <ImportProfile account={account} />
      </div>
    </Drawer>
  );
}

function StatementList({ found }: { found: Statements }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  if (found.items.length === 0) return <p className="muted">{t("account.noStatements")}</p>;
  return (
    <>
      <ul className={styles["lines"]}>
        {[...found.items].reverse().map((item) => (
          <li key={item.import_id}>
            <Verdict agrees={item.balanced === null ? null : item.balanced && Number(item.ledger_difference ?? 0) === 0} />
            <div className="grow">
              <p className="cut"><Link to={`/transactions?import_id=${item.import_id}`}>{item.filename}</Link></p>
              <p className="muted small">{item.first && item.last && `${format.day(item.first)} – ${format.day(item.last)} · `}{t("account.rows", { count: item.rows, rows: format.number(item.rows, 0) })}</p>
              {Number(item.ledger_difference ?? 0) !== 0 && <p className="small">{t("account.apart")} <Money amount={item.ledger_difference} currency={found.currency} sign="always" /></p>}
            </div>
            <span className="num small"><Money amount={item.closing_balance} currency={found.currency} /></span>
          </li>
        ))}
      </ul>
      {found.gaps.map((gap) => (
        <p key={gap.after_import} className={styles["gap"]}>{t("account.gap", { first: format.day(gap.first), last: format.day(gap.last) })} {gap.difference && <Money amount={gap.difference} currency={found.currency} sign="always" />}</p>
      ))}
      {found.missing_months.length > 0 && <p className={styles["gap"]}>{t("account.missing", { months: found.missing_months.map((month) => format.month(month)).join(", ") })}</p>}
    </>
  );
}

function Verdict({ agrees }: { agrees: boolean | null }) {
  const { t } = useTranslation("settings");
  const text = t(agrees === null ? "account.unknown" : agrees ? "account.agrees" : "account.differs");
  const Icon = agrees === false ? CircleAlert : CircleCheck;
  return <span className={styles["verdict"]} data-agrees={String(agrees)} title={text}><Icon aria-hidden /><span className="sr-only">{text}</span></span>;
}

/** What a person saw at the bank, held against the ledger of that day. */
function Vouched({ account }: { account: Account }) {
  const { t } = useTranslation(["settings", "common"]);
  const format = useFormat();
  const params = { path: { account_id: account.id } };
  const asked = useAnswer("/api/v1/accounts/{account_id}/balances", { params });
  const add = useCommand((body: Schema<"BalanceBody">) => answer(api.POST("/api/v1/accounts/{account_id}/balances", { params, body })));
  const remove = useCommand((balance_id: string) => answer(api.DELETE("/api/v1/accounts/{account_id}/balances/{balance_id}", { params: { path: { ...params.path, balance_id } } })), { failed: toastProblem });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    add.mutate({ date: String(given.get("date")), balance: String(given.get("balance")).trim() }, { onSuccess: () => form.reset() });
  };
  const problem = add.error instanceof Problem ? add.error : null;
  return (
    <section className="stack">
      <div>
        <h3>{t("account.balances")}</h3>
        <p className="muted small">{t("account.balancesAbout")}</p>
      </div>
      <Answered of={asked}>
        {({ items }) => (
          <ul className={styles["lines"]}>
            {items.map((item) => (
              <li key={item.id}>
                <Verdict agrees={item.agrees} />
                <span className="grow">{format.day(item.date)}{!item.agrees && <span className="small muted"> · {t("account.apart")} <Money amount={item.difference} currency={account.currency} sign="always" /></span>}</span>
                <Money amount={item.balance} currency={account.currency} />
                <IconButton label={t("account.withdraw", { day: format.day(item.date) })} onClick={() => remove.mutate(item.id)}><Trash2 /></IconButton>
              </li>
            ))}
          </ul>
        )}
      </Answered>
      <form className={styles["vouch"]} onSubmit={submit}>
        <TextField label={t("account.day")} name="date" type="date" required fault={problem?.about("date")} />
        <TextField label={t("account.balance", { currency: account.currency })} name="balance" inputMode="decimal" required fault={problem?.about("balance")} />
        <Button type="submit" busy={add.isPending}>{t("account.check")}</Button>
      </form>
      {problem && problem.errors.length === 0 && <Fault>{problem.detail || problem.title}</Fault>}
    </section>
  );
}
