import { town } from "../town/api";
import type { Message } from "../town/types";
import { speakToStaff, t, type WordKey } from "../words";
import { moment } from "./moment";
import { More, usePages } from "./pages";
import { Nothing, Waiting } from "./states";

const kLost = ["dead", "bounced"];

function State({ message }: { message: Message }) {
  const look = kLost.includes(message.state)
    ? "refused"
    : message.state === "sent" || message.state === "printed"
      ? "approved"
      : "pending";
  return <span class={`state ${look}`}>{t(`message_state.${message.state}`)}</span>;
}

function Row({ message }: { message: Message }) {
  return (
    <tr>
      <th scope="row">{message.person_name}</th>
      <td>{t(`message.${message.template}` as WordKey) || message.template}</td>
      <td>
        <State message={message} /> {message.reason}
      </td>
      <td>{moment(message.done_at ?? message.created_at)}</td>
      <td>
        <a href={`/api/v1/messages/${message.id}.pdf`} target="_blank" rel="noopener">
          {t("messages.read_one", { id: message.id })}
        </a>
      </td>
    </tr>
  );
}

/** What was told of a booking or a round and what became of each message; for the office. */
export function Messages({ of, id }: { of: "bookings" | "rounds"; id: number }) {
  const found = usePages(
    async (cursor) => {
      await speakToStaff();
      return town.get(`/api/v1/${of}/{id}/messages`, { path: { id }, query: { cursor } });
    },
    [of, id],
  );
  return (
    <>
      <Waiting of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("messages.nothing")}</Nothing>
          ) : (
            <div class="scroll" role="region" tabIndex={0} aria-label={t("messages.title")}>
              <table class="many">
                <caption>{t("messages.caption")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t("messages.to")}</th>
                    <th scope="col">{t("messages.what")}</th>
                    <th scope="col">{t("messages.became")}</th>
                    <th scope="col">{t("messages.when")}</th>
                    <th scope="col">{t("messages.read")}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((message) => (
                    <Row key={message.id} message={message} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Waiting>
      <More of={found} />
    </>
  );
}
