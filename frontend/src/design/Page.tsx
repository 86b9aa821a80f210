import { useEffect, type ReactNode } from "react";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  /** A sentence or a figure under the title. */
  about?: ReactNode;
  /** Buttons and controls of the whole page. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: its title, also of the window, its actions, its content. */
export function Page({ title, about, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · finapp`;
  }, [title]);
  return (
    <div className={styles["page"]}>
      <header className={styles["header"]}>
        <div>
          <h1>{title}</h1>
          {about && <div className={styles["about"]}>{about}</div>}
        </div>
        {actions && <div className={styles["actions"]} data-screen-only>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
