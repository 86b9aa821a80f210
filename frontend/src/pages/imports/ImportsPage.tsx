import { useTranslation } from "react-i18next";
import { Page } from "@/design/Page";

export default function ImportsPage() {
  const { t } = useTranslation("imports");
  return <Page title={t("title")}>{null}</Page>;
}
