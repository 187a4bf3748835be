#include "api/http/byte_range.hpp"

#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace creneau::http {

namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole =
        !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

/// [from, until) of "bytes=0-99", "bytes=100-" or "bytes=-500"; empty when it lies past the end,
/// nothing when it is no such text.
struct Bounds {
    std::uint64_t from = 0;
    std::uint64_t until = 0;
};

std::optional<Bounds> bounds_of(std::string_view header, std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (lowered(header.substr(0, kUnit.size())) != kUnit) {
        return std::nullopt;
    }
    const auto text = trimmed(header.substr(kUnit.size()));
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto first = number_in(text.substr(0, dash));
    const auto last = number_in(text.substr(dash + 1));
    if (dash == 0) {
        return last ? std::optional(Bounds{size - std::min(*last, size), size}) : std::nullopt;
    }
    const bool is_open = dash + 1 == text.size();
    if (!first || (!is_open && (!last || *last < *first))) {
        return std::nullopt;
    }
    const std::uint64_t until = is_open ? size : std::min(*last, size - 1) + 1;
    return *first >= size ? Bounds{size, size} : Bounds{*first, until};
}

}  // namespace

Piece piece_of(const Request& request, std::uint64_t size, std::string_view etag,
               std::size_t most) {
    const auto range = request.header("range");
    const auto only_if = request.header("if-range");
    const auto bounds = range && size > 0 && (!only_if || *only_if == etag)
                            ? bounds_of(*range, size)
                            : std::nullopt;
    if (!bounds) {
        return {size > most ? Piece::Kind::too_long : Piece::Kind::whole, 0,
                static_cast<std::size_t>(std::min<std::uint64_t>(size, most))};
    }
    if (bounds->from >= bounds->until) {
        return {Piece::Kind::out_of_bounds, 0, 0};
    }
    return {Piece::Kind::part, bounds->from,
            static_cast<std::size_t>(std::min<std::uint64_t>(bounds->until - bounds->from, most))};
}

void set_range(Response& response, const Piece& piece, std::uint64_t size) {
    const auto total = std::to_string(size);
    response.headers.emplace_back("Accept-Ranges", "bytes");
    if (piece.kind == Piece::Kind::part) {
        response.status = 206;
        response.headers.emplace_back(
            "Content-Range", "bytes " + std::to_string(piece.from) + '-' +
                                 std::to_string(piece.from + piece.length - 1) + '/' + total);
    } else if (piece.kind == Piece::Kind::out_of_bounds) {
        response.headers.emplace_back("Content-Range", "bytes */" + total);
    }
}

}  // namespace creneau::http
