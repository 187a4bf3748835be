#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::booking {

// SQL of papers, each query within one town.

/// The kinds that a room asks for, in the order of PaperKind.
[[nodiscard]] std::vector<PaperKind> required_papers(store::Session& session, TownId town,
                                                     RoomId room);

/// Whether there is such an association or enabled person.
[[nodiscard]] bool holder_exists(store::Session& session, TownId town,
                                 const access::Holder& holder);

/// Inserts a paper; answers its id (`paper.id` is not looked at).
[[nodiscard]] PaperId insert_paper(store::Session& session, TownId town, const Paper& paper);

/// Accepts a paper once. False when it was accepted already.
[[nodiscard]] bool accept_paper_row(store::Session& session, TownId town, const Paper& accepted);

[[nodiscard]] std::optional<Paper> select_paper(store::Session& session, TownId town,
                                                PaperId paper);

/// The papers of one holder, newest first.
[[nodiscard]] std::vector<Paper> select_papers(store::Session& session, TownId town,
                                               const access::Holder& holder);

/// The holder's approved bookings that have not ended at `now`, in rooms that ask for a kind.
[[nodiscard]] std::vector<BookingId> select_needing(store::Session& session, TownId town,
                                                    const Paper& paper,
                                                    std::chrono::sys_seconds now);

}  // namespace creneau::booking
