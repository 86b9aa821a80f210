import { CircleAlert, TrendingUp, CalendarX, Copy, PiggyBank, Landmark, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Money } from "@/design/Money";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

type Insight = NonNullable<Overview["insights"]["data"]>["items"][number];

const ICONS: Partial<Record<Insight["kind"], LucideIcon>> = {
  buffer_short: PiggyBank,
  spending_high: TrendingUp,
  price_rise: TrendingUp,
  payment_overdue: CalendarX,
  balance_short: Landmark,
  double_subscription: Copy,
};

/** Where each kind of insight is acted upon. */
const PLACES: Partial<Record<Insight["kind"], string>> = {
  buffer_short: "/reports/emergency-fund",
  spending_high: "/spending",
  price_rise: "/reports",
  payment_overdue: "/reports",
  balance_short: "/reports/cash-forecast",
  double_subscription: "/reports",
};

export function Insights({ tile }: { tile: Overview["insights"] }) {
  const { t } = useTranslation("home");
  return (
    <Tile title={t("insights.title")} tile={tile}>
      {(data) =>
        data.items.length === 0 ? (
          <p className="muted">{t("insights.none")}</p>
        ) : (
          <ul className={styles["list"]}>{data.items.map((item) => <Entry key={item.id} item={item} currency={data.currency} />)}</ul>
        )
      }
    </Tile>
  );
}

function Entry({ item, currency }: { item: Insight; currency: string }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const Icon = ICONS[item.kind] ?? CircleAlert;
  return (
    <li className={styles["insight"]}>
      <Icon aria-hidden />
      <div className="grow">
        <p><strong>{t(`insights.kind.${item.kind}`)}</strong> {item.subject}</p>
        <p className="muted small">{item.action}</p>
        <p className="small"><Link to={PLACES[item.kind] ?? "/transactions"}>{t("insights.act")}</Link></p>
      </div>
      <div className="num small">
        <Money amount={item.at_stake} currency={currency} whole />
        <p className="muted">{format.dayShort(item.on)}</p>
      </div>
    </li>
  );
}
