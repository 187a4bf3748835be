#pragma once

#include "api/http/body_limits.hpp"
#include "api/http/message_head.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

/// Takes a chunked body apart (RFC 9112, 7.1). Extensions and trailers are checked and dropped.
class ChunkDecoder {
  public:
    /// A body of more than `most` bytes is a fault.
    explicit ChunkDecoder(std::size_t most = kMaxBody) : most_(most) {}

    /// Uses up to the end of the body and appends data to `body`; returns how many bytes it used.
    std::size_t feed(std::string_view bytes, std::string& body);
    [[nodiscard]] bool done() const { return state_ == State::done; }
    [[nodiscard]] std::optional<FramingFault> fault() const { return fault_; }

  private:
    enum class State : std::uint8_t { size_line, data, data_end, trailer_line, done };

    void take_line_byte(char byte);
    void end_of_line();
    void read_size();
    void read_trailer();
    std::size_t take_data(std::string_view bytes, std::string& body);
    void take_data_end(char byte);

    std::size_t most_;
    State state_ = State::size_line;
    std::string line_;
    std::uint64_t left_ = 0;
    std::size_t trailer_bytes_ = 0;
    std::optional<FramingFault> fault_;
};

}  // namespace creneau::http
