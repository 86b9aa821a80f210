import { useTranslation } from "react-i18next";
import type { Import } from "./job";
import styles from "./imports.module.css";

const MOST = 100;

/** Rows that would not enter or are there already, each with its reason. */
export function RejectedRows({ shown }: { shown: Import }) {
  const { t } = useTranslation("imports");
  return (["rejected", "duplicate"] as const).map((outcome) => {
    const rows = shown.rows.filter((row) => row.outcome === outcome);
    if (rows.length === 0) return null;
    return (
      <details key={outcome} className={styles["rejected"]} open={outcome === "rejected"}>
        <summary>{t(`rows.${outcome}`, { count: outcome === "rejected" ? shown.counts.rejected : shown.counts.duplicates })}</summary>
        <ul>
          {rows.slice(0, MOST).map((row) => (
            <li key={row.line}>
              <span className="muted">{t("rows.line", { line: row.line })}</span>
              <span>{row.reason === "needs_review" ? t("rows.asked") : row.message ?? row.reason?.replaceAll("_", " ") ?? t("rows.known")}</span>
            </li>
          ))}
        </ul>
        {rows.length > MOST && <p className="muted small">{t("rows.more", { count: rows.length - MOST })}</p>}
      </details>
    );
  });
}
