import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/design/Page";
import { DropZone } from "./DropZone";
import { History } from "./History";
import { ImportCard } from "./ImportCard";
import { Review } from "./Review";

interface Given {
  id: number;
  file: File;
}

let counter = 0;

export default function ImportsPage() {
  const { t } = useTranslation("imports");
  const [given, setGiven] = useState<readonly Given[]>([]);
  const add = (files: readonly File[]) => setGiven((before) => [...files.map((file) => ({ id: ++counter, file })), ...before]);
  const drop = (id: number) => setGiven((before) => before.filter((item) => item.id !== id));
  return (
    <Page title={t("title")} about={t("about")}>
      <DropZone add={add} small={given.length > 0} />
      {given.map((item) => <ImportCard key={item.id} file={item.file} close={() => drop(item.id)} />)}
      <Review />
      <History />
    </Page>
  );
}
