import { useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field } from "../../parts/field";
import { Summary } from "../../parts/summary";
import { Unfold } from "../../parts/unfold";
import { town } from "../../town/api";
import type { Round } from "../../town/types";
import { t } from "../../words";
import {
  Criteria,
  criteriaOf,
  draftOf,
  editOf,
  Facts,
  fieldsOf,
  type About,
  type RoundDraft,
} from "./round_fields";

interface Props {
  round: Round;
  seen: string | undefined;
  onDone: () => void;
}

/** What may still change once associations have read the rest. */
function OpenFacts(props: {
  draft: RoundDraft;
  about: About;
  onChange: (part: Partial<RoundDraft>) => void;
}) {
  const { draft, about, onChange } = props;
  return (
    <>
      <p>{t("round.edit_opened")}</p>
      <Field
        label={t("round.name")}
        required
        maxLength={200}
        value={draft.name}
        error={about("/name")}
        onValue={(name) => onChange({ name })}
      />
      <Field
        label={t("round.wishes_until")}
        type="date"
        required
        value={draft.wishes_until}
        error={about("/wishes_until")}
        onValue={(wishes_until) => onChange({ wishes_until })}
      />
    </>
  );
}

function Form({ round, seen, onDone }: Props) {
  const action = useAction();
  const [draft, setDraft] = useState(() => draftOf(round));
  const [criteria, setCriteria] = useState(() => criteriaOf(round));
  const about: About = (field) => action.refusal?.about(field);
  const isDraft = round.status === "draft";
  const change = (part: Partial<RoundDraft>) => setDraft({ ...draft, ...part });
  const save = () =>
    action.run(async () => {
      const body = editOf(round, draft, criteria);
      await town.patch("/api/v1/rounds/{id}", { path: { id: round.id }, seen, body });
      onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Summary refusal={action.refusal} fields={fieldsOf(criteria)} />
      {isDraft ? (
        <>
          <Facts draft={draft} about={about} onChange={change} />
          <Criteria criteria={criteria} about={about} onCriteria={setCriteria} />
        </>
      ) : (
        <OpenFacts draft={draft} about={about} onChange={change} />
      )}
      <button type="submit" aria-busy={action.isBusy}>
        {t("round.edit_save")}
      </button>
    </form>
  );
}

/** The office changes a round: nothing of one that is published. */
export function EditRound(props: Props) {
  return props.round.status === "published" ? null : (
    <Unfold label={t("round.edit")}>{() => <Form {...props} />}</Unfold>
  );
}
