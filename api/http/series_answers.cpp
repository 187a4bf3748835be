#include "api/http/series_answers.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/find_series.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/date_errors.hpp"
#include "api/http/request.hpp"
#include "api/http/time_text.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

template <class Id>
std::int64_t raw(Id id) {
    return static_cast<std::int64_t>(id);
}

template <class Id>
nlohmann::json or_null(const std::optional<Id>& id) {
    return id ? nlohmann::json(raw(*id)) : nlohmann::json(nullptr);
}

nlohmann::json pattern_of(const booking::Recurrence& recurrence) {
    const auto parts = booking::parts_of(recurrence.pattern);
    auto weekdays = nlohmann::json::array();
    for (const auto day : parts.weekdays) {
        weekdays.push_back(booking::word_of(day));
    }
    return {{"pattern", parts.word},
            {"interval", parts.interval},
            {"weekdays", std::move(weekdays)},
            {"nth", parts.nth == 0 ? nlohmann::json(nullptr) : nlohmann::json(parts.nth)},
            {"first_date", booking::text_of(recurrence.first)},
            {"until", recurrence.until ? nlohmann::json(booking::text_of(*recurrence.until))
                                       : nlohmann::json(nullptr)},
            {"count", or_null(recurrence.count)}};
}

nlohmann::json occurrence_of(const booking::Booking& occurrence) {
    auto json = to_json(occurrence.slot);
    json["date"] = occurrence.series_date;
    json["booking_id"] = raw(occurrence.id);
    json["status"] = booking::word_of(occurrence.status);
    json["room_id"] = raw(occurrence.room);
    json["layout"] = occurrence.layout;
    return json;
}

nlohmann::json missed_of(const booking::MissedDate& missed, Language language) {
    auto errors = nlohmann::json::array();
    for (const auto& reason : missed.reasons) {
        errors.push_back(
            {{"field", '/' + reason.field},
             {"code", reason.rule},
             {"detail", language == Language::en ? reason.detail.en : reason.detail.fr}});
    }
    return {{"date", missed.date},
            {"start", missed.local_start},
            {"end", missed.local_end},
            {"errors", std::move(errors)}};
}

bool is_alive(const booking::Booking& occurrence) {
    return occurrence.status == booking::Status::pending ||
           occurrence.status == booking::Status::approved;
}

/// "kept", "moved", "added" or "given_up"; empty of a date that was given up before.
std::string_view effect_of(const booking::Booking& after, const booking::SeriesView& before) {
    const auto found =
        std::ranges::find_if(before.occurrences, [&](const booking::BookingView& view) {
            return view.booking.series_date == after.series_date;
        });
    if (found == before.occurrences.end()) {
        return "added";
    }
    if (!is_alive(after)) {
        return is_alive(found->booking) ? "given_up" : "";
    }
    return found->booking.sequence == after.sequence ? "kept" : "moved";
}

nlohmann::json planned_of(const booking::PlannedDate& planned, Language language) {
    return {{"date", booking::text_of(planned.date)},
            {"start", planned.slot.local_start},
            {"end", planned.slot.local_end},
            {"verdict", booking::word_of(planned.verdict)},
            {"displaces", planned.displaced.size()},
            {"errors", to_json(planned.failures, language)},
            {"alternatives", to_json(planned.alternatives)}};
}

/// The lists of errors of these dates, to be fitted.
std::vector<nlohmann::json*> errors_in(nlohmann::json& dates) {
    std::vector<nlohmann::json*> lists;
    for (auto& date : dates) {
        lists.push_back(&date["errors"]);
    }
    return lists;
}

}  // namespace

nlohmann::json to_json(const booking::SeriesView& view, Language language) {
    const booking::Series& series = view.series;
    auto json = pattern_of(series.recurrence);
    json["id"] = raw(series.id);
    json["room_id"] = raw(series.room);
    json["association_id"] = or_null(series.association);
    json["booker_id"] = raw(series.booker);
    json["requested_by_id"] = raw(series.requested_by);
    json["skip"] = booking::words_of(series.skips);
    json["start_time"] = series.start_time;
    json["end_time"] = series.end_time;
    json["end_day_offset"] = series.end_day_offset;
    json["time_zone"] = series.time_zone;
    json["attendees"] = series.attendees;
    json["purpose"] = series.purpose;
    json["layout"] = view.layout;
    json["conflicts"] = booking::word_of(series.conflicts);
    json["split_from_id"] = or_null(series.split_from);
    json["ended_on"] =
        series.ended_on.empty() ? nlohmann::json(nullptr) : nlohmann::json(series.ended_on);
    json["requested_at"] = to_rfc3339(series.requested_at);
    json["occurrences"] = nlohmann::json::array();
    for (const auto& occurrence : view.occurrences) {
        json["occurrences"].push_back(occurrence_of(occurrence.booking));
    }
    json["missing_papers"] = nlohmann::json::array();
    for (const auto& missing : view.missing_papers) {
        json["missing_papers"].push_back(
            {{"kind", booking::word_of(missing.kind)}, {"from", missing.date}});
    }
    json["missed"] = nlohmann::json::array();
    for (const auto& missed : view.missed) {
        json["missed"].push_back(missed_of(missed, language));
    }
    fit_errors(json, errors_in(json["missed"]));
    return json;
}

nlohmann::json edit_to_json(const EditedViews& views, Language language) {
    auto dates = nlohmann::json::array();
    const auto add = [&dates](const booking::Booking& booking, std::string_view effect) {
        dates.push_back({{"date", booking.series_date},
                         {"start", booking.slot.local_start},
                         {"end", booking.slot.local_end},
                         {"effect", effect},
                         {"errors", nlohmann::json::array()}});
    };
    for (const auto& view : views.after.occurrences) {
        const auto effect = effect_of(view.booking, views.before);
        if (!effect.empty()) {
            add(view.booking, effect);
        }
    }
    const bool is_split = views.left.series.id != views.after.series.id;
    for (const auto& view : views.left.occurrences) {
        if (is_split && effect_of(view.booking, views.before) == "given_up") {
            add(view.booking, "given_up");
        }
    }
    for (const auto& missed : views.after.missed) {
        dates.push_back(missed_of(missed, language));
        dates.back()["effect"] = "missed";
    }
    std::stable_sort(dates.begin(), dates.end(), [](const auto& one, const auto& other) {
        return one["date"].template get_ref<const std::string&>() <
               other["date"].template get_ref<const std::string&>();
    });
    nlohmann::json json{{"dates", std::move(dates)}};
    fit_errors(json, errors_in(json["dates"]));
    return json;
}

nlohmann::json to_json(const booking::SeriesPlan& plan, booking::ConflictPolicy conflicts,
                       Language language) {
    const auto refusal = booking::refusal_of(plan, conflicts);
    auto dates = nlohmann::json::array();
    for (const auto& planned : plan.dates) {
        dates.push_back(planned_of(planned, language));
    }
    nlohmann::json json{
        {"accepted", !refusal.has_value()},
        {"booked",
         refusal ? 0 : std::ranges::count_if(plan.dates, &booking::PlannedDate::is_booked)},
        {"errors",
         to_json(refusal ? refusal->failures : std::vector<booking::Failure>(), language)},
        {"dates", std::move(dates)}};
    auto lists = errors_in(json["dates"]);
    lists.insert(lists.begin(), &json["errors"]);
    fit_errors(json, lists);
    return json;
}

}  // namespace creneau::http
