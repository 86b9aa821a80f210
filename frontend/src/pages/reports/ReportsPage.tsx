import { useTranslation } from "react-i18next";
import { Navigate, NavLink, Route, Routes } from "react-router";
import { Page } from "@/design/Page";
import { Emergency } from "./Emergency";
import { Forecast } from "./Forecast";
import { Loans } from "./Loans";
import { Recurring } from "./Recurring";
import { Sweep } from "./Sweep";
import styles from "./reports.module.css";

const REPORTS = [
  { path: "recurring", name: "recurring", Report: Recurring },
  { path: "cash-forecast", name: "forecast", Report: Forecast },
  { path: "loan-prepayment", name: "loans", Report: Loans },
  { path: "salary-sweep", name: "sweep", Report: Sweep },
  { path: "emergency-fund", name: "emergency", Report: Emergency },
] as const;

export default function ReportsPage() {
  const { t } = useTranslation("reports");
  return (
    <Page title={t("title")}>
      <nav className={styles["tabs"]} aria-label={t("title")} data-screen-only>
        {REPORTS.map(({ path, name }) => <NavLink key={path} to={`/reports/${path}`}>{t(`tab.${name}`)}</NavLink>)}
      </nav>
      <Routes>
        {REPORTS.map(({ path, Report }) => <Route key={path} path={path} element={<Report />} />)}
        <Route path="*" element={<Navigate to="/reports/recurring" replace />} />
      </Routes>
    </Page>
  );
}
