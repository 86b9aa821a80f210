import { useFormat, type MoneyStyle } from "@/preferences/format";
import styles from "./Money.module.css";

interface MoneyProps extends MoneyStyle {
  amount: string | null | undefined;
  currency: string;
  /** Green for what comes in, red for what goes out. */
  toned?: boolean;
  className?: string;
}

/** An amount, blurred in privacy mode. */
export function Money({ amount, currency, toned, className, ...style }: MoneyProps) {
  const format = useFormat();
  const tone = toned && amount ? (amount.startsWith("-") ? styles["out"] : Number(amount) > 0 ? styles["in"] : "") : "";
  return <span className={`amount ${tone} ${className ?? ""}`}>{format.money(amount, currency, style)}</span>;
}
