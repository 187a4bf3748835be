#include "api/privacy/export_person.hpp"

#include "api/audit/day.hpp"
#include "api/documents/csv_text.hpp"
#include "api/people/security_log.hpp"
#include "api/privacy/export_store.hpp"
#include "api/privacy/export_types.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::privacy {

namespace {

constexpr std::int64_t kMostRows = 500;
constexpr std::size_t kPerCell = 24;  // its name and punctuation in the answer

std::size_t size_of(const std::vector<std::string>& row) {
    std::size_t size = 0;
    for (const std::string& value : row) {
        size += value.size() + kPerCell;
    }
    return size;
}

/// Takes off what does not fit `left`, or is one row too many; notes where the table goes on.
void cut(ExportedTable& table, std::size_t& left) {
    std::size_t kept = 0;
    while (kept < table.rows.size() && kept < kMostRows) {
        const auto size = size_of(table.rows[kept]);
        if (size > left) {
            left = 0;
            break;
        }
        left -= size;
        ++kept;
    }
    if (kept == table.rows.size()) {
        return;
    }
    // The cursor of a table that has not begun is above its first row.
    table.cursor = kept > 0 ? std::stoll(table.rows[kept - 1].front())
                            : std::stoll(table.rows.front().front()) + 1;
    table.rows.resize(kept);
}

std::string padded(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

void add_line(std::string& text, const std::vector<std::string>& cells) {
    bool is_first = true;
    for (const std::string& cell : cells) {
        text += is_first ? "" : ",";
        text += cell;
        is_first = false;
    }
    text += "\r\n";
}

}  // namespace

bool is_export_table(std::string_view name) {
    const auto names = export_tables();
    return std::ranges::find(names, name) != names.end();
}

std::vector<ExportedTable> export_person(store::Session& session, const ExportOrder& order) {
    const auto names =
        order.table.empty() ? export_tables() : std::vector<std::string>{order.table};
    std::size_t left = kMostExported;
    std::vector<ExportedTable> tables;
    for (const std::string& name : names) {
        auto table =
            select_exported(session, order.town, order.person, {name, order.before, kMostRows + 1});
        cut(table, left);
        tables.push_back(std::move(table));
    }
    return tables;
}

std::string rfc3339_of(const std::string& unix_seconds) {
    if (unix_seconds.empty()) {
        return {};
    }
    const std::chrono::sys_seconds at{std::chrono::seconds{std::stoll(unix_seconds)}};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(at - day);
    return audit::text_of(day) + 'T' + padded(time.hours().count()) + ':' +
           padded(time.minutes().count()) + ':' + padded(time.seconds().count()) + 'Z';
}

std::string export_csv(const std::vector<ExportedTable>& tables) {
    std::string text = "\xEF\xBB\xBF";  // spreadsheets take it for UTF-8 then
    for (const ExportedTable& table : tables) {
        add_line(text, {documents::csv_cell(table.name)});
        std::vector<std::string> cells;
        cells.reserve(table.columns.size());
        for (const ExportedColumn& column : table.columns) {
            cells.push_back(documents::csv_cell(column.name));
        }
        add_line(text, cells);
        for (const auto& row : table.rows) {
            for (std::size_t at = 0; at < row.size(); ++at) {
                const bool is_instant = table.columns[at].kind == ValueKind::instant;
                cells[at] = documents::csv_cell(is_instant ? rfc3339_of(row[at]) : row[at]);
            }
            add_line(text, cells);
        }
        if (table.cursor != 0) {
            add_line(text, {"cursor", std::to_string(table.cursor)});
        }
        text += "\r\n";
    }
    return text;
}

void record_export(store::Session& session, const ExportNote& note) {
    people::log_security(
        session, note.town,
        {.action = "person_exported", .actor = note.actor, .about = note.person, .at = note.now});
}

}  // namespace creneau::privacy
