import type { ComponentType } from "preact";
import { ErrorBoundary, lazy, LocationProvider, Route, Router } from "preact-iso";

import { kPaths } from "./paths";
import { Shell } from "./shell";
import { speakToStaff } from "./words";

/** A screen of those who work for the town comes with its own words. */
function forStaff(load: () => Promise<{ default: ComponentType }>) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), speakToStaff()]);
    return screen.default;
  });
}

const Account = lazy(() => import("./screens/account"));
const Ask = lazy(() => import("./screens/ask"));
const BookingPage = lazy(() => import("./screens/booking"));
const Bookings = lazy(() => import("./screens/bookings"));
const DaySheet = lazy(() => import("./screens/day_sheet"));
const Display = lazy(() => import("./screens/display"));
const Feeds = lazy(() => import("./screens/feeds"));
const Find = lazy(() => import("./screens/find"));
const Home = lazy(() => import("./screens/home"));
const Inbox = lazy(() => import("./screens/inbox"));
const Lost = lazy(() => import("./screens/lost"));
const Papers = lazy(() => import("./screens/papers"));
const PassPage = lazy(() => import("./screens/pass"));
const Planning = lazy(() => import("./screens/planning"));
const AssociationPage = forStaff(() => import("./screens/association"));
const Associations = forStaff(() => import("./screens/associations"));
const Closures = forStaff(() => import("./screens/closures"));
const Badges = forStaff(() => import("./screens/badges"));
const Doors = forStaff(() => import("./screens/doors"));
const Events = forStaff(() => import("./screens/events"));
const People = forStaff(() => import("./screens/people"));
const PersonPage = forStaff(() => import("./screens/person"));
const Reports = forStaff(() => import("./screens/reports"));
const RoomPage = lazy(() => import("./screens/room"));
const SeriesPage = lazy(() => import("./screens/series"));
const SignIn = lazy(() => import("./screens/sign_in"));

type Loaded = ReturnType<typeof lazy<ComponentType>>;

const kScreens: [string, Loaded][] = [
  [kPaths.home, Home],
  [kPaths.signIn, SignIn],
  [kPaths.account, Account],
  [kPaths.papers, Papers],
  [kPaths.find, Find],
  [kPaths.ask, Ask],
  [kPaths.bookings, Bookings],
  [`${kPaths.bookings}/:id`, BookingPage],
  [`${kPaths.bookings}/:id/pass/:pass`, PassPage],
  [`${kPaths.series}/:id`, SeriesPage],
  [kPaths.inbox, Inbox],
  [kPaths.planning, Planning],
  [kPaths.day, DaySheet],
  [kPaths.people, People],
  [`${kPaths.people}/:id`, PersonPage],
  [kPaths.associations, Associations],
  [`${kPaths.associations}/:id`, AssociationPage],
  [kPaths.doors, Doors],
  [kPaths.badges, Badges],
  [kPaths.events, Events],
  [kPaths.closures, Closures],
  [kPaths.feeds, Feeds],
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
