import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { useAnswer, useCommand } from "@/api/questions";
import { signOut } from "@/api/session";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { Answered } from "@/design/states";
import { toastProblem } from "@/design/Toaster";
import { useFormat } from "@/preferences/format";
import { Passkeys } from "./Passkeys";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";
import { Tokens } from "./Tokens";
import styles from "./settings.module.css";

export default function Security() {
  return (
    <>
      <PasswordForm />
      <Passkeys />
      <SecondFactor />
      <Sessions />
      <Tokens />
      <Events />
    </>
  );
}

/** A browser's long description of itself, as a person would say it. */
function named(agent: string): string {
  const browser = /(Firefox|Edg|Chrome|Safari)\/?/.exec(agent)?.[1] ?? agent.slice(0, 40);
  const system = /(Windows|Mac OS|Android|iPhone|iPad|Linux)/.exec(agent)?.[1];
  return [browser.replace("Edg", "Edge"), system].filter(Boolean).join(", ");
}

function Sessions() {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const asked = useAnswer("/api/v1/auth/sessions");
  const end = useCommand(
    async ({ id, current }: { id: string; current: boolean }) => {
      if (current) return signOut();
      return answer(api.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id: id } } }));
    },
    { failed: toastProblem },
  );
  return (
    <Card title={t("sessions.title")}>
      <Answered of={asked}>
        {({ items }) => (
          <ul className={styles["lines"]}>
            {items.map((item) => (
              <li key={item.id}>
                <div className="grow">
                  <p className="cut">{named(item.agent)} {item.current && <strong>({t("sessions.here")})</strong>}</p>
                  <p className="muted small">{t("sessions.seen", { when: format.instant(item.last_seen_at) })}</p>
                </div>
                <Button size="sm" look="quiet" onClick={() => end.mutate(item)} aria-label={`${t("sessions.end")}: ${named(item.agent)}, ${format.instant(item.created_at)}`}>{t("sessions.end")}</Button>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Card>
  );
}

function Events() {
  const { t, i18n } = useTranslation("settings");
  const format = useFormat();
  const asked = useAnswer("/api/v1/auth/events", { params: { query: { limit: 20 } } });
  return (
    <Card title={t("events.title")}>
      <Answered of={asked}>
        {({ items }) => (
          <ul className={styles["lines"]}>
            {items.map((item) => (
              <li key={item.id}>
                <span className="grow">{i18n.exists(`settings:events.${item.kind}`) ? t(`events.${item.kind}` as "events.sign_in") : item.kind.replaceAll("_", " ")}{item.kind.startsWith("api_token") && item.subject && <span className="muted"> {item.subject}</span>}</span>
                <span className="muted small">{named(item.agent)} · {format.instant(item.at)}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Card>
  );
}
