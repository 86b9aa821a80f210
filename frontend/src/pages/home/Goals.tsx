import { useTranslation } from "react-i18next";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

export function Goals({ tile }: { tile: Overview["goals"] }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  if (tile.status === "ok" && tile.data?.items.length === 0) return null;
  return (
    <Tile title={t("goals.title")} tile={tile}>
      {(data) => (
        <ul className={styles["list"]}>
          {data.items.map((goal) => (
            <li key={goal.id} className={styles["goal"]}>
              <div className="spread">
                <span className="cut">{goal.name}</span>
                <span className="small num"><Money amount={goal.saved} currency={goal.currency} whole /> <span className="muted">/ <Money amount={goal.target_amount} currency={goal.currency} whole /></span></span>
              </div>
              <Meter share={goal.progress ?? 0} label={goal.name} />
              <p className="muted small">
                {goal.target_date && t("goals.until", { day: format.month(goal.target_date.slice(0, 7)) })}
                {goal.monthly_needed && <> · <Money amount={goal.monthly_needed} currency={goal.currency} whole /> {t("goals.aMonth")}</>}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Tile>
  );
}
