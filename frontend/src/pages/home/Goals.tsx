import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/design/Button";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import { GoalForm } from "./GoalForm";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

type Goal = NonNullable<Overview["goals"]["data"]>["items"][number];

/** What the household saves for, how far it is, and what it takes a month. */
export function Goals({ tile }: { tile: Overview["goals"] }) {
  const { t } = useTranslation(["home", "common"]);
  const [editing, setEditing] = useState<Goal | "new" | null>(null);
  return (
    <Tile title={t("goals.title")} tile={tile} aside={<Button size="sm" icon={<Plus />} onClick={() => setEditing("new")}>{t("common:action.add")}</Button>}>
      {(data) => (
        <>
          {data.items.length === 0 && <p className="muted">{t("goals.none")}</p>}
          <ul className={styles["list"]}>{data.items.map((goal) => <Line key={goal.id} goal={goal} edit={() => setEditing(goal)} />)}</ul>
          {editing && <GoalForm id={editing === "new" ? null : editing.id} close={() => setEditing(null)} />}
        </>
      )}
    </Tile>
  );
}

function Line({ goal, edit }: { goal: Goal; edit: () => void }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  return (
    <li className={styles["goal"]}>
      <div className="spread">
        <span className="grow cut">{goal.name}</span>
        <span className="small num"><Money amount={goal.saved} currency={goal.currency} whole /> <span className="muted">/ <Money amount={goal.target_amount} currency={goal.currency} whole /></span></span>
        <IconButton label={t("goals.edit", { name: goal.name })} onClick={edit}><Pencil /></IconButton>
      </div>
      <Meter share={goal.progress ?? 0} label={goal.name} />
      <p className="muted small">
        {goal.target_date && t("goals.until", { day: format.month(goal.target_date.slice(0, 7)) })}
        {goal.monthly_needed && <> · <Money amount={goal.monthly_needed} currency={goal.currency} whole /> {t("goals.aMonth")}</>}
        <Reason code={goal.saved_reason} />
      </p>
    </li>
  );
}
