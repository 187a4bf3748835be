import { useAction } from "../../parts/action";
import { Select } from "../../parts/field";
import { useTown } from "../../parts/resource";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { BookingDetails } from "../../town/types";
import { language, t } from "../../words";

/** What a booking is for, as the office sorts it: nobody is told, and the figures are by it. */
export function KindOf(props: {
  booking: BookingDetails;
  seen: string | undefined;
  onDone: () => void;
}) {
  const { booking, seen, onDone } = props;
  const action = useAction();
  const { resource } = useTown(() => town.get("/api/v1/booking-kinds"), [language.value]);
  const kinds = resource.state === "ready" ? resource.value.items : [];
  if (kinds.length === 0) {
    return null;
  }
  const save = (kind: string) =>
    action.run(async () => {
      const path = { id: booking.id };
      await town.put("/api/v1/bookings/{id}/kind", { path, body: { kind }, seen });
      onDone();
    });
  return (
    <section aria-busy={action.isBusy}>
      <Summary refusal={action.refusal} fields={["/kind"]} />
      <Select
        label={t("kind.label")}
        hint={t("kind.hint")}
        value={booking.booking_kind}
        choices={[
          { value: "", label: t("kind.none") },
          ...kinds.map(({ key, name }) => ({ value: key, label: name })),
        ]}
        error={action.refusal?.about("/kind")}
        onValue={(kind) => void save(kind)}
      />
    </section>
  );
}
