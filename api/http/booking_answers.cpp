#include "api/http/booking_answers.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/date_errors.hpp"
#include "api/http/object_text.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/time_text.hpp"
#include "api/store/column.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using store::raw;

/// The calls of ObjectText into a document.
class ObjectDocument {
  public:
    explicit ObjectDocument(nlohmann::json& document) : document_(document) {}

    void text(const char* name, std::string_view value) { document_[name] = value; }
    void number(const char* name, std::int64_t value) { document_[name] = value; }
    void null(const char* name) { document_[name] = nullptr; }

  private:
    nlohmann::json& document_;
};

template <class Object, class Id>
void write_id(Object& object, const char* name, const std::optional<Id>& id) {
    if (id) {
        object.number(name, raw(*id));
    } else {
        object.null(name);
    }
}

template <class Object>
void write_slot(Object& object, const booking::Slot& slot) {
    object.text("start", slot.local_start);
    object.text("end", slot.local_end);
    object.text("start_at", to_rfc3339(slot.at.start));
    object.text("end_at", to_rfc3339(slot.at.end));
}

template <class Object>
void write_interval(Object& object, const booking::Interval& interval, const std::string& zone) {
    write_slot(object, {booking::local_time_of(interval.start, zone),
                        booking::local_time_of(interval.end, zone), interval});
}

template <class Object>
void write_booking(Object& object, const booking::BookingView& view) {
    const booking::Booking& booking = view.booking;
    write_slot(object, booking.slot);
    object.number("id", raw(booking.id));
    object.text("status", booking::word_of(booking.status));
    object.number("room_id", raw(booking.room));
    object.text("room_name", view.room_name);
    object.text("time_zone", view.time_zone);
    write_id(object, "association_id", booking.association);
    object.text("association_name", view.association_name);
    object.number("booker_id", raw(booking.booker));
    object.text("booker_name", view.booker_name);
    object.number("requested_by_id", raw(booking.requested_by));
    object.number("attendees", booking.attendees);
    object.text("purpose", booking.purpose);
    object.text("layout", booking.layout);
    object.text("booking_kind", booking.kind);  // the `kind` of an entry says what it is
    object.text("ground", booking.ground);
    object.text("ground_text", booking.ground_text);
    object.number("sequence", booking.sequence);
    object.text("requested_at", to_rfc3339(booking.requested_at));
    if (booking.decided_at) {
        object.text("decided_at", to_rfc3339(*booking.decided_at));
    } else {
        object.null("decided_at");
    }
    write_id(object, "series_id", booking.series);
    if (booking.series) {
        object.text("series_date", booking.series_date);
    } else {
        object.null("series_date");
    }
}

std::vector<FieldError> errors_of(const booking::BookingError& error) {
    std::vector<FieldError> errors;
    errors.reserve(error.failures.size());
    for (const auto& failure : error.failures) {
        errors.push_back({'/' + failure.field,
                          std::string(booking::word_of(failure.rule)),
                          {failure.detail.fr, failure.detail.en}});
    }
    return errors;
}

Text detail_of(booking::Refusal refusal) {
    switch (refusal) {
        case booking::Refusal::rules:
            return {"La demande contient des erreurs.", "The request contains errors."};
        case booking::Refusal::room_taken:
            return {"La salle est déjà prise sur ce créneau.",
                    "The room is already taken at that time."};
        case booking::Refusal::room_closed:
            return {"La salle est fermée sur ce créneau.", "The room is closed at that time."};
        case booking::Refusal::room_held:
            return {"Une option est posée sur ce créneau.", "The slot is held for somebody."};
        case booking::Refusal::not_allowed:
            return {"Vous n’avez pas le droit de faire cela.", "You are not allowed to do this."};
        case booking::Refusal::wrong_state:
            return {"Son état ne le permet pas, ou plus.", "Its state does not allow this."};
        case booking::Refusal::started:
            return {"La réservation a commencé.", "The booking has begun."};
        case booking::Refusal::ended:
            return {"Le créneau est terminé.", "The slot is over."};
        case booking::Refusal::unknown_booking:
        case booking::Refusal::stale:
            return {};
    }
    std::abort();
}

nlohmann::json dates_of(const booking::BookingError& error, Language language) {
    auto dates = nlohmann::json::array();
    for (const auto& refused : error.dates) {
        dates.push_back({{"date", refused.date},
                         {"errors", to_json(refused.failures, language)},
                         {"alternatives", to_json(refused.alternatives)}});
    }
    std::vector<nlohmann::json*> lists;
    for (auto& date : dates) {
        lists.push_back(&date["errors"]);
    }
    fit_errors(dates, lists);
    return dates;
}

Problem problem_of(int status, std::string code, const booking::BookingError& error,
                   Language language) {
    Problem problem{status, std::move(code), detail_of(error.refusal), errors_of(error)};
    const bool is_overlap = error.refusal == booking::Refusal::room_taken ||
                            error.refusal == booking::Refusal::room_closed ||
                            error.refusal == booking::Refusal::room_held;
    if (!error.dates.empty()) {
        problem.extra["dates"] = dates_of(error, language);
    } else if (is_overlap || !error.alternatives.empty()) {
        problem.extra["alternatives"] = to_json(error.alternatives);
    }
    return problem;
}

std::string_view state_of(const access::Pass& pass, std::chrono::sys_seconds now) {
    const auto& credential = pass.credential;
    if (credential.revoked_at) {
        return "revoked";
    }
    const auto end = credential.not_before + std::chrono::minutes(credential.duration_min);
    return end <= now ? "ended" : "living";
}

}  // namespace

nlohmann::json to_json(const booking::Slot& slot) {
    nlohmann::json json;
    ObjectDocument document(json);
    write_slot(document, slot);
    return json;
}

nlohmann::json to_json(const booking::Interval& interval, const std::string& zone) {
    nlohmann::json json;
    ObjectDocument document(json);
    write_interval(document, interval, zone);
    return json;
}

void write(ObjectText& object, const booking::Interval& interval, const std::string& zone) {
    write_interval(object, interval, zone);
}

nlohmann::json to_json(const std::vector<booking::Failure>& failures, Language language) {
    auto list = nlohmann::json::array();
    for (const auto& failure : failures) {
        list.push_back(
            {{"field", '/' + failure.field},
             {"code", booking::word_of(failure.rule)},
             {"detail", language == Language::en ? failure.detail.en : failure.detail.fr}});
    }
    return list;
}

nlohmann::json to_json(const std::vector<booking::Alternative>& offers) {
    auto list = nlohmann::json::array();
    for (const auto& offer : offers) {
        auto one = to_json(offer.slot);
        one["room_id"] = raw(offer.room);
        one["room_name"] = offer.room_name;
        list.push_back(std::move(one));
    }
    return list;
}

nlohmann::json to_json(const booking::BookingView& view) {
    nlohmann::json json;
    ObjectDocument document(json);
    write_booking(document, view);
    return json;
}

void write(ObjectText& object, const booking::BookingView& view) {
    write_booking(object, view);
}

nlohmann::json to_json(const access::Pass& pass, std::chrono::sys_seconds now) {
    const auto& credential = pass.credential;
    const auto end = credential.not_before + std::chrono::minutes(credential.duration_min);
    return {{"id", raw(pass.row)},
            {"number", pass.number},
            {"booking_id", raw(pass.booking)},
            {"state", state_of(pass, now)},
            {"revision", credential.revision},
            {"window_start_at", to_rfc3339(credential.not_before)},
            {"window_end_at", to_rfc3339(end)},
            {"revoked_why", credential.revoked_why
                                ? nlohmann::json(access::word_of(*credential.revoked_why))
                                : nlohmann::json(nullptr)}};
}

Response refused(const Request& request, const booking::BookingError& error) {
    const auto code = std::string(booking::word_of(error.refusal));
    switch (error.refusal) {
        case booking::Refusal::rules:
            return problem_response(request, problem_of(422, "invalid", error, request.language));
        case booking::Refusal::room_taken:
        case booking::Refusal::room_closed:
        case booking::Refusal::room_held:
        case booking::Refusal::wrong_state:
        case booking::Refusal::started:
        case booking::Refusal::ended:
            return problem_response(request, problem_of(409, code, error, request.language));
        case booking::Refusal::not_allowed:
            return problem_response(request, problem_of(403, "forbidden", error, request.language));
        case booking::Refusal::unknown_booking:
            return not_found(request);
        case booking::Refusal::stale:
            return stale(request);
    }
    std::abort();
}

}  // namespace creneau::http
