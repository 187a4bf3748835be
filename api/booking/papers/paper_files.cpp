#include "api/booking/papers/paper_files.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

/// Longer than any request lives.
constexpr std::chrono::hours kBeingSent{1};
constexpr std::int64_t kAtOnce = 500;

}  // namespace

Outcome<Paper> find_paper(store::Session& session, TownId town, const people::Person& reader,
                          PaperId id) {
    auto paper = select_paper(session, town, id);
    if (!paper ||
        !may_see_papers(reader, paper->holder, is_restricted(session, town, paper->holder))) {
        return refuse(Refusal::unknown_booking);
    }
    return *std::move(paper);
}

Outcome<Paper> paper_to_fill(store::Session& session, TownId town, const people::Person& sender,
                             PaperId id) {
    auto paper = find_paper(session, town, sender, id);
    if (paper && !may_attach(sender, *paper)) {
        return refuse(Refusal::wrong_state);
    }
    return paper;
}

Outcome<Paper> attach_file(store::Session& session, const AttachFile& order) {
    const auto person = people::find_person(session, order.town, order.actor);
    if (!person) {
        return refuse(Refusal::not_allowed);
    }
    auto paper = paper_to_fill(session, order.town, *person, order.paper);
    if (!paper) {
        return paper;
    }
    set_file(session, order.town, order.paper, order.file);
    paper->file = order.file;
    audit::Line line;
    line.at = order.now;
    line.actor = order.actor;
    line.action = "paper_file_sent";
    line.subject_kind = "paper";
    line.subject = static_cast<std::int64_t>(order.paper);
    audit::append(session, order.town, line);
    return paper;
}

std::size_t sweep_paper_files(store::Writer& writer, const PaperFolder& folder,
                              std::chrono::system_clock::time_point now) {
    const auto swept = writer.run([&](store::Session& session) -> tl::expected<std::size_t, bool> {
        return folder.sweep(
            [&](const std::string& digest) { return is_file_used(session, digest); },
            now - kBeingSent);
    });
    return swept && *swept ? **swept : 0;
}

FilesFound look_for_files(store::Session& session, TownId town, const PaperFolder& folder) {
    FilesFound found;
    PaperId last{};
    for (auto page = select_filed(session, town, last, kAtOnce); !page.empty();
         page = select_filed(session, town, last, kAtOnce)) {
        for (const FiledPaper& paper : page) {
            if (folder.has(paper.digest)) {
                ++found.there;
            } else {
                found.missing.push_back(paper.id);
            }
        }
        last = page.back().id;
    }
    return found;
}

}  // namespace creneau::booking
