import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/design/Card";
import { Reason } from "@/explain/Reason";
import styles from "./home.module.css";

interface TileProps<T> {
  title: string;
  aside?: ReactNode;
  wide?: boolean;
  tile: { status: "ok" | "unavailable"; data: T | null; reason?: string | null };
  children: (data: T) => ReactNode;
}

/** One tile of the dashboard; one whose context is down says so and leaves the others alone. */
export function Tile<T>({ title, aside, wide, tile, children }: TileProps<T>) {
  const { t } = useTranslation();
  return (
    <Card title={title} aside={aside} className={wide ? styles["full"] : undefined}>
      {tile.status === "ok" && tile.data !== null ? children(tile.data) : <p className="muted">{t("state.unavailable")} <Reason code={tile.reason} /></p>}
    </Card>
  );
}
