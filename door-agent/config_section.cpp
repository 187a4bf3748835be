#include "door-agent/config_section.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace creneau::door {

void ErrorList::add(const toml::source_region& where, std::string_view key, std::string_view what) {
    found_.push_back(
        {where.begin.line, fmt::format("{}:{}: {}: {}", file_, where.begin.line, key, what)});
}

std::vector<std::string> ErrorList::sorted() const {
    auto found = found_;
    std::ranges::stable_sort(found, {}, &Found::line);
    std::vector<std::string> texts;
    std::ranges::transform(found, std::back_inserter(texts), &Found::text);
    return texts;
}

std::string Section::full(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

const toml::node* Section::look_up(std::string_view key) {
    known_.emplace_back(key);
    return table_->get(key);
}

void Section::refuse(std::string_view key, std::string_view what) {
    const auto* node = table_->get(key);
    errors_->add(node != nullptr ? node->source() : table_->source(), full(key), what);
}

std::string Section::text(std::string_view key, std::string_view example) {
    auto value = optional_text(key, example);
    if (!value && !has(key)) {
        refuse(key, fmt::format("is missing; write for example {} = {}", key, example));
    }
    return value.value_or("");
}

std::optional<std::string> Section::optional_text(std::string_view key, std::string_view example) {
    const auto* node = look_up(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    auto value = node->value_exact<std::string>();
    if (!value || value->empty()) {
        refuse(key, fmt::format("must be a text in quotes, such as {}", example));
        return std::nullopt;
    }
    return value;
}

std::string Section::key(std::string_view name, std::string_view example) {
    constexpr std::size_t kLongest = 64;
    auto value = text(name, example);
    if (value.size() > kLongest) {
        refuse(name, fmt::format("must be at most {} bytes long", kLongest));
    }
    return value;
}

std::int64_t Section::number(std::string_view key, const NumberRule& rule) {
    const auto value = optional_number(key, rule);
    if (!value && !has(key)) {
        refuse(key, fmt::format("is missing; write for example {} = {}", key, rule.example));
    }
    return value.value_or(rule.least);
}

std::optional<std::int64_t> Section::optional_number(std::string_view key, const NumberRule& rule) {
    const auto* node = look_up(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < rule.least || *value > rule.most) {
        refuse(key, fmt::format("must be a whole number from {} to {}, such as {}", rule.least,
                                rule.most, rule.example));
        return std::nullopt;
    }
    return value;
}

bool Section::flag(std::string_view key, bool absent) {
    const auto* node = look_up(key);
    if (node == nullptr) {
        return absent;
    }
    const auto value = node->value_exact<bool>();
    if (!value) {
        refuse(key, "must be true or false");
    }
    return value.value_or(absent);
}

std::vector<std::string> Section::texts(std::string_view key, std::string_view example) {
    const auto* node = look_up(key);
    if (node == nullptr) {
        refuse(key, fmt::format("is missing; write for example {} = {}", key, example));
        return {};
    }
    std::vector<std::string> values;
    const auto* list = node->as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        values.push_back(list->get(i)->value_exact<std::string>().value_or(""));
    }
    if (values.empty()) {
        refuse(key, fmt::format("must be a list of texts, such as {}", example));
    }
    return values;
}

std::vector<std::int64_t> Section::numbers(std::string_view key, const NumberRule& rule) {
    const auto* node = look_up(key);
    const auto* list = node != nullptr ? node->as_array() : nullptr;
    std::vector<std::int64_t> values;
    bool good = list != nullptr && !list->empty();
    for (std::size_t i = 0; good && i < list->size(); ++i) {
        const auto value = list->get(i)->value_exact<std::int64_t>();
        good = value && *value >= rule.least && *value <= rule.most;
        values.push_back(value.value_or(rule.least));
    }
    if (!good) {
        refuse(key, fmt::format("must be a list of whole numbers from {} to {}, such as [{}]",
                                rule.least, rule.most, rule.example));
        return {};
    }
    return values;
}

std::vector<Section> Section::tables(std::string_view key, bool needed) {
    const auto* node = look_up(key);
    const auto* list = node != nullptr ? node->as_array() : nullptr;
    if (list == nullptr || (!list->empty() && !list->is_array_of_tables())) {
        if (node != nullptr || needed) {
            refuse(key, fmt::format("{}write at least one section headed [[{}]]",
                                    node != nullptr ? "" : "is missing; ", key));
        }
        return {};
    }
    std::vector<Section> sections;
    sections.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        sections.emplace_back(*list->get(i)->as_table(), fmt::format("{}[{}]", full(key), i + 1),
                              *errors_);
    }
    return sections;
}

std::optional<Section> Section::table(std::string_view key) {
    const auto* node = look_up(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    if (!node->is_table()) {
        refuse(key, fmt::format("must be a section headed [{}]", full(key)));
        return std::nullopt;
    }
    return Section(*node->as_table(), full(key), *errors_);
}

void Section::finish() {
    for (const auto& [key, node] : *table_) {
        if (std::ranges::find(known_, key.str()) == known_.end()) {
            std::string words;
            for (const auto& word : known_) {
                words += (words.empty() ? "" : ", ") + word;
            }
            errors_->add(key.source(), full(key.str()),
                         fmt::format("is not known here; known are {}", words));
        }
    }
}

}  // namespace creneau::door
