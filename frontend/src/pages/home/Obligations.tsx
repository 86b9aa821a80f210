import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/design/Button";
import { Money } from "@/design/Money";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

const FIRST = 6;

export function Obligations({ tile }: { tile: Overview["obligations"] }) {
  const { t } = useTranslation(["home", "common"]);
  const format = useFormat();
  const [all, setAll] = useState(false);
  return (
    <Tile title={t("obligations.title")} tile={tile}>
      {(data) => (
        <div className="stack">
          <p className="small muted">
            {t("obligations.out")} <Money amount={data.total_out} currency={data.currency} whole /> · {t("obligations.lowest")}{" "}
            <Money amount={data.lowest_balance} currency={data.currency} whole />{data.lowest_on && <> ({format.dayShort(data.lowest_on)})</>}
          </p>
          {data.items.length === 0 && <p className="muted">{t("obligations.none")}</p>}
          <ul className={styles["list"]}>
            {data.items.slice(0, all ? undefined : FIRST).map((item) => (
              <li key={`${item.stream_id}${item.date}`} className={styles["due"]}>
                <span className="muted small">{format.dayShort(item.date)}</span>
                <span className="grow cut">{item.name}</span>
                <span>{!item.certain && <span className="muted" title={t("obligations.about")}>≈ </span>}<Money amount={item.amount} currency={data.currency} toned={!item.amount.startsWith("-")} /></span>
              </li>
            ))}
          </ul>
          {data.items.length > FIRST && <Button size="sm" look="quiet" onClick={() => setAll(!all)} aria-expanded={all}>{all ? t("obligations.fewer") : t("obligations.more", { count: data.items.length - FIRST })}</Button>}
        </div>
      )}
    </Tile>
  );
}
