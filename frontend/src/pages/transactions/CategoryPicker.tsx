import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCategories } from "@/api/household";
import { Modal } from "@/design/Overlay";
import styles from "./picker.module.css";

interface PickerProps {
  title: string;
  present?: string | null;
  choose: (categoryId: string) => void;
  close: () => void;
}

/** A category by typing a few letters of it. */
export default function CategoryPicker({ title, present, choose, close }: PickerProps) {
  const { t } = useTranslation("transactions");
  const { list, byId, leaves } = useCategories();
  const groups = list.filter((group) => group.parent_id === null || leaves.some((leaf) => leaf.parent_id === group.id));
  return (
    <Modal open close={close} title={title}>
      <Command label={title} className={styles["command"]} loop>
        <Command.Input placeholder={t("picker.placeholder")} className={styles["input"]} autoFocus />
        <Command.List className={styles["list"]} label={title}>
          <Command.Empty className={styles["none"]}>{t("picker.none")}</Command.Empty>
          {groups.map((group) => {
            const own = leaves.filter((leaf) => leaf.parent_id === group.id);
            if (own.length === 0) return null;
            return (
              <Command.Group key={group.id} heading={group.name} className={styles["group"]}>
                {own.map((leaf) => (
                  <Command.Item key={leaf.id} value={`${leaf.name} ${byId.get(leaf.parent_id ?? "")?.name ?? ""} ${leaf.code}`} onSelect={() => { close(); choose(leaf.id); }} className={styles["item"]}>
                    <span className="grow">{leaf.name}</span>
                    {leaf.id === present && <Check aria-hidden />}
                  </Command.Item>
                ))}
              </Command.Group>
            );
          })}
        </Command.List>
      </Command>
    </Modal>
  );
}
