import { useTranslation } from "react-i18next";
import { Meter, Ring } from "@/design/Meter";
import { Money } from "@/design/Money";
import { Figure } from "@/explain/Figure";
import { Reason } from "@/explain/Reason";
import { useFormat } from "@/preferences/format";
import type { Overview } from "./HomePage";
import { Tile } from "./Tile";
import styles from "./home.module.css";

type Score = NonNullable<Overview["health_score"]["data"]>;
type Component = Score["components"][number];

const SOURCE = "/api/v1/dashboard/health-score";
/** Components whose value is a count of months rather than a share. */
const IN_MONTHS = new Set<Component["name"]>(["emergency_cover"]);

export function Health({ tile }: { tile: Overview["health_score"] }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  return (
    <Tile title={t("health.title")} tile={tile}>
      {(data) => (
        <div className="stack">
          <div className={styles["healthTop"]}>
            <Ring score={data.score ?? 0}>
              <p className={styles["score"]}>
                {data.score === null ? "–" : <Figure source={SOURCE} name="score" title={t("health.title")}>{format.number(data.score, 0)}</Figure>}
              </p>
              {data.band && <p className="muted small">{t(`health.band.${data.band}`)}</p>}
            </Ring>
            <div className="stack">
              <Reason code={data.score_reason} />
              {data.coverage < 1 && <p className="muted small">{t("health.coverage", { share: format.percent(data.coverage, 0) })}</p>}
              {data.next_best.slice(0, 2).map((step) => (
                <p key={step.name} className="small">
                  <strong>{t(`health.next.${step.name}`)}</strong> <Money amount={step.amount} currency={data.currency ?? "INR"} whole />
                  <span className="muted"> ({t("health.gain", { points: format.number(step.gain, 2) })})</span>
                </p>
              ))}
            </div>
          </div>
          <ul className={styles["parts"]}>{data.components.map((part) => <Part key={part.name} part={part} />)}</ul>
        </div>
      )}
    </Tile>
  );
}

function Part({ part }: { part: Component }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const value = part.value === null ? "–" : IN_MONTHS.has(part.name) ? t("vitals.months", { count: Math.round(part.value), value: format.number(part.value, 1) }) : format.percent(part.value, 0);
  const name = t(`health.part.${part.name}`);
  return (
    <li>
      <details>
        <summary>
          <span className="grow">{name}</span>
          <span className="muted small">{value}</span>
          <span className={styles["partMeter"]}><Meter share={(part.score ?? 0) / 100} label={name} tone={part.score === null ? "quiet" : part.score < 50 ? "bad" : "accent"} /></span>
        </summary>
        <p className="muted small">{part.meaning}</p>
        <p className="small">
          {t("health.counts", { score: format.number(part.score, 0), weight: format.percent(part.weight, 0), contribution: format.number(part.contribution, 1) })}
          <Reason code={part.value_reason} />
        </p>
      </details>
    </li>
  );
}
