import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Select } from "../parts/field";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Refused, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside } from "../town/rights";
import { me } from "../town/session";
import type { Feed, Me } from "../town/types";
import { t } from "../words";
import { localOf, longDay } from "../words/dates";

function Row(props: { feed: Feed; onDone: () => void }) {
  const { feed, onDone } = props;
  const action = useAction();
  const name = t(`feed.${feed.kind}`, { name: feed.subject_name });
  const end = () =>
    action.run(async () => {
      await town.remove("/api/v1/feeds/{id}", { path: { id: feed.id } });
      onDone();
    });
  return (
    <li>
      <p>
        <strong>{name}</strong> · {longDay(localOf(feed.created_at))}
      </p>
      <Question
        label={t("feeds.end", { name })}
        words={t("feeds.end_question")}
        yes={t("feeds.end_yes")}
        no={t("cancel.no")}
        action={action}
        onYes={() => void end()}
      />
    </li>
  );
}

function Make(props: { person: Me; onDone: () => void }) {
  const { person, onDone } = props;
  const action = useAction();
  const [subject, setSubject] = useState("");
  const [address, setAddress] = useState<string | undefined>();
  const make = () =>
    action.run(async () => {
      const body =
        subject === ""
          ? { kind: "person" as const }
          : { kind: "association" as const, subject_id: Number(subject) };
      const { path } = await town.post("/api/v1/feeds", { body });
      setAddress(`${location.origin}${path}`);
      onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Summary refusal={action.refusal} />
      <Select
        label={t("feeds.of")}
        value={subject}
        choices={[
          { value: "", label: t("feed.person", { name: person.name }) },
          ...person.associations.map(({ id, name }) => ({
            value: String(id),
            label: t("feed.association", { name }),
          })),
        ]}
        onValue={setSubject}
      />
      <button type="submit" aria-busy={action.isBusy}>
        {t("feeds.make")}
      </button>
      {address && (
        <div class="note good" role="status">
          <p>{t("feeds.once")}</p>
          <p>
            <code class="secret">{address}</code>
          </p>
          <a href={address.replace(/^https?:/, "webcal:")}>{t("feeds.open")}</a>
        </div>
      )}
    </form>
  );
}

/** Calendars that other programs read by an address: a telephone, a computer. */
export default function Feeds() {
  const person = me.value;
  const loaded = useTown(() => town.get("/api/v1/feeds"), [person?.id]);
  return (
    <Screen title={t("feeds.title")}>
      {isInside(person) ? (
        <>
          <p>{t("feeds.words")}</p>
          <Make person={person} onDone={loaded.reload} />
          <h2>{t("feeds.mine")}</h2>
          <Waiting of={loaded}>
            {({ items }) =>
              items.length === 0 ? (
                <Nothing>{t("feeds.nothing")}</Nothing>
              ) : (
                <ul class="cards">
                  {items.map((feed) => (
                    <Row key={feed.id} feed={feed} onDone={loaded.reload} />
                  ))}
                </ul>
              )
            }
          </Waiting>
        </>
      ) : (
        <Refused refusal={new Refusal({ status: 401 })} />
      )}
    </Screen>
  );
}
