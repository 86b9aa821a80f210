/** Whether the balances of a file agree: once for a file of one account, for each account of a file of several. */
import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Money } from "@/design/Money";
import { useFormat } from "@/preferences/format";
import type { Import } from "./job";
import styles from "./imports.module.css";

export function Reconciliation({ shown }: { shown: Import }) {
  if (shown.accounts.length <= 1) {
    return shown.reconciliation && <Reconciled found={shown.reconciliation} currency={shown.currency ?? "INR"} />;
  }
  return (
    <ul className={styles["accounts"]}>
      {shown.accounts.map((account, index) => <AccountOfFile key={account.account_id ?? index} account={account} />)}
    </ul>
  );
}

function AccountOfFile({ account }: { account: Import["accounts"][number] }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  return (
    <li className="stack">
      <p className="row">
        <strong className="grow cut">{account.name ?? account.currency}</strong>
        {account.account_created && <span className="muted small">{t("accounts.new")}</span>}
        <span className="muted small">{t("accounts.rows", { count: account.counts.imported, rows: format.number(account.counts.imported, 0) })}</span>
      </p>
      <Reconciled found={account.reconciliation} currency={account.currency} />
    </li>
  );
}

/** Opening balance + rows = closing balance, or by how much it is not. */
function Reconciled({ found, currency }: { found: NonNullable<Import["reconciliation"]>; currency: string }) {
  const { t } = useTranslation("imports");
  if (found.balanced === null || found.opening_balance === null) {
    return <p className={styles["note"]}><CircleAlert aria-hidden />{t("preview.noBalances")}</p>;
  }
  return (
    <div className={styles["note"]} data-tone={found.balanced ? "good" : "bad"}>
      {found.balanced ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
      <div>
        <p>{found.balanced ? t("preview.balanced") : t("preview.unbalanced")}</p>
        <p className="small">
          <Money amount={found.opening_balance} currency={currency} /> {found.sum.startsWith("-") ? "−" : "+"}{" "}
          <Money amount={found.sum} currency={currency} sign="never" /> = <Money amount={found.closing_balance} currency={currency} />
          {!found.balanced && <> ({t("preview.difference")} <Money amount={found.difference} currency={currency} />{found.first_break_line !== null && <>, {t("preview.breakLine", { line: found.first_break_line })}</>})</>}
        </p>
      </div>
    </div>
  );
}
