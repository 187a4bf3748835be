#pragma once

#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace creneau::mail {

inline constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'795'300'000}};
inline constexpr std::int64_t kTown = 1;
inline constexpr std::int64_t kOtherTown = 2;

/// Two towns; in the first a room, two people (1 reads French, 2 English), an approved booking and
/// its credential, all with id 1.
void fill_town(store::Session& session);

/// Queues a mail about booking 1 and answers its id.
std::int64_t queue(store::Session& session, Template name, bool with_pass = false,
                   std::chrono::sys_seconds now = kNow);

void revoke_credential(store::Session& session);

/// A row as tests look at it.
struct OutboxRow {
    std::string state;
    std::int64_t attempts = 0;
    std::int64_t next_try_in = 0;  ///< seconds after kNow
    std::string last_error;
    std::string facts;
};
OutboxRow row_of(store::Session& session, std::int64_t id);

}  // namespace creneau::mail
