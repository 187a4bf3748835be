import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { More, usePages } from "../parts/pages";
import { Question } from "../parts/question";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Nothing, Waiting } from "../parts/states";
import { Unfold } from "../parts/unfold";
import { hoursInWords } from "../parts/week_hours";
import { kPaths } from "../paths";
import { town } from "../town/api";
import { isInside, rights } from "../town/rights";
import { me } from "../town/session";
import type { AccessProfile, Zone } from "../town/types";
import { t } from "../words";
import { bodyOf, kNewProfile, ProfileForm, type ProfileDraft } from "./doors/profile_form";
import { DoorSteps } from "./doors/steps";

interface Props {
  zones: readonly Zone[];
  onDone: () => void;
}

function Change({ profile, zones, onDone }: Props & { profile: AccessProfile }) {
  const path = { id: profile.id };
  const action = useAction();
  const removal = useAction();
  const loaded = useTown(() => town.read("/api/v1/access-profiles/{id}", { path }), [profile]);
  const save = (draft: ProfileDraft, seen: string | undefined) =>
    action.run(async () => {
      await town.put("/api/v1/access-profiles/{id}", { path, body: bodyOf(draft), seen });
      onDone();
    });
  const remove = (seen: string | undefined) =>
    removal.run(async () => {
      await town.remove("/api/v1/access-profiles/{id}", { path, seen });
      onDone();
    });
  return (
    <Waiting of={loaded}>
      {({ body, etag }) => (
        <>
          <ProfileForm
            before={body}
            zones={zones}
            save={t("directory.save")}
            action={action}
            onSave={(draft) => void save(draft, etag)}
          />
          <Question
            label={t("profiles.remove", { name: profile.name })}
            words={t("profiles.remove_question")}
            yes={t("profiles.remove_yes")}
            no={t("question.no")}
            action={removal}
            onYes={() => void remove(etag)}
          />
        </>
      )}
    </Waiting>
  );
}

function Profile(props: Props & { profile: AccessProfile }) {
  const { profile, zones } = props;
  const mayChange = isInside(me.value) && rights.keepsProfiles(me.value);
  const names = zones.filter(({ id }) => profile.zone_ids.includes(id)).map(({ name }) => name);
  return (
    <li>
      <h2>{profile.name}</h2>
      <dl>
        <dt>{t("profiles.duties")}</dt>
        <dd>{profile.duties.join(", ") || t("profiles.no_duty")}</dd>
        <dt>{t("profiles.zones")}</dt>
        <dd>{names.join(", ")}</dd>
        <dt>{t("profiles.hours")}</dt>
        <dd>{hoursInWords(profile.hours)}</dd>
      </dl>
      {mayChange && (
        <Unfold label={t("profiles.change", { name: profile.name })}>
          {() => <Change {...props} />}
        </Unfold>
      )}
    </li>
  );
}

function Make({ zones, onDone }: Props) {
  const action = useAction();
  const make = (draft: ProfileDraft) =>
    action.run(async () => {
      await town.post("/api/v1/access-profiles", {
        body: bodyOf(draft),
        key: crypto.randomUUID(),
      });
      onDone();
    });
  return (
    <details>
      <summary>{t("profiles.new")}</summary>
      <ProfileForm
        before={kNewProfile}
        zones={zones}
        save={t("profiles.make")}
        action={action}
        onSave={(draft) => void make(draft)}
      />
    </details>
  );
}

/** Which duties open which zones, and at what hours. */
export default function Profiles() {
  const zones = useTown(() => town.get("/api/v1/zones", { query: { limit: 100 } }), []);
  const found = usePages(
    (cursor) => town.get("/api/v1/access-profiles", { query: { cursor } }),
    [],
  );
  const [made, setMade] = useState(0);
  const mayChange = isInside(me.value) && rights.keepsProfiles(me.value);
  const done = () => {
    setMade(made + 1);
    found.reload();
  };
  return (
    <Screen title={t("profiles.title")}>
      <DoorSteps at={kPaths.profiles} />
      <p>{t("profiles.words")}</p>
      <Waiting of={zones}>
        {({ items: known }) => (
          <>
            {mayChange && <Make key={made} zones={known} onDone={done} />}
            <Waiting of={found}>
              {({ items }) =>
                items.length === 0 ? (
                  <Nothing>{t("profiles.nothing")}</Nothing>
                ) : (
                  <ul class="cards">
                    {items.map((profile) => (
                      <Profile key={profile.id} profile={profile} zones={known} onDone={done} />
                    ))}
                  </ul>
                )
              }
            </Waiting>
          </>
        )}
      </Waiting>
      <More of={found} />
    </Screen>
  );
}
