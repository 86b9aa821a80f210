import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { Sankey } from "@/charts/Sankey";
import { Card } from "@/design/Card";
import type { Period } from "@/design/period";
import { Answered, Empty, Skeleton } from "@/design/states";
import styles from "./spending.module.css";

/** From where the money came to where it went. */
export function Flow({ period }: { period: Period }) {
  const { t, i18n } = useTranslation("spending");
  const asked = useAnswer("/api/v1/analytics/flow", { params: { query: period } });
  const named = (name: string) => (i18n.exists(`flow.node.${name}`, { ns: "spending" }) ? t(`flow.node.${name}` as "flow.node.money") : name);
  return (
    <Card title={t("flow.title")} className={styles["wide"]}>
      <Answered of={asked} loading={<Skeleton height="30rem" />}>
        {(flow) =>
          flow.links.length === 0 ? (
            <Empty title={t("empty")} />
          ) : (
            <Sankey
              label={t("flow.label")}
              headings={[t("flow.from"), t("flow.to"), t("figure.amount")]}
              nodes={flow.nodes.map((node) => ({ id: node.id, name: named(node.name) }))}
              middle="money"
              links={flow.links}
              currency={flow.currency}
            />
          )
        }
      </Answered>
    </Card>
  );
}
