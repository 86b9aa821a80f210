import { useFormat } from "@/preferences/format";
import { Chart } from "./Chart";
import { common, tipLine, tooltip } from "./looks";
import { useChartTheme } from "./theme";

export interface Leaf {
  name: string;
  value: number;
  children?: readonly Leaf[];
}

/** Parts of a whole as areas: what is larger costs more. Only positive values can be areas; the table has all. */
export function Treemap({ label, heading, amount, leaves, currency }: { label: string; heading: string; amount: string; leaves: readonly Leaf[]; currency: string }) {
  const format = useFormat();
  const theme = useChartTheme();
  const money = (value: number) => format.money(value.toFixed(2), currency, { whole: true });
  const rows = leaves.flatMap((leaf) => [[leaf.name, money(leaf.value)], ...(leaf.children ?? []).map((child) => [`${leaf.name} · ${child.name}`, money(child.value)])]);
  const data = leaves
    .filter((leaf) => leaf.value > 0)
    .map((leaf, index) => ({
      name: leaf.name,
      value: leaf.value,
      itemStyle: { color: theme.series[index % theme.series.length] },
      children: (leaf.children ?? []).filter((child) => child.value > 0).map((child) => ({ name: child.name, value: child.value, itemStyle: { color: theme.series[index % theme.series.length] } })),
    }));
  return (
    <Chart
      label={label}
      twin={{ columns: [heading, amount], rows }}
      height="24rem"
      option={(colours) => ({
        ...common(colours),
        tooltip: {
          ...tooltip(colours, "item"),
          formatter: (point: { name: string; value: number; color: string }) => tipLine(point.color, point.name, money(point.value)),
        },
        series: [
          {
            type: "treemap",
            data,
            roam: false,
            nodeClick: false,
            breadcrumb: { show: false },
            width: "100%",
            height: "100%",
            left: 0,
            top: 0,
            label: { color: colours.surface, fontSize: 12, overflow: "truncate", position: "insideTopLeft" },
            upperLabel: { show: false },
            levels: [{ itemStyle: { gapWidth: 4, borderWidth: 0 } }, { itemStyle: { gapWidth: 1, borderColor: colours.surface, borderWidth: 1 } }],
          },
        ],
      })}
    />
  );
}
