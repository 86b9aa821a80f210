import { useTranslation } from "react-i18next";
import { Page } from "@/design/Page";

export default function TransactionsPage() {
  const { t } = useTranslation("transactions");
  return <Page title={t("title")}>{null}</Page>;
}
