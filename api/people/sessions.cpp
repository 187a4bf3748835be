#include "api/people/sessions.hpp"

#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/session_store.hpp"
#include "api/people/session_types.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <sodium.h>

namespace creneau::people {

namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr int kTokenForm = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// BLAKE2b-256 of the token's bytes, in hexadecimal; nothing when it is no token of ours.
std::optional<std::string> hash_of(std::string_view token) {
    std::array<unsigned char, kTokenBytes> bytes{};
    std::size_t size = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), token.data(), token.size(), nullptr, &size,
                          nullptr, kTokenForm) != 0 ||
        size != bytes.size()) {
        return std::nullopt;
    }
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr, 0);
    std::array<char, 2 * hash.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

}  // namespace

std::string new_session_token() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
    std::array<unsigned char, kTokenBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(kTokenBytes, kTokenForm)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kTokenForm);
    return text.data();
}

void open_session(store::Session& session, TownId town, PersonId person, const NewSession& opened,
                  std::chrono::sys_seconds now) {
    purge_sessions(session, town, now);
    insert_session(session, town, store::present(hash_of(opened.token), "hash of a new token"),
                   {.person = person,
                    .device = opened.device,
                    .created_at = now,
                    .seen_at = now,
                    .ends_at = now + kSessionIdle,
                    .proved_at = now});
}

std::optional<SignedIn> find_signed_in(store::Session& session, TownId town, std::string_view token,
                                       std::chrono::sys_seconds now) {
    const auto hash = hash_of(token);
    const auto row = hash ? find_session(session, town, *hash) : std::nullopt;
    if (!row || row->ends_at <= now) {
        return std::nullopt;
    }
    auto person = find_person(session, town, row->person);
    if (!person) {
        return std::nullopt;
    }
    return SignedIn{
        std::move(*person), {row->id, row->proved_at}, now - row->seen_at >= kSeenAgain};
}

void extend_session(store::Session& session, TownId town, std::string_view token,
                    std::chrono::sys_seconds now) {
    const auto hash = hash_of(token);
    const auto row = hash ? find_session(session, town, *hash) : std::nullopt;
    if (row && row->ends_at > now) {
        keep_session(session, town, row->id, now,
                     std::min(now + kSessionIdle, row->created_at + kSessionAbsolute));
    }
}

void close_session(store::Session& session, TownId town, std::string_view token) {
    if (const auto hash = hash_of(token)) {
        delete_session(session, town, *hash);
    }
}

void close_sessions_of(store::Session& session, TownId town, PersonId person,
                       std::optional<SessionId> kept) {
    delete_sessions_of(session, town, person, kept);
}

}  // namespace creneau::people
