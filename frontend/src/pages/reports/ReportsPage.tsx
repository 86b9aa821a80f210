import { useTranslation } from "react-i18next";
import { Navigate, Route, Routes } from "react-router";
import { Page } from "@/design/Page";
import { Tabs } from "@/design/Tabs";
import { Emergency } from "./Emergency";
import { Forecast } from "./Forecast";
import { Loans } from "./Loans";
import { Recurring } from "./Recurring";
import { Sweep } from "./Sweep";

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
      <Tabs label={t("title")} tabs={REPORTS.map(({ path, name }) => ({ to: `/reports/${path}`, name: t(`tab.${name}`) }))} />
      <Routes>
        {REPORTS.map(({ path, Report }) => <Route key={path} path={path} element={<Report />} />)}
        <Route path="*" element={<Navigate to="/reports/recurring" replace />} />
      </Routes>
    </Page>
  );
}
