import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keepPreviousData } from "@tanstack/react-query";
import { Problem } from "@/api/problem";
import { useAnswer, type Answer } from "@/api/questions";
import { useDebounced } from "@/api/useDebounced";
import { Card } from "@/design/Card";
import { Segmented, TextField } from "@/design/Field";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { Answered, SkeletonLines } from "@/design/states";
import { Figure } from "@/explain/Figure";
import { useFormat } from "@/preferences/format";
import styles from "./home.module.css";

type Split = Answer<"/api/v1/dashboard/next-rupee">;
type Choice = Split["choices"][number];
const AMOUNT = /^\d{1,13}(\.\d{1,2})?$/;

/** Where an amount at hand does most: each choice with its share and what it would bring. */
export function NextRupee() {
  const { t } = useTranslation("home");
  const [amount, setAmount] = useState("");
  const [every, setEvery] = useState<"once" | "month">("once");
  const wanted = useDebounced(amount.replace(/[\s,]/g, ""), 250);
  const isAmount = AMOUNT.test(wanted) && Number(wanted) > 0;
  const query = { amount: wanted, every };
  const asked = useAnswer("/api/v1/dashboard/next-rupee", { params: { query } }, { enabled: isAmount, placeholderData: keepPreviousData });
  const fault = wanted && !isAmount ? t("rupee.amountHint") : asked.error instanceof Problem ? asked.error.about("amount") : undefined;
  return (
    <Card title={t("rupee.title")}>
      <div className="stack">
        <p className="muted">{t("rupee.about")}</p>
        <TextField label={t("rupee.amount")} inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} fault={fault} />
        <Segmented label={t("rupee.every")} value={every} choose={setEvery} choices={[{ value: "once", label: t("rupee.once") }, { value: "month", label: t("rupee.month") }]} />
        {isAmount && <Answered of={asked} loading={<SkeletonLines count={3} />}>{(found) => <Choices found={found} />}</Answered>}
      </div>
    </Card>
  );
}

function Choices({ found }: { found: Split }) {
  const source = `/api/v1/dashboard/next-rupee?amount=${found.amount}&every=${found.every}`;
  return (
    <ul className={styles["list"]} aria-live="polite">
      {found.choices.map((choice) => <Line key={choice.id} choice={choice} found={found} source={source} />)}
    </ul>
  );
}

function Line({ choice, found, source }: { choice: Choice; found: Split; source: string }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const name = choice.kind === "loan" ? choice.name : t(`rupee.kind.${choice.kind}`);
  const share = choice.share ?? "0";
  return (
    <li className={styles["goal"]}>
      <div className="spread">
        <span className="grow cut">{name}</span>
        <span className="num"><Figure source={source} name={`choices.${choice.id}.share`} title={name}><Money amount={choice.share} currency={found.currency} whole /></Figure></span>
      </div>
      <Meter share={Number(share) / Number(found.amount)} label={name} />
      <p className="muted small">
        {choice.annual_return != null && t(choice.certain ? "rupee.certain" : "rupee.expected", { rate: format.percent(choice.annual_return, 1) })}
        {" "}<Effect choice={choice} currency={found.currency} />
      </p>
    </li>
  );
}

/** What the whole amount would do if it all went here. */
function Effect({ choice, currency }: { choice: Choice; currency: string }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { interest_saved: saved, interest_earned: earned, cover_months: cover, independence_months: sooner } = choice.effect;
  return (
    <>
      {saved && <>· {t("rupee.saves")} <Money amount={saved} currency={currency} whole /> </>}
      {earned && <>· {t("rupee.earns")} <Money amount={earned} currency={currency} whole /> </>}
      {cover != null && <>· {t("rupee.cover", { count: Math.round(cover), value: format.number(cover, 1) })} </>}
      {sooner != null && <>· {t("rupee.sooner", { count: Math.round(sooner), value: format.number(sooner, 1) })}</>}
    </>
  );
}
