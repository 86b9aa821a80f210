import type { CSSProperties } from "react";
import styles from "./Meter.module.css";

interface MeterProps {
  /** From 0 to 1; more is shown as full. */
  share: number;
  label: string;
  tone?: "accent" | "bad" | "quiet";
}

/** How much of a whole: a bar with its name and value for screen readers. */
export function Meter({ share, label, tone = "accent" }: MeterProps) {
  const shown = Math.max(0, Math.min(1, share));
  return (
    <div className={styles["meter"]} data-tone={tone} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={1} aria-valuenow={shown}>
      <span style={{ width: `${shown * 100}%` } as CSSProperties} />
    </div>
  );
}

/** A score from 0 to 100 as a ring around its figure. */
export function Ring({ score, children }: { score: number; children: React.ReactNode }) {
  const around = 2 * Math.PI * 42;
  return (
    <div className={styles["ring"]}>
      <svg viewBox="0 0 100 100" aria-hidden>
        <circle cx="50" cy="50" r="42" className={styles["track"]} />
        <circle cx="50" cy="50" r="42" className={styles["filled"]} strokeDasharray={`${(score / 100) * around} ${around}`} transform="rotate(-90 50 50)" />
      </svg>
      <div>{children}</div>
    </div>
  );
}
