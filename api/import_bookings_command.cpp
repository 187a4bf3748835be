#include "api/import_bookings_command.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/imports/booking_sheet.hpp"
#include "api/booking/imports/import_bookings.hpp"
#include "api/config.hpp"
#include "api/documents/csv_table.hpp"
#include "api/estate/town_store.hpp"
#include "api/store/migrator.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau {

namespace {

using booking::LineEnd;

constexpr int kDone = 0;
constexpr int kRefused = 1;

std::string_view words_of(documents::CsvFault fault) {
    switch (fault) {
        case documents::CsvFault::too_large:
            return "trop grand : au plus 4 Mio, 2000 lignes et 100 colonnes (too_large)";
        case documents::CsvFault::not_text:
            return "n’est pas du texte UTF-8 ou Windows-1252 : enregistrez en « CSV UTF-8 » "
                   "(not_text)";
        case documents::CsvFault::bad_quotes:
            return "guillemets mal placés : une cellule qui en contient les double et s’entoure "
                   "de guillemets (bad_quotes)";
    }
    return {};
}

void print(const std::filesystem::path& file, const booking::SheetProblem& problem) {
    std::cout << file.string();
    if (problem.line > 0) {
        std::cout << ", ligne " << problem.line;
    }
    if (!problem.column.empty()) {
        std::cout << ", colonne « " << problem.column << " »";
    }
    std::cout << " : " << problem.detail << " (" << problem.code << ")\n";
}

void print(const std::filesystem::path& file, const booking::LineReport& line, bool kept) {
    const auto booking = static_cast<std::int64_t>(line.booking);
    switch (line.end) {
        case LineEnd::booked:
            std::cout << file.string() << ", ligne " << line.line
                      << (kept ? " : réservation " + std::to_string(booking) : " : passerait")
                      << "\n";
            return;
        case LineEnd::known:
            std::cout << file.string() << ", ligne " << line.line
                      << " : déjà importée, réservation " << booking << "\n";
            return;
        case LineEnd::refused:
            for (const auto& problem : line.problems) {
                print(file, problem);
            }
            return;
    }
}

void print(const std::filesystem::path& file, const booking::SheetReport& report) {
    for (const auto& problem : report.problems) {
        print(file, problem);
    }
    for (const auto& line : report.lines) {
        print(file, line, report.kept);
    }
    std::cout << report.count(LineEnd::booked) << (report.kept ? " réservées, " : " passeraient, ")
              << report.count(LineEnd::known) << " déjà importées, "
              << report.count(LineEnd::refused) << " refusées\n";
    if (!report.kept) {
        std::cout << "rien n’a été enregistré\n";
    }
}

std::vector<booking::SheetRow> sheet_of(std::vector<documents::CsvRow> rows) {
    std::vector<booking::SheetRow> sheet;
    sheet.reserve(rows.size());
    for (auto& row : rows) {
        sheet.push_back({row.line, std::move(row.cells)});
    }
    return sheet;
}

booking::SheetReport decide(const Config& config, booking::ImportBookings order) {
    std::string what = "the write was lost";
    store::Writer writer(config.database,
                         {.limits = {},
                          .town_id = {},
                          .report = [&what](const std::string& report) { what = report; }});
    auto answered = writer.run([&](store::Session& session) {
        store::require_current_schema(session);
        order.town = booking::TownId{estate::find_town(session, config.town)};
        return booking::import_bookings(session, order);
    });
    if (!answered) {
        throw store::StoreError(what);
    }
    return *answered ? std::move(**answered) : std::move(*answered).error();
}

}  // namespace

int import_bookings_command(const Config& config, const ImportBookingsOptions& options) {
    std::ifstream in(options.file, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(options.file)) {
        std::cerr << options.file.string() << ": cannot be read: a CSV file is wanted\n";
        return kRefused;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    auto rows = documents::read_csv(text);
    if (!rows) {
        const auto line = rows.error().line;
        std::cout << options.file.string()
                  << (line > 0 ? ", ligne " + std::to_string(line) : std::string()) << " : "
                  << words_of(rows.error().fault) << "\nrien n’a été enregistré\n";
        return kRefused;
    }
    booking::ImportBookings order;
    order.actor_email = options.actor_email;
    order.rows = sheet_of(*std::move(rows));
    order.commit = options.commit;
    order.skip_refused = options.skip_refused;
    order.approve = options.approve;
    order.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto report = decide(config, std::move(order));
    print(options.file, report);
    const bool clean = report.problems.empty() && report.count(LineEnd::refused) == 0;
    return clean || (report.kept && options.skip_refused) ? kDone : kRefused;
}

}  // namespace creneau
