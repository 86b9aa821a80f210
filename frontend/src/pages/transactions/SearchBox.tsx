/** The search language with completion, and searches kept for later. */
import { Search, Star, X } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { useAccounts, useCategories } from "@/api/household";
import { useAnswer } from "@/api/questions";
import { useDebounced } from "@/api/useDebounced";
import { IconButton } from "@/design/Button";
import { completions, wordAt, type Completion } from "./completion";
import { useSavedSearches } from "./savedSearches";
import styles from "./search.module.css";

interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement | null>;
  value: string;
  search: (q: string) => void;
  error: Error | null;
}

export function SearchBox({ inputRef, value, search, error }: SearchBoxProps) {
  const { t } = useTranslation("transactions");
  const id = useId();
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [cursor, setCursor] = useState(0);
  const saved = useSavedSearches();
  const settled = useDebounced(text, 250);
  const sent = useRef(value);
  useEffect(() => {
    if (settled === sent.current) return;
    sent.current = settled;
    search(settled);
  }, [settled, search]);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);

  const offers = useOffers(text, cursor, open);
  const shown: readonly Completion[] = text ? offers : saved.list.map(({ name, query }) => ({ label: name, text: query }));
  const listed = open && shown.length > 0;
  const take = (offer: Completion) => {
    const { start } = wordAt(text, cursor);
    const minus = text[start] === "-" ? "-" : "";
    const goesOn = offer.text.endsWith(":");
    const next = text ? `${text.slice(0, start)}${minus}${offer.text}${goesOn ? "" : " "}${text.slice(cursor).trimStart()}` : offer.text;
    setText(next);
    setActive(-1);
    setOpen(goesOn);
    setCursor(next.length);
    inputRef.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      if (listed) setOpen(false);
      else inputRef.current?.blur();
    } else if (listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setActive((before) => (before + (event.key === "ArrowDown" ? 1 : -1) + shown.length + (before < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter" || (event.key === "Tab" && listed && active >= 0)) {
      if (listed && active >= 0) {
        event.preventDefault();
        take(shown[active]!);
      } else {
        setOpen(false);
        sent.current = text;
        search(text);
      }
    }
  };
  const wrong = error instanceof Problem && error.status === 422 ? (error.about("q") ?? error.detail) : null;
  const isSaved = saved.has(text.trim());
  return (
    <div className={styles["search"]}>
      <div className={styles["box"]} data-wrong={wrong ? true : undefined}>
        <Search aria-hidden />
        <input
          ref={inputRef}
          value={text}
          role="combobox"
          aria-label={t("search.label")}
          aria-expanded={listed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={listed && active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          placeholder={t("search.placeholder")}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setCursor(event.target.selectionStart ?? event.target.value.length);
            setOpen(true);
            setActive(-1);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
          onFocus={() => setOpen(true)}
          onBlur={() => setTimeout(() => setOpen(false), 120)}
          onKeyDown={press}
        />
        {text.trim() && (
          <IconButton label={isSaved ? t("search.forget") : t("search.save")} aria-pressed={isSaved} onClick={() => saved.toggle(text.trim())}><Star /></IconButton>
        )}
        {text && <IconButton label={t("search.clear")} onClick={() => { setText(""); search(""); sent.current = ""; inputRef.current?.focus(); }}><X /></IconButton>}
      </div>
      {wrong && <p id={`${id}-wrong`} className={styles["wrong"]} role="alert">{wrong}</p>}
      <ul id={`${id}-list`} role="listbox" aria-label={t(text ? "search.offers" : "search.saved")} className={styles["offers"]} hidden={!listed}>
        {listed && shown.map((offer, index) => (
          <li key={offer.text} id={`${id}-${index}`} role="option" aria-selected={index === active} onPointerDown={(event) => { event.preventDefault(); take(offer); }}>
            <span className="grow cut">{offer.label}</span>
            {offer.label !== offer.text && <code className="muted small cut">{offer.text}</code>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function useOffers(text: string, cursor: number, open: boolean): readonly Completion[] {
  const { list: accounts } = useAccounts();
  const { list: categories } = useCategories();
  const { word } = wordAt(text, cursor);
  const merchants = useAnswer("/api/v1/merchants", { params: { query: { limit: 500 } } }, { enabled: open && word.startsWith("merchant"), staleTime: 300_000 });
  return useMemo(
    () => completions(word, { accounts, categories, merchants: merchants.data?.items.map((item) => item.name) ?? [] }),
    [word, accounts, categories, merchants.data],
  );
}
