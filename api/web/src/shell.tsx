import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";

import { useAction } from "./parts/action";
import { kPaths } from "./paths";
import { isInside, rights } from "./town/rights";
import { me, signOut } from "./town/session";
import type { Me } from "./town/types";
import { choose, language, t, type WordKey } from "./words";

interface Entry {
  path: string;
  words: WordKey;
}

function entriesFor(person: Me | null | undefined): Entry[] {
  const entries: Entry[] = [{ path: kPaths.find, words: "find.title" }];
  if (!isInside(person)) {
    return entries;
  }
  entries.push({ path: kPaths.bookings, words: "bookings.title" });
  if (rights.decides(person)) {
    entries.push({ path: kPaths.inbox, words: "inbox.title" });
  }
  entries.push({ path: kPaths.planning, words: "planning.title" });
  if (rights.prepares(person)) {
    entries.push({ path: kPaths.day, words: "day.title" });
  }
  if (rights.wishes(person)) {
    entries.push({ path: kPaths.rounds, words: "rounds.title" });
  }
  if (rights.closes(person)) {
    entries.push({ path: kPaths.closures, words: "closures.title" });
  }
  if (rights.reports(person)) {
    entries.push({ path: kPaths.reports, words: "reports.title" });
  }
  if (rights.keepsPeople(person)) {
    entries.push({ path: kPaths.people, words: "directory.title" });
  } else if (rights.seesMovements(person)) {
    entries.push({ path: kPaths.movements, words: "movements.title" });
  }
  if (rights.seesDoors(person)) {
    entries.push({ path: kPaths.doors, words: "doors.title" });
  } else if (rights.searchesEvents(person)) {
    entries.push({ path: kPaths.events, words: "events.title" });
  }
  if (rights.protectsData(person)) {
    entries.push({ path: kPaths.privacy, words: "privacy.title" });
  }
  return entries;
}

function Languages() {
  const other = language.value === "fr" ? "en" : "fr";
  return (
    <button type="button" class="plain" lang={other} onClick={() => void choose(other)}>
      {t("shell.other_language")}
    </button>
  );
}

/** On every screen: who shares a computer does not have to look for it. */
function Leave() {
  const { route } = useLocation();
  const action = useAction();
  const leave = () =>
    action.run(async () => {
      await signOut();
      route(kPaths.home);
    });
  return (
    <button type="button" class="plain" aria-busy={action.isBusy} onClick={() => void leave()}>
      {t("account.sign_out")}
    </button>
  );
}

/** What surrounds every screen: the way past it, where one can go, who is signed in. */
export function Shell(props: { children: ComponentChildren }) {
  const { path } = useLocation();
  const entries = entriesFor(me.value);
  const current = (of: string) => (path === of || path.startsWith(`${of}/`) ? "page" : undefined);
  return (
    <>
      <a class="skip" href="#main">
        {t("shell.skip")}
      </a>
      <header class="top">
        <a class="brand" href={kPaths.home}>
          {t("app.name")}
        </a>
        <nav aria-label={t("shell.navigation")}>
          <ul>
            {entries.map((entry) => (
              <li key={entry.path}>
                <a href={entry.path} aria-current={current(entry.path)}>
                  {t(entry.words)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="who">
          <Languages />
          {me.value ? (
            <>
              <a href={kPaths.account} aria-current={current(kPaths.account)}>
                {me.value.name}
              </a>
              <Leave />
            </>
          ) : (
            <a href={kPaths.signIn} aria-current={current(kPaths.signIn)}>
              {t("sign_in.title")}
            </a>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {props.children}
      </main>
    </>
  );
}
