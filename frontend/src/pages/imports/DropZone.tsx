import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/design/Button";
import styles from "./imports.module.css";

/** Takes files from anywhere on the page, or from the system's dialog. */
export function DropZone({ add, small }: { add: (files: readonly File[]) => void; small: boolean }) {
  const { t } = useTranslation("imports");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(event.type === "dragover");
      if (event.type === "drop") add([...event.dataTransfer.files]);
    };
    const kinds = ["dragover", "dragleave", "drop"] as const;
    for (const kind of kinds) document.addEventListener(kind, drag);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, drag);
    };
  }, [add]);
  return (
    <div className={styles["zone"]} data-over={over || undefined} data-small={small || undefined}>
      <FileUp aria-hidden />
      <div>
        <p className={styles["zoneTitle"]}>{t("drop.title")}</p>
        <p className="muted small">{t("drop.formats")}</p>
      </div>
      <Button look={small ? "plain" : "primary"} onClick={() => input.current?.click()}>{t("drop.choose")}</Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("drop.choose")}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
