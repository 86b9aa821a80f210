import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Answer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Segmented } from "@/design/Field";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import styles from "./wealth.module.css";

const VIEWS = ["by_class", "by_liquidity", "by_currency", "by_owner"] as const;
type View = (typeof VIEWS)[number];

/** What the net worth consists of. */
export function Composition({ worth }: { worth: Answer<"/api/v1/net-worth"> }) {
  const { t, i18n } = useTranslation("wealth");
  const [view, setView] = useState<View>("by_class");
  const parts = Object.entries(worth[view]).sort((a, b) => Number(b[1]) - Number(a[1]));
  const largest = Math.max(...parts.map(([, amount]) => Math.abs(Number(amount))), 1);
  const named = (code: string) => (i18n.exists(`group.${code}`, { ns: "wealth" }) ? t(`group.${code}` as "group.bank") : code.replaceAll("_", " "));
  return (
    <Card title={t("composition.title")}>
      <div className="stack">
        <Segmented label={t("composition.view")} value={view} choices={VIEWS.map((value) => ({ value, label: t(`composition.${value}`) }))} choose={setView} />
        <ul className={styles["parts"]}>
          {parts.map(([code, amount]) => (
            <li key={code}>
              <div className="spread"><span className={styles["named"]}>{named(code)}</span><Money amount={amount} currency={worth.currency} whole /></div>
              <Meter share={Math.abs(Number(amount)) / largest} label={named(code)} tone={amount.startsWith("-") ? "bad" : "accent"} />
            </li>
          ))}
        </ul>
        {worth.stale.length > 0 && <p className="muted small">{t("composition.stale", { count: worth.stale.length })}</p>}
      </div>
    </Card>
  );
}
