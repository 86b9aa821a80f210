import { useId, type ComponentProps, type ReactNode } from "react";
import styles from "./Field.module.css";

interface Around {
  label: ReactNode;
  /** What helps to fill it in. */
  hint?: ReactNode;
  /** What is wrong with it. */
  fault?: ReactNode;
  /** The label is for those who do not see the page. */
  labelHidden?: boolean;
}

function Frame({ id, label, hint, fault, labelHidden, children }: Around & { id: string; children: ReactNode }) {
  return (
    <div className={styles["field"]}>
      <label htmlFor={id} className={labelHidden ? "sr-only" : styles["label"]}>{label}</label>
      {children}
      {fault ? <p id={`${id}-about`} className={styles["fault"]} role="alert">{fault}</p> : hint && <p id={`${id}-about`} className={styles["hint"]}>{hint}</p>}
    </div>
  );
}

const described = (id: string, { hint, fault }: Around) => ({
  id,
  "aria-describedby": hint || fault ? `${id}-about` : undefined,
  "aria-invalid": fault ? true : undefined,
});

/** A line of text with its label. */
export function TextField({ label, hint, fault, labelHidden, className, ...rest }: Around & ComponentProps<"input">) {
  const id = useId();
  const around = { label, hint, fault, labelHidden };
  return (
    <Frame id={id} {...around}>
      <input {...rest} {...described(id, around)} className={`${styles["control"]} ${className ?? ""}`} />
    </Frame>
  );
}

/** A choice from a list. The system's own control: it works everywhere and by keyboard. */
export function SelectField({ label, hint, fault, labelHidden, className, children, ...rest }: Around & ComponentProps<"select">) {
  const id = useId();
  const around = { label, hint, fault, labelHidden };
  return (
    <Frame id={id} {...around}>
      <select {...rest} {...described(id, around)} className={`${styles["control"]} ${className ?? ""}`}>{children}</select>
    </Frame>
  );
}

/** Several lines of text. */
export function AreaField({ label, hint, fault, labelHidden, className, ...rest }: Around & ComponentProps<"textarea">) {
  const id = useId();
  const around = { label, hint, fault, labelHidden };
  return (
    <Frame id={id} {...around}>
      <textarea {...rest} {...described(id, around)} className={`${styles["control"]} ${styles["area"]} ${className ?? ""}`} />
    </Frame>
  );
}

/** A box to tick. */
export function CheckField({ label, hint, ...rest }: { label: ReactNode; hint?: ReactNode } & ComponentProps<"input">) {
  const id = useId();
  return (
    <div className={styles["check"]}>
      <input {...rest} type="checkbox" id={id} aria-describedby={hint ? `${id}-about` : undefined} />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && <p id={`${id}-about`} className={styles["hint"]}>{hint}</p>}
      </div>
    </div>
  );
}

/** One of a few choices, all in sight. */
export function Segmented<T extends string>({ label, value, choices, choose }: { label: string; value: T; choices: readonly { value: T; label: ReactNode }[]; choose: (value: T) => void }) {
  const name = useId();
  return (
    <fieldset className={styles["segmented"]}>
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => choose(choice.value)} />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
