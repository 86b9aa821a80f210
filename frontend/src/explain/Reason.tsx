import { useTranslation } from "react-i18next";

/** Why a value is not there, from the code beside it (`no_income`, `never` ...). */
export function Reason({ code }: { code: string | null | undefined }) {
  const { t, i18n } = useTranslation();
  if (!code) return null;
  const key = `reason.${code}`;
  return <span className="muted small">{i18n.exists(key) ? t(key as "reason.no_income") : code.replaceAll("_", " ")}</span>;
}
