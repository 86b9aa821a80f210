import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import styles from "./Tabs.module.css";

interface TabsProps {
  label: string;
  tabs: readonly { to: string; name: string; end?: boolean }[];
}

/** The sections of a page. Where they have no room they scroll, the present one always in sight. */
export function Tabs({ label, tabs }: TabsProps) {
  const place = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const present = place.current?.querySelector<HTMLElement>("[aria-current]");
    const nav = place.current;
    if (present && nav) nav.scrollLeft = present.offsetLeft - (nav.clientWidth - present.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav ref={place} className={styles["tabs"]} aria-label={label} data-screen-only>
      {tabs.map(({ to, name, end }) => <NavLink key={to} to={to} end={end}>{name}</NavLink>)}
    </nav>
  );
}
