#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {

/// A paper near its last day that somebody may have to be told of.
struct EndingPaper {
    Paper paper;
    int told = 0;           ///< the nearest of kAlertDays that was told; kNeverTold: none
    std::string first_day;  ///< local date of its holder's first slot after it; "" without one
};

inline constexpr int kNeverTold = 1000;

/// Which last days count, as local dates, both included.
struct EndingDays {
    std::string from;
    std::string until;
};

/// Accepted papers with their last day in a range which their holder's bookings to come, in rooms
/// that ask for the kind, rest on: pending or approved, not over at `now`. Not those that another
/// accepted paper outlasts. The nearest first.
[[nodiscard]] std::vector<EndingPaper> select_ending(store::Session& session, TownId town,
                                                     const EndingDays& days,
                                                     std::chrono::sys_seconds now);

/// Whom to call about the sites where the holder's bookings to come rest on a paper.
[[nodiscard]] std::vector<mail::SiteHelp> select_helps_of(store::Session& session, TownId town,
                                                          PaperId paper,
                                                          std::chrono::sys_seconds now);

/// Notes that a paper's holder heard of it so many days before.
void mark_alerted(store::Session& session, TownId town, PaperId paper, int days,
                  std::chrono::sys_seconds now);

}  // namespace creneau::booking
