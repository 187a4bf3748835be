#include "api/http/chunk_decoder.hpp"

#include "api/http/message_head.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

namespace creneau::http {

namespace {

constexpr std::size_t kLongestSizeLine = 256;
constexpr std::size_t kLongestSize = 8;  // hexadecimal digits
constexpr std::size_t kMaxTrailers = std::size_t{8} * 1024;

}  // namespace

std::size_t ChunkDecoder::feed(std::string_view bytes, std::string& body) {
    std::size_t used = 0;
    while (used < bytes.size() && !fault_ && state_ != State::done) {
        switch (state_) {
            case State::size_line:
            case State::trailer_line:
                take_line_byte(bytes[used++]);
                break;
            case State::data:
                used += take_data(bytes.substr(used), body);
                break;
            case State::data_end:
                take_data_end(bytes[used++]);
                break;
            case State::done:
                break;
        }
    }
    return used;
}

void ChunkDecoder::take_line_byte(char byte) {
    const bool after_cr = !line_.empty() && line_.back() == '\r';
    if (after_cr != (byte == '\n')) {
        fault_ = FramingFault::malformed;  // a bare CR or a bare LF
        return;
    }
    if (byte == '\n') {
        line_.pop_back();
        end_of_line();
        line_.clear();
        return;
    }
    line_.push_back(byte);
    if (state_ == State::size_line && line_.size() > kLongestSizeLine) {
        fault_ = FramingFault::malformed;
    }
    if (state_ == State::trailer_line && ++trailer_bytes_ > kMaxTrailers) {
        fault_ = FramingFault::head_too_large;
    }
}

void ChunkDecoder::end_of_line() {
    if (state_ == State::size_line) {
        read_size();
    } else {
        read_trailer();
    }
}

void ChunkDecoder::read_size() {
    const auto digits = std::min(line_.find_first_not_of("0123456789abcdefABCDEF"), line_.size());
    const auto rest = std::string_view(line_).substr(digits);
    const bool visible = std::all_of(rest.begin(), rest.end(), [](char byte) {
        return byte == '\t' || (byte >= 0x20 && byte < 0x7F);
    });
    if (digits == 0 || digits > kLongestSize || !visible ||
        (!rest.empty() && rest.front() != ';')) {
        fault_ = FramingFault::malformed;
        return;
    }
    std::from_chars(line_.data(), line_.data() + digits, left_, 16);
    state_ = left_ == 0 ? State::trailer_line : State::data;
}

void ChunkDecoder::read_trailer() {
    if (line_.empty()) {
        state_ = State::done;
    } else if (!parse_header_line(line_)) {
        fault_ = FramingFault::malformed;
    }
}

std::size_t ChunkDecoder::take_data(std::string_view bytes, std::string& body) {
    if (body.size() + left_ > most_) {
        fault_ = FramingFault::body_too_large;
        return 0;
    }
    const auto taken = std::min<std::size_t>(bytes.size(), left_);
    body.append(bytes.substr(0, taken));
    left_ -= taken;
    if (left_ == 0) {
        state_ = State::data_end;
    }
    return taken;
}

void ChunkDecoder::take_data_end(char byte) {
    if (line_.empty() && byte == '\r') {
        line_.push_back(byte);
    } else if (!line_.empty() && byte == '\n') {
        line_.clear();
        state_ = State::size_line;
    } else {
        fault_ = FramingFault::malformed;
    }
}

}  // namespace creneau::http
