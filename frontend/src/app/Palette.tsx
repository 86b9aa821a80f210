/** Ctrl or Cmd and K: go anywhere, do anything, search the transactions. */
import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { CircleHelp, Eye, LogOut, Moon, Search, Sun } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { signOut } from "@/api/session";
import { useGiveBackFocus } from "@/design/useGiveBackFocus";
import { prefer, usePreferences } from "@/preferences/preferences";
import { address, PAGES } from "./navigation";
import styles from "./Palette.module.css";

export default function Palette({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const preferred = usePreferences();
  const [wanted, setWanted] = useState("");
  const giveBack = useGiveBackFocus(true);
  const run = (act: () => unknown) => () => {
    close();
    act();
  };
  const item = (icon: ReactNode, label: string, act: () => unknown, keys?: string) => (
    <Command.Item key={label} value={label} onSelect={run(act)} className={styles["item"]}>
      {icon}<span className="grow">{label}</span>{keys && <kbd>{keys}</kbd>}
    </Command.Item>
  );
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <div className={styles["shade"]} data-modal onPointerDown={close} />
        <Dialog.Content className={styles["palette"]} onCloseAutoFocus={giveBack} aria-describedby={undefined}>
          <Dialog.Title className="sr-only">{t("palette.title")}</Dialog.Title>
          <Command label={t("palette.title")} loop>
            <Command.Input value={wanted} onValueChange={setWanted} placeholder={t("palette.placeholder")} className={styles["input"]} autoFocus />
            <Command.List className={styles["list"]} label={t("palette.title")}>
              {wanted.trim() && (
                <Command.Item forceMount value={`search ${wanted}`} className={styles["item"]} onSelect={run(() => navigate(`/transactions?q=${encodeURIComponent(wanted.trim())}`))}>
                  <Search /><span className="grow">{t("palette.search", { text: wanted.trim() })}</span>
                </Command.Item>
              )}
              <Command.Group heading={t("palette.pages")} className={styles["group"]}>
                {PAGES.map((page) => item(<page.icon />, t(`nav.${page.name}`), () => navigate(address(page)), `g ${page.key}`))}
              </Command.Group>
              <Command.Group heading={t("palette.actions")} className={styles["group"]}>
                {item(<Moon />, t("palette.dark"), () => prefer({ theme: "dark" }))}
                {item(<Sun />, t("palette.light"), () => prefer({ theme: "light" }))}
                {item(<Eye />, t(preferred.private ? "privacy.show" : "privacy.hide"), () => prefer({ private: !preferred.private }))}
                {item(<CircleHelp />, t("palette.docs"), () => location.assign("/docs"))}
                {item(<LogOut />, t("action.signOut"), () => void signOut())}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
