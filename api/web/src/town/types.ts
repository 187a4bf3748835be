import type { components } from "./contract";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Site = Schemas["Site"];
export type Room = Schemas["Room"];
export type RoomWithRules = Schemas["RoomWithRules"];
export type Booking = Schemas["Booking"];
export type BookingDetails = Schemas["BookingDetails"];
export type Entry = Schemas["Entry"] & Partial<Booking>;
export type Alternative = Schemas["Alternative"];
export type SeriesPlan = Schemas["SeriesPlan"];
export type PlannedDate = SeriesPlan["dates"][number];
export type SeriesRequest = Schemas["SeriesRequest"];
export type Series = Schemas["Series"];
export type Hold = Schemas["Hold"];
export type Wait = Schemas["Wait"];
export type Paper = Schemas["Paper"];
export type PassHolder = Schemas["PassHolder"];
export type Pass = Schemas["Pass"];
export type Ground = Schemas["Ground"];
export type Preparation = Schemas["Preparation"];
export type Session = Schemas["Session"];
export type Usage = Schemas["UsageReport"];
export type Decisions = Schemas["DecisionReport"];
export type Association = Schemas["Association"];
export type Person = Schemas["PersonRecord"];
export type AccessToken = Schemas["AccessToken"];
export type GivenRole = Schemas["GivenRole"];
export type Message = Schemas["Message"];
export type Member = Schemas["Member"];
export type Movement = Schemas["Movement"];
export type Department = Schemas["Department"];
export type StaffMember = Schemas["StaffMember"];
export type DoorAgent = Schemas["DoorAgent"];
export type Door = Schemas["Door"];
export type DoorCommand = Schemas["DoorCommand"];
export type DoorOptions = Schemas["DoorOptions"];
export type Alarm = Schemas["Alarm"];
export type AccessProfile = Schemas["AccessProfile"];
export type Zone = Schemas["Zone"];
export type HoursOfWeek = Schemas["HoursOfWeek"];
export type Lockdown = Schemas["SiteLockdown"];
export type Badge = Schemas["Badge"];
export type Confirmation = Schemas["Confirmation"];
export type AccessEvent = Schemas["AccessEvent"];
export type Closure = Schemas["Closure"];
export type Delegation = Schemas["Delegation"];
export type Subscription = Schemas["Subscription"];
export type Round = Schemas["Round"];
export type DayDemand = Schemas["DayDemand"];
export type WeekPlace = NonNullable<Schemas["WeekPlace"]>;
export type RoundWish = Schemas["Wish"];
export type AuditLine = Schemas["AuditLine"];
export type Retention = Schemas["Retention"];
export type Duty = Schemas["Duty"];
export type Feed = Schemas["Feed"];
export type DateError = Schemas["DateError"];
export type SelectedOutcome = Schemas["SelectedOutcome"];
export type Problem = Schemas["Problem"];

/** The rooms of a range of time, as the schedule has them. */
export interface ScheduledRoom {
  room_id: number;
  room_name: string;
  time_zone: string;
  entries: Entry[];
}
