import type { ReactNode } from "react";
import styles from "./Card.module.css";

interface CardProps {
  title?: ReactNode;
  /** Beside the title: a link, a menu, a control. */
  aside?: ReactNode;
  /** No padding around the content, for lists and tables. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A surface with a heading of its own. */
export function Card({ title, aside, flush, className, children }: CardProps) {
  return (
    <section className={`${styles["card"]} ${className ?? ""}`}>
      {(title || aside) && (
        <header className={styles["header"]}>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      <div className={flush ? undefined : styles["body"]}>{children}</div>
    </section>
  );
}
