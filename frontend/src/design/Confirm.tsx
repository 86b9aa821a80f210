import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "./Button";
import { TextField } from "./Field";
import { Modal } from "./Overlay";
import { Fault } from "./states";

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
  const { t } = useTranslation();
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
          <Button onClick={close}>{t("action.cancel")}</Button>
          <Button look="danger" busy={run.isPending} disabled={word !== undefined && typed !== word} onClick={() => run.mutate(undefined)}>{t("action.delete")}</Button>
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

/** Deletes something of this name for good, after asking. */
export function DeleteButton({ name, act, done }: { name: string; act: () => Promise<unknown>; done: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="danger" size="sm" icon={<Trash2 />} onClick={() => setAsking(true)}>{t("action.delete")}</Button>
      {asking && <Confirm title={t("confirm.delete", { name })} about={t("confirm.forGood")} act={act} close={() => setAsking(false)} done={done} />}
    </>
  );
}
