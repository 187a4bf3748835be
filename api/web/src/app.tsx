import type { ComponentType } from "preact";
import { ErrorBoundary, lazy, LocationProvider, Route, Router } from "preact-iso";

import { kPaths } from "./paths";
import Home from "./screens/home";
import { Shell } from "./shell";
import { speakOfBooked, speakOfData, speakOfRounds, speakToStaff } from "./words";

type Load = () => Promise<{ default: ComponentType }>;

/** A screen that comes with words of its own. */
function withWords(load: Load, ...speak: (() => Promise<void>)[]) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), ...speak.map((words) => words())]);
    return screen.default;
  });
}

const forStaff = (load: Load) => withWords(load, speakToStaff);
const ofBooked = (load: Load) => withWords(load, speakOfBooked);
const ofData = (load: Load) => withWords(load, speakToStaff, speakOfData);
const ofRounds = (load: Load) => withWords(load, speakOfRounds);

const Account = lazy(() => import("./screens/account"));
const Ask = ofBooked(() => import("./screens/ask"));
const BookingPage = ofBooked(() => import("./screens/booking"));
const Bookings = ofBooked(() => import("./screens/bookings"));
const DaySheet = lazy(() => import("./screens/day_sheet"));
const Display = lazy(() => import("./screens/display"));
const Feeds = lazy(() => import("./screens/feeds"));
const Find = lazy(() => import("./screens/find"));
const Inbox = forStaff(() => import("./screens/inbox"));
const Audit = ofData(() => import("./screens/audit"));
const MyData = withWords(() => import("./screens/my_data"), speakOfData);
const PersonData = ofData(() => import("./screens/person_data"));
const Privacy = ofData(() => import("./screens/privacy"));
const Register = ofData(() => import("./screens/register"));
const RetentionPeriods = ofData(() => import("./screens/retention"));
const Members = lazy(() => import("./screens/members"));
const Lost = lazy(() => import("./screens/lost"));
const Papers = lazy(() => import("./screens/papers"));
const Password = lazy(() => import("./screens/password"));
const PassPage = lazy(() => import("./screens/pass"));
const Planning = lazy(() => import("./screens/planning"));
const AssociationPage = forStaff(() => import("./screens/association"));
const Associations = forStaff(() => import("./screens/associations"));
const Closures = forStaff(() => import("./screens/closures"));
const Alarms = forStaff(() => import("./screens/alarms"));
const Agents = forStaff(() => import("./screens/agents"));
const Badges = forStaff(() => import("./screens/badges"));
const Delegations = forStaff(() => import("./screens/delegations"));
const DoorPage = forStaff(() => import("./screens/door"));
const Doors = forStaff(() => import("./screens/doors"));
const Events = forStaff(() => import("./screens/events"));
const FirstSteps = forStaff(() => import("./screens/first_steps"));
const Holds = forStaff(() => import("./screens/holds"));
const Letters = forStaff(() => import("./screens/letters"));
const Movements = forStaff(() => import("./screens/movements"));
const People = forStaff(() => import("./screens/people"));
const PersonPage = forStaff(() => import("./screens/person"));
const Profiles = forStaff(() => import("./screens/profiles"));
const Reports = forStaff(() => import("./screens/reports"));
const Renewals = forStaff(() => import("./screens/renewals"));
const Staff = forStaff(() => import("./screens/staff"));
const Subscriptions = forStaff(() => import("./screens/subscriptions"));
const TimeConflicts = forStaff(() => import("./screens/time_conflicts"));
const Undelivered = forStaff(() => import("./screens/undelivered"));
const Why = forStaff(() => import("./screens/why"));
const RoomPage = lazy(() => import("./screens/room"));
const RoundPage = ofRounds(() => import("./screens/round"));
const Rounds = ofRounds(() => import("./screens/rounds"));
const SeriesChange = ofBooked(() => import("./screens/series_change"));
const SeriesPage = ofBooked(() => import("./screens/series"));
const Tokens = lazy(() => import("./screens/tokens"));
const SignIn = lazy(() => import("./screens/sign_in"));

type Loaded = ReturnType<typeof lazy<ComponentType>>;

const kScreens: [string, Loaded][] = [
  [kPaths.signIn, SignIn],
  [kPaths.password, Password],
  [kPaths.account, Account],
  [kPaths.papers, Papers],
  [kPaths.find, Find],
  [kPaths.ask, Ask],
  [kPaths.bookings, Bookings],
  [`${kPaths.bookings}/:id`, BookingPage],
  [`${kPaths.bookings}/:id/pass/:pass`, PassPage],
  [`${kPaths.series}/:id`, SeriesPage],
  [`${kPaths.series}/:id/changer`, SeriesChange],
  [kPaths.rounds, Rounds],
  [`${kPaths.rounds}/:id`, RoundPage],
  [kPaths.inbox, Inbox],
  [kPaths.planning, Planning],
  [kPaths.day, DaySheet],
  [kPaths.holds, Holds],
  [kPaths.timeConflicts, TimeConflicts],
  [kPaths.letters, Letters],
  [kPaths.undelivered, Undelivered],
  [kPaths.subscriptions, Subscriptions],
  [kPaths.delegations, Delegations],
  [kPaths.members, Members],
  [kPaths.movements, Movements],
  [kPaths.people, People],
  [`${kPaths.people}/:id`, PersonPage],
  [kPaths.associations, Associations],
  [`${kPaths.associations}/:id`, AssociationPage],
  [kPaths.staff, Staff],
  [kPaths.renewals, Renewals],
  [kPaths.doors, Doors],
  [`${kPaths.doors}/:id`, DoorPage],
  [kPaths.alarms, Alarms],
  [kPaths.profiles, Profiles],
  [kPaths.why, Why],
  [kPaths.agents, Agents],
  [kPaths.firstSteps, FirstSteps],
  [kPaths.badges, Badges],
  [kPaths.events, Events],
  [kPaths.closures, Closures],
  [kPaths.myData, MyData],
  [kPaths.privacy, Privacy],
  [`${kPaths.privacy}/:id`, PersonData],
  [kPaths.retention, RetentionPeriods],
  [kPaths.register, Register],
  [kPaths.audit, Audit],
  [kPaths.feeds, Feeds],
  [kPaths.tokens, Tokens],
  [kPaths.reports, Reports],
  [`${kPaths.rooms}/:id`, RoomPage],
  [`${kPaths.display}/:site`, Display],
];

/** Whether an address is of that form: `:id` in it stands for any one part. */
function fits(form: string, path: string): boolean {
  const [wanted, parts] = [form.split("/"), path.split("/")];
  return (
    wanted.length === parts.length &&
    wanted.every((part, at) => part.startsWith(":") || part === parts[at])
  );
}

/** Begins to load the screen of an address, while it is found out who asks for it. */
export function loadAhead(path: string): void {
  void kScreens.find(([form]) => fits(form, path))?.[1].preload();
}

export function App() {
  return (
    <LocationProvider>
      <Shell>
        <ErrorBoundary>
          <Router>
            <Route path={kPaths.home} component={Home} />
            {kScreens.map(([path, screen]) => (
              <Route key={path} path={path} component={screen} />
            ))}
            <Route default component={Lost} />
          </Router>
        </ErrorBoundary>
      </Shell>
    </LocationProvider>
  );
}
