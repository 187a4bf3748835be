import { moment } from "../parts/moment";
import { More, usePages } from "../parts/pages";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { Message } from "../town/types";
import { t, type WordKey } from "../words";
import { DeskSteps } from "./desk/steps";

function About({ message }: { message: Message }) {
  const words = t(`message.${message.template}` as WordKey) || message.template;
  const link =
    message.booking_id !== null
      ? { href: `${kPaths.bookings}/${message.booking_id}`, id: message.booking_id }
      : message.series_id !== null
        ? { href: `${kPaths.series}/${message.series_id}`, id: message.series_id }
        : undefined;
  return (
    <>
      {message.subject || words}{" "}
      {link && (
        <a href={link.href}>
          {t(message.booking_id !== null ? "booking.title" : "series.title", { id: link.id })}
        </a>
      )}
    </>
  );
}

function Reader({ message }: { message: Message }) {
  const mayOpen = isInside(me.value) && rights.keepsPeople(me.value);
  const path =
    message.association_id !== null
      ? `${kPaths.associations}/${message.association_id}`
      : `${kPaths.people}/${message.person_id}`;
  return mayOpen ? <a href={path}>{message.person_name}</a> : <>{message.person_name}</>;
}

function Row({ message }: { message: Message }) {
  return (
    <tr>
      <th scope="row">
        <Reader message={message} />
      </th>
      <td>
        <About message={message} />
      </td>
      <td>
        <span class="state refused">
          {t(message.state === "bounced" ? "undelivered.bounced" : "undelivered.dead")}
        </span>{" "}
        {message.reason}
      </td>
      <td>{moment(message.done_at ?? message.created_at)}</td>
      <td>{message.needed_by === null ? "–" : moment(message.needed_by)}</td>
    </tr>
  );
}

function MessageTable({ messages }: { messages: readonly Message[] }) {
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={t("undelivered.title")}>
      <table class="many">
        <caption>{t("undelivered.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("undelivered.reader")}</th>
            <th scope="col">{t("undelivered.about")}</th>
            <th scope="col">{t("undelivered.why")}</th>
            <th scope="col">{t("undelivered.when")}</th>
            <th scope="col">{t("undelivered.needed")}</th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <Row key={message.id} message={message} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The messages that did not arrive: whoever waits for one is to be told in another way. */
export default function Undelivered() {
  const found = usePages(
    (cursor) => town.get("/api/v1/messages", { query: { state: "undelivered", cursor } }),
    [],
  );
  return (
    <Screen title={t("undelivered.title")} wide>
      <DeskSteps at={kPaths.undelivered} />
      <p>{t("undelivered.words")}</p>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("undelivered.nothing")}</Nothing>
          ) : (
            <MessageTable messages={items} />
          )
        }
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
