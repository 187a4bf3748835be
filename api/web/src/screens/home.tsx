import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import { town } from "../town/api";
import type { Me, Room, Site } from "../town/types";
import { t, tn, type WordKey } from "../words";

interface Way {
  path: string;
  title: WordKey;
  words: WordKey;
}

function waysOf(person: Me): Way[] {
  const ways: Way[] = [];
  if (rights.decides(person)) {
    ways.push({ path: kPaths.inbox, title: "inbox.title", words: "home.inbox" });
  }
  if (rights.plans(person)) {
    ways.push({ path: kPaths.planning, title: "planning.title", words: "home.planning" });
  }
  if (rights.prepares(person)) {
    ways.push({ path: kPaths.day, title: "day.title", words: "home.day" });
  }
  if (rights.prints(person)) {
    ways.push({ path: kPaths.letters, title: "letters.title", words: "home.letters" });
    ways.push({ path: kPaths.undelivered, title: "undelivered.title", words: "home.undelivered" });
  }
  if (rights.acceptsPapers(person)) {
    ways.push({ path: kPaths.renewals, title: "renewals.title", words: "home.renewals" });
  }
  if (rights.runsRounds(person) || rights.wishes(person)) {
    ways.push({ path: kPaths.rounds, title: "rounds.title", words: "home.rounds" });
  }
  if (rights.subscribes(person)) {
    ways.push({
      path: kPaths.subscriptions,
      title: "subscriptions.title",
      words: "home.subscriptions",
    });
  }
  if (rights.worksForTown(person)) {
    ways.push({ path: kPaths.delegations, title: "delegations.title", words: "home.delegations" });
  }
  if (rights.closes(person)) {
    ways.push({ path: kPaths.closures, title: "closures.title", words: "home.closures" });
  }
  if (rights.reports(person)) {
    ways.push({ path: kPaths.reports, title: "reports.title", words: "home.reports" });
  }
  if (rights.keepsPeople(person)) {
    ways.push({ path: kPaths.people, title: "directory.title", words: "home.directory" });
  }
  if (rights.seesMovements(person)) {
    ways.push({ path: kPaths.movements, title: "movements.title", words: "home.movements" });
  }
  if (rights.seesDoors(person)) {
    ways.push({ path: kPaths.doors, title: "doors.title", words: "home.doors" });
    ways.push({ path: kPaths.alarms, title: "alarms.title", words: "home.alarms" });
  }
  if (rights.searchesEvents(person)) {
    ways.push({ path: kPaths.events, title: "events.title", words: "home.events" });
  }
  if (rights.protectsData(person)) {
    ways.push({ path: kPaths.privacy, title: "privacy.title", words: "home.privacy" });
  }
  if (rights.administers(person)) {
    ways.push({ path: kPaths.firstSteps, title: "steps.title", words: "home.first_steps" });
  }
  ways.push({ path: kPaths.find, title: "find.title", words: "home.find" });
  ways.push({ path: kPaths.bookings, title: "bookings.title", words: "home.bookings" });
  return ways;
}

function Ways(props: { person: Me }) {
  return (
    <ul class="cards">
      {waysOf(props.person).map((way) => (
        <li key={way.path}>
          <a href={way.path}>{t(way.title)}</a>
          <p>{t(way.words)}</p>
        </li>
      ))}
    </ul>
  );
}

function SiteRooms(props: { site: Site; rooms: Room[] }) {
  return (
    <section>
      <h3>{props.site.name}</h3>
      <p class="quiet">{props.site.address}</p>
      <ul class="cards">
        {props.rooms.map((room) => (
          <li key={room.id}>
            <a href={`${kPaths.rooms}/${room.id}`}>{room.name}</a>
            <p>{tn("room.capacity", room.capacity)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Estate() {
  const loaded = useTown(async () => {
    const [sites, rooms] = await Promise.all([
      town.get("/api/v1/sites"),
      town.get("/api/v1/rooms"),
    ]);
    return { sites: sites.items, rooms: rooms.items };
  }, []);
  return (
    <Waiting of={loaded}>
      {({ sites, rooms }) =>
        rooms.length === 0 ? (
          <Nothing>{t("home.no_rooms")}</Nothing>
        ) : (
          sites.map((site) => (
            <SiteRooms
              key={site.id}
              site={site}
              rooms={rooms.filter((room) => room.site_id === site.id)}
            />
          ))
        )
      }
    </Waiting>
  );
}

export default function Home() {
  const person = me.value;
  return (
    <Screen title={person ? t("home.hello", { name: person.name }) : t("home.title")}>
      {person && !isInside(person) && (
        <div class="note">
          <p>{t("home.must_enrol")}</p>
          <a class="button" href={kPaths.account}>
            {t("enrol.title")}
          </a>
        </div>
      )}
      {isInside(person) ? (
        <Ways person={person} />
      ) : (
        <p>
          {t("home.words")} <a href={kPaths.find}>{t("home.find_now")}</a>
        </p>
      )}
      <h2>{t("home.rooms")}</h2>
      <Estate />
    </Screen>
  );
}
