#include "api/http/json_text.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::http {

namespace {

constexpr int kDeepest = 16;

/// Stops the parser at the first thing we do not take.
struct Stop {
    JsonFault fault;
};

/// What the parser's callback remembers: the keys of every object that is open.
class Watch {
  public:
    bool operator()(int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
        using Event = nlohmann::json::parse_event_t;
        if (depth >= kDeepest && (event == Event::object_start || event == Event::array_start)) {
            throw Stop{{"too_deep",
                        "",
                        {"Le corps est trop imbriqué (16 niveaux au plus).",
                         "The body is nested too deeply (at most 16 levels)."}}};
        }
        if (event == Event::object_start) {
            keys_.emplace_back();
        } else if (event == Event::object_end) {
            keys_.pop_back();
        } else if (event == Event::key) {
            note_key(parsed.get_ref<const std::string&>());
        }
        return true;
    }

  private:
    void note_key(const std::string& key) {
        if (!keys_.back().insert(key).second) {
            throw Stop{{"duplicate_key",
                        key,
                        {"La clé « " + key + " » figure deux fois.",
                         "The key \"" + key + "\" stands twice."}}};
        }
    }

    std::vector<std::set<std::string>> keys_;
};

}  // namespace

tl::expected<nlohmann::json, JsonFault> parse_json(std::string_view text) {
    Watch watch;
    try {
        return nlohmann::json::parse(
            text.begin(), text.end(),
            [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
                return watch(depth, event, parsed);
            });
    } catch (const Stop& stop) {
        return tl::unexpected(stop.fault);
    } catch (const nlohmann::json::parse_error& error) {
        const auto at = std::to_string(error.byte);
        return tl::unexpected(JsonFault{"malformed",
                                        "",
                                        {"Le corps n’est pas du JSON valable (octet " + at + ").",
                                         "The body is not valid JSON (byte " + at + ")."}});
    } catch (const nlohmann::json::out_of_range&) {
        return tl::unexpected(JsonFault{"malformed",
                                        "",
                                        {"Le corps contient un nombre trop grand.",
                                         "The body contains a number that is too large."}});
    }
}

}  // namespace creneau::http
