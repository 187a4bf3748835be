#include "api/mail/wait_facts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

bool read_into(const json& object, const char* name, std::int64_t& number) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer()) {
        return false;
    }
    number = found->get<std::int64_t>();
    return true;
}

bool read_into(const json& object, const char* name, std::string& text) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) {
        return false;
    }
    text = found->get<std::string>();
    return true;
}

bool read_into(const json& object, const char* name, std::vector<HeldThing>& things) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array()) {
        return false;
    }
    for (const json& thing : *found) {
        HeldThing read;
        if (!thing.is_object() || !read_into(thing, "name", read.name) ||
            !read_into(thing, "quantity", read.quantity)) {
            return false;
        }
        things.push_back(read);
    }
    return true;
}

bool is_known(const std::string& why) {
    return why.empty() || why == kSlotBegun || why == kGivenUp || why == kNoSuchTime;
}

}  // namespace

json json_of(const WaitFacts& facts) {
    json things = json::array();
    for (const HeldThing& thing : facts.equipment) {
        things.push_back({{"name", thing.name}, {"quantity", thing.quantity}});
    }
    return {{"wait_id", facts.wait_id},         {"place", facts.place},     {"why", facts.why},
            {"given_up_by", facts.given_up_by}, {"hold_id", facts.hold_id}, {"equipment", things}};
}

std::optional<WaitFacts> parse_wait(const json& object) {
    WaitFacts facts;
    const bool is_whole = object.is_object() && read_into(object, "wait_id", facts.wait_id) &&
                          read_into(object, "place", facts.place) &&
                          read_into(object, "why", facts.why) &&
                          read_into(object, "given_up_by", facts.given_up_by) &&
                          read_into(object, "hold_id", facts.hold_id) &&
                          read_into(object, "equipment", facts.equipment);
    return is_whole && is_known(facts.why) ? std::optional(facts) : std::nullopt;
}

}  // namespace creneau::mail
