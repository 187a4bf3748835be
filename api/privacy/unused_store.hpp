#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::privacy {

/// From the mail that announces the end of an account to its erasure.
inline constexpr std::chrono::days kAnnouncedAhead{30};
/// So long after it an announcement says nothing any more, and another is sent.
inline constexpr std::chrono::days kAnnouncementServes{90};

struct UnusedQuery {
    std::chrono::sys_seconds before;  ///< who was heard of since is not meant
    std::chrono::sys_seconds now;
    people::PersonId after{};
    std::int64_t most = 1;
};
struct UnusedAccount {
    people::PersonId person{};
    bool announced = false;  ///< the mail left kAnnouncedAhead ago; otherwise none is under way
};
/// Whom the town has heard nothing of since `before`, ascending by id: no sign-in, no booking,
/// wait, hold or wish, no role but to book, no association as its manager or member, no delegation,
/// token, badge or subscription. Nobody without an e-mail address, whom nothing could be announced
/// to, and nobody whose announcement is under way.
[[nodiscard]] std::vector<UnusedAccount> select_unused(store::Session& session, people::TownId town,
                                                       const UnusedQuery& query);

}  // namespace creneau::privacy
