import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAnswer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Money } from "@/design/Money";
import type { Period } from "@/design/period";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import styles from "./spending.module.css";

const SHOWN = 12;

/** Who was paid most, how often, and whether a visit costs more than it did. */
export function Merchants({ period }: { period: Period }) {
  const { t } = useTranslation("spending");
  const format = useFormat();
  const asked = useAnswer("/api/v1/analytics/merchants", { params: { query: period } });
  return (
    <Card title={t("merchants.title")} className={styles["wide"]}>
      <Answered of={asked} loading={<SkeletonLines count={6} />}>
        {(found) =>
          found.items.length === 0 ? (
            <Empty title={t("empty")} />
          ) : (
            <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("merchants.title")}>
              <table className={styles["table"]}>
                <thead>
                  <tr>
                    <th scope="col">{t("merchants.merchant")}</th>
                    <th scope="col" className="num">{t("figure.amount")}</th>
                    <th scope="col" className="num">{t("merchants.visits")}</th>
                    <th scope="col" className="num">{t("merchants.perVisit")}</th>
                    <th scope="col" className="num">{t("merchants.drift")}</th>
                  </tr>
                </thead>
                <tbody>
                  {found.items.slice(0, SHOWN).map((item) => (
                    <tr key={`${item.merchant_id}.${item.currency}`}>
                      <th scope="row"><Link to={`/transactions?merchant_id=${encodeURIComponent(item.merchant_id)}&from=${period.from}&to=${period.to}`}>{item.merchant}</Link></th>
                      <td className="num"><Money amount={item.amount} currency={item.currency} whole /></td>
                      <td className="num muted">{format.number(item.count, 0)}</td>
                      <td className="num muted"><Money amount={item.per_visit} currency={item.currency} whole /></td>
                      <td className="num muted">{item.drift === null ? "–" : format.percent(item.drift, 0, "always")}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answered>
    </Card>
  );
}
