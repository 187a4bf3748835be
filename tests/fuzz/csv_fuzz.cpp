#include "api/booking/imports/booking_sheet.hpp"
#include "api/documents/csv_table.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

/// Whatever the bytes, a sheet is read or refused with a place, and each of its lines too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view file(reinterpret_cast<const char*>(data), size);
    auto rows = creneau::documents::read_csv(file);
    if (!rows) {
        return 0;
    }
    std::vector<creneau::booking::SheetRow> sheet;
    for (auto& row : *rows) {
        if (row.line == 0 || row.cells.size() > creneau::documents::kMostCsvCells) {
            std::abort();
        }
        sheet.push_back({row.line, std::move(row.cells)});
    }
    const auto lines = creneau::booking::read_sheet(sheet);
    if (lines && lines->size() + 1 != sheet.size()) {
        std::abort();
    }
    if (lines) {
        for (const auto& line : *lines) {
            if (!line && line.error().empty()) {
                std::abort();
            }
        }
    }
    return 0;
}
