#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace creneau::http {

/// Which bytes of a file are answered.
struct Piece {
    enum class Kind : std::uint8_t {
        whole,          ///< 200
        part,           ///< 206
        too_long,       ///< larger than an answer, and no range was asked for
        out_of_bounds,  ///< 416
    };
    Kind kind = Kind::whole;
    std::uint64_t from = 0;
    std::size_t length = 0;
};

/// What a request for a file of `size` bytes gets, `most` bytes an answer: RFC 9110, 14.2 with one
/// range of bytes; several, other units and what is malformed are passed over, as it says. A range
/// longer than `most` gets its beginning. `etag` is what If-Range is compared to.
[[nodiscard]] Piece piece_of(const Request& request, std::uint64_t size, std::string_view etag,
                             std::size_t most);

/// Puts status, Content-Range and Accept-Ranges of a piece on its answer.
void set_range(Response& response, const Piece& piece, std::uint64_t size);

}  // namespace creneau::http
