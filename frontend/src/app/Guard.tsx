/** Who may see what: pages for the signed-in, the welcome for the rest. */
import { Suspense, useSyncExternalStore, type ReactNode } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { session } from "@/api/session";
import styles from "./Guard.module.css";

export const useSession = () => useSyncExternalStore(session.subscribe, session.state);

/** What is in sight while the session is taken up again: the mark, quietly. */
export const Waiting = () => <div className={styles["waiting"]}><img src="/icon.svg" alt="" width="48" height="48" /></div>;

export function Guard({ children }: { children: ReactNode }) {
  const state = useSession();
  const { pathname, search } = useLocation();
  // While the session is taken up again the page builds itself; what it asks for waits for the session.
  if (state === "out") return <Navigate to={pathname === "/" ? "/welcome" : "/sign-in"} replace state={{ next: pathname + search }} />;
  return <Suspense fallback={<Waiting />}>{children}</Suspense>;
}

export function WelcomeOnly() {
  const state = useSession();
  const { state: from } = useLocation();
  if (state === "restoring") return <Waiting />;
  if (state === "in") return <Navigate to={(from as { next?: string } | null)?.next ?? "/"} replace />;
  return <Suspense fallback={<Waiting />}><Outlet /></Suspense>;
}
