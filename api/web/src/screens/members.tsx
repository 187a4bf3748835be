import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Field } from "../parts/field";
import { More, usePages } from "../parts/pages";
import { Question } from "../parts/question";
import { Screen } from "../parts/screen";
import { Nothing, Refused, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside } from "../town/rights";
import { me } from "../town/session";
import type { Me, Member } from "../town/types";
import { t } from "../words";

type Association = Me["associations"][number];

function Add({ association, onDone }: { association: Association; onDone: () => void }) {
  const action = useAction();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const about = (field: string) => action.refusal?.about(field);
  const add = () =>
    action.run(async () => {
      const address = email.trim() === "" ? {} : { email: email.trim() };
      await town.post("/api/v1/associations/{id}/members", {
        path: { id: association.id },
        body: { name: name.trim(), ...address },
      });
      setName("");
      setEmail("");
      onDone();
    });
  return (
    <form
      class="columns"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Summary refusal={action.refusal} fields={["/name", "/email"]} />
      <Field
        label={t("members.name")}
        required
        maxLength={200}
        autocomplete="off"
        value={name}
        error={about("/name")}
        onValue={setName}
      />
      <Field
        label={t("sign_in.email")}
        hint={t("members.email_hint")}
        type="email"
        autocomplete="off"
        value={email}
        error={about("/email")}
        onValue={setEmail}
      />
      <button type="submit" aria-busy={action.isBusy}>
        {t("members.add")}
      </button>
    </form>
  );
}

function Row(props: { association: Association; member: Member; onDone: () => void }) {
  const { association, member, onDone } = props;
  const action = useAction();
  const remove = () =>
    action.run(async () => {
      await town.remove("/api/v1/associations/{id}/members/{member_id}", {
        path: { id: association.id, member_id: member.id },
      });
      onDone();
    });
  return (
    <li>
      <span>
        {member.name}
        {member.email !== null && `, ${member.email}`}
      </span>
      <Question
        label={t("members.remove", { name: member.name })}
        words={t("members.remove_question", { name: member.name })}
        yes={t("members.remove_yes")}
        no={t("cancel.no")}
        action={action}
        onYes={() => void remove()}
      />
    </li>
  );
}

function MembersOf({ association }: { association: Association }) {
  const found = usePages(
    (cursor) =>
      town.get("/api/v1/associations/{id}/members", {
        path: { id: association.id },
        query: { cursor },
      }),
    [association.id],
  );
  return (
    <section>
      <h2>{association.name}</h2>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("members.nothing")}</Nothing>
          ) : (
            <ul class="plain-list">
              {items.map((member) => (
                <Row
                  key={member.id}
                  association={association}
                  member={member}
                  onDone={found.reload}
                />
              ))}
            </ul>
          )
        }
      </Waiting>
      <More of={found} />
      <Add association={association} onDone={found.reload} />
    </section>
  );
}

/** An association's own list, which the town does not see. */
export default function Members() {
  const person = me.value;
  if (!isInside(person)) {
    return (
      <Screen title={t("members.title")}>
        <Refused refusal={new Refusal({ status: 401 })} />
      </Screen>
    );
  }
  return (
    <Screen title={t("members.title")}>
      <p>{t("members.words")}</p>
      {person.associations.length === 0 && <Nothing>{t("members.no_association")}</Nothing>}
      {person.associations.map((association) => (
        <MembersOf key={association.id} association={association} />
      ))}
    </Screen>
  );
}
