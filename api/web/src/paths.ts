/** The addresses of the screens, as people see them. */
export const kPaths = {
  home: "/",
  signIn: "/connexion",
  password: "/mot-de-passe",
  account: "/compte",
  papers: "/papiers",
  find: "/trouver",
  ask: "/demander",
  bookings: "/reservations",
  series: "/series",
  inbox: "/demandes",
  planning: "/planning",
  day: "/journee",
  closures: "/fermetures",
  holds: "/options",
  timeConflicts: "/heure-legale",
  feeds: "/calendriers",
  tokens: "/programmes",
  reports: "/statistiques",
  letters: "/lettres",
  undelivered: "/non-remis",
  delegations: "/delegations",
  subscriptions: "/services-informes",
  rounds: "/campagnes",
  members: "/membres",
  movements: "/mouvements",
  people: "/personnes",
  associations: "/associations",
  staff: "/agents",
  renewals: "/papiers-a-renouveler",
  doors: "/portes",
  alarms: "/alarmes",
  profiles: "/profils",
  why: "/pourquoi",
  agents: "/controleurs",
  badges: "/badges",
  events: "/passages",
  myData: "/mes-donnees",
  privacy: "/donnees-personnelles",
  retention: "/conservation",
  register: "/registre",
  audit: "/journal",
  rooms: "/salles",
  display: "/affichage",
  firstSteps: "/premiers-pas",
} as const;

/** An address with a query, without the parts that are empty. */
export function withQuery(
  path: string,
  query: Record<string, string | number | undefined>,
): string {
  const filled = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)] as [string, string]],
  );
  return filled.length === 0 ? path : `${path}?${new URLSearchParams(filled).toString()}`;
}

/** Only an address of these pages: nobody is sent elsewhere by a link. */
export function wantedPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])/.test(to) ? to : kPaths.home;
}
