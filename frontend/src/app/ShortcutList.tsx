import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Modal } from "@/design/Overlay";
import { PAGES } from "./navigation";
import styles from "./ShortcutList.module.css";

const LIST_KEYS = ["/", "j", "k", "x", "e", "c"] as const;

export default function ShortcutList({ close }: { close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open close={close} title={t("keys.title")}>
      <h3>{t("keys.anywhere")}</h3>
      <dl className={styles["keys"]}>
        <dt><kbd>Ctrl</kbd> <kbd>K</kbd></dt><dd>{t("keys.palette")}</dd>
        <dt><kbd>?</kbd></dt><dd>{t("keys.title")}</dd>
        {PAGES.map((page) => (
          <Fragment key={page.path}>
            <dt><kbd>g</kbd> <kbd>{page.key}</kbd></dt><dd>{t(`nav.${page.name}`)}</dd>
          </Fragment>
        ))}
      </dl>
      <h3>{t("nav.transactions")}</h3>
      <dl className={styles["keys"]}>
        {LIST_KEYS.map((key) => (
          <Fragment key={key}><dt><kbd>{key}</kbd></dt><dd>{t(`keys.list.${key}`)}</dd></Fragment>
        ))}
      </dl>
    </Modal>
  );
}
