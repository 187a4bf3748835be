#pragma once

#include "api/http/body_limits.hpp"
#include "api/http/chunk_decoder.hpp"
#include "api/http/message_head.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

/// The largest canonical request.
inline constexpr std::size_t kMaxCanonical = kMaxHead + kMaxBody;

/// One whole request out of a connection's bytes.
struct FramedRequest {
    MessageHead head;
    std::string body;         // without any transfer coding
    UploadPlace upload = {};  // of a request that may carry a file; keep it as long as the body

    /// The same request in the one form that the server library is given: request line, Host,
    /// Content-Type when it has the plain form, Content-Length, body. What that library cannot
    /// parse stays in `head` only, and so does a body of more than kMaxBody.
    [[nodiscard]] std::string canonical() const;
};

/// Cuts the bytes of one connection into requests. After a fault it reads nothing more: what
/// follows a request that was not understood is never taken for another request.
/// The result does not depend on how the bytes were split.
class RequestFramer {
  public:
    void feed(std::string_view bytes);

    /// The oldest whole request that was not taken yet.
    [[nodiscard]] std::optional<FramedRequest> next();
    [[nodiscard]] std::size_t queued() const { return complete_.size(); }
    [[nodiscard]] std::optional<FramingFault> fault() const { return fault_; }
    /// Keeps the oldest `count` requests and reads nothing more: too_many_queued.
    void give_up_beyond(std::size_t count);

    /// No byte of an unfinished request has come.
    [[nodiscard]] bool between_requests() const;
    /// The client waits for "100 Continue" before it sends the body. True once per request.
    [[nodiscard]] bool take_continue();

  private:
    enum class State : std::uint8_t { head, sized_body, chunked_body };

    std::size_t take_head(std::string_view bytes);
    void take_head_byte(char byte);
    void end_of_head();
    [[nodiscard]] bool make_place();
    std::size_t take_sized_body(std::string_view bytes);
    std::size_t take_chunked_body(std::string_view bytes);
    void finish();

    State state_ = State::head;
    std::string head_;
    int empty_lines_ = 0;  // since the last request
    FramedRequest current_;
    ChunkDecoder chunks_;
    bool owes_continue_ = false;
    std::deque<FramedRequest> complete_;
    std::optional<FramingFault> fault_;
};

}  // namespace creneau::http
