/** How the page looks and writes in this browser, and when the household's month begins. */
import { useTranslation } from "react-i18next";
import { answer, api, type Schema } from "@/api/client";
import { useAnswer, useCommand } from "@/api/questions";
import { Card } from "@/design/Card";
import { CheckField, Segmented, SelectField } from "@/design/Field";
import { Answered } from "@/design/states";
import { toast, toastProblem } from "@/design/Toaster";
import { speak } from "@/i18n";
import { useFormat } from "@/preferences/format";
import { LANGUAGES, prefer, usePreferences, type Language, type Preferences } from "@/preferences/preferences";

const THEMES = ["system", "light", "dark"] as const;
const GROUPINGS = ["language", "indian", "western"] as const;

export default function Look() {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const preferred = usePreferences();
  return (
    <>
      <Card title={t("look.title")}>
        <div className="stack">
          <div className="stack">
            <p className="small muted">{t("look.theme")}</p>
            <Segmented label={t("look.theme")} value={preferred.theme} choices={THEMES.map((value) => ({ value, label: t(`look.themes.${value}`) }))} choose={(theme) => prefer({ theme })} />
          </div>
          <div className="two">
            <SelectField label={t("look.language")} value={preferred.language} onChange={(event) => void speak(event.target.value as Language)}>
              {Object.entries(LANGUAGES).map(([code, name]) => <option key={code} value={code} lang={code}>{name}</option>)}
            </SelectField>
            <SelectField label={t("look.grouping")} value={preferred.grouping} hint={t("look.example", { text: format.money("12345678.90", "INR") })} onChange={(event) => prefer({ grouping: event.target.value as Preferences["grouping"] })}>
              {GROUPINGS.map((grouping) => <option key={grouping} value={grouping}>{t(`look.groupings.${grouping}`)}</option>)}
            </SelectField>
          </div>
          <CheckField label={t("look.private")} hint={t("look.privateHint")} checked={preferred.private} onChange={(event) => prefer({ private: event.target.checked })} />
        </div>
      </Card>
      <MonthStart />
    </>
  );
}

const KINDS = ["day", "last_working_day", "payday"] as const;

function MonthStart() {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const asked = useAnswer("/api/v1/analytics/settings");
  const change = useCommand(
    (month_start: Schema<"MonthStartBody">) => answer(api.PUT("/api/v1/analytics/settings", { body: { ...kept, month_start } as Schema<"SettingsBody"> })),
    { done: () => toast({ text: t("saved") }), failed: toastProblem },
  );
  const kept = asked.data?.prices ? { prices: asked.data.prices } : {};
  return (
    <Card title={t("month.title")}>
      <Answered of={asked}>
        {({ month_start: start, month_first, month_last }) => (
          <div className="stack">
            <p className="muted">{t("month.about")}</p>
            <div className="two">
              <SelectField label={t("month.kind")} value={start.kind} onChange={(event) => change.mutate({ kind: event.target.value as (typeof KINDS)[number], day: start.day })} hint={t("month.now", { first: format.day(month_first), last: format.day(month_last) })}>
                {KINDS.map((kind) => <option key={kind} value={kind}>{t(`month.kinds.${kind}`)}</option>)}
              </SelectField>
              {start.kind === "day" && (
                <SelectField label={t("month.day")} value={start.day} onChange={(event) => change.mutate({ kind: "day", day: Number(event.target.value) })}>
                  {Array.from({ length: 31 }, (_, index) => <option key={index} value={index + 1}>{index + 1}</option>)}
                </SelectField>
              )}
            </div>
          </div>
        )}
      </Answered>
    </Card>
  );
}
