import type { ComponentProps, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";
import styles from "./Button.module.css";

interface Look {
  look?: "primary" | "plain" | "quiet" | "danger";
  size?: "sm" | "md";
  icon?: ReactNode;
}

const classes = (look: Look["look"], size: Look["size"], more?: string) =>
  [styles["button"], styles[look ?? "plain"], size === "sm" ? styles["sm"] : "", more ?? ""].join(" ");

/** A button. `busy` shows that its work is under way and refuses a second press. */
export function Button({ look, size, icon, busy, className, children, disabled, ...rest }: Look & { busy?: boolean } & ComponentProps<"button">) {
  return (
    <button type="button" {...rest} disabled={disabled || busy} aria-busy={busy || undefined} className={classes(look, size, className)}>
      {busy ? <span className={styles["spinner"]} aria-hidden /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ look, size, icon, className, children, ...rest }: Look & LinkProps) {
  return (
    <Link {...rest} className={classes(look, size, className)}>
      {icon}
      {children}
    </Link>
  );
}

/** A button that is an icon; `label` is its name for those who do not see it, and its tooltip. */
export function IconButton({ label, className, children, ...rest }: { label: string } & ComponentProps<"button">) {
  return (
    <button type="button" {...rest} aria-label={label} title={label} className={`${styles["icon"]} ${className ?? ""}`}>
      {children}
    </button>
  );
}
