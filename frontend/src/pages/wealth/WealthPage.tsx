import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Page } from "@/design/Page";
import { Answered, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import { Assets } from "./Assets";
import { Attribution } from "./Attribution";
import { Composition } from "./Composition";
import { Liabilities } from "./Liabilities";
import { Timeline } from "./Timeline";
import styles from "./wealth.module.css";

export default function WealthPage() {
  const { t } = useTranslation("wealth");
  const format = useFormat();
  const asked = useAnswer("/api/v1/net-worth");
  return (
    <Page title={t("title")} about={asked.data && t("asOf", { day: format.day(asked.data.as_of) })}>
      <Answered of={asked} loading={<SkeletonLines count={3} height="14rem" />}>
        {(worth) => (
          <div className={styles["cards"]}>
            <Timeline worth={worth} />
            <Attribution today={worth.as_of} />
            <Composition worth={worth} />
            <Assets currency={worth.currency} />
            <Liabilities currency={worth.currency} />
          </div>
        )}
      </Answered>
    </Page>
  );
}
