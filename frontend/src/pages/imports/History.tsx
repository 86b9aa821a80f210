import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, api, type Schema } from "@/api/client";
import { useAnswer, useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { Answered } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import styles from "./imports.module.css";

const FIRST = 8;

/** Imports so far, newest first, each with the way back. */
export function History() {
  const { t } = useTranslation("imports");
  const asked = useAnswer("/api/v1/imports", { params: { query: { limit: 100 } } });
  const [all, setAll] = useState(false);
  return (
    <Answered of={asked}>
      {(page) => {
        const kept = page.items.filter((item) => !item.dry_run);
        if (kept.length === 0) return null;
        return (
          <Card title={t("history.title")}>
            <ul className={styles["history"]}>{kept.slice(0, all ? undefined : FIRST).map((item) => <Entry key={item.id} item={item} />)}</ul>
            {kept.length > FIRST && <Button size="sm" look="quiet" onClick={() => setAll(!all)} aria-expanded={all}>{all ? t("history.fewer") : t("history.all", { count: kept.length })}</Button>}
          </Card>
        );
      }}
    </Answered>
  );
}

function Entry({ item }: { item: Schema<"Import"> }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const undo = useCommand(() => answer(api.DELETE("/api/v1/imports/{import_id}", { params: { path: { import_id: item.id } } })), {
    done: () => toast({ text: t("result.undone", { name: item.filename }) }),
    failed: toastProblem,
  });
  return (
    <li>
      <div className="grow">
        <p className="cut"><Link to={`/transactions?import_id=${item.id}`}>{item.filename}</Link></p>
        <p className="muted small cut">{[titled(item.layout ?? item.format ?? ""), format.instant(item.created_at)].filter(Boolean).join(" · ")}</p>
      </div>
      <p className="small num">
        {item.status === "done" ? t("history.rows", { count: item.counts.imported }) : t(`status.${item.status}`)}
        {item.counts.duplicates > 0 && <span className="muted"><br />{t("history.duplicates", { count: item.counts.duplicates })}</span>}
      </p>
      <Button size="sm" look="quiet" icon={<Undo2 />} busy={undo.isPending} onClick={() => undo.mutate(undefined)} aria-label={`${t("result.undo")}: ${item.filename}`}>
        <span className={styles["wide"]}>{t("history.undo")}</span>
      </Button>
    </li>
  );
}

/** A layout without a name of its own is called by its format: `csv` as CSV. */
const titled = (layout: string): string => (/^[a-z0-9]+$/.test(layout) ? layout.toUpperCase() : layout);
