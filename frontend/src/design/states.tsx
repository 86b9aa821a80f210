/** What stands where content is not there yet, is not there at all, or failed. */
import { CloudOff, RotateCw, TriangleAlert } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isOffline, Problem } from "@/api/problem";
import { Button } from "./Button";
import styles from "./states.module.css";

/** A grey place of the size of what will come. */
export function Skeleton({ height = "1rem", width = "100%" }: { height?: string; width?: string }) {
  return <span className={styles["skeleton"]} style={{ height, width } as CSSProperties} aria-hidden />;
}

/** Several lines of a list that loads. */
export function SkeletonLines({ count = 4, height = "2.5rem" }: { count?: number; height?: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles["lines"]} role="status">
      <span className="sr-only">{t("state.loading")}</span>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  );
}

/** Nothing here, why, and what to do about it. */
export function Empty({ icon, title, children, action }: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles["empty"]}>
      {icon && <div className={styles["emblem"]} aria-hidden>{icon}</div>}
      <p className={styles["title"]}>{title}</p>
      {children && <div className={styles["text"]}>{children}</div>}
      {action && <div className={styles["action"]}>{action}</div>}
    </div>
  );
}

/** What went wrong, in words, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const offline = isOffline(error);
  const detail = error instanceof Problem ? error.detail || error.title : "";
  return (
    <div className={styles["empty"]} role="alert">
      <div className={styles["emblem"]} aria-hidden>{offline ? <CloudOff /> : <TriangleAlert />}</div>
      <p className={styles["title"]}>{t(offline ? "state.offline" : "state.failed")}</p>
      <div className={styles["text"]}>{offline ? t("state.offlineHint") : detail}</div>
      {retry && (
        <div className={styles["action"]}>
          <Button size="sm" icon={<RotateCw />} onClick={retry}>{t("action.retry")}</Button>
        </div>
      )}
    </div>
  );
}

/** A line in a form that says what is wrong. */
export function Fault({ children }: { children: ReactNode }) {
  return children ? <p className={styles["fault"]} role="alert">{children}</p> : null;
}

interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  isPending: boolean;
  refetch: () => unknown;
}

/** The usual three states of something asked of the server: loading, failed, there. */
export function Answered<T>({ of, loading, children }: { of: Asked<T>; loading?: ReactNode; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Failure error={of.error} retry={() => void of.refetch()} />;
  return loading ?? <SkeletonLines />;
}
