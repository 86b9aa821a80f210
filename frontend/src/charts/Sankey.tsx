import { useFormat } from "@/preferences/format";
import { Chart } from "./Chart";
import { common, tipLine, tooltip } from "./looks";
import { alpha, useChartTheme } from "./theme";
import { useWide } from "./useWide";

interface SankeyProps {
  label: string;
  /** Headings of the table: from, to, amount. */
  headings: readonly [string, string, string];
  nodes: readonly { id: string; name: string }[];
  links: readonly { source: string; target: string; amount: string }[];
  currency: string;
  /** The node that everything passes. */
  middle: string;
}

/** Where money comes from and where it goes, as streams whose width is the amount. */
export function Sankey({ label, headings, nodes, links, currency, middle }: SankeyProps) {
  const format = useFormat();
  const theme = useChartTheme();
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  const money = (value: number | string) => format.money(typeof value === "number" ? value.toFixed(2) : value, currency, { whole: true });
  const wide = useWide();
  // What the names of the last column need.
  const room = wide ? 170 : 112;
  // Streams too thin to see, and on a phone all but the first of them, would only cover each other's names.
  const largest = Math.max(...links.map((link) => Number(link.amount)), 1);
  const drawn = links.filter((link) => Number(link.amount) > largest * 0.004 && (wide || link.source === middle || link.target === middle));
  const used = new Set(drawn.flatMap((link) => [link.source, link.target]));
  const places = nodes.filter((node) => used.has(node.id));
  return (
    <Chart
      label={label}
      twin={{ columns: headings, rows: links.map((link) => [names.get(link.source) ?? link.source, names.get(link.target) ?? link.target, money(link.amount)]) }}
      height={wide ? "34rem" : "30rem"}
      option={(colours) => ({
        ...common(colours),
        tooltip: {
          ...tooltip(colours, "item"),
          formatter: (point: { dataType: string; name: string; value: number; color: string; data: { source?: string; target?: string } }) =>
            point.dataType === "edge"
              ? tipLine(colours.accent, `${names.get(point.data.source ?? "") ?? ""} → ${names.get(point.data.target ?? "") ?? ""}`, money(point.value))
              : tipLine(point.color, names.get(point.name) ?? point.name, money(point.value)),
        },
        series: [
          {
            type: "sankey",
            left: 4,
            right: room,
            top: 8,
            bottom: 8,
            nodeWidth: 12,
            nodeGap: 16,
            draggable: false,
            emphasis: { focus: "adjacency" },
            data: places.map((node, index) => ({ name: node.id, itemStyle: { color: theme.series[index % theme.series.length] } })),
            links: drawn.map((link) => ({ source: link.source, target: link.target, value: Number(link.amount) })),
            lineStyle: { color: "gradient", opacity: 0.28, curveness: 0.5 },
            // Names lie over the streams that leave their node.
            label: { color: colours.ink, fontSize: 12, backgroundColor: alpha(colours.surface, 0.72), padding: [1, 4], borderRadius: 3, formatter: (node: { name: string }) => cut(names.get(node.name) ?? node.name, wide ? 26 : 17) },
          },
        ],
      })}
    />
  );
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
