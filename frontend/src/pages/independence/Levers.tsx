import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Card } from "@/design/Card";
import { Meter } from "@/design/Meter";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import styles from "./independence.module.css";

/** What moves the date most, computed one change at a time. */
export function Levers() {
  const { t } = useTranslation("independence");
  const format = useFormat();
  const asked = useAnswer("/api/v1/fire/levers");
  return (
    <Card title={t("levers.title")}>
      <Answered of={asked} loading={<SkeletonLines count={5} />}>
        {(found) => {
          const most = Math.max(...found.levers.map((lever) => lever.months_saved ?? 0), 1);
          return (
            <>
              <Reason code={found.status_reason} />
              {found.levers.length === 0 && <Empty title={t("levers.none")} />}
              <ol className={styles["levers"]}>
                {found.levers.map((lever) => (
                  <li key={lever.name}>
                    <div className="spread">
                      <span className="grow">{t(`levers.change.${lever.name}`)}</span>
                      <span className="num small">{lever.months_saved === null ? <Reason code={lever.months_saved_reason} /> : t(lever.months_saved < 0 ? "levers.later" : "levers.sooner", { value: format.number(Math.abs(lever.months_saved), 0) })}</span>
                    </div>
                    <Meter share={(lever.months_saved ?? 0) / most} label={t(`levers.change.${lever.name}`)} />
                  </li>
                ))}
              </ol>
            </>
          );
        }}
      </Answered>
    </Card>
  );
}
