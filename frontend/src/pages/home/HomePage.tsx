import { Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswer, type Answer } from "@/api/questions";
import { ButtonLink } from "@/design/Button";
import { Page } from "@/design/Page";
import { Answered, Empty, Skeleton } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { CashFlow } from "./CashFlow";
import { Changed } from "./Changed";
import { Goals } from "./Goals";
import { Health } from "./Health";
import { Insights } from "./Insights";
import { NetWorth } from "./NetWorth";
import { NextRupee } from "./NextRupee";
import { Obligations } from "./Obligations";
import { Vitals } from "./Vitals";
import { Waiting } from "./Waiting";
import styles from "./home.module.css";

export type Overview = Answer<"/api/v1/dashboard">;

export default function HomePage() {
  const { t } = useTranslation(["home", "common"]);
  const format = useFormat();
  const asked = useAnswer("/api/v1/dashboard");
  return (
    <Page
      title={t("title")}
      about={asked.data && t("asOf", { day: format.day(asked.data.as_of) })}
      actions={<ButtonLink to="/imports" icon={<Upload />}>{t("import")}</ButtonLink>}
    >
      <Answered of={asked} loading={<Loading />}>{(overview) => <Tiles overview={overview} />}</Answered>
    </Page>
  );
}

function Tiles({ overview }: { overview: Overview }) {
  const { t } = useTranslation("home");
  const nothing = overview.cash_flow.status === "ok" && !overview.cash_flow.data?.newest_row_on && Number(overview.net_worth.data?.net_worth ?? 0) === 0;
  if (nothing) {
    return (
      <Empty icon={<Upload />} title={t("empty.title")} action={<ButtonLink to="/imports" look="primary">{t("empty.action")}</ButtonLink>}>
        {t("empty.about")}
      </Empty>
    );
  }
  return (
    <>
      <Waiting />
      <Changed overview={overview} />
      <div className={styles["tiles"]}>
        <NetWorth tile={overview.net_worth} />
        <CashFlow tile={overview.cash_flow} />
        <Vitals overview={overview} />
        <div className={styles["column"]}>
          <Health tile={overview.health_score} />
          <Goals tile={overview.goals} />
          <NextRupee />
        </div>
        <div className={styles["column"]}>
          <Insights tile={overview.insights} />
          <Obligations tile={overview.obligations} />
        </div>
      </div>
    </>
  );
}

const Loading = () => (
  <div className={styles["tiles"]}>
    {["16rem", "16rem", "7rem", "18rem", "18rem"].map((height, index) => (
      <div key={index} className={index === 2 ? styles["full"] : undefined}><Skeleton height={height} /></div>
    ))}
  </div>
);
