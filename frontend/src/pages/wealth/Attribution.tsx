import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Segmented } from "@/design/Field";
import { Money } from "@/design/Money";
import { Answered, SkeletonLines } from "@/design/states";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import styles from "./wealth.module.css";

const PARTS = ["saved", "debt_repaid", "market", "interest", "revaluation", "exchange", "other"] as const;
const SPANS = { month: 30, quarter: 91, year: 365 } as const;
type Span = keyof typeof SPANS;

/** What changed the net worth between two days; the parts sum to the change. */
export function Attribution({ today }: { today: string }) {
  const { t } = useTranslation("wealth");
  const [span, setSpan] = useState<Span>("year");
  const from = new Date(Date.parse(today) - SPANS[span] * 86_400_000).toISOString().slice(0, 10);
  const query = { from, to: today };
  const asked = useAnswer("/api/v1/net-worth/attribution", { params: { query } });
  const source = `/api/v1/net-worth/attribution?from=${from}&to=${today}`;
  const choices = (Object.keys(SPANS) as Span[]).map((value) => ({ value, label: t(`attribution.${value}`) }));
  return (
    <Card title={t("attribution.title")} aside={<Segmented label={t("attribution.span")} value={span} choices={choices} choose={setSpan} />}>
      <Answered of={asked} loading={<SkeletonLines count={6} height="1.5rem" />}>
        {(found) => (
          <>
            <Reason code={found.reason} />
            <dl className={styles["ledger"]}>
              <div><dt>{t("attribution.before")}</dt><dd className="num"><Money amount={found.before} currency={found.currency} whole /></dd></div>
              {PARTS.filter((part) => Number(found[part]) !== 0).map((part) => (
                <div key={part}>
                  <dt>{t(`attribution.part.${part}`)}</dt>
                  <dd className="num"><Figure source={source} name={part} title={t(`attribution.part.${part}`)}><Money amount={found[part]} currency={found.currency} whole sign="always" toned /></Figure></dd>
                </div>
              ))}
              <div data-total><dt>{t("attribution.after")}</dt><dd className="num"><Money amount={found.after} currency={found.currency} whole /></dd></div>
            </dl>
          </>
        )}
      </Answered>
    </Card>
  );
}
