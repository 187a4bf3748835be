import type { HoursOfWeek } from "../town/types";
import { t } from "../words";
import { Field, Select } from "./field";

export const kWeekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof kWeekdays)[number];

const kFirst = { weekday: "monday", start_time: "08:00", end_time: "18:00" } as const;
const kMidnight = "24:00"; // which no field of a time can show: 00:00 stands for it as an end

/** "lundi 08:30 – 12:00, mardi …" */
export function hoursInWords(hours: HoursOfWeek): string {
  return hours
    .map(
      ({ weekday, start_time, end_time }) =>
        `${t(`weekday.${weekday}`)} ${start_time} – ${end_time}`,
    )
    .join(", ");
}

/** The day after it, Monday after Sunday. */
function dayAfter(weekday: Weekday): Weekday {
  return kWeekdays[(kWeekdays.indexOf(weekday) + 1) % kWeekdays.length]!;
}

/** Hours of a week, row by row; a new row is the last one on the day after it. */
export function WeekHours(props: {
  label: string;
  hours: HoursOfWeek;
  error: string | undefined;
  onHours: (hours: HoursOfWeek) => void;
}) {
  const { label, hours, error, onHours } = props;
  const change = (at: number, part: Partial<HoursOfWeek[number]>) =>
    onHours(hours.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const last = hours.at(-1);
  const add = () =>
    onHours([...hours, last ? { ...last, weekday: dayAfter(last.weekday) } : kFirst]);
  return (
    <fieldset>
      <legend>{label}</legend>
      {error && <p class="note bad">{error}</p>}
      {hours.map((row, at) => (
        <div key={at} class="columns">
          <Select
            label={t("week_hours.day")}
            value={row.weekday}
            choices={kWeekdays.map((value) => ({ value, label: t(`weekday.${value}`) }))}
            onValue={(weekday) => change(at, { weekday: weekday as Weekday })}
          />
          <Field
            label={t("find.from")}
            type="time"
            required
            value={row.start_time}
            onValue={(start_time) => change(at, { start_time })}
          />
          <Field
            label={t("find.to")}
            type="time"
            required
            value={row.end_time === kMidnight ? "00:00" : row.end_time}
            onValue={(end) => change(at, { end_time: end === "00:00" ? kMidnight : end })}
          />
          <button
            type="button"
            class="secondary small"
            onClick={() => onHours(hours.filter((_, index) => index !== at))}
          >
            {t("week_hours.remove", {
              hours: `${t(`weekday.${row.weekday}`)} ${row.start_time}`,
            })}
          </button>
        </div>
      ))}
      <button type="button" class="secondary small" onClick={add}>
        {t("week_hours.add")}
      </button>
    </fieldset>
  );
}
