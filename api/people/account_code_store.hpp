#pragma once

#include "api/people/account_code_rules.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

/// Keeps a new code; its id.
[[nodiscard]] CodeId insert_code(store::Session& session, TownId town, const AccountCode& code);

[[nodiscard]] std::optional<AccountCode> find_code(store::Session& session, TownId town, CodeId id);

/// The person's newest kMostLivingCodes of that kind, the newest first, alive or not.
[[nodiscard]] std::vector<AccountCode> find_newest_codes(store::Session& session, TownId town,
                                                         PersonId person, CodeKind kind);

/// How many of that kind the person could use at `now`.
[[nodiscard]] std::int64_t count_living_codes(store::Session& session, TownId town, PersonId person,
                                              CodeKind kind, std::chrono::sys_seconds now);

/// A wrong one was entered: counts for each of the person's of that kind that are not used. Nothing
/// happens to nobody's, by the same statement.
void count_try(store::Session& session, TownId town, PersonId person, CodeKind kind);

void mark_used(store::Session& session, TownId town, CodeId id, std::chrono::sys_seconds now);

/// Ends the person's codes that are not used, of one kind or of all.
void end_codes(store::Session& session, TownId town, PersonId person, std::optional<CodeKind> kind);

/// Deletes what was over before `before`.
void purge_codes(store::Session& session, TownId town, std::chrono::sys_seconds before);

/// A code that somebody asked for.
struct CodeRequest {
    CodeKind kind{};
    std::string email;  ///< canonical, may be nobody's
};

void insert_code_request(store::Session& session, TownId town, const CodeRequest& request,
                         std::chrono::sys_seconds now);
[[nodiscard]] bool has_code_requests(store::Session& session, TownId town);
/// Takes the oldest away, `limit` of them at most.
[[nodiscard]] std::vector<CodeRequest> take_code_requests(store::Session& session, TownId town,
                                                          std::int64_t limit);

}  // namespace creneau::people
