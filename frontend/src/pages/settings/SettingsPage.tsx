import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Route, Routes } from "react-router";
import { LogOut } from "lucide-react";
import { signOut } from "@/api/session";
import { Button } from "@/design/Button";
import { Page } from "@/design/Page";
import styles from "./settings.module.css";

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
      <nav className={styles["tabs"]} aria-label={t("title")}>
        {SECTIONS.map(({ path, name }) => (
          <NavLink key={name} to={`/settings${path && `/${path}`}`} end={path === ""}>{t(`section.${name}`)}</NavLink>
        ))}
      </nav>
      <Routes>
        {SECTIONS.map(({ path, name, Section }) => <Route key={name} path={path} element={<Section />} />)}
      </Routes>
    </Page>
  );
}
