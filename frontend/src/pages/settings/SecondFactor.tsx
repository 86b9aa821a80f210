/** The second factor: an authenticator app, enrolled with a picture or the secret, confirmed with a code. */
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { TextField } from "@/design/Field";
import { Fault } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import styles from "./settings.module.css";

export function SecondFactor() {
  const { t } = useTranslation(["settings", "common"]);
  const [enrolment, setEnrolment] = useState<Schema<"TotpEnrolment"> | null>(null);
  const [removing, setRemoving] = useState(false);
  const enrol = useCommand(() => answer(api.POST("/api/v1/auth/totp")), {
    done: setEnrolment,
    failed: (problem) => (problem instanceof Problem && problem.code === "totp_active" ? setRemoving(true) : toastProblem(problem)),
  });
  const confirm = useCommand((code: string) => answer(api.POST("/api/v1/auth/totp/confirm", { body: { code } })), {
    done: () => {
      setEnrolment(null);
      toast({ text: t("totp.on") });
    },
  });
  const remove = useCommand((password: string) => answer(api.DELETE("/api/v1/auth/totp", { body: { password } })), {
    done: () => {
      setRemoving(false);
      toast({ text: t("totp.off") });
    },
  });
  const submit = (act: (text: string) => void) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act(String(new FormData(event.currentTarget).get("text")).trim());
  };
  const fault = (error: Error | null) => (error instanceof Problem ? error.detail || error.title : null);
  return (
    <Card title={t("totp.title")}>
      <div className="stack">
        <p className="muted">{t("totp.about")}</p>
        {!enrolment && !removing && <div className="row"><Button busy={enrol.isPending} onClick={() => enrol.mutate(undefined)}>{t("totp.begin")}</Button></div>}
        {enrolment && (
          <form className="stack" onSubmit={submit((code) => confirm.mutate(code))}>
            <img className={styles["qr"]} alt={t("totp.picture")} src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolment.qr_svg)}`} />
            <p className="small">{t("totp.secret")} <code>{enrolment.secret}</code></p>
            <TextField label={t("totp.code")} name="text" inputMode="numeric" autoComplete="one-time-code" required autoFocus fault={fault(confirm.error)} />
            <div className="row"><Button look="primary" type="submit" busy={confirm.isPending}>{t("totp.confirm")}</Button><Button look="quiet" onClick={() => setEnrolment(null)}>{t("common:action.cancel")}</Button></div>
          </form>
        )}
        {removing && (
          <form className="stack" onSubmit={submit((password) => remove.mutate(password))}>
            <p>{t("totp.isOn")}</p>
            <TextField label={t("totp.password")} name="text" type="password" autoComplete="current-password" required />
            <Fault>{fault(remove.error)}</Fault>
            <div className="row"><Button look="danger" type="submit" busy={remove.isPending}>{t("totp.remove")}</Button><Button look="quiet" onClick={() => setRemoving(false)}>{t("common:action.cancel")}</Button></div>
          </form>
        )}
      </div>
    </Card>
  );
}
