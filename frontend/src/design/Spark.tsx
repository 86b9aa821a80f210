import styles from "./Spark.module.css";

/** A line without axes beside a figure that says it in words; hidden from screen readers for that reason. */
export function Spark({ values, height = 56 }: { values: readonly (number | null)[]; height?: number }) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [`${((index / (values.length - 1)) * 100).toFixed(2)},${(36 - ((value - low) / span) * 32).toFixed(2)}`],
  );
  return (
    <svg className={styles["spark"]} viewBox="0 0 100 40" preserveAspectRatio="none" style={{ height }} aria-hidden>
      <polygon points={`0,40 ${points.join(" ")} 100,40`} className={styles["area"]} />
      <polyline points={points.join(" ")} className={styles["line"]} />
    </svg>
  );
}
