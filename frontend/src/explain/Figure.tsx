import { lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./explain.module.css";

const FigureDrawer = lazy(() => import("./FigureDrawer"));

export interface Explained {
  /** The path that answers with the figure and its basis: `/api/v1/net-worth`. */
  source: string;
  /** The figure's name in that basis: `net_worth`. */
  name: string;
  title: string;
  /** The figure as it is written on the page. */
  shown: ReactNode;
}

/** A derived figure: a press opens how it came about, down to the rows. */
export function Figure({ children, className, ...explained }: Omit<Explained, "shown"> & { children: ReactNode; className?: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={`${styles["figure"]} ${className ?? ""}`} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {children}
        <span className="sr-only"> {t("explain.open", { title: explained.title })}</span>
      </button>
      {open && (
        <Suspense>
          <FigureDrawer {...explained} shown={children} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
