#include "api/signer/key_request.hpp"

#include "api/signer/hex_text.hpp"
#include "api/signer/instant_text.hpp"
#include "api/signer/key_problem.hpp"
#include "api/signer/secret_key.hpp"
#include "policy/certificate.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

using nlohmann::json;

constexpr std::string_view kLabel{"creneau key request 1\0", 22};
constexpr std::string_view kForm = "creneau key request 1";
constexpr std::size_t kMembers = 8;

void put_big_endian(std::vector<std::uint8_t>& out, std::uint64_t value, unsigned bytes) {
    for (unsigned i = bytes; i-- > 0;) {
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
}

/// What the proof signs: every member, in a fixed form.
std::vector<std::uint8_t> proof_input(const KeyRequest& request) {
    std::vector<std::uint8_t> out(kLabel.begin(), kLabel.end());
    put_big_endian(out, static_cast<std::uint32_t>(request.town), 4);
    out.push_back(static_cast<std::uint8_t>(request.use));
    out.push_back(request.key_id);
    out.insert(out.end(), request.public_key.begin(), request.public_key.end());
    put_big_endian(out, static_cast<std::uint64_t>(request.not_before.time_since_epoch().count()),
                   8);
    put_big_endian(out, request.generation, 4);
    return out;
}

std::optional<std::string> text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) {
        return std::nullopt;
    }
    return found->get<std::string>();
}

template <class T>
std::optional<T> number_of(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_unsigned() ||
        !std::in_range<T>(found->get<std::uint64_t>())) {
        return std::nullopt;
    }
    return static_cast<T>(found->get<std::uint64_t>());
}

std::optional<policy::KeyUse> use_in(const json& object) {
    const auto word = text_of(object, "use");
    return word ? use_from(*word) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> not_before_in(const json& object) {
    const auto text = text_of(object, "not_before");
    return text ? instant_from(*text) : std::nullopt;
}

/// Exactly `size` bytes written in hexadecimal.
std::optional<std::vector<std::uint8_t>> bytes_in(const json& object, const char* name,
                                                  std::size_t size) {
    const auto text = text_of(object, name);
    auto bytes = text ? bytes_from_hex(*text) : std::nullopt;
    return bytes && bytes->size() == size ? bytes : std::nullopt;
}

/// A missing or ill-formed member makes the whole request absent.
std::optional<KeyRequest> members_of(const json& object) {
    const auto town = number_of<std::uint32_t>(object, "town");
    const auto use = use_in(object);
    const auto key_id = number_of<std::uint8_t>(object, "key_id");
    const auto public_key = bytes_in(object, "public_key", qr::kPublicKeySize);
    const auto not_before = not_before_in(object);
    const auto generation = number_of<std::uint32_t>(object, "generation");
    if (!town || !use || !key_id || *key_id == 0 || !public_key || !not_before || !generation ||
        *generation == 0) {
        return std::nullopt;
    }
    KeyRequest request{qr::TownId{*town}, *use, *key_id, {}, *not_before, *generation};
    std::ranges::copy(*public_key, request.public_key.begin());
    return request;
}

/// Stops the parser at the first value inside a value: a request is flat.
bool flat(int depth, json::parse_event_t event, const json& /*value*/) {
    const bool opens =
        event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
    return !opens || depth == 0;
}

}  // namespace

std::string write_key_request(const KeyRequest& request, const SecretKey& key) {
    const auto proof = key.sign(proof_input(request));
    nlohmann::ordered_json object;
    object["form"] = kForm;
    object["town"] = static_cast<std::uint32_t>(request.town);
    object["use"] = policy::word_for(request.use);
    object["key_id"] = request.key_id;
    object["public_key"] = hex_of(request.public_key);
    object["not_before"] = to_text(request.not_before);
    object["generation"] = request.generation;
    object["proof"] = hex_of(proof);
    return object.dump(2) + "\n";
}

tl::expected<KeyRequest, KeyProblem> read_key_request(std::string_view text,
                                                      const std::string& place) {
    const auto refuse = [&](KeyFault fault) {
        return tl::unexpected(KeyProblem{fault, place, "key request"});
    };
    const json object = json::parse(text, flat, false);
    if (!object.is_object() || object.size() != kMembers || text_of(object, "form") != kForm) {
        return refuse(KeyFault::damaged);
    }
    const auto request = members_of(object);
    const auto proof = bytes_in(object, "proof", qr::kSignatureSize);
    if (!request || !proof) {
        return refuse(KeyFault::damaged);
    }
    const auto key = qr::PublicKey::load(request->public_key);
    if (!key) {
        return refuse(KeyFault::weak_key);
    }
    const std::span<const std::uint8_t, qr::kSignatureSize> signature(*proof);
    if (!key->verifies(proof_input(*request), signature)) {
        return refuse(KeyFault::bad_proof);
    }
    return *request;
}

std::optional<policy::KeyUse> use_from(std::string_view word) {
    for (const auto use : {policy::KeyUse::pass, policy::KeyUse::policy, policy::KeyUse::command}) {
        if (policy::word_for(use) == word) {
            return use;
        }
    }
    return std::nullopt;
}

}  // namespace creneau::signer
