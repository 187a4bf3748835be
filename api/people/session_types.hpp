#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::people {

enum class SessionId : std::int64_t {};

/// What a session was opened from, as coarsely as its person needs it to know it again.
enum class Device : std::uint8_t { android, ios, windows, mac, linux_desktop, program, unknown };

/// The word the database and the API use: "android", …, "linux", "program", "unknown".
[[nodiscard]] std::string_view word_of(Device device);
[[nodiscard]] Device device_of(std::string_view word);

/// Reads a User-Agent header; "program" is what calls itself no browser.
[[nodiscard]] Device device_of_user_agent(std::string_view header);

/// The session that a request came with.
struct CurrentSession {
    SessionId id{};
    std::chrono::sys_seconds proved_at{};  ///< when its person last proved who they are
};

}  // namespace creneau::people
