#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of papers, each query within one town.

/// The kinds that a room asks for, in the order of PaperKind.
[[nodiscard]] std::vector<PaperKind> required_papers(store::Session& session, TownId town,
                                                     RoomId room);

/// Whether there is such an association or enabled person.
[[nodiscard]] bool holder_exists(store::Session& session, TownId town,
                                 const access::Holder& holder);

/// A person whose data is restricted; never an association.
[[nodiscard]] bool is_restricted(store::Session& session, TownId town,
                                 const access::Holder& holder);

/// Inserts a paper; answers its id (`paper.id` is not looked at).
[[nodiscard]] PaperId insert_paper(store::Session& session, TownId town, const Paper& paper);

/// Accepts a paper once. False when it was accepted already.
[[nodiscard]] bool accept_paper_row(store::Session& session, TownId town, const Paper& accepted);

/// The file of a paper, in place of any it had.
void set_file(store::Session& session, TownId town, PaperId paper, const PaperFile& file);

/// Whether a paper of any town has that file: they share one folder.
[[nodiscard]] bool is_file_used(store::Session& session, const std::string& digest);

/// A paper whose file has to be in the folder.
struct FiledPaper {
    PaperId id{};
    std::string digest;
};

/// Those of a town, by their ids; at most `limit` after `after`.
[[nodiscard]] std::vector<FiledPaper> select_filed(store::Session& session, TownId town,
                                                   PaperId after, std::int64_t limit);

/// How many papers of a holder wait to be accepted.
[[nodiscard]] std::int64_t count_waiting(store::Session& session, TownId town,
                                         const access::Holder& holder);

[[nodiscard]] std::optional<Paper> select_paper(store::Session& session, TownId town,
                                                PaperId paper);

/// The papers of one holder, newest first.
[[nodiscard]] std::vector<Paper> select_papers(store::Session& session, TownId town,
                                               const access::Holder& holder);

/// Part of a list of papers, newest first.
struct PaperPage {
    std::int64_t limit = 50;
    std::optional<PaperId> before;  ///< older ones only
};
[[nodiscard]] std::vector<Paper> select_page(store::Session& session, TownId town,
                                             const access::Holder& holder, const PaperPage& page);

/// Accepted papers of anybody whose last day is in [from, until], newest first.
struct LastDays {
    std::string from;  ///< local dates
    std::string until;
    bool restricted = true;  ///< also of people whose data is restricted
};
[[nodiscard]] std::vector<Paper> select_expiring(store::Session& session, TownId town,
                                                 const LastDays& days, const PaperPage& page);

/// The holder's approved bookings that have not ended at `now`, in rooms that ask for a kind.
[[nodiscard]] std::vector<BookingId> select_needing(store::Session& session, TownId town,
                                                    const Paper& paper,
                                                    std::chrono::sys_seconds now);

}  // namespace creneau::booking
