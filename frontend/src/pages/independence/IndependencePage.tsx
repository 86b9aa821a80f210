import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Page } from "@/design/Page";
import { Answered, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { Levers } from "./Levers";
import { Numbers } from "./Numbers";
import { Plan } from "./Plan";
import { Scenarios } from "./Scenarios";
import { Trial } from "./Trial";
import styles from "./independence.module.css";

export default function IndependencePage() {
  const { t } = useTranslation("independence");
  const format = useFormat();
  const plan = useAnswer("/api/v1/fire/plan");
  const summary = useAnswer("/api/v1/fire/summary");
  return (
    <Page title={t("title")} about={summary.data && t("asOf", { day: format.day(summary.data.as_of) })}>
      <div className={styles["cards"]}>
        <Card className={styles["wide"]} title={t("numbers.title")}>
          <Answered of={summary} loading={<SkeletonLines count={2} />}>{(found) => <Numbers summary={found} />}</Answered>
        </Card>
        <Answered of={plan} loading={<SkeletonLines count={2} height="16rem" />}>{(found) => <><Trial plan={found} /><Plan plan={found} /></>}</Answered>
        <Levers />
        <Scenarios />
      </div>
    </Page>
  );
}
