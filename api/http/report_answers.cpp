#include "api/http/report_answers.hpp"

#include "api/booking/grounds.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/documents/csv_text.hpp"
#include "api/http/response.hpp"
#include "api/reports/decisions.hpp"
#include "api/reports/report_types.hpp"
#include "api/reports/usage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // spreadsheets take it for UTF-8 then

json to_json(const reports::Booked& booked) {
    return {{"bookings", booked.bookings},
            {"minutes", booked.minutes},
            {"attendees", booked.attendees},
            {"checked_in_minutes", booked.checked_in_minutes}};
}

json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}

json number_or_null(const std::optional<std::int64_t>& number) {
    return number ? json(*number) : json(nullptr);
}

json to_json(const reports::Requests& requests) {
    return {{"received", requests.received},
            {"approved", requests.approved},
            {"refused", requests.refused},
            {"cancelled", requests.cancelled},
            {"pending", requests.pending},
            {"median_delay_min", number_or_null(requests.median_delay)},
            {"nine_tenths_delay_min", number_or_null(requests.longest_of_nine_tenths)}};
}

/// What a ground says, of whichever list it is; its code where no list has it any more.
std::pair<std::string, std::string> label_of(const std::string& code) {
    for (const auto list : {booking::refusal_grounds(), booking::cancellation_grounds()}) {
        if (const auto* const ground = booking::find_ground(list, code)) {
            return {std::string(ground->label_fr), std::string(ground->label_en)};
        }
    }
    return {code, code};
}

void add_line(std::string& text, const std::vector<std::string>& cells) {
    bool is_first = true;
    for (const std::string& cell : cells) {
        if (!is_first) {
            text.push_back(';');
        }
        text += documents::csv_cell(cell);
        is_first = false;
    }
    text += "\r\n";
}

std::vector<std::string> cells_of(const std::string& key, const std::string& name,
                                  const reports::Booked& booked) {
    return {key,
            name,
            std::to_string(booked.bookings),
            std::to_string(booked.minutes),
            std::to_string(booked.attendees),
            std::to_string(booked.checked_in_minutes)};
}

std::string text_of(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : std::string();
}

std::vector<std::string> cells_of(const std::string& month, const reports::Requests& requests) {
    return {month,
            std::to_string(requests.received),
            std::to_string(requests.approved),
            std::to_string(requests.refused),
            std::to_string(requests.cancelled),
            std::to_string(requests.pending),
            text_of(requests.median_delay),
            text_of(requests.longest_of_nine_tenths)};
}

json head_of(const reports::Period& period) {
    return {{"from", booking::text_of(period.from)}, {"to", booking::text_of(period.to)}};
}

}  // namespace

json to_json(const reports::Usage& usage, const reports::Period& period, reports::UsageBy by) {
    json body = head_of(period);
    body["by"] = reports::word_of(by);
    body["items"] = json::array();
    for (const reports::UsageRow& row : usage.rows) {
        json item = to_json(row.booked);
        item["key"] = text_or_null(row.key);
        item["name"] = text_or_null(row.name);
        body["items"].push_back(std::move(item));
    }
    body["rest"] = to_json(usage.rest);
    body["total"] = to_json(usage.total);
    return body;
}

json to_json(const reports::Decisions& decisions, const reports::Period& period) {
    json body = head_of(period);
    body["total"] = to_json(decisions.all);
    body["months"] = json::array();
    for (const reports::Requests& requests : decisions.months) {
        json month = to_json(requests);
        month["month"] = requests.month;
        body["months"].push_back(std::move(month));
    }
    body["grounds"] = json::array();
    for (const reports::GroundCount& ground : decisions.grounds) {
        const auto [french, english] = label_of(ground.code);
        body["grounds"].push_back({{"code", ground.code},
                                   {"label_fr", french},
                                   {"label_en", english},
                                   {"refused", ground.refused},
                                   {"cancelled", ground.cancelled}});
    }
    return body;
}

std::string usage_csv(const reports::Usage& usage, reports::UsageBy by) {
    std::string text(kMark);
    add_line(text, {std::string(reports::word_of(by)), "nom", "réservations", "minutes",
                    "participants annoncés", "minutes avec passage"});
    for (const reports::UsageRow& row : usage.rows) {
        add_line(text, cells_of(row.key, row.name, row.booked));
    }
    if (usage.rest.bookings != 0) {
        add_line(text, cells_of("", "autres", usage.rest));
    }
    add_line(text, cells_of("", "total", usage.total));
    return text;
}

std::string decisions_csv(const reports::Decisions& decisions) {
    std::string text(kMark);
    add_line(text, {"mois", "reçues", "accordées", "refusées", "annulées", "en attente",
                    "délai médian (min)", "délai de neuf sur dix (min)"});
    for (const reports::Requests& requests : decisions.months) {
        add_line(text, cells_of(requests.month, requests));
    }
    add_line(text, cells_of("total", decisions.all));
    text += "\r\n";
    add_line(text, {"motif", "libellé", "refus", "annulations"});
    for (const reports::GroundCount& ground : decisions.grounds) {
        add_line(text, {ground.code, label_of(ground.code).first, std::to_string(ground.refused),
                        std::to_string(ground.cancelled)});
    }
    return text;
}

Response csv_response(const std::string& file_name, std::string body) {
    return {200,
            {{"Content-Type", "text/csv; charset=utf-8"},
             {"Content-Disposition", "attachment; filename=\"" + file_name + "\""}},
            std::move(body)};
}

}  // namespace creneau::http
