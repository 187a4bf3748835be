#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

struct RecomputeTimes {
    TownId town{};
    std::string tz_version;  ///< that this process resolves with: tz_version()
    std::chrono::sys_seconds now;
};

struct TimesRecomputed {
    std::size_t compared = 0;
    std::size_t moved = 0;
    std::vector<BookingId> in_conflict;
};

/// Compares every booking to come that another version of the time zone database resolved with what
/// its local times name now, all in the caller's transaction. One whose instants differ goes there
/// by delete and insert, keeps its status, gets a new pass and a mail (a series one mail); one that
/// finds something in its way keeps its instants and is listed for the office. Those that have
/// begun stay. Closures, holds and the waiting list follow (retime_closures, retime_claims). The
/// server compares again when it starts: one that ran meanwhile resolved with the former version.
[[nodiscard]] TimesRecomputed recompute_times(store::Session& session, const RecomputeTimes& order);

/// The same as a write of its own where the version is another than last time; for the start of a
/// server. Nothing when it is not, or the machine does not say its version. Throws StoreError when
/// the write is lost.
std::optional<TimesRecomputed> recompute_outdated_times(store::Readers& readers,
                                                        store::Writer& writer,
                                                        const RecomputeTimes& order);

}  // namespace creneau::booking
