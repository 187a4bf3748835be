import { ErrorBoundary, lazy, LocationProvider, Route, Router } from "preact-iso";

import { kPaths } from "./paths";
import { Shell } from "./shell";

const Account = lazy(() => import("./screens/account"));
const Ask = lazy(() => import("./screens/ask"));
const BookingPage = lazy(() => import("./screens/booking"));
const Bookings = lazy(() => import("./screens/bookings"));
const DaySheet = lazy(() => import("./screens/day_sheet"));
const Display = lazy(() => import("./screens/display"));
const Find = lazy(() => import("./screens/find"));
const Home = lazy(() => import("./screens/home"));
const Inbox = lazy(() => import("./screens/inbox"));
const Lost = lazy(() => import("./screens/lost"));
const Papers = lazy(() => import("./screens/papers"));
const PassPage = lazy(() => import("./screens/pass"));
const Planning = lazy(() => import("./screens/planning"));
const RoomPage = lazy(() => import("./screens/room"));
const SeriesPage = lazy(() => import("./screens/series"));
const SignIn = lazy(() => import("./screens/sign_in"));

export function App() {
  return (
    <LocationProvider>
      <Shell>
        <ErrorBoundary>
          <Router>
            <Route path={kPaths.home} component={Home} />
            <Route path={kPaths.signIn} component={SignIn} />
            <Route path={kPaths.account} component={Account} />
            <Route path={kPaths.papers} component={Papers} />
            <Route path={kPaths.find} component={Find} />
            <Route path={kPaths.ask} component={Ask} />
            <Route path={kPaths.bookings} component={Bookings} />
            <Route path={`${kPaths.bookings}/:id`} component={BookingPage} />
            <Route path={`${kPaths.bookings}/:id/pass/:pass`} component={PassPage} />
            <Route path={`${kPaths.series}/:id`} component={SeriesPage} />
            <Route path={kPaths.inbox} component={Inbox} />
            <Route path={kPaths.planning} component={Planning} />
            <Route path={kPaths.day} component={DaySheet} />
            <Route path={`${kPaths.rooms}/:id`} component={RoomPage} />
            <Route path={`${kPaths.display}/:site`} component={Display} />
            <Route default component={Lost} />
          </Router>
        </ErrorBoundary>
      </Shell>
    </LocationProvider>
  );
}
