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
  // A token says both its light and its dark colour; an element that wears it says the one in force.
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.transitionProperty = "none";
  const style = getComputedStyle(probe);
  const token = (name: string) => {
    probe.style.color = `var(--${name})`;
    return style.color;
  };
  const found = {
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
    font: style.fontFamily,
  };
  probe.remove();
  return found;
}

let current: ChartTheme | null = null;

function subscribe(tell: () => void): () => void {
  const changed = () => {
    current = null;
    tell();
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  // Paper is light whatever the screen is.
  const media = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("print")];
  for (const one of media) one.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    for (const one of media) one.removeEventListener("change", changed);
  };
}

export const useChartTheme = (): ChartTheme => useSyncExternalStore(subscribe, () => (current ??= read()));


/** A colour of the tokens that lets some of its ground through, for bands and areas. */
export function alpha(colour: string, share: number): string {
  const parts = /^rgb\((.+)\)$/.exec(colour)?.[1];
  return parts ? `rgba(${parts}, ${share})` : colour;
}
