import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAnswer, type Answer } from "@/api/questions";
import { Treemap } from "@/charts/Treemap";
import { Card } from "@/design/Card";
import { Segmented } from "@/design/Field";
import { Meter } from "@/design/Meter";
import { Money } from "@/design/Money";
import type { Period } from "@/design/period";
import { Answered, Empty, SkeletonLines } from "@/design/states";
import { useFormat } from "@/preferences/format";
import styles from "./spending.module.css";

type Tree = Answer<"/api/v1/analytics/categories">;
type Node = Tree["items"][number];

/** Where the money went: as a tree with the period before and the median month, or as areas. */
export function Categories({ period }: { period: Period }) {
  const { t } = useTranslation("spending");
  const [as, setAs] = useState<"tree" | "areas">("tree");
  const asked = useAnswer("/api/v1/analytics/categories", { params: { query: period } });
  const choices = (["tree", "areas"] as const).map((value) => ({ value, label: t(`categories.${value}`) }));
  return (
    <Card title={t("categories.title")} aside={<Segmented label={t("categories.view")} value={as} choices={choices} choose={setAs} />} className={styles["wide"]}>
      <Answered of={asked} loading={<SkeletonLines count={6} />}>
        {(tree) => {
          const spent = tree.items.filter((node) => node.kind === "expense" || node.kind === "debt");
          if (spent.length === 0) return <Empty title={t("empty")} />;
          return as === "areas" ? <Areas nodes={spent} currency={tree.currency} /> : <TreeTable nodes={spent} currency={tree.currency} period={period} />;
        }}
      </Answered>
    </Card>
  );
}

function Areas({ nodes, currency }: { nodes: Node[]; currency: string }) {
  const { t } = useTranslation("spending");
  const leaves = nodes.map((node) => ({ name: node.name, value: Number(node.amount), children: node.children.map((child) => ({ name: child.name, value: Number(child.amount) })) }));
  return <Treemap label={t("categories.label")} heading={t("categories.category")} amount={t("figure.amount")} leaves={leaves} currency={currency} />;
}

function TreeTable({ nodes, currency, period }: { nodes: Node[]; currency: string; period: Period }) {
  const { t } = useTranslation("spending");
  const largest = Math.max(...nodes.map((node) => Number(node.amount)), 1);
  return (
    <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("categories.label")}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("categories.category")}</th>
            <th scope="col" className="num">{t("figure.amount")}</th>
            <th scope="col" className={styles["bar"]}><span className="sr-only">{t("categories.share")}</span></th>
            <th scope="col" className="num">{t("categories.median")}</th>
            <th scope="col" className="num">{t("categories.before")}</th>
          </tr>
        </thead>
        <tbody>{nodes.map((node) => <Branch key={node.id} node={node} depth={0} largest={largest} currency={currency} period={period} />)}</tbody>
      </table>
    </div>
  );
}

interface BranchProps {
  node: Node;
  depth: number;
  largest: number;
  currency: string;
  period: Period;
}

function Branch({ node, depth, largest, currency, period }: BranchProps) {
  const { t } = useTranslation("spending");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const rows = `/transactions?category_id=${node.id}&from=${period.from}&to=${period.to}`;
  const change = node.previous !== null && Number(node.previous) > 0 ? Number(node.amount) / Number(node.previous) - 1 : null;
  return (
    <>
      <tr>
        <th scope="row" data-depth={depth}>
          {node.children.length > 0 && depth === 0 ? (
            <button type="button" className={styles["opener"]} aria-expanded={open} onClick={() => setOpen(!open)}>{node.name}</button>
          ) : (
            <span>{node.name}</span>
          )}
        </th>
        <td className="num"><Link to={rows} className={styles["rows"]}><Money amount={node.amount} currency={currency} whole /></Link></td>
        <td className={styles["bar"]}><Meter share={Number(node.amount) / largest} label={t("categories.shareOf", { name: node.name })} /></td>
        <td className="num muted"><Money amount={node.median} currency={currency} whole /></td>
        <td className="num muted">{change === null ? "–" : format.percent(change, 0, "always")}</td>
      </tr>
      {open && node.children.map((child) => <Branch key={child.id} node={child} depth={depth + 1} largest={largest} currency={currency} period={period} />)}
    </>
  );
}
