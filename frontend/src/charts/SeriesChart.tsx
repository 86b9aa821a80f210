import { useFormat } from "@/preferences/format";
import { Chart } from "./Chart";
import { Legend, type LegendItem } from "./Legend";
import { categories, common, grid, tipLine, tipTitle, tooltip, values } from "./looks";
import { alpha, useChartTheme, type ChartTheme } from "./theme";

export interface Series {
  name: string;
  /** One value for each place of the axis; null where there is none. */
  values: readonly (number | null)[];
  kind?: "line" | "dashed" | "area" | "bar";
  /** Bars and areas of one stack stand on each other. */
  stack?: string;
  /** Which colour of the tokens, from 0; the series' own place when left out. */
  colour?: number;
}

interface SeriesChartProps {
  label: string;
  /** The places of the axis, as they are written. */
  places: readonly string[];
  /** The heading of the places in the table. */
  heading: string;
  series: readonly Series[];
  /** The currency of the values; without one they are plain numbers, or shares. */
  currency?: string;
  share?: boolean;
  /** The unit above the axis, where it is no currency. */
  unit?: string;
  /** A band between a low and a high, drawn behind the series. */
  band?: { name: string; low: readonly (number | null)[]; high: readonly (number | null)[]; colour?: number };
  height?: string;
  /** A line across: what a value is held against. */
  mark?: { name: string; value: number };
  pressed?: (place: number) => void;
}

/** Lines, areas and bars over time or over categories, with axis, unit, legend and table twin. */
export function SeriesChart(props: SeriesChartProps) {
  const theme = useChartTheme();
  const format = useFormat();
  const { label, places, heading, series, currency, share, band } = props;
  const written = (value: number | null) =>
    value === null ? "–" : currency ? format.money(value.toFixed(2), currency, { whole: true }) : share ? format.percent(value) : format.number(value, 1);
  const legend: LegendItem[] = series.map((item, index) => ({
    name: item.name,
    colour: colourOf(theme, item, index),
    mark: item.kind === "bar" ? "bar" : item.kind === "dashed" ? "dashed" : "line",
  }));
  if (band) legend.push({ name: band.name, colour: theme.series[band.colour ?? 0] ?? theme.accent, mark: "band" });
  const columns = [heading, ...series.map((item) => item.name), ...(band ? [`${band.name} ↓`, `${band.name} ↑`] : [])];
  const rows = places.map((place, at) => [
    place,
    ...series.map((item) => written(item.values[at] ?? null)),
    ...(band ? [written(band.low[at] ?? null), written(band.high[at] ?? null)] : []),
  ]);
  return (
    <>
      {legend.length > 1 && <Legend items={legend} />}
      <Chart
        label={label}
        twin={{ columns, rows }}
        height={props.height}
        pressed={(_, index) => props.pressed?.(index)}
        option={(colours) => drawing(colours, props, written, (value) => (currency ? format.money(value, currency, { compact: true }) : share ? format.percent(value, 0) : format.number(value, 1)))}
      />
    </>
  );
}

const colourOf = (theme: ChartTheme, item: Series, index: number) => theme.series[(item.colour ?? index) % theme.series.length] ?? theme.accent;

function drawing(theme: ChartTheme, props: SeriesChartProps, written: (value: number | null) => string, short: (value: number) => string) {
  const { places, series, band, mark } = props;
  const fromZero = series.some((item) => item.kind === "bar" || item.kind === "area") || Boolean(band);
  const bars = series.some((item) => item.kind === "bar");
  const isBare = places.length > 0 && places.every((place) => /^\d+$/.test(place));
  return {
    ...common(theme),
    grid: isBare ? { ...grid, bottom: 24 } : grid,
    // Bare numbers say what they count; months and days speak for themselves.
    xAxis: { ...categories(theme, places, bars), ...(isBare ? { name: props.heading, nameLocation: "middle" as const, nameGap: 28, nameTextStyle: { color: theme.axis, fontSize: 12 } } : {}) },
    yAxis: values(theme, props.unit ?? props.currency ?? "", short, fromZero),
    tooltip: {
      ...tooltip(theme, "axis"),
      formatter: (points: { dataIndex: number }[]) => {
        const at = points[0]?.dataIndex ?? 0;
        const lines = series.map((item, index) => tipLine(colourOf(theme, item, index), item.name, written(item.values[at] ?? null)));
        if (band) lines.push(tipLine(theme.series[band.colour ?? 0] ?? theme.accent, band.name, `${written(band.low[at] ?? null)} – ${written(band.high[at] ?? null)}`));
        return tipTitle(places[at] ?? "") + lines.join("");
      },
    },
    series: [
      ...(band ? bandSeries(theme, band) : []),
      ...series.map((item, index) => {
        const colour = colourOf(theme, item, index);
        const marked = mark && index === 0 ? { markLine: markLine(theme, mark) } : {};
        if (item.kind === "bar") {
          return { type: "bar" as const, name: item.name, data: [...item.values], stack: item.stack, barMaxWidth: 28, itemStyle: { color: colour, borderRadius: item.stack ? 0 : [3, 3, 0, 0] }, ...marked };
        }
        return {
          type: "line" as const,
          name: item.name,
          data: [...item.values],
          stack: item.stack,
          showSymbol: places.length < 2,
          lineStyle: { color: colour, width: 2.25, type: item.kind === "dashed" ? ("dashed" as const) : ("solid" as const) },
          itemStyle: { color: colour },
          ...(item.kind === "area" ? { areaStyle: { color: alpha(colour, 0.16) } } : {}),
          ...marked,
        };
      }),
    ],
  };
}

/** A band is drawn as an invisible low with the difference standing on it. */
function bandSeries(theme: ChartTheme, band: NonNullable<SeriesChartProps["band"]>) {
  const quiet = { type: "line" as const, symbol: "none", silent: true, lineStyle: { opacity: 0 }, stackStrategy: "all" as const };
  const colour = theme.series[band.colour ?? 0] ?? theme.accent;
  const width = band.high.map((high, at) => (high === null || band.low[at] == null ? null : high - (band.low[at] ?? 0)));
  return [
    { ...quiet, name: "low", data: [...band.low], stack: `band-${band.name}` },
    { ...quiet, name: "high", data: width, stack: `band-${band.name}`, areaStyle: { color: alpha(colour, 0.2) } },
  ];
}

const markLine = (theme: ChartTheme, mark: { name: string; value: number }) => ({
  silent: true,
  symbol: "none",
  label: { formatter: mark.name, color: theme.quiet, position: "insideEndTop" as const },
  lineStyle: { color: theme.axis, type: "dashed" as const },
  data: [{ yAxis: mark.value }],
});
