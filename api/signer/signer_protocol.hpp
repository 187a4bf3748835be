#pragma once

#include "api/signer/signer_client.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

/// What travels on the signer's socket; private to `Client` and `creneau-signer serve`.
/// One request and one answer a connection, each a u32 big-endian length and that many bytes.
///   request: JSON  {"ask":"sign_pass","credential":42}  or
///   {"ask":"export_policy","agent":"danton"}, with "nonce" of 32 hexadecimal digits or without, or
///   {"ask":"sign_command","command":42} or {"ask":"key_log","after":0}
///   answer:  one status byte, then the bytes asked for
///   (0) or the word of a SignError (1)
namespace creneau::signer {

inline constexpr std::size_t kFrameHead = 4;
inline constexpr std::size_t kMaxRequest = 1024;
inline constexpr std::size_t kMaxAnswer = std::size_t{64} << 20;

struct AskPass {
    std::int64_t credential_id = 0;
};
struct AskPolicy {
    std::string agent_key;
    std::vector<std::uint8_t> nonce = {};  ///< 16 bytes, or none
};
/// What became of keys, from that byte of keys.log on.
struct AskKeyLog {
    std::int64_t after = 0;
};
/// A command that its agent has asked for.
struct AskCommand {
    std::int64_t command_id = 0;
};
using Ask = std::variant<AskPass, AskPolicy, AskKeyLog, AskCommand>;
using Answer = tl::expected<std::vector<std::uint8_t>, SignError>;

/// The length the first four bytes announce; `head` must hold at least four.
std::size_t frame_length(std::span<const std::uint8_t> head);

/// `body` behind its length.
std::vector<std::uint8_t> frame(std::span<const std::uint8_t> body);

/// The JSON of a request, without its length.
std::string write_ask(const Ask& ask);

/// nullopt when the JSON is not exactly one of these requests (unknown members are refused).
std::optional<Ask> read_ask(std::string_view json);

/// Status byte and content, behind their length.
std::vector<std::uint8_t> write_answer(const Answer& answer);

/// The inverse, without the length. An answer that makes no sense reads as `failed`.
Answer read_answer(std::span<const std::uint8_t> body);

}  // namespace creneau::signer
