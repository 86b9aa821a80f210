import styles from "./charts.module.css";

export interface LegendItem {
  name: string;
  colour: string;
  /** How the series is drawn, so that colour is not the only sign. */
  mark?: "line" | "dashed" | "bar" | "band";
}

/** What the colours and strokes of a chart mean. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className={styles["legend"]}>
      {items.map((item) => (
        <li key={item.name}>
          <svg viewBox="0 0 18 12" aria-hidden>
            {item.mark === "bar" || item.mark === "band" ? (
              <rect x="0" y="1" width="18" height="10" rx="2" fill={item.colour} opacity={item.mark === "band" ? 0.3 : 1} />
            ) : (
              <line x1="0" x2="18" y1="6" y2="6" stroke={item.colour} strokeWidth="3" strokeDasharray={item.mark === "dashed" ? "5 3" : undefined} />
            )}
          </svg>
          {item.name}
        </li>
      ))}
    </ul>
  );
}
