#include "api/http/request_framer.hpp"

#include "api/http/body_limits.hpp"
#include "api/http/message_head.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

namespace {

// Of a client that counted a body wrong; more only keeps a connection.
constexpr int kMostEmptyLines = 4;

/// "type/subtype" with optional plain parameters: what the server library reads without complaint.
bool is_plain_media_type(std::string_view text) {
    const auto plain = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= '0' && byte <= '9') || byte == '-';
    };
    constexpr std::string_view kKnown[] = {"application/json", "text/plain"};
    const auto type = text.substr(0, text.find(';'));
    if (std::find(std::begin(kKnown), std::end(kKnown), type) == std::end(kKnown)) {
        return false;
    }
    const auto rest = text.substr(type.size());
    if (rest.empty()) {
        return true;
    }
    constexpr std::string_view kCharset = "; charset=";
    const auto value = rest.substr(std::min(rest.size(), kCharset.size()));
    return rest.starts_with(kCharset) && !value.empty() &&
           std::all_of(value.begin(), value.end(), plain);
}

}  // namespace

std::string FramedRequest::canonical() const {
    std::string text = head.method + ' ' + head.target + " HTTP/1.1\r\nHost: " + head.host + "\r\n";
    for (const auto& [name, value] : head.headers) {
        if (name == "content-type" && is_plain_media_type(value)) {
            text += "Content-Type: " + value + "\r\n";
            break;
        }
    }
    const std::string_view shown = body.size() > kMaxBody ? std::string_view() : body;
    text += "Content-Length: " + std::to_string(shown.size()) + "\r\n\r\n";
    return text.append(shown);
}

void RequestFramer::feed(std::string_view bytes) {
    while (!bytes.empty() && !fault_) {
        std::size_t used = 0;
        switch (state_) {
            case State::head:
                used = take_head(bytes);
                break;
            case State::sized_body:
                used = take_sized_body(bytes);
                break;
            case State::chunked_body:
                used = take_chunked_body(bytes);
                break;
        }
        bytes.remove_prefix(used);
    }
}

std::size_t RequestFramer::take_head(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && state_ == State::head && !fault_) {
        const auto before = complete_.size();
        take_head_byte(bytes[used++]);
        if (complete_.size() != before) {
            break;
        }
    }
    return used;
}

void RequestFramer::take_head_byte(char byte) {
    const bool after_cr = !head_.empty() && head_.back() == '\r';
    const auto code = static_cast<unsigned char>(byte);
    const bool control = code < 0x20 && byte != '\r' && byte != '\n' && byte != '\t';
    if (after_cr != (byte == '\n') || control || code == 0x7F) {
        fault_ = FramingFault::malformed;  // bare CR or LF, or no text at all (TLS, …)
        return;
    }
    head_.push_back(byte);
    if (head_ == "\r\n") {
        head_.clear();  // RFC 9112, 2.2: an empty line before a request is passed over
        if (++empty_lines_ > kMostEmptyLines) {
            fault_ = FramingFault::malformed;
        }
    } else if (byte == '\n' && head_.ends_with("\r\n\r\n")) {
        end_of_head();
    } else if (head_.size() >= kMaxHead) {
        const bool in_first_line = head_.find('\n') == std::string::npos;
        fault_ = in_first_line ? FramingFault::target_too_long : FramingFault::head_too_large;
    }
}

void RequestFramer::end_of_head() {
    auto head = parse_head(head_);
    head_.clear();
    empty_lines_ = 0;
    if (!head) {
        fault_ = head.error();
        return;
    }
    current_ = FramedRequest{std::move(*head), {}};
    if (!make_place()) {
        fault_ = FramingFault::too_many_queued;
        return;
    }
    if (current_.head.chunked) {
        state_ = State::chunked_body;
        chunks_ = ChunkDecoder{current_.head.max_body};
    } else if (current_.head.content_length > 0) {
        state_ = State::sized_body;
    } else {
        finish();
        return;
    }
    owes_continue_ = current_.head.expects_continue;
}

/// Files are few at once, whatever the number of connections.
bool RequestFramer::make_place() {
    const bool has_body = current_.head.chunked || current_.head.content_length > 0;
    if (current_.head.max_body <= kMaxBody || !has_body) {
        return true;
    }
    auto place = take_upload_place();
    current_.upload = std::move(place).value_or(nullptr);
    return current_.upload != nullptr;
}

std::size_t RequestFramer::take_sized_body(std::string_view bytes) {
    const auto left = current_.head.content_length - current_.body.size();
    const auto taken = std::min<std::size_t>(bytes.size(), left);
    current_.body.append(bytes.substr(0, taken));
    if (taken == left) {
        finish();
    }
    return taken;
}

std::size_t RequestFramer::take_chunked_body(std::string_view bytes) {
    const auto used = chunks_.feed(bytes, current_.body);
    if (chunks_.fault()) {
        fault_ = chunks_.fault();
    } else if (chunks_.done()) {
        finish();
    }
    return used;
}

void RequestFramer::finish() {
    complete_.push_back(std::move(current_));
    current_ = FramedRequest{};
    state_ = State::head;
    owes_continue_ = false;
}

std::optional<FramedRequest> RequestFramer::next() {
    if (complete_.empty()) {
        return std::nullopt;
    }
    auto request = std::move(complete_.front());
    complete_.pop_front();
    return request;
}

void RequestFramer::give_up_beyond(std::size_t count) {
    complete_.resize(std::min(complete_.size(), count));
    fault_ = FramingFault::too_many_queued;
}

bool RequestFramer::between_requests() const {
    return state_ == State::head && head_.empty();
}

bool RequestFramer::take_continue() {
    // Bytes of the body that came already say that the client waits for nothing.
    const bool owed = owes_continue_ && current_.body.empty();
    owes_continue_ = false;
    return owed;
}

}  // namespace creneau::http
