import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { TextArea } from "../parts/field";
import { focused } from "../parts/focus";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import {
  datesAhead,
  draftOf,
  editOf,
  wordsOf,
  type Occurrence,
  type Scoped,
  type SeriesDraft,
} from "../planning/series_edit";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Alternative, Room, Series } from "../town/types";
import { t } from "../words";
import { shortDay, span } from "../words/dates";
import { ChangeFields, kFields } from "./series_parts/change_fields";
import { Effects, type EditPreview } from "./series_parts/effects";
import { RefusedDates } from "./series_parts/refused_dates";
import { ScopeChoice } from "./series_parts/scope_choice";

interface Props {
  series: Series;
  seen: string | undefined;
  dates: Occurrence[];
  rooms: readonly Room[];
}

/** What stands of the dates in scope. */
function standing({ series, dates }: Props, { scope, date }: Scoped): SeriesDraft {
  return draftOf(series, scope === "this" ? dates.find((one) => one.date === date) : undefined);
}

/** Another room on the same date, for a change of that one alone. */
function Instead(props: { slots: readonly Alternative[]; onTake: (slot: Alternative) => void }) {
  return props.slots.length === 0 ? null : (
    <>
      <p>{t("verify.instead")}</p>
      <ul class="plain-list">
        {props.slots.map((slot) => (
          <li key={`${slot.room_id} ${slot.start}`}>
            <button type="button" class="secondary small" onClick={() => props.onTake(slot)}>
              {slot.room_name}, {shortDay(slot.start)}, {span(slot.start, slot.end)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was typed, and what is asked of the town with it. */
function useChange(props: Props) {
  const { series, seen, dates } = props;
  const [scoped, setScoped] = useState<Scoped>({ scope: "all", date: dates[0]!.date });
  const [draft, setDraft] = useState(() => draftOf(series));
  const [override, setOverride] = useState("");
  const [preview, setPreview] = useState<EditPreview | undefined>(undefined);
  const now = standing(props, scoped);
  const edit = editOf(draft, now, scoped.scope);
  const asked = {
    path: { id: series.id },
    query: wordsOf(scoped),
    seen,
    body: override.trim() === "" ? edit : { ...edit, override_reason: override.trim() },
  };
  const choose = (next: Scoped) => {
    setScoped(next);
    setDraft(standing(props, next));
  };
  const ofDay = (slot: Alternative) => {
    const one = dates.find(({ date }) => date === scoped.date);
    return scoped.scope === "this" && one?.start.slice(0, 10) === slot.start.slice(0, 10);
  };
  return {
    scoped,
    choose,
    draft,
    change: (part: Partial<SeriesDraft>) => setDraft({ ...draft, ...part }),
    override,
    setOverride,
    preview,
    setPreview,
    asked,
    ofDay,
    isChanged: Object.keys(edit).length > 0,
  };
}

function Form(props: Props) {
  const { series, dates, rooms } = props;
  const { route } = useLocation();
  const action = useAction();
  const of = useChange(props);
  const isOffice = isInside(me.value) && rights.decides(me.value);
  const look = () =>
    action.run(async () => of.setPreview(await town.post("/api/v1/series/{id}/preview", of.asked)));
  const change = () =>
    action.run(async () => {
      const changed = await town.patch("/api/v1/series/{id}", of.asked);
      route(`${kPaths.series}/${changed.id}?changed=1`);
    });
  const take = (slot: Alternative) =>
    of.change({
      room: slot.room_id,
      from: slot.start.slice(11, 16),
      to: slot.end.slice(11, 16),
    });
  if (of.preview) {
    return (
      <div tabIndex={-1} ref={focused}>
        <dl>
          <dt>{t("verify.room")}</dt>
          <dd>{rooms.find(({ id }) => id === of.draft.room)?.name}</dd>
        </dl>
        <Summary refusal={action.refusal} />
        <RefusedDates refusal={action.refusal} />
        <Effects dates={of.preview.dates} />
        <button type="button" aria-busy={action.isBusy} onClick={() => void change()}>
          {t("series_change.now")}
        </button>{" "}
        <button type="button" class="secondary" onClick={() => of.setPreview(undefined)}>
          {t("series_change.edit")}
        </button>
      </div>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <p>{t("series_change.words")}</p>
      <Summary refusal={action.refusal} fields={kFields} />
      <RefusedDates refusal={action.refusal} />
      <Instead slots={action.refusal?.alternatives.filter(of.ofDay) ?? []} onTake={take} />
      <ScopeChoice name="scope" dates={dates} scoped={of.scoped} onChange={of.choose} />
      <ChangeFields
        key={`${series.id} ${of.scoped.scope} ${of.scoped.date}`}
        draft={of.draft}
        refusal={action.refusal}
        rooms={rooms}
        scope={of.scoped.scope}
        onChange={of.change}
      />
      {isOffice && (
        <TextArea
          label={t("series_change.override")}
          hint={t("series_change.override_hint")}
          value={of.override}
          error={action.refusal?.about("/override_reason")}
          onValue={of.setOverride}
        />
      )}
      {!of.isChanged && <p class="quiet">{t("series_change.nothing")}</p>}
      <button type="submit" disabled={!of.isChanged} aria-busy={action.isBusy}>
        {t("series_change.look")}
      </button>
    </form>
  );
}

/** Changes one date of a series, those from one on, or all; what becomes of each is shown first. */
export default function SeriesChange() {
  const { params } = useRoute();
  const id = params["id"] ?? "0";
  const loaded = useTown(async () => {
    const [read, rooms] = await Promise.all([
      town.read("/api/v1/series/{id}", { path: { id } }),
      town.get("/api/v1/rooms"),
    ]);
    return { ...read, rooms: rooms.items };
  }, [id]);
  return (
    <Screen title={t("series_change.title", { id })}>
      <p>
        <a href={`${kPaths.series}/${id}`}>{t("series_change.back")}</a>
      </p>
      <Waiting of={loaded}>
        {({ body: series, etag, rooms }) => {
          const dates = datesAhead(series, new Date().toISOString());
          return dates.length === 0 ? (
            <Nothing>{t("series_change.nothing_ahead")}</Nothing>
          ) : (
            <Form series={series} seen={etag} dates={dates} rooms={rooms} />
          );
        }}
      </Waiting>
    </Screen>
  );
}
