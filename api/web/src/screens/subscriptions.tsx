import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import type { Subscription } from "../town/types";
import { t } from "../words";
import { DeskSteps } from "./desk/steps";
import { Subscribe, type Estate } from "./desk/subscribe";

function placeOf(subscription: Subscription, { sites, rooms }: Estate): string {
  const room = rooms.find(({ id }) => id === subscription.room_id);
  const site = sites.find(({ id }) => id === subscription.site_id);
  return room?.name ?? (site ? t("closures.whole", { site: site.name }) : t("roles.town"));
}

function whatOf(subscription: Subscription): string {
  const changes = subscription.changes.map((change) => t(`change.${change}`));
  return [...changes, ...(subscription.alarms ? [t("subscriptions.alarms")] : [])].join(", ");
}

function Row(props: { subscription: Subscription; estate: Estate; onDone: () => void }) {
  const { subscription, estate, onDone } = props;
  const action = useAction();
  const end = () =>
    action.run(async () => {
      await town.remove("/api/v1/subscriptions/{id}", { path: { id: subscription.id } });
      onDone();
    });
  return (
    <li>
      <h2>{subscription.service}</h2>
      <p>{subscription.email}</p>
      <p>
        {placeOf(subscription, estate)}, {whatOf(subscription)},{" "}
        {subscription.daily_at === null
          ? t("rhythm.at_once")
          : t("subscriptions.daily_at", { time: subscription.daily_at })}
      </p>
      <Question
        label={t("subscriptions.end", { service: subscription.service })}
        words={t("subscriptions.end_question")}
        yes={t("subscriptions.end_yes")}
        no={t("question.no")}
        action={action}
        onYes={() => void end()}
      />
    </li>
  );
}

async function readEstate(): Promise<Estate> {
  const [sites, rooms] = await Promise.all([
    town.get("/api/v1/sites"),
    town.get("/api/v1/rooms"),
  ]);
  return { sites: sites.items, rooms: rooms.items };
}

/** The services of the town that are told what becomes of bookings. */
export default function Subscriptions() {
  const estate = useTown(readEstate, []);
  const found = useTown(() => town.get("/api/v1/subscriptions"), []);
  const [made, setMade] = useState(0);
  const done = () => {
    setMade(made + 1);
    found.reload();
  };
  return (
    <Screen title={t("subscriptions.title")}>
      <DeskSteps at={kPaths.subscriptions} />
      <p>{t("subscriptions.words")}</p>
      <Waiting of={found}>
        {({ items }) => (
          <Waiting of={estate}>
            {(known) => (
              <>
                <Subscribe key={made} estate={known} onDone={done} />
                {items.length === 0 ? (
                  <Nothing>{t("subscriptions.nothing")}</Nothing>
                ) : (
                  <ul class="cards">
                    {items.map((subscription) => (
                      <Row
                        key={subscription.id}
                        subscription={subscription}
                        estate={known}
                        onDone={found.reload}
                      />
                    ))}
                  </ul>
                )}
              </>
            )}
          </Waiting>
        )}
      </Waiting>
    </Screen>
  );
}
