import { useEffect, type ReactNode } from "react";
import styles from "./welcome.module.css";

/** The quiet frame of the pages before sign-in. */
export function WelcomeFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · finapp`;
  }, [title]);
  return (
    <main className={styles["frame"]}>
      <div className={styles["mark"]}>
        <img src="/icon.svg" alt="" width="32" height="32" />
        <span>finapp</span>
      </div>
      {children}
    </main>
  );
}
