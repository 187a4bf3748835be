#include "api/http/fields.hpp"

#include "api/http/json_text.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/text.hpp"
#include "api/http/time_text.hpp"
#include "api/people/blank_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

/// RFC 6901: "~" and "/" in a member's name.
std::string pointer_to(const std::string& name) {
    std::string pointer = "/";
    for (const char byte : name) {
        pointer += byte == '~' ? "~0" : byte == '/' ? "~1" : std::string(1, byte);
    }
    return pointer;
}

constexpr auto is_string = +[](const nlohmann::json& item) { return item.is_string(); };
constexpr auto is_object = +[](const nlohmann::json& item) { return item.is_object(); };

std::optional<std::int64_t> to_integer(const nlohmann::json& value) {
    const bool is_too_big = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
    return value.is_number_integer() && !is_too_big ? std::optional(value.get<std::int64_t>())
                                                    : std::nullopt;
}

std::optional<std::int64_t> digits_to_integer(const nlohmann::json& value) {
    const auto& text = value.get_ref<const std::string&>();
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

const Text kRequired{"Ce champ est obligatoire.", "This field is required."};
const Text kUnknown{"Ce champ n’existe pas.", "There is no such field."};
const Text kNotText{"Un texte est attendu.", "A text is expected."};
const Text kNotTexts{"Une liste de textes est attendue.", "A list of texts is expected."};
const Text kNotObjects{"Une liste d’objets est attendue.", "A list of objects is expected."};
const Text kNotIds{"Une liste de numéros positifs est attendue.",
                   "A list of positive numbers is expected."};
const Text kNotInteger{"Un nombre entier est attendu.", "An integer is expected."};
const Text kNotBoolean{"true ou false est attendu.", "true or false is expected."};
const Text kControl{"Caractères de contrôle refusés.", "Control characters are refused."};
const Text kNotLocal{"Une date et heure locale est attendue : 2026-12-05T18:30.",
                     "A local date-time is expected: 2026-12-05T18:30."};
const Text kNotInstant{"Un instant RFC 3339 est attendu : 2026-12-05T17:30:00Z.",
                       "An RFC 3339 instant is expected: 2026-12-05T17:30:00Z."};

Text out_of_range(IntegerRange range) {
    const auto min = std::to_string(range.min);
    if (range.max == INT64_MAX) {
        return {"Au moins " + min + " est attendu.", "At least " + min + " is expected."};
    }
    const auto max = std::to_string(range.max);
    return {"Entre " + min + " et " + max + " est attendu.",
            "Between " + min + " and " + max + " is expected."};
}

Text too_long(std::size_t max) {
    const auto count = std::to_string(max);
    return {"Au plus " + count + " caractères.", "At most " + count + " characters."};
}

Text too_many(std::size_t most) {
    const auto count = std::to_string(most);
    return {"Au plus " + count + " éléments.", "At most " + count + " items."};
}

}  // namespace

Fields::Fields(const Request& request, bool in_query) : request_(&request), in_query_(in_query) {}

Fields Fields::of_body(const Request& request) {
    Fields fields(request, false);
    if (!request.body.empty()) {
        fields.read_body(request);
    }
    return fields;
}

void Fields::read_body(const Request& request) {
    auto parsed = parse_json(request.body);
    if (!parsed) {
        malformed_ = Problem{400, parsed.error().code, parsed.error().detail};
    } else if (!parsed->is_object()) {
        malformed_ =
            Problem{400,
                    "malformed",
                    {"Le corps doit être un objet JSON.", "The body must be a JSON object."}};
    } else {
        members_ = std::move(*parsed);
    }
}

Fields Fields::of_query(const Request& request) {
    Fields fields(request, true);
    for (const auto& [name, value] : request.query) {
        if (fields.members_.contains(name)) {
            fields.refuse(name, "repeated",
                          {"Ce paramètre figure deux fois.", "This parameter stands twice."});
        }
        fields.members_[name] = value;
    }
    return fields;
}

const nlohmann::json* Fields::find(const std::string& name, bool required) {
    asked_.insert(name);
    const auto found = members_.find(name);
    if (found != members_.end() && !found->is_null()) {
        return &*found;
    }
    if (required) {
        refuse_kind(name, "required", kRequired);
    }
    return nullptr;
}

void Fields::refuse_kind(const std::string& name, const char* code, Text detail) {
    refuse(name_of(name), code, std::move(detail));
}

std::optional<std::int64_t> Fields::read_integer(const std::string& name, IntegerRange range,
                                                 bool required) {
    const auto* value = find(name, required);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto number = in_query_ ? digits_to_integer(*value) : to_integer(*value);
    if (!number) {
        refuse_kind(name, "not_an_integer", kNotInteger);
        return std::nullopt;
    }
    if (*number < range.min || *number > range.max) {
        refuse_kind(name, "out_of_range", out_of_range(range));
        return std::nullopt;
    }
    return number;
}

std::int64_t Fields::integer(const std::string& name, IntegerRange range) {
    return read_integer(name, range, true).value_or(0);
}

std::optional<std::int64_t> Fields::optional_integer(const std::string& name, IntegerRange range) {
    return read_integer(name, range, false);
}

std::optional<std::string> Fields::read_text(const std::string& name, bool required) {
    const auto* value = find(name, required);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        refuse_kind(name, "not_a_text", kNotText);
        return std::nullopt;
    }
    return value->get<std::string>();
}

std::optional<std::string> Fields::checked_text(const std::string& name, std::size_t max,
                                                bool required) {
    const auto sent = read_text(name, required);
    if (!sent) {
        return std::nullopt;
    }
    const bool is_blank = people::shows_nothing(*sent);
    std::string text(is_blank ? std::string_view() : trimmed_lines(*sent));
    if (text.empty() && required) {
        refuse_kind(name, "required", kRequired);
    } else if (length_of(text) > max) {
        refuse_kind(name, "too_long", too_long(max));
    } else if (has_control(text)) {
        refuse_kind(name, "control_characters", kControl);
    }
    return text.empty() ? std::nullopt : std::optional(text);
}

std::string Fields::text(const std::string& name, std::size_t max) {
    return checked_text(name, max, true).value_or("");
}

std::optional<std::string> Fields::optional_text(const std::string& name, std::size_t max) {
    return checked_text(name, max, false);
}

std::optional<std::string> Fields::edited_text(const std::string& name, std::size_t max) {
    auto text = checked_text(name, max, false);
    return text || !members_.value(name, nlohmann::json()).is_string() ? text : std::string();
}

const nlohmann::json* Fields::find_list(const std::string& name, std::size_t most,
                                        const ListOf& items) {
    const auto* value = find(name, false);
    if (value == nullptr) {
        return nullptr;
    }
    if (!value->is_array() || !std::all_of(value->begin(), value->end(), items.fits)) {
        refuse_kind(name, "not_a_list", items.expected);
        return nullptr;
    }
    if (value->size() > most) {
        refuse_kind(name, "too_many", too_many(most));
        return nullptr;
    }
    return value;
}

std::optional<std::vector<std::string>> Fields::edited_texts(const std::string& name,
                                                             std::size_t most) {
    const auto* value = find_list(name, most, {is_string, kNotTexts});
    return value == nullptr ? std::nullopt : std::optional(value->get<std::vector<std::string>>());
}

std::optional<std::vector<Fields>> Fields::optional_parts(const std::string& name,
                                                          std::size_t most) {
    const auto* value = find_list(name, most, {is_object, kNotObjects});
    if (value == nullptr) {
        return std::nullopt;
    }
    std::vector<Fields> parts;
    for (const auto& item : *value) {
        Fields part(*request_, false);
        part.place_ = name_of(name) + '/' + std::to_string(parts.size());
        part.members_ = item;
        parts.push_back(std::move(part));
    }
    return parts;
}

void Fields::join(Fields part) {
    (void)part.ok();
    std::move(part.errors_.begin(), part.errors_.end(), std::back_inserter(errors_));
}

std::optional<std::vector<std::vector<std::int64_t>>> Fields::optional_records(
    const std::string& name, const std::vector<std::string>& members, std::size_t most) {
    const auto* value = find_list(name, most, {is_object, kNotObjects});
    if (value == nullptr) {
        return std::nullopt;
    }
    std::vector<std::vector<std::int64_t>> records;
    for (const auto& item : *value) {
        records.push_back(
            read_record(item, name_of(name) + '/' + std::to_string(records.size()), members));
    }
    return records;
}

std::vector<std::vector<std::int64_t>> Fields::records(const std::string& name,
                                                       const std::vector<std::string>& members,
                                                       std::size_t most) {
    if (find(name, true) == nullptr) {
        return {};
    }
    const auto found = optional_records(name, members, most);
    if (found && found->empty()) {
        refuse_kind(name, "required", kRequired);
    }
    return found.value_or(std::vector<std::vector<std::int64_t>>{});
}

std::vector<std::int64_t> Fields::read_record(const nlohmann::json& item, const std::string& place,
                                              const std::vector<std::string>& members) {
    std::vector<std::int64_t> record;
    for (const auto& member : members) {
        const auto found = item.find(member);
        const auto number = found == item.end() ? std::nullopt : to_integer(*found);
        if (found == item.end()) {
            refuse(place + pointer_to(member), "required", kRequired);
        } else if (!number) {
            refuse(place + pointer_to(member), "not_an_integer", kNotInteger);
        }
        record.push_back(number.value_or(0));
    }
    for (const auto& [member, value] : item.items()) {
        if (std::find(members.begin(), members.end(), member) == members.end()) {
            refuse(place + pointer_to(member), "unknown", kUnknown);
        }
    }
    return record;
}

std::vector<std::int64_t> Fields::optional_ids(const std::string& name, std::size_t most) {
    const auto is_id = [](const nlohmann::json& item) {
        return item.is_number_integer() && item.get<std::int64_t>() > 0;
    };
    const auto* value = find_list(name, most, {is_id, kNotIds});
    return value == nullptr ? std::vector<std::int64_t>() : value->get<std::vector<std::int64_t>>();
}

std::optional<std::vector<std::int64_t>> Fields::edited_ids(const std::string& name,
                                                            std::size_t most) {
    std::optional<std::vector<std::int64_t>> edited;
    if (find(name, false) != nullptr) {
        edited.emplace(optional_ids(name, most));
    }
    return edited;
}

std::string Fields::secret(const std::string& name, std::size_t max) {
    auto text = read_text(name, true).value_or("");
    if (length_of(text) > max) {
        refuse_kind(name, "too_long", too_long(max));
    }
    return text;
}

std::optional<bool> Fields::optional_boolean(const std::string& name) {
    const auto* value = find(name, false);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->is_boolean()) {
        return value->get<bool>();
    }
    if (in_query_ && (*value == "true" || *value == "false")) {
        return *value == "true";
    }
    refuse_kind(name, "not_a_boolean", kNotBoolean);
    return std::nullopt;
}

LocalMinutes Fields::local_time(const std::string& name) {
    const auto text = read_text(name, true);
    const auto local = text ? from_local_text(*text) : std::nullopt;
    if (text && !local) {
        refuse_kind(name, "not_a_local_time", kNotLocal);
    }
    return local.value_or(LocalMinutes{});
}

std::optional<std::chrono::sys_seconds> Fields::read_instant(const std::string& name,
                                                             bool required) {
    const auto text = read_text(name, required);
    const auto instant = text ? from_rfc3339(*text) : std::nullopt;
    if (text && !instant) {
        refuse_kind(name, "not_an_instant", kNotInstant);
    }
    return instant;
}

std::chrono::sys_seconds Fields::instant(const std::string& name) {
    return read_instant(name, true).value_or(std::chrono::sys_seconds{});
}

std::optional<std::chrono::sys_seconds> Fields::optional_instant(const std::string& name) {
    return read_instant(name, false);
}

std::string Fields::name_of(const std::string& member) const {
    return in_query_ ? member : place_ + pointer_to(member);
}

void Fields::refuse(std::string field, std::string code, Text detail) {
    errors_.push_back({std::move(field), std::move(code), std::move(detail)});
}

bool Fields::refused(const std::string& member) const {
    return std::find_if(errors_.begin(), errors_.end(), [&](const FieldError& error) {
               return error.field == name_of(member);
           }) != errors_.end();
}

bool Fields::ok() {
    for (const auto& [name, value] : members_.items()) {
        if (asked_.insert(name).second) {
            refuse_kind(name, "unknown", kUnknown);
        }
    }
    return errors_.empty() && !malformed_;
}

Response Fields::problem() {
    return malformed_ ? problem_response(*request_, *malformed_)
                      : unprocessable(*request_, errors_);
}

}  // namespace creneau::http
