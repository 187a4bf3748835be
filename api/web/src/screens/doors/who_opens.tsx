import { useRef, useState } from "preact/hooks";

import { useAction } from "../../parts/action";
import { Field, Select } from "../../parts/field";
import { moment } from "../../parts/moment";
import { Nothing } from "../../parts/states";
import { Summary } from "../../parts/summary";
import { town, type Answer } from "../../town/api";
import { everything } from "../../town/everything";
import type { Badge, Door } from "../../town/types";
import { t, tn } from "../../words";
import { instantOf } from "../../words/dates";

type Verdict = Answer<"/api/v1/access/simulate", "post">;

interface Asked {
  badge: Badge;
  verdict: Verdict;
}

function Table({ asked, door }: { asked: readonly Asked[]; door: string }) {
  const caption = t("who_opens.table", { door, at: moment(asked[0]!.verdict.at) });
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={caption}>
      <table class="many">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("badges.badge")}</th>
            <th scope="col">{t("badges.holder_kind")}</th>
            <th scope="col">{t("who_opens.opens")}</th>
            <th scope="col">{t("events.why")}</th>
          </tr>
        </thead>
        <tbody>
          {asked.map(({ badge, verdict }) => (
            <tr key={badge.id}>
              <th scope="row">{t("badges.one", { id: badge.id })}</th>
              <td>{t(`badges.of_${badge.holder_kind}`, { id: badge.holder_id })}</td>
              <td>
                <span class={`state ${verdict.allow ? "approved" : "refused"}`}>
                  {t(verdict.allow ? "who_opens.yes" : "who_opens.no")}
                </span>
              </td>
              <td>{t(`reason.${verdict.reason}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Every badge that is out, asked for at one door: it takes a while, says how far it is, and can be stopped. */
export function WhoOpens({ doors }: { doors: readonly Door[] }) {
  const action = useAction();
  const [door, setDoor] = useState(String(doors[0]?.id ?? ""));
  const [at, setAt] = useState("");
  const [asked, setAsked] = useState<Asked[] | undefined>();
  const [left, setLeft] = useState(0);
  const isStopped = useRef(false);
  const ask = () =>
    action.run(async () => {
      setAsked(undefined);
      isStopped.current = false;
      const badges = await everything((query) => town.get("/api/v1/badges", { query }));
      const out = badges.filter(({ state }) => state === "issued");
      const when = at === "" ? {} : { at: instantOf(at) };
      const found: Asked[] = [];
      for (const badge of out) {
        setLeft(out.length - found.length);
        const body = { badge_id: badge.id, door_id: Number(door), ...when };
        found.push({ badge, verdict: await town.post("/api/v1/access/simulate", { body }) });
        if (isStopped.current) {
          break;
        }
      }
      setAsked(found);
    });
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setAsked(undefined);
  };
  return (
    <section>
      <h2>{t("who_opens.title")}</h2>
      <p>{t("who_opens.words")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Summary refusal={action.refusal} fields={["/door_id", "/at"]} />
        <div class="columns">
          <Select
            label={t("who_opens.door")}
            value={door}
            choices={doors.map(({ id, name, key }) => ({
              value: String(id),
              label: `${name} (${key})`,
            }))}
            error={action.refusal?.about("/door_id")}
            onValue={change(setDoor)}
          />
          <Field
            label={t("who_opens.at")}
            hint={t("why.at_hint")}
            type="datetime-local"
            value={at}
            error={action.refusal?.about("/at")}
            onValue={change(setAt)}
          />
        </div>
        <button type="submit" aria-busy={action.isBusy}>
          {t("who_opens.ask")}
        </button>
      </form>
      <div role="status">
        {action.isBusy && <p>{tn("who_opens.left", left)}</p>}
        {asked?.length === 0 && <Nothing>{t("who_opens.no_badges")}</Nothing>}
      </div>
      {action.isBusy && (
        <button type="button" class="secondary" onClick={() => (isStopped.current = true)}>
          {t("who_opens.stop")}
        </button>
      )}
      {asked && asked.length > 0 && (
        <Table asked={asked} door={doors.find(({ id }) => String(id) === door)?.name ?? ""} />
      )}
    </section>
  );
}
