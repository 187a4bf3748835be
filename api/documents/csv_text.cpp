#include "api/documents/csv_text.hpp"

#include <string>
#include <string_view>

namespace creneau::documents {

std::string csv_cell(std::string_view value) {
    std::string cell;
    if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != std::string::npos) {
        cell.push_back('\'');
    }
    cell += value;
    if (cell.find_first_of(",;\"\r\n\t") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char byte : cell) {
        quoted.append(byte == '"' ? 2 : 1, byte);
    }
    quoted.push_back('"');
    return quoted;
}

}  // namespace creneau::documents
