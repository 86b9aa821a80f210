import { useTranslation } from "react-i18next";
import { Money } from "@/design/Money";
import { Spark } from "@/design/Spark";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

const SOURCE = "/api/v1/net-worth";

export function NetWorth({ tile }: { tile: Overview["net_worth"] }) {
  const { t } = useTranslation("home");
  return (
    <Tile title={t("netWorth.title")} tile={tile}>
      {(data) => (
        <div className="stack">
          <div>
            <p className={styles["headline"]}>
              <Figure source={SOURCE} name="net_worth" title={t("netWorth.title")}><Money amount={data.net_worth} currency={data.currency} whole /></Figure>
            </p>
            {data.change && (
              <p className="muted small"><Money amount={data.change} currency={data.currency} whole sign="always" toned /> {t("netWorth.inAYear")}</p>
            )}
            <Reason code={data.net_worth_reason} />
          </div>
          <Spark values={data.trend.map((point) => (point.net_worth === null ? null : Number(point.net_worth)))} height={112} />
          <dl className={styles["pairs"]}>
            <div><dt>{t("netWorth.assets")}</dt><dd><Money amount={data.assets} currency={data.currency} whole /></dd></div>
            <div><dt>{t("netWorth.liabilities")}</dt><dd><Money amount={data.liabilities} currency={data.currency} whole /></dd></div>
          </dl>
          {data.stale > 0 && <p className="small muted">{t("netWorth.stale", { count: data.stale })}</p>}
        </div>
      )}
    </Tile>
  );
}
