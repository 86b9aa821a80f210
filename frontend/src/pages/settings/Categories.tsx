import { Plus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, api, type Schema } from "@/api/client";
import { useCategories, type Category } from "@/api/household";
import { Problem } from "@/api/problem";
import { useCommand } from "@/api/questions";
import { Button } from "@/design/Button";
import { Card } from "@/design/Card";
import { SelectField, TextField } from "@/design/Field";
import { Modal } from "@/design/Overlay";
import { Fault } from "@/design/states";
import { toast } from "@/design/Toaster";
import { Confirm } from "@/design/Confirm";
import styles from "./settings.module.css";

const NEEDS = ["essential", "discretionary"] as const;

export default function Categories() {
  const { t } = useTranslation(["settings", "common"]);
  const { list } = useCategories();
  const [editing, setEditing] = useState<Category | "new" | null>(null);
  const roots = list.filter((item) => item.parent_id === null);
  return (
    <Card title={t("section.categories")} aside={<Button size="sm" icon={<Plus />} onClick={() => setEditing("new")}>{t("common:action.add")}</Button>}>
      <div className={styles["tree"]}>
        {roots.map((root) => (
          <section key={root.id}>
            <h3>{root.name}</h3>
            <Branch list={list} parent={root.id} edit={setEditing} />
          </section>
        ))}
      </div>
      {editing && <CategoryForm category={editing === "new" ? null : editing} list={list} close={() => setEditing(null)} />}
    </Card>
  );
}

function Branch({ list, parent, edit }: { list: readonly Category[]; parent: string; edit: (category: Category) => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const children = list.filter((item) => item.parent_id === parent);
  if (children.length === 0) return null;
  return (
    <ul>
      {children.map((item) => (
        <li key={item.id}>
          <span className={styles["branch"]}>
            <Link to={`/transactions?category_id=${encodeURIComponent(item.id)}`} className="grow cut">{item.name}</Link>
            {item.need && <span className="muted small">{t(`need.${item.need}`)}</span>}
            <Button size="sm" look="quiet" onClick={() => edit(item)} aria-label={`${t("common:action.edit")}: ${item.name}`}>{t("common:action.edit")}</Button>
          </span>
          <Branch list={list} parent={item.id} edit={edit} />
        </li>
      ))}
    </ul>
  );
}

function CategoryForm({ category, list, close }: { category: Category | null; list: readonly Category[]; close: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const [deleting, setDeleting] = useState(false);
  const path = { params: { path: { category_id: category?.id ?? "" } } };
  const save = useCommand(
    (values: { name: string; need: Category["need"]; parent_id: string }): Promise<unknown> =>
      category
        ? answer(api.PATCH("/api/v1/categories/{category_id}", { ...path, body: { name: values.name, need: values.need } as Schema<"CategoryChangesBody"> }))
        : answer(api.POST("/api/v1/categories", { body: values as Schema<"CategoryBody"> })),
    { done: () => { close(); toast({ text: t("saved") }); } },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    save.mutate({ name: String(given.get("name")).trim(), need: (String(given.get("need") ?? "") || null) as Category["need"], parent_id: String(given.get("parent_id") ?? "") });
  };
  const problem = save.error instanceof Problem ? save.error : null;
  if (deleting && category) {
    return <Confirm title={t("categories.delete", { name: category.name })} about={t("categories.deleteAbout")} act={() => answer(api.DELETE("/api/v1/categories/{category_id}", path))} close={() => setDeleting(false)} done={close} />;
  }
  return (
    <Modal open close={close} title={category?.name ?? t("categories.new")}>
      <form className="stack" onSubmit={submit}>
        <TextField label={t("accounts.name")} name="name" defaultValue={category?.name} required autoFocus fault={problem?.about("name")} />
        {!category && (
          <SelectField label={t("categories.parent")} name="parent_id" fault={problem?.about("parent_id")}>
            {list.filter((item) => item.parent_id === null).map((item) => <option key={item.id} value={item.id}>{item.name}</option>)}
          </SelectField>
        )}
        <SelectField label={t("categories.need")} name="need" defaultValue={category?.need ?? ""} fault={problem?.about("need")}>
          <option value="">–</option>
          {NEEDS.map((need) => <option key={need} value={need}>{t(`need.${need}`)}</option>)}
        </SelectField>
        {problem && problem.errors.length === 0 && <Fault>{problem.detail}</Fault>}
        <div className="row">
          <Button look="primary" type="submit" busy={save.isPending}>{t("common:action.save")}</Button>
          {category && <Button look="danger" onClick={() => setDeleting(true)}>{t("common:action.delete")}</Button>}
        </div>
      </form>
    </Modal>
  );
}
