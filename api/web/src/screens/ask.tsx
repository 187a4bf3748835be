import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Refused, Waiting } from "../parts/states";
import { bookingOf, seriesOf, type Wish } from "../planning/wish";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { Refusal } from "../town/refusal";
import { isInside } from "../town/rights";
import { me } from "../town/session";
import type { Me, RoomWithRules } from "../town/types";
import { t } from "../words";
import { daysAfter, today } from "../words/dates";
import { Details } from "./ask/details";
import { Verify } from "./ask/verify";

function wishOf(query: Record<string, string>, person: Me): Wish {
  const day = query["day"] ?? daysAfter(today(), 7);
  return {
    room: Number(query["room"] ?? 0),
    day,
    from: query["from"] ?? "18:00",
    to: query["to"] ?? "20:00",
    people: Number(query["people"] ?? 20),
    purpose: "",
    layout: "",
    association: person.associations[0]?.id,
    booker: undefined,
    forName: "",
    repeat: "once",
    until: daysAfter(day, 70),
    termOnly: true,
  };
}

/** Sends the request; where the new booking or series is shown. */
async function send(wish: Wish, key: string): Promise<string> {
  if (wish.repeat === "once") {
    const booking = await town.post("/api/v1/bookings", { body: bookingOf(wish), key });
    return `${kPaths.bookings}/${booking.id}?sent=1`;
  }
  const series = await town.post("/api/v1/series", { body: seriesOf(wish), key });
  return `${kPaths.series}/${series.id}?sent=1`;
}

function Request(props: { room: RoomWithRules; person: Me }) {
  const { query, route } = useLocation();
  const [wish, setWish] = useState(() => wishOf(query, props.person));
  const [isChecked, setChecked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  if (!isChecked) {
    return (
      <Details
        room={props.room}
        person={props.person}
        wish={wish}
        onChange={(part) => setWish({ ...wish, ...part })}
        onDone={() => setChecked(true)}
      />
    );
  }
  return (
    <Verify
      room={props.room}
      wish={wish}
      onBack={(part) => {
        setWish({ ...wish, ...part });
        setChecked(part.room !== undefined && part.room === wish.room);
        if (part.room !== undefined && part.room !== wish.room) {
          route(
            `${kPaths.ask}?room=${part.room}&day=${part.day}&from=${part.from}&to=${part.to}&people=${wish.people}`,
          );
        }
      }}
      onSend={async () => route(await send(wish, key))}
    />
  );
}

export default function Ask() {
  const { query } = useLocation();
  const person = me.value;
  const id = Number(query["room"] ?? 0);
  const loaded = useTown(() => town.get("/api/v1/rooms/{id}", { path: { id } }), [id]);
  return (
    <Screen title={t("ask.title")}>
      {isInside(person) ? (
        <Waiting of={loaded}>
          {(room) => <Request key={JSON.stringify(query)} room={room} person={person} />}
        </Waiting>
      ) : (
        <Refused refusal={new Refusal({ status: 401 })} />
      )}
    </Screen>
  );
}
