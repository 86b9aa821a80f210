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
import { Table, type Column } from "@/design/Table";
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

interface Line {
  node: Node;
  depth: number;
}

function TreeTable({ nodes, currency, period }: { nodes: Node[]; currency: string; period: Period }) {
  const { t } = useTranslation("spending");
  const format = useFormat();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => setOpen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const largest = Math.max(...nodes.map((node) => Number(node.amount)), 1);
  const lines = nodes.flatMap((node): Line[] => [{ node, depth: 0 }, ...(open.has(node.id) ? node.children.map((child) => ({ node: child, depth: 1 })) : [])]);
  const columns: readonly Column<Line>[] = [
    { title: t("categories.category"), cell: ({ node, depth }) => depth === 0 && node.children.length > 0 ? <button type="button" className={styles["opener"]} aria-expanded={open.has(node.id)} onClick={() => toggle(node.id)}>{node.name}</button> : <span className={styles["leaf"]} data-depth={depth}>{node.name}</span> },
    { title: t("figure.amount"), lead: true, cell: ({ node }) => <Link to={`/transactions?category_id=${node.id}&from=${period.from}&to=${period.to}`} className={styles["rows"]}><Money amount={node.amount} currency={currency} whole /></Link> },
    { title: <span className="sr-only">{t("categories.share")}</span>, spare: true, className: styles["bar"], cell: ({ node }) => <Meter share={Number(node.amount) / largest} label={t("categories.shareOf", { name: node.name })} /> },
    { title: t("categories.median"), quiet: true, cell: ({ node }) => <Money amount={node.median} currency={currency} whole /> },
    { title: t("categories.before"), quiet: true, cell: ({ node }) => (Number(node.previous ?? 0) > 0 ? format.percent(Number(node.amount) / Number(node.previous) - 1, 0, "always") : "–") },
  ];
  return <Table label={t("categories.label")} columns={columns} items={lines} rowKey={({ node }) => node.id} />;
}
