#include "api/http/booking_details.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/equipment_answers.hpp"
#include "api/store/session.hpp"

namespace creneau::http {

nlohmann::json details_of(store::Session& session, booking::TownId town,
                          const booking::BookingView& view) {
    auto json = to_json(view);
    json["equipment"] = to_json(booking::equipment_lines(session, town, view.booking.id));
    return json;
}

}  // namespace creneau::http
