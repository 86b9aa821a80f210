/** What the plan rests on: each assumption is the household's own or derived from its data, with the evidence. */
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import { ASSUMPTIONS, type Assumption } from "./assumptions";
import { PlanForm } from "./PlanForm";
import type { Plan as Given } from "./trial";
import styles from "./independence.module.css";

export function Plan({ plan }: { plan: Given }) {
  const { t } = useTranslation(["independence", "common"]);
  const [editing, setEditing] = useState(false);
  return (
    <Card className={styles["wide"]} title={t("plan.title")} aside={<Button size="sm" icon={<Pencil />} onClick={() => setEditing(true)}>{t("common:action.edit")}</Button>}>
      <div className="stack">
        <p className="muted">{t("plan.about")}</p>
        <dl className={styles["assumptions"]}>{ASSUMPTIONS.map((one) => <Line key={one.name} one={one} plan={plan} />)}</dl>
      </div>
      {editing && <PlanForm plan={plan} close={() => setEditing(false)} />}
    </Card>
  );
}

function Line({ one, plan }: { one: Assumption; plan: Given }) {
  const { t, i18n } = useTranslation("independence");
  const format = useFormat();
  const found = plan[one.shown];
  const { first, last } = found.evidence;
  const source = found.origin === "own" ? "own" : found.evidence.source;
  const shown = () => {
    if (found.value == null) return "–";
    if (one.kind === "money") return <Money amount={String(found.value)} currency={plan.currency} whole />;
    return one.kind === "rate" ? format.percent(Number(found.value), 1) : format.number(Number(found.value), one.kind === "factor" ? 2 : 0);
  };
  return (
    <div>
      <dt className="muted small">{t(`plan.name.${one.shown}`)}</dt>
      <dd>{shown()} {found.value == null && <Reason code={found.value_reason} />}</dd>
      <dd className="muted small" title={found.evidence.detail}>
        {i18n.exists(`independence:plan.source.${source}`) ? t(`plan.source.${source}` as "plan.source.own") : source}
        {first && last && source !== "own" && <> ({format.month(first)} – {format.month(last)})</>}
      </dd>
    </div>
  );
}
