/** The pages of the product, in the order of the sidebar. A page is added here and nowhere else. */
import { ArrowLeftRight, ChartPie, FileText, Flame, House, Landmark, Settings, Upload, type LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import { queries, question } from "@/api/questions";

export interface PageEntry {
  /** The key of its name under `nav` in the common texts. */
  name: "home" | "transactions" | "imports" | "spending" | "wealth" | "independence" | "reports" | "settings";
  path: string;
  icon: LucideIcon;
  /** The second key of the shortcut that begins with g. */
  key: string;
  /** Whether the bottom bar of a phone has it; the others are under More. */
  onPhone?: boolean;
  load: () => Promise<{ default: ComponentType }>;
  /** Asks for what the page shows first, ahead of its code. */
  ask?: () => void;
}

export const PAGES: readonly PageEntry[] = [
  { name: "home", path: "/", icon: House, key: "h", onPhone: true, load: () => import("@/pages/home/HomePage"), ask: () => void queries.prefetchQuery(question("/api/v1/dashboard")) },
  { name: "transactions", path: "/transactions", icon: ArrowLeftRight, key: "t", onPhone: true, load: () => import("@/pages/transactions/TransactionsPage") },
  { name: "imports", path: "/imports", icon: Upload, key: "i", onPhone: true, load: () => import("@/pages/imports/ImportsPage") },
  { name: "spending", path: "/spending", icon: ChartPie, key: "s", onPhone: true, load: () => import("@/pages/spending/SpendingPage") },
  { name: "wealth", path: "/wealth", icon: Landmark, key: "w", load: () => import("@/pages/wealth/WealthPage") },
  { name: "independence", path: "/independence", icon: Flame, key: "f", load: () => import("@/pages/independence/IndependencePage") },
  { name: "reports", path: "/reports/*", icon: FileText, key: "r", load: () => import("@/pages/reports/ReportsPage") },
  { name: "settings", path: "/settings/*", icon: Settings, key: ",", load: () => import("@/pages/settings/SettingsPage") },
];

/** The address of a page's front. */
export const address = (page: PageEntry): string => page.path.replace("/*", "");
