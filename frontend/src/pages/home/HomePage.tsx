import { useTranslation } from "react-i18next";
import { Page } from "@/design/Page";

export default function HomePage() {
  const { t } = useTranslation("home");
  return <Page title={t("title")}>{null}</Page>;
}
