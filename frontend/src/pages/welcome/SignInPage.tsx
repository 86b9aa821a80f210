import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Problem } from "@/api/problem";
import { knowsPasskeys, signIn, signInWithPasskey } from "@/api/session";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { TextField } from "@/design/Field";
import { Fault } from "@/design/states";
import { WelcomeFrame } from "./WelcomeFrame";
import styles from "./welcome.module.css";

export default function SignInPage() {
  const { t } = useTranslation(["welcome", "common"]);
  const [asksCode, setAsksCode] = useState(false);
  const enter = useCommand(
    ({ email, password, code }: { email: string; password: string; code: string }) => signIn(email, password, code || undefined),
    { failed: (problem) => problem instanceof Problem && problem.code === "totp_required" && setAsksCode(true) },
  );
  const enterWithPasskey = useCommand(() => signInWithPasskey());
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    enter.mutate({ email: String(given.get("email")).trim(), password: String(given.get("password")), code: String(given.get("code") ?? "").trim() });
  };
  const problem = [enter.error, enterWithPasskey.error].find((error) => error instanceof Problem) ?? null;
  const busy = enter.isPending || enterWithPasskey.isPending;
  return (
    <WelcomeFrame title={t("signIn.title")}>
      <form className={styles["form"]} onSubmit={submit}>
        <h1>{t("signIn.title")}</h1>
        <TextField label={t("email")} name="email" type="email" autoComplete="username" required autoFocus />
        <TextField label={t("password")} name="password" type="password" autoComplete="current-password" required />
        {asksCode && <TextField label={t("signIn.code")} name="code" inputMode="numeric" autoComplete="one-time-code" required autoFocus hint={t("signIn.codeHint")} />}
        {problem && problem.code !== "totp_required" && <Fault>{problem.code === "offline" ? t("common:state.offline") : problem.title || problem.detail}</Fault>}
        <Button look="primary" type="submit" busy={busy}>{t("signIn.enter")}</Button>
        {knowsPasskeys() && <Button type="button" busy={busy} onClick={() => enterWithPasskey.mutate(undefined)}>{t("signIn.passkey")}</Button>}
      </form>
      <p className="muted">{t("signIn.new")} <Link to="/welcome">{t("create.title")}</Link></p>
    </WelcomeFrame>
  );
}
