import { House } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "@/design/Button";
import { DemoWay } from "./DemoWay";
import { RegisterForm } from "./RegisterForm";
import { WelcomeFrame } from "./WelcomeFrame";
import styles from "./welcome.module.css";

export default function WelcomePage() {
  const { t } = useTranslation(["welcome", "common"]);
  const [creating, setCreating] = useState(false);
  if (creating) return <WelcomeFrame title={t("create.title")}><RegisterForm back={() => setCreating(false)} /></WelcomeFrame>;
  return (
    <WelcomeFrame title={t("title")}>
      <div className={styles["lead"]}>
        <h1>{t("lead")}</h1>
        <p>{t("promise")}</p>
      </div>
      <div className={styles["ways"]}>
        <section className={styles["way"]}>
          <House aria-hidden />
          <h2>{t("create.title")}</h2>
          <p>{t("create.about")}</p>
          <Button look="primary" onClick={() => setCreating(true)}>{t("create.start")}</Button>
        </section>
        <DemoWay />
      </div>
      <p className="muted">{t("known")} <Link to="/sign-in">{t("signIn.title")}</Link></p>
    </WelcomeFrame>
  );
}
