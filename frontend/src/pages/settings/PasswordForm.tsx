import { useRef, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { useHousehold } from "@/api/household";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { TextField } from "@/design/Field";
import { Fault } from "@/design/states";
import { toast } from "@/design/Toaster";

export function PasswordForm() {
  const { t } = useTranslation("settings");
  const me = useHousehold();
  const form = useRef<HTMLFormElement>(null);
  const change = useCommand((body: { current_password: string; new_password: string }) => answer(api.POST("/api/v1/auth/me/password", { body })), {
    done: () => {
      form.current?.reset();
      toast({ text: t("password.done") });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change.mutate({ current_password: String(given.get("current")), new_password: String(given.get("new")) });
  };
  const problem = change.error instanceof Problem ? change.error : null;
  return (
    <Card title={t("password.title")}>
      <form ref={form} className="stack" onSubmit={submit}>
        {/* Password managers keep the pair of name and password. */}
        <input type="text" name="username" autoComplete="username" value={me?.email ?? ""} readOnly hidden />
        <div className="two">
          <TextField label={t("password.current")} name="current" type="password" autoComplete="current-password" required fault={problem?.about("current_password")} />
          <TextField label={t("password.new")} name="new" type="password" autoComplete="new-password" required fault={problem?.about("new_password") ?? problem?.about("password")} />
        </div>
        {problem && problem.errors.length === 0 && <Fault>{problem.detail || problem.title}</Fault>}
        <div className="row"><Button type="submit" busy={change.isPending}>{t("password.change")}</Button></div>
      </form>
    </Card>
  );
}
