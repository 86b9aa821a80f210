import { useFormat } from "@/preferences/format";
import { Chart } from "./Chart";
import { common, tipLine, tipTitle, tooltip } from "./looks";
import { alpha } from "./theme";
import { useWide } from "./useWide";

interface CalendarHeatProps {
  label: string;
  headings: readonly [string, string];
  first: string;
  last: string;
  days: readonly { date: string; amount: string }[];
  currency: string;
  pressed?: (date: string) => void;
}

/** A year of days; the darker a day, the more it cost. */
export function CalendarHeat({ label, headings, first, last, days, currency, pressed }: CalendarHeatProps) {
  const format = useFormat();
  const wide = useWide();
  // A phone has room for a quarter of a year.
  const start = wide ? first : laterOf(first, new Date(Date.parse(last) - 100 * 86_400_000).toISOString().slice(0, 10));
  const money = (amount: string) => format.money(amount, currency, { whole: true });
  const written = new Map(days.map((day) => [day.date, day.amount]));
  // A few large days would leave the rest pale: the scale ends where a tenth of the days lie above it.
  const sorted = days.map((day) => Number(day.amount)).filter((amount) => amount > 0).sort((a, b) => a - b);
  const top = sorted[Math.floor(sorted.length * 0.9)] ?? 1;
  return (
    <Chart
      label={label}
      twin={{ columns: headings, rows: days.map((day) => [format.day(day.date), money(day.amount)]) }}
      height="11.5rem"
      pressed={(_, index) => days[index] && pressed?.(days[index].date)}
      option={(theme) => ({
        ...common(theme),
        tooltip: {
          ...tooltip(theme, "item"),
          formatter: (point: { data: [string, number] }) => tipTitle(format.weekday(point.data[0])) + tipLine(theme.accent, headings[1], money(written.get(point.data[0]) ?? "0")),
        },
        visualMap: { show: false, min: 0, max: top, inRange: { color: [alpha(theme.accent, 0.08), alpha(theme.accent, 0.45), theme.accent] } },
        calendar: {
          range: [start, last],
          left: 34,
          right: 4,
          top: 24,
          bottom: 4,
          cellSize: ["auto", "auto"],
          splitLine: { show: false },
          itemStyle: { color: theme.soft, borderColor: theme.surface, borderWidth: 2 },
          yearLabel: { show: false },
          monthLabel: { color: theme.axis, fontSize: 12, nameMap: monthNames(format) },
          dayLabel: { color: theme.axis, fontSize: 11, firstDay: 1, nameMap: dayNames(format) },
        },
        series: [{ type: "heatmap", coordinateSystem: "calendar", data: days.map((day) => [day.date, Math.max(0, Number(day.amount))]) }],
      })}
    />
  );
}

const laterOf = (one: string, other: string): string => (one > other ? one : other);

type Formats = ReturnType<typeof useFormat>;

const monthNames = (format: Formats) => Array.from({ length: 12 }, (_, index) => format.dayShort(`2026-${String(index + 1).padStart(2, "0")}-15`).replace(/[\d.\s]+/g, ""));

// 2026-03-01 was a Sunday, the day the chart library begins a week with.
const dayNames = (format: Formats) => Array.from({ length: 7 }, (_, index) => (index % 2 ? format.weekday(`2026-03-0${index + 1}`).slice(0, 2) : ""));
