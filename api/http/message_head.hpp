#pragma once

#include "api/http/body_limits.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::http {

inline constexpr std::size_t kMaxHead = std::size_t{16} * 1024;
inline constexpr std::size_t kMaxHeaders = 64;
inline constexpr std::size_t kMaxTarget = std::size_t{4} * 1024;

/// Why a connection is answered with an error and closed.
enum class FramingFault : std::uint8_t {
    malformed,
    unknown_method,
    unknown_version,
    unknown_coding,
    unknown_expectation,
    target_too_long,
    head_too_large,
    body_too_large,
    too_many_queued,
};

[[nodiscard]] int status_of(FramingFault fault);

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// A request's head, checked to the letter (RFC 9112, stricter where it lets a server choose).
struct MessageHead {
    std::string method;
    std::string target;  // origin form
    HeaderList headers;  // names in lower case, values trimmed
    std::string host;
    std::uint64_t content_length = 0;
    std::size_t max_body = kMaxBody;  // of such a request
    bool chunked = false;
    bool expects_continue = false;
    bool keep_alive = true;
};

/// `bytes` is a whole head, its empty line included.
[[nodiscard]] tl::expected<MessageHead, FramingFault> parse_head(std::string_view bytes);

/// One "Name: value" line without its CRLF; the name in lower case. Also for trailers.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> parse_header_line(
    std::string_view line);

}  // namespace creneau::http
