import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { Nothing } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { Unfold } from "../../parts/unfold";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Department } from "../../town/types";
import { t } from "../../words";

function NameForm(props: { before: string; save: string; onSave: (name: string) => Promise<void> }) {
  const action = useAction();
  const [name, setName] = useState(props.before);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(() => props.onSave(name));
      }}
    >
      <Summary refusal={action.refusal} fields={["/name"]} />
      <Field
        label={t("work.department")}
        required
        maxLength={200}
        autocomplete="off"
        value={name}
        error={action.refusal?.about("/name")}
        onValue={setName}
      />
      <button type="submit" aria-busy={action.isBusy}>
        {props.save}
      </button>
    </form>
  );
}

/** The departments of the town: what they are called, and one more. */
export function Departments(props: { departments: readonly Department[]; onDone: () => void }) {
  const { departments, onDone } = props;
  const mayChange = isInside(me.value) && rights.keepsStaff(me.value);
  const rename = async (id: number, name: string) => {
    await town.patch("/api/v1/departments/{id}", { path: { id }, body: { name } });
    onDone();
  };
  const add = async (name: string) => {
    await town.post("/api/v1/departments", { body: { name }, key: crypto.randomUUID() });
    onDone();
  };
  return (
    <section>
      <h2>{t("staff.departments")}</h2>
      {departments.length === 0 ? (
        <Nothing>{t("staff.no_departments")}</Nothing>
      ) : (
        <ul class="cards">
          {departments.map(({ id, name }) => (
            <li key={`${id} ${name}`}>
              <p>
                <strong>{name}</strong>
              </p>
              {mayChange && (
                <Unfold label={t("staff.rename", { name })}>
                  {() => (
                    <NameForm
                      before={name}
                      save={t("directory.save")}
                      onSave={(wanted) => rename(id, wanted)}
                    />
                  )}
                </Unfold>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <Unfold key={departments.length} label={t("staff.new_department")}>
          {() => <NameForm before="" save={t("directory.add")} onSave={add} />}
        </Unfold>
      )}
    </section>
  );
}
