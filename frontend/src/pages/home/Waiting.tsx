/** What statements have left open, until somebody decides: until then those figures may be off. */
import { CircleHelp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "@/api/questions";
import { ButtonLink } from "@/design/Button";
import styles from "./home.module.css";

export function Waiting() {
  const { t } = useTranslation("home");
  const asked = useAnswer("/api/v1/imports/review", { params: { query: { limit: 50 } } });
  const count = asked.data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <p className={styles["waiting"]}>
      <CircleHelp aria-hidden />
      <span className="grow">{t("waiting.ask", { count, shown: asked.data?.next_cursor ? `${count}+` : String(count) })}</span>
      <ButtonLink to="/imports" size="sm">{t("waiting.answer")}</ButtonLink>
    </p>
  );
}
