#include "api/documents/csv_table.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <csv.h>
#include <iconv.h>

namespace creneau::documents {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::size_t line_at(std::string_view text, std::size_t place) {
    return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, place), '\n'));
}

class Converter {
  public:
    explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {
        if (handle_ == reinterpret_cast<iconv_t>(-1)) {  // NOLINT: as iconv_open() says it
            throw std::runtime_error(std::string("iconv does not know ") + from);
        }
    }
    ~Converter() { iconv_close(handle_); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// The text in UTF-8, or the place of the first byte that means nothing.
    tl::expected<std::string, std::size_t> convert(std::string_view text) {
        std::string in(text);
        std::string out(3 * text.size() + 1, '\0');
        char* from = in.data();
        char* to = out.data();
        std::size_t left = in.size();
        std::size_t room = out.size();
        if (iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
            return tl::unexpected(in.size() - left);
        }
        out.resize(out.size() - room);
        return out;
    }

  private:
    iconv_t handle_;
};

tl::expected<std::string, CsvError> in_utf8(std::string_view file) {
    if (auto text = Converter("UTF-8").convert(file)) {
        return *std::move(text);
    }
    auto text = Converter("WINDOWS-1252").convert(file);
    if (!text) {
        return tl::unexpected(CsvError{CsvFault::not_text, line_at(file, text.error())});
    }
    return *std::move(text);
}

std::optional<std::size_t> control_in(std::string_view text) {
    const auto found = std::ranges::find_if(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') ||
               c == '\x7f';
    });
    return found == text.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - text.begin()));
}

char delimiter_of(std::string_view text) {
    const std::string_view head = text.substr(0, text.find('\n'));
    return std::ranges::count(head, ',') > std::ranges::count(head, ';') ? ',' : ';';
}

/// Rows as the parser finds them.
struct Rows {
    std::vector<CsvRow> found;
    CsvRow open;
    bool too_large = false;

    static void end_cell(void* text, std::size_t size, void* rows) {
        auto& self = *static_cast<Rows*>(rows);
        self.too_large = self.too_large || self.open.cells.size() >= kMostCsvCells;
        if (!self.too_large) {
            self.open.cells.emplace_back(static_cast<const char*>(text), size);
        }
    }
    static void end_row(int /*ending*/, void* rows) {
        auto& self = *static_cast<Rows*>(rows);
        self.too_large = self.too_large || self.found.size() >= kMostCsvRows;
        const bool empty = std::ranges::all_of(self.open.cells, &std::string::empty);
        if (!self.too_large && !empty) {
            self.found.push_back(std::move(self.open));
        }
        self.open = {};
    }
};

struct FreeParser {
    void operator()(csv_parser* parser) const { csv_free(parser); }
};

/// In UTF-8, without a byte order mark and control characters.
tl::expected<std::string, CsvError> text_of(std::string_view file) {
    if (file.starts_with(kByteOrderMark)) {
        file.remove_prefix(kByteOrderMark.size());
    }
    auto text = in_utf8(file);
    if (text) {
        if (const auto control = control_in(*text)) {
            return tl::unexpected(CsvError{CsvFault::not_text, line_at(*text, *control)});
        }
    }
    return text;
}

}  // namespace

tl::expected<std::vector<CsvRow>, CsvError> read_csv(std::string_view file) {
    if (file.size() > kLargestCsv) {
        return tl::unexpected(CsvError{CsvFault::too_large, 0});
    }
    const auto text = text_of(file);
    if (!text) {
        return tl::unexpected(text.error());
    }
    csv_parser parser{};
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    const std::unique_ptr<csv_parser, FreeParser> owner(&parser);
    csv_set_delim(&parser, static_cast<unsigned char>(delimiter_of(*text)));
    Rows rows;
    std::size_t line = 1;
    for (const char& byte : *text) {
        if (rows.open.line == 0 && byte != '\n' && byte != '\r') {
            rows.open.line = line;
        }
        if (csv_parse(&parser, &byte, 1, Rows::end_cell, Rows::end_row, &rows) != 1) {
            return tl::unexpected(CsvError{CsvFault::bad_quotes, line});
        }
        if (rows.too_large) {
            return tl::unexpected(CsvError{CsvFault::too_large, line});
        }
        line += byte == '\n' ? 1 : 0;
    }
    if (csv_fini(&parser, Rows::end_cell, Rows::end_row, &rows) != 0) {
        return tl::unexpected(CsvError{CsvFault::bad_quotes, rows.open.line});
    }
    if (rows.too_large) {
        return tl::unexpected(CsvError{CsvFault::too_large, line});
    }
    return rows.found;
}

}  // namespace creneau::documents
