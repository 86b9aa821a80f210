/** Dialogs and drawers: focus is kept inside, Escape closes, what lies behind does not scroll. */
import { Dialog } from "radix-ui";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button";
import styles from "./Overlay.module.css";
import { useGiveBackFocus } from "./useGiveBackFocus";

interface OverlayProps {
  open: boolean;
  close: () => void;
  title: ReactNode;
  /** One sentence under the title. */
  about?: ReactNode;
  children: ReactNode;
  /** Buttons that stay in view at the end. */
  actions?: ReactNode;
}

// Radix's own Overlay writes a style element, which the page's policy forbids: the shade is ours.
function Surface({ kind, open, close, title, about, children, actions }: OverlayProps & { kind: "dialog" | "drawer" }) {
  const { t } = useTranslation();
  const giveBack = useGiveBackFocus(open);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <div className={styles["shade"]} data-modal onPointerDown={close} />
        <Dialog.Content className={styles[kind]} onCloseAutoFocus={giveBack} {...(about ? {} : { "aria-describedby": undefined })}>
          <header className={styles["header"]}>
            <div className="grow">
              <Dialog.Title className={styles["title"]}>{title}</Dialog.Title>
              {about && <Dialog.Description className={styles["about"]}>{about}</Dialog.Description>}
            </div>
            <Dialog.Close asChild>
              <IconButton label={t("action.close")}><X /></IconButton>
            </Dialog.Close>
          </header>
          <div className={styles["body"]} tabIndex={-1}>{children}</div>
          {actions && <footer className={styles["actions"]}>{actions}</footer>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A panel from the side (from below on a phone), for what belongs to something on the page. */
export const Drawer = (props: OverlayProps) => <Surface kind="drawer" {...props} />;

/** A dialog in the middle, for a decision. */
export const Modal = (props: OverlayProps) => <Surface kind="dialog" {...props} />;
