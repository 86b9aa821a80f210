import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { Route, Routes } from "react-router";
import { LogOut } from "lucide-react";
import { signOut } from "@/api/session";
import { Button } from "@/design/Button";
import { Page } from "@/design/Page";
import { Tabs } from "@/design/Tabs";

const SECTIONS = [
  { path: "", name: "look", Section: lazy(() => import("./Look")) },
  { path: "accounts", name: "accounts", Section: lazy(() => import("./Accounts")) },
  { path: "categories", name: "categories", Section: lazy(() => import("./Categories")) },
  { path: "rules", name: "rules", Section: lazy(() => import("./Rules")) },
  { path: "security", name: "security", Section: lazy(() => import("./Security")) },
  { path: "household", name: "household", Section: lazy(() => import("./HouseholdData")) },
] as const;

export default function SettingsPage() {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <Page title={t("title")} actions={<Button icon={<LogOut />} onClick={() => void signOut()}>{t("common:action.signOut")}</Button>}>
      <Tabs label={t("title")} tabs={SECTIONS.map(({ path, name }) => ({ to: `/settings${path && `/${path}`}`, name: t(`section.${name}`), end: path === "" }))} />
      <Routes>
        {SECTIONS.map(({ path, name, Section }) => <Route key={name} path={path} element={<Section />} />)}
      </Routes>
    </Page>
  );
}
