/** Axes, tooltips and grids as every chart of the page has them. */
import type { ChartTheme } from "./theme";

/** Digits of an axis: short, in the person's own words for large numbers. */
export type Short = (value: number) => string;

export const common = (theme: ChartTheme) => ({
  animation: false,
  aria: { enabled: false },
  textStyle: { fontFamily: theme.font, color: theme.ink },
});

export const tooltip = (theme: ChartTheme, trigger: "axis" | "item") => ({
  trigger,
  confine: true,
  backgroundColor: theme.raised,
  borderColor: theme.line,
  padding: [8, 12],
  textStyle: { color: theme.ink, fontSize: 13, fontFamily: theme.font },
  axisPointer: { type: "line" as const, lineStyle: { color: theme.axis, width: 1 } },
});

export const grid = { left: 4, right: 12, top: 30, bottom: 4, outerBoundsMode: "same" as const, outerBoundsContain: "axisLabel" as const };

export const categories = (theme: ChartTheme, data: readonly string[], boundary = true) => ({
  type: "category" as const,
  data: [...data],
  boundaryGap: boundary,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: theme.grid } },
  axisLabel: { color: theme.axis, fontSize: 12, hideOverlap: true },
});

/** A value axis with its unit above it. `fromZero` for whatever is drawn as an area or a bar. */
export const values = (theme: ChartTheme, unit: string, short: Short, fromZero = true) => ({
  type: "value" as const,
  name: unit,
  nameGap: 12,
  nameTextStyle: { color: theme.axis, fontSize: 12, align: "left" as const },
  scale: !fromZero,
  splitNumber: 4,
  splitLine: { lineStyle: { color: theme.grid } },
  axisLabel: { color: theme.axis, fontSize: 12, formatter: short },
});

/** A line of a tooltip: a dot of the series' colour, its name, its value. Names come from the household: escaped. */
export function tipLine(colour: string, name: string, value: string): string {
  const dot = `<span style="display:inline-block;width:8px;height:8px;border-radius:4px;background:${colour};margin-right:8px"></span>`;
  return `<div style="display:flex;justify-content:space-between;gap:24px"><span>${dot}${escaped(name)}</span><b>${escaped(value)}</b></div>`;
}

export const tipTitle = (text: string): string => `<div style="margin-bottom:4px">${escaped(text)}</div>`;

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
