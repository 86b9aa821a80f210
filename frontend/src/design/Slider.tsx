import { useId, type ReactNode } from "react";
import styles from "./Slider.module.css";

interface SliderProps {
  label: string;
  value: number;
  low: number;
  high: number;
  step: number;
  /** The value as it is written. */
  shown: ReactNode;
  /** The same as plain text, for screen readers. */
  spoken: string;
  move: (value: number) => void;
}

/** A value that is tried out: the system's own range control with its value beside it. */
export function Slider({ label, value, low, high, step, shown, spoken, move }: SliderProps) {
  const id = useId();
  return (
    <div className={styles["slider"]}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{shown}</output>
      <input id={id} type="range" min={low} max={high} step={step} value={value} aria-valuetext={spoken} onChange={(event) => move(Number(event.target.value))} />
    </div>
  );
}
