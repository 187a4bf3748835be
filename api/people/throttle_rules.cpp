#include "api/people/throttle_rules.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace creneau::people {

Failures after_failure(const Failures& before, std::int64_t free, std::chrono::sys_seconds now) {
    Failures after = before;
    if (now - before.last_at > kFailuresForgotten) {
        after.count = 0;
    }
    ++after.count;
    after.last_at = now;
    if (after.count >= free) {
        const auto doublings = std::min<std::int64_t>(after.count - free, 20);
        const std::chrono::seconds delay{std::int64_t{2} << doublings};
        after.blocked_until = now + std::min<std::chrono::seconds>(delay, kLongestDelay);
    }
    return after;
}

std::chrono::seconds blocked_for(const Failures& failures, std::chrono::sys_seconds now) {
    return std::max(failures.blocked_until - now, std::chrono::seconds{0});
}

std::string throttled_network(const std::string& address) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) {
        return address;
    }
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    return text.data();
}

}  // namespace creneau::people
