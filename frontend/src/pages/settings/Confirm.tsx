import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Fault } from "@/design/states";

interface ConfirmProps {
  title: string;
  about: string;
  /** A word to type first, for what cannot be taken back. */
  word?: string;
  act: () => Promise<unknown>;
  close: () => void;
  done?: () => void;
}

/** Asks before something is gone for good. */
export function Confirm({ title, about, word, act, close, done }: ConfirmProps) {
  const { t } = useTranslation(["settings", "common"]);
  const [typed, setTyped] = useState("");
  const run = useCommand(act, { done: () => { close(); done?.(); } });
  return (
    <Modal
      open
      close={close}
      title={title}
      about={about}
      actions={
        <>
          <Button onClick={close}>{t("common:action.cancel")}</Button>
          <Button look="danger" busy={run.isPending} disabled={word !== undefined && typed !== word} onClick={() => run.mutate(undefined)}>{t("common:action.delete")}</Button>
        </>
      }
    >
      <div className="stack">
        {word && <TextField label={t("confirm.type", { word })} value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus autoComplete="off" />}
        {run.error && <Fault>{run.error instanceof Problem ? run.error.detail || run.error.title : null}</Fault>}
      </div>
    </Modal>
  );
}
