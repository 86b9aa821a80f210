import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { demoOf, leaveDemo } from "@/api/demo";
import { useAnswer, useCommand } from "@/api/questions";
import { signedOut } from "@/api/session";
import { Button } from "@/design/Button";
import { toastProblem } from "@/design/Toaster";
import styles from "./Bar.module.css";

/** Says that a made-up household is in sight, and ends it with everything in it. */
export function DemoBar() {
  const { t } = useTranslation();
  const email = demoOf();
  const me = useAnswer("/api/v1/auth/me", undefined, { staleTime: 3_600_000, enabled: email !== null });
  const leave = useCommand(() => answer(api.DELETE("/api/v1/auth/me")), {
    done: () => {
      leaveDemo();
      signedOut();
    },
    failed: toastProblem,
  });
  if (email === null || me.data?.email !== email) return null;
  return (
    <div className={styles["bar"]} data-tone="info" data-screen-only>
      <Compass aria-hidden />
      <span>{t("demo.bar")}</span>
      <Button size="sm" busy={leave.isPending} onClick={() => leave.mutate(undefined)}>{t("demo.leave")}</Button>
    </div>
  );
}
