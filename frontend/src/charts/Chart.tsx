import { useEffect, useId, useRef, useState, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "@/preferences/preferences";
import type { ECharts, EChartsCoreOption } from "./engine";
import { TableTwin, type Twin } from "./TableTwin";
import { useChartTheme, type ChartTheme } from "./theme";
import styles from "./charts.module.css";

interface ChartProps {
  /** What the chart shows, in a sentence: its name for those who do not see it. */
  label: string;
  /** The same values as a table. */
  twin: Twin;
  option: (theme: ChartTheme) => EChartsCoreOption;
  height?: string;
  /** Called with the name of what was pressed. */
  pressed?: (name: string, index: number) => void;
}

/** A drawing with its name, and the same values as a table one press away. */
export function Chart({ label, twin, option, height = "20rem", pressed }: ChartProps) {
  const { t } = useTranslation();
  const theme = useChartTheme();
  const [asTable, setAsTable] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const drawn = useDrawing(place, option(theme), pressed, asTable);
  const id = useId();
  return (
    <figure className={styles["figure"]} aria-labelledby={id}>
      <figcaption id={id} className="sr-only">{label}</figcaption>
      {!asTable && (
        <div className={`${styles["canvas"]} chart-canvas`} style={{ height } as CSSProperties} role="img" aria-labelledby={id} tabIndex={0} ref={place} data-drawn={drawn || undefined} />
      )}
      {asTable && <TableTwin label={label} twin={twin} />}
      <button type="button" className={styles["toggle"]} data-screen-only aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {t(asTable ? "chart.asDrawing" : "chart.asTable")}
      </button>
    </figure>
  );
}

function useDrawing(
  place: React.RefObject<HTMLDivElement | null>,
  option: EChartsCoreOption,
  pressed: ChartProps["pressed"],
  asTable: boolean,
): boolean {
  const chart = useRef<ECharts | null>(null);
  const wanted = useRef(option);
  const press = useRef(pressed);
  const [drawn, setDrawn] = useState(false);
  const { language } = usePreferences();
  wanted.current = option;
  press.current = pressed;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let gone = false;
    const sizes = new ResizeObserver(() => chart.current?.resize());
    void import("./engine").then(({ init }) => {
      if (gone) return;
      chart.current = init(element, null, { renderer: "canvas", locale: "EN" });
      chart.current.setOption(wanted.current);
      chart.current.on("click", (event) => press.current?.(event.name, event.dataIndex ?? 0));
      sizes.observe(element);
      setDrawn(true);
    });
    return () => {
      gone = true;
      sizes.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [place, asTable, language]);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  });
  return drawn;
}
