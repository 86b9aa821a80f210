/** The frame around every page: sidebar on a wide screen, bottom bar on a phone. */
import { Ellipsis, Eye, EyeOff, Search } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";
import { IconButton } from "@/design/Button";
import { SkeletonLines } from "@/design/states";
import { Drawer } from "@/design/Overlay";
import { prefer, usePreferences } from "@/preferences/preferences";
import { DemoBar } from "./DemoBar";
import { address, PAGES, type PageEntry } from "./navigation";
import { OfflineBar } from "./OfflineBar";
import styles from "./Shell.module.css";
import { useShortcuts } from "./shortcuts";

const Palette = lazy(() => import("./Palette"));
const Shortcuts = lazy(() => import("./ShortcutList"));

function Entry({ page, onClick }: { page: PageEntry; onClick?: () => void }) {
  const { t } = useTranslation();
  const Icon = page.icon;
  return (
    <NavLink to={address(page)} end={page.path === "/"} className={styles["entry"]} onClick={onClick}>
      <Icon aria-hidden />
      <span>{t(`nav.${page.name}`)}</span>
    </NavLink>
  );
}

function Privacy() {
  const { t } = useTranslation();
  const hidden = usePreferences().private;
  return (
    <IconButton label={t(hidden ? "privacy.show" : "privacy.hide")} aria-pressed={hidden} onClick={() => prefer({ private: !hidden })}>
      {hidden ? <EyeOff /> : <Eye />}
    </IconButton>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"palette" | "shortcuts" | "more" | null>(null);
  const { pathname } = useLocation();
  useShortcuts({ palette: () => setOpen("palette"), help: () => setOpen("shortcuts") });
  useEffect(() => setOpen(null), [pathname]);
  const close = () => setOpen(null);
  return (
    <div className={styles["shell"]}>
      <a className={styles["skip"]} href="#content">{t("nav.skip")}</a>
      <nav className={styles["sidebar"]} aria-label={t("nav.label")} data-screen-only>
        <div className={styles["brand"]}>
          <img src="/icon.svg" alt="" width="26" height="26" />
          <span className="grow">finapp</span>
          <Privacy />
        </div>
        <button type="button" className={styles["find"]} onClick={() => setOpen("palette")}>
          <Search aria-hidden />
          <span className="grow">{t("nav.find")}</span>
          <kbd>Ctrl K</kbd>
        </button>
        {PAGES.map((page) => <Entry key={page.path} page={page} />)}
      </nav>
      <main id="content" className={styles["main"]} tabIndex={-1}>
        <OfflineBar />
        <DemoBar />
        <Suspense fallback={<div className={styles["loading"]}><SkeletonLines /></div>}>
          <Outlet />
        </Suspense>
      </main>
      <nav className={styles["bottom"]} aria-label={t("nav.label")} data-screen-only>
        {PAGES.filter((page) => page.onPhone).map((page) => <Entry key={page.path} page={page} />)}
        <button type="button" className={styles["entry"]} onClick={() => setOpen("more")} aria-haspopup="dialog">
          <Ellipsis aria-hidden />
          <span>{t("nav.more")}</span>
        </button>
      </nav>
      <Drawer open={open === "more"} close={close} title={t("nav.more")}>
        <div className={styles["more"]}>
          {PAGES.filter((page) => !page.onPhone).map((page) => <Entry key={page.path} page={page} onClick={close} />)}
          <button type="button" className={styles["entry"]} onClick={() => setOpen("palette")}><Search aria-hidden /><span>{t("nav.find")}</span></button>
        </div>
        <Privacy />
      </Drawer>
      <Suspense>
        {open === "palette" && <Palette close={close} />}
        {open === "shortcuts" && <Shortcuts close={close} />}
      </Suspense>
    </div>
  );
}
