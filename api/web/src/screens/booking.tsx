import { useLocation, useRoute } from "preact-iso";

import { BookingState } from "../parts/booking_state";
import { Messages } from "../parts/messages";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { Unfold } from "../parts/unfold";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { BookingDetails } from "../town/types";
import { t } from "../words";
import { clock, localOf, longDay, shortDay, span } from "../words/dates";
import { Cancel } from "./booking_parts/cancel";
import { Decide } from "./booking_parts/decide";
import { Holders } from "./booking_parts/holders";
import { KindOf } from "./booking_parts/kind_of";
import { useMandate } from "./booking_parts/mandate";
import { Move } from "./booking_parts/move";
import { isOwn } from "./booking_parts/ownership";
import { Passes } from "./booking_parts/passes";
import { ToCalendar } from "./booking_parts/to_calendar";

function Facts({ booking }: { booking: BookingDetails }) {
  const asked = localOf(booking.requested_at, booking.time_zone);
  return (
    <dl>
      <dt>{t("verify.room")}</dt>
      <dd>{booking.room_name}</dd>
      <dt>{t("verify.when")}</dt>
      <dd>
        {longDay(booking.start)}, {span(booking.start, booking.end)}
      </dd>
      <dt>{t("ask.for_whom")}</dt>
      <dd>{booking.association_name || booking.booker_name}</dd>
      <dt>{t("find.people")}</dt>
      <dd>{booking.attendees}</dd>
      <dt>{t("ask.purpose")}</dt>
      <dd>{booking.purpose}</dd>
      {booking.equipment.length > 0 && (
        <>
          <dt>{t("booking.equipment")}</dt>
          <dd>{booking.equipment.map((line) => `${line.quantity} × ${line.name}`).join(", ")}</dd>
        </>
      )}
      <dt>{t("booking.asked")}</dt>
      <dd>
        {shortDay(asked)}, {clock(asked)}
      </dd>
      {booking.attendance !== "unknown" && (
        <>
          <dt>{t("booking.attendance")}</dt>
          <dd>{t(`attendance.${booking.attendance}`)}</dd>
        </>
      )}
      {booking.ground_text !== "" && (
        <>
          <dt>{t("booking.ground")}</dt>
          <dd>{booking.ground_text}</dd>
        </>
      )}
    </dl>
  );
}

export default function BookingPage() {
  const { params } = useRoute();
  const { query } = useLocation();
  const id = params["id"] ?? "0";
  const isOffice = isInside(me.value) && rights.decides(me.value);
  const hasMandate = useMandate();
  const loaded = useTown(() => town.read("/api/v1/bookings/{id}", { path: { id } }), [id]);
  return (
    <Screen title={t("booking.title", { id })}>
      <Waiting of={loaded}>
        {({ body: booking, etag }) => (
          <>
            {query["sent"] && (
              <p class="note good" role="status">
                {t(booking.status === "approved" ? "booking.booked" : "booking.sent")}
              </p>
            )}
            <p>
              <BookingState status={booking.status} /> {t(`status.${booking.status}_next`)}
            </p>
            <Facts booking={booking} />
            {booking.missing_papers.length > 0 && (
              <p class="note">
                {t("booking.missing", {
                  papers: booking.missing_papers.map((kind) => t(`paper.${kind}`)).join(", "),
                })}{" "}
                {isOwn(booking) && <a href={kPaths.papers}>{t("papers.title")}</a>}
              </p>
            )}
            {isOffice && <KindOf booking={booking} seen={etag} onDone={loaded.reload} />}
            <ToCalendar booking={booking} />
            {booking.status === "approved" && <Passes booking={booking} />}
            {booking.status === "approved" && booking.association_id !== null && isOwn(booking) && (
              <Holders key={booking.sequence} booking={booking} onDone={loaded.reload} />
            )}
            {(isOffice || hasMandate) && booking.status === "pending" && (
              <Decide booking={booking} seen={etag} onDone={loaded.reload} />
            )}
            <Move booking={booking} seen={etag} onDone={loaded.reload} isOffice={isOffice} />
            {isOffice && (
              <Unfold label={t("messages.title")}>
                {() => <Messages of="bookings" id={booking.id} />}
              </Unfold>
            )}
            <Cancel booking={booking} seen={etag} onDone={loaded.reload} isOffice={isOffice} />
          </>
        )}
      </Waiting>
    </Screen>
  );
}
