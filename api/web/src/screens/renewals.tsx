import { useLocation } from "preact-iso";

import { Select } from "../parts/field";
import { More, usePages } from "../parts/pages";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { town } from "../town/api";
import type { Paper } from "../town/types";
import { t, tn } from "../words";
import { daysBetween, longDay, today } from "../words/dates";
import { DeskSteps } from "./desk/steps";

const kDays = ["7", "30", "90", "365"] as const;
const kUsual = "30";

/** Who has a paper: looked up one by one, and once, since the town remembers what was read. */
function Holder({ paper }: { paper: Paper }) {
  const { association_id: association, person_id: person } = paper;
  const loaded = useTown(
    async () =>
      association !== null
        ? (await town.get("/api/v1/associations/{id}", { path: { id: association } })).name
        : (await town.get("/api/v1/people/{id}", { path: { id: person ?? 0 } })).name,
    [association, person],
  );
  const href =
    association !== null ? `${kPaths.associations}/${association}` : `${kPaths.people}/${person}`;
  const { resource } = loaded;
  return (
    <a href={href}>
      {resource.state === "ready"
        ? resource.value
        : t("directory.id", { id: association ?? person ?? 0 })}
    </a>
  );
}

function Row({ paper }: { paper: Paper }) {
  const until = paper.valid_until ?? "";
  const left = daysBetween(today(), until);
  return (
    <tr>
      <th scope="row">
        <Holder paper={paper} />
      </th>
      <td class="begins">{t(`paper.${paper.kind}`)}</td>
      <td>{paper.reference}</td>
      <td>{longDay(until)}</td>
      <td>
        <span class={`state ${left <= 7 ? "refused" : "pending"}`}>
          {tn("papers.left", left)}
        </span>
      </td>
    </tr>
  );
}

function Table({ papers }: { papers: readonly Paper[] }) {
  const sorted = [...papers].sort((a, b) =>
    (a.valid_until ?? "").localeCompare(b.valid_until ?? ""),
  );
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={t("renewals.list")}>
      <table class="many">
        <caption>{t("renewals.list")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("renewals.whose")}</th>
            <th scope="col">{t("papers.kind")}</th>
            <th scope="col">{t("papers.reference")}</th>
            <th scope="col">{t("papers.last_day")}</th>
            <th scope="col">{t("renewals.how_long")}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((paper) => (
            <Row key={paper.id} paper={paper} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Accepted papers whose last day is near, the nearest first. */
export default function Renewals() {
  const { query, route } = useLocation();
  const days = kDays.find((value) => value === query["days"]) ?? kUsual;
  const found = usePages(
    (cursor) =>
      town.get("/api/v1/papers", { query: { expiring_within_days: days, limit: 100, cursor } }),
    [days],
  );
  return (
    <Screen title={t("renewals.title")} wide>
      <DeskSteps at={kPaths.renewals} />
      <p>{t("renewals.words")}</p>
      <Select
        label={t("renewals.within")}
        value={days}
        choices={kDays.map((value) => ({ value, label: tn("renewals.days", Number(value)) }))}
        onValue={(value) => route(withQuery(kPaths.renewals, { days: value }), true)}
      />
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("renewals.nothing")}</Nothing>
          ) : (
            <Table papers={items} />
          )
        }
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
