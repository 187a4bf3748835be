#include "api/http/booking_details.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/conditional.hpp"
#include "api/http/equipment_answers.hpp"
#include "api/http/paper_answers.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::http {

namespace {

/// Of what is over or given up nothing is missing any more.
std::vector<booking::PaperKind> missing_of(store::Session& session, booking::TownId town,
                                           const booking::Booking& booking) {
    if (booking.status != booking::Status::pending && booking.status != booking::Status::approved) {
        return {};
    }
    return booking::missing_papers(session, town, booking,
                                   booking::required_papers(session, town, booking.room));
}

}  // namespace

nlohmann::json details_of(store::Session& session, booking::TownId town,
                          const booking::BookingView& view) {
    auto json = to_json(view);
    json["equipment"] = to_json(booking::equipment_lines(session, town, view.booking.id));
    json["missing_papers"] = to_json(missing_of(session, town, view.booking));
    return json;
}

std::string etag_of(const booking::BookingView& view, const nlohmann::json& details) {
    const auto version = etag_of_version(view.booking.sequence);
    const auto& missing = details.at("missing_papers");
    return missing.empty() ? version : etag_of_bytes(version + missing.dump());
}

}  // namespace creneau::http
