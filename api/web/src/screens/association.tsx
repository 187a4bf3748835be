import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field } from "../parts/field";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { rights } from "../town/rights";
import { me } from "../town/session";
import type { Association } from "../town/types";
import { t } from "../words";
import { PapersOf } from "./directory/papers_of";
import { kAssociationFields, RecordForm, valuesOf } from "./directory/record_form";

interface Props {
  association: Association;
  seen: string | undefined;
  onDone: () => void;
}

function Manager(props: Props & { id: number; name: string }) {
  const { association, id, name, onDone } = props;
  const action = useAction();
  const remove = () =>
    action.run(async () => {
      await town.remove("/api/v1/associations/{id}/managers/{person_id}", {
        path: { id: association.id, person_id: id },
      });
      onDone();
    });
  return (
    <li>
      <a href={`${kPaths.people}/${id}`}>{name}</a>
      <Question
        label={t("managers.remove", { name })}
        words={t("managers.remove_question", { name })}
        yes={t("managers.remove_yes")}
        no={t("question.no")}
        action={action}
        onYes={() => void remove()}
      />
    </li>
  );
}

const kLeast = 2;

function Candidates(props: Props & { q: string; onAdded: () => void }) {
  const { association, q } = props;
  const action = useAction();
  const loaded = useTown(() => town.get("/api/v1/people", { query: { q, limit: 8 } }), [q]);
  const add = (id: number) =>
    action.run(async () => {
      await town.put("/api/v1/associations/{id}/managers/{person_id}", {
        path: { id: association.id, person_id: id },
      });
      props.onAdded();
    });
  const known = new Set(association.managers.map(({ person_id }) => person_id));
  return (
    <>
      <Summary refusal={action.refusal} />
      <Waiting of={loaded}>
        {({ items }) => {
          const others = items.filter(({ id, enabled }) => enabled && !known.has(id));
          return others.length === 0 ? (
            <Nothing>{t("somebody.nothing")}</Nothing>
          ) : (
            <ul class="plain-list">
              {others.map(({ id, name }) => (
                <li key={id}>
                  <button type="button" class="secondary small" onClick={() => void add(id)}>
                    {t("managers.add", { name })}
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Waiting>
    </>
  );
}

function Managers(props: Props) {
  const [q, setQ] = useState("");
  const { managers } = props.association;
  const added = () => {
    setQ("");
    props.onDone();
  };
  return (
    <section>
      <h2>{t("directory.managers")}</h2>
      <p>{t("managers.words")}</p>
      {managers.length === 0 ? (
        <Nothing>{t("managers.nothing")}</Nothing>
      ) : (
        <ul class="plain-list">
          {managers.map(({ person_id, name }) => (
            <Manager key={person_id} {...props} id={person_id} name={name} />
          ))}
        </ul>
      )}
      <Field
        label={t("managers.search")}
        hint={t("managers.search_hint")}
        type="search"
        autocomplete="off"
        value={q}
        onValue={setQ}
      />
      {q.trim().length >= kLeast && <Candidates {...props} q={q.trim()} onAdded={added} />}
    </section>
  );
}

function Account(props: Props) {
  const { association, seen, onDone } = props;
  const action = useAction();
  const set = (enabled: boolean) =>
    action.run(async () => {
      await town.patch("/api/v1/associations/{id}", {
        path: { id: association.id },
        body: { enabled },
        seen,
      });
      onDone();
    });
  return association.enabled ? (
    <Question
      key="disable"
      label={t("associations.disable")}
      words={t("associations.disable_question")}
      yes={t("directory.disable_yes")}
      no={t("question.no")}
      action={action}
      onYes={() => void set(false)}
    />
  ) : (
    <>
      <p class="note">{t("associations.is_disabled")}</p>
      <Summary refusal={action.refusal} />
      <button type="button" aria-busy={action.isBusy} onClick={() => void set(true)}>
        {t("directory.enable")}
      </button>
    </>
  );
}

function Facts(props: Props) {
  const { association, seen, onDone } = props;
  const action = useAction();
  const [isSaved, setSaved] = useState(false);
  const save = (body: Record<string, string>) =>
    action.run(async () => {
      setSaved(false);
      await town.patch("/api/v1/associations/{id}", { path: { id: association.id }, body, seen });
      setSaved(true);
      onDone();
    });
  return (
    <>
      {isSaved && (
        <p class="note good" role="status">
          {t("directory.saved")}
        </p>
      )}
      <RecordForm
        fields={kAssociationFields}
        before={valuesOf(kAssociationFields, association)}
        save={t("directory.save")}
        action={action}
        onSave={(body) => void save(body)}
      />
    </>
  );
}

/** An association as the office keeps it: how it is reached, and who speaks for it. */
export default function AssociationPage() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const loaded = useTown(() => town.read("/api/v1/associations/{id}", { path: { id } }), [id]);
  const { resource } = loaded;
  const title =
    resource.state === "ready" ? resource.value.body.name : t("associations.one");
  return (
    <Screen title={title}>
      <p>
        <a href={kPaths.associations}>{t("directory.associations")}</a>
      </p>
      <Waiting of={loaded}>
        {({ body: association, etag }) => {
          const part = { association, seen: etag, onDone: loaded.reload };
          return (
            <>
              <p>{t("directory.id", { id: association.id })}</p>
              <Facts {...part} />
              <Managers {...part} />
              {me.value && rights.decides(me.value) && (
                <PapersOf path="associations" id={association.id} />
              )}
              <h2>{t("directory.account")}</h2>
              <Account {...part} />
            </>
          );
        }}
      </Waiting>
    </Screen>
  );
}
