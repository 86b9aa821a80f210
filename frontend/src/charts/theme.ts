/** The colours of charts, read from the design's tokens, and the looks that all charts share. */
import { useSyncExternalStore } from "react";

export interface ChartTheme {
  series: string[];
  ink: string;
  quiet: string;
  axis: string;
  grid: string;
  surface: string;
  raised: string;
  line: string;
  accent: string;
  soft: string;
  good: string;
  bad: string;
  font: string;
}

function read(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    series: Array.from({ length: 8 }, (_, index) => token(`chart-${index + 1}`)),
    ink: token("ink"),
    quiet: token("ink-2"),
    axis: token("chart-axis"),
    grid: token("chart-grid"),
    surface: token("surface"),
    raised: token("raised"),
    line: token("line"),
    accent: token("accent"),
    soft: token("sunken"),
    good: token("good"),
    bad: token("bad"),
    font: token("font"),
  };
}

let current: ChartTheme | null = null;

function subscribe(tell: () => void): () => void {
  const changed = () => {
    current = null;
    tell();
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}

export const useChartTheme = (): ChartTheme => useSyncExternalStore(subscribe, () => (current ??= read()));


/** A colour of the tokens that lets some of its ground through, for bands and areas. */
export function alpha(colour: string, share: number): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  return hex ? `#${hex}${Math.round(share * 255).toString(16).padStart(2, "0")}` : colour;
}
