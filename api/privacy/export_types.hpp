#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::privacy {

enum class ValueKind : std::uint8_t { text, number, instant };

struct ExportedColumn {
    std::string name;
    ValueKind kind = ValueKind::text;
};

/// Rows of one kind about a person, newest first; each value as text, empty where there is none,
/// instants as Unix seconds. The first column is the row's id.
struct ExportedTable {
    std::string name;
    std::vector<ExportedColumn> columns;
    std::vector<std::vector<std::string>> rows;
    std::int64_t cursor = 0;  ///< more rows follow, older than this id; 0: these are all
};

}  // namespace creneau::privacy
