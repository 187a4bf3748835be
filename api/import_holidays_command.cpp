#include "api/import_holidays_command.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/calendar_store.hpp"
#include "api/booking/calendars/import_holidays.hpp"
#include "api/booking/calendars/school_zone.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/config.hpp"
#include "api/documents/school_calendar.hpp"
#include "api/estate/town_store.hpp"
#include "api/store/migrator.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau {

namespace {

using documents::SchoolFileFault;

constexpr int kDone = 0;
constexpr int kRefused = 1;

std::string_view words_of(SchoolFileFault fault) {
    switch (fault) {
        case SchoolFileFault::too_large:
            return "trop grand : au plus 1 Mio et 2000 événements";
        case SchoolFileFault::not_a_calendar:
            return "ce n’est pas un calendrier : un fichier iCalendar (.ics) est attendu";
        case SchoolFileFault::bad_line:
            return "ligne illisible : une propriété en UTF-8 est attendue, un titre d’au plus 200 "
                   "octets";
        case SchoolFileFault::bad_date:
            return "une date de 2000 à 2099 est attendue, AAAAMMJJ";
        case SchoolFileFault::bad_interval:
            return "l’événement doit finir après son début et durer au plus 120 jours";
        case SchoolFileFault::doubled:
            return "chaque propriété n’est attendue qu’une fois par événement";
        case SchoolFileFault::missing:
            return "un événement a besoin de DTSTART et de SUMMARY";
        case SchoolFileFault::unsupported:
            return "un événement de jours entiers est attendu, sans répétition ni durée";
        case SchoolFileFault::no_holiday:
            return "aucune vacance de cette zone : vérifiez la zone et le fichier";
    }
    std::abort();
}

documents::SchoolZone file_zone_of(booking::SchoolZone zone) {
    switch (zone) {
        case booking::SchoolZone::a:
            return documents::SchoolZone::a;
        case booking::SchoolZone::b:
            return documents::SchoolZone::b;
        case booking::SchoolZone::c:
            return documents::SchoolZone::c;
        case booking::SchoolZone::corse:
            return documents::SchoolZone::corse;
    }
    std::abort();
}

std::string in_small_letters(std::string word) {
    std::ranges::transform(word, word.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return word;
}

booking::SchoolCalendar calendar_of(const documents::SchoolYears& years) {
    booking::SchoolCalendar calendar{{}, {}, years.known_from, years.known_until};
    for (const auto& holiday : years.holidays) {
        calendar.holidays.push_back({holiday.name, holiday.first, holiday.last});
    }
    return calendar;
}

void print(const std::filesystem::path& file, const documents::SchoolFileError& error) {
    std::cerr << file.string();
    if (error.line > 0) {
        std::cerr << ", ligne " << error.line;
    }
    if (!error.event.empty()) {
        std::cerr << ", « " << error.event << " »";
    }
    std::cerr << " : " << words_of(error.fault) << " (" << documents::word_of(error.fault)
              << ")\nrien n’a été enregistré\n";
}

void print(std::string_view head, const std::vector<booking::SeriesDate>& dates) {
    if (dates.empty()) {
        return;
    }
    std::cout << head << "\n";
    for (const auto& date : dates) {
        std::cout << "  série " << static_cast<std::int64_t>(date.series) << ", " << date.date
                  << "\n";
    }
}

void print(const booking::ImportHolidays& order, const booking::HolidaysImported& imported) {
    const auto& calendar = order.calendar;
    for (const auto& holiday : calendar.holidays) {
        std::cout << booking::text_of(holiday.first) << " – " << booking::text_of(holiday.last)
                  << "  " << holiday.name << "\n";
    }
    std::cout << booking::name_of(order.zone).fr << " : connues du "
              << booking::text_of(calendar.known_from) << " au "
              << booking::text_of(calendar.known_until);
    if (imported.known_until_before) {
        std::cout << " (jusque-là au " << booking::text_of(*imported.known_until_before) << ")";
    }
    std::cout << (imported.changed ? "" : " ; rien n’a changé") << "\n";
    if (!imported.is_towns_zone) {
        std::cout << "les séries de la ville n’en tiennent pas compte : sa zone (« school_zone » "
                     "dans le fichier de la ville) est une autre\n";
    }
    for (const booking::RoundId round : imported.dropped) {
        std::cout << "campagne " << static_cast<std::int64_t>(round)
                  << " : sa proposition valait pour d’autres dates, à refaire\n";
    }
    print("réservées, et désormais en vacances : au service de décider", imported.booked);
    print("écartées faute de calendrier, et désormais en période scolaire : à redemander",
          imported.now_term);
}

booking::HolidaysImported decide(const Config& config, booking::ImportHolidays& order) {
    std::string what = "the write was lost";
    store::Writer writer(config.database,
                         {.limits = {},
                          .town_id = {},
                          .report = [&what](const std::string& report) { what = report; }});
    auto answered =
        writer.run([&](store::Session& session) -> tl::expected<booking::HolidaysImported, bool> {
            store::require_current_schema(session);
            order.town = booking::TownId{estate::find_town(session, config.town)};
            return booking::import_holidays(session, order);
        });
    if (!answered) {
        throw store::StoreError(what);
    }
    return std::move(**answered);
}

}  // namespace

int import_holidays_command(const Config& config, const ImportHolidaysOptions& options) {
    const auto zone = booking::school_zone_of(in_small_letters(options.zone));
    if (!zone) {
        std::cerr << "« " << options.zone << " » n’est pas une zone : A, B, C ou Corse\n";
        return kRefused;
    }
    std::ifstream in(options.file, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(options.file)) {
        std::cerr << options.file.string() << ": cannot be read: an .ics file is wanted\n";
        return kRefused;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto years = documents::read_school_calendar(text, file_zone_of(*zone));
    if (!years) {
        print(options.file, years.error());
        return kRefused;
    }
    booking::ImportHolidays order;
    order.zone = *zone;
    order.calendar = calendar_of(*years);
    order.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    print(order, decide(config, order));
    return kDone;
}

}  // namespace creneau
