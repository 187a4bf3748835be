#include "api/people/sessions.hpp"

#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/secret_token.hpp"
#include "api/people/session_store.hpp"
#include "api/people/session_types.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::people {

std::string new_session_token() {
    return new_secret_token();
}

void open_session(store::Session& session, TownId town, PersonId person, const NewSession& opened,
                  std::chrono::sys_seconds now) {
    purge_sessions(session, town, now);
    insert_session(session, town,
                   store::present(hash_of_secret_token(opened.token), "hash of a new token"),
                   {.person = person,
                    .device = opened.device,
                    .created_at = now,
                    .seen_at = now,
                    .ends_at = now + kSessionIdle,
                    .proved_at = now,
                    .proved_by = opened.proved_by});
}

std::optional<SignedIn> find_signed_in(store::Session& session, TownId town, std::string_view token,
                                       std::chrono::sys_seconds now) {
    const auto hash = hash_of_secret_token(token);
    const auto row = hash ? find_session(session, town, *hash) : std::nullopt;
    if (!row || row->ends_at <= now) {
        return std::nullopt;
    }
    auto person = find_person(session, town, row->person);
    if (!person || !person->is_active(now)) {
        return std::nullopt;
    }
    return SignedIn{std::move(*person),
                    {row->id, row->proved_at},
                    now - row->seen_at >= kSeenAgain,
                    row->proved_by};
}

void extend_session(store::Session& session, TownId town, std::string_view token,
                    std::chrono::sys_seconds now) {
    const auto hash = hash_of_secret_token(token);
    const auto row = hash ? find_session(session, town, *hash) : std::nullopt;
    if (row && row->ends_at > now) {
        keep_session(session, town, row->id, now,
                     std::min(now + kSessionIdle, row->created_at + kSessionAbsolute));
    }
}

void close_session(store::Session& session, TownId town, std::string_view token) {
    if (const auto hash = hash_of_secret_token(token)) {
        delete_session(session, town, *hash);
    }
}

void close_sessions_of(store::Session& session, TownId town, PersonId person,
                       std::optional<SessionId> kept) {
    delete_sessions_of(session, town, person, kept);
}

}  // namespace creneau::people
