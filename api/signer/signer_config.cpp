#include "api/signer/signer_config.hpp"

#include "api/signer/signer_client.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>
#include <toml++/toml.h>

namespace creneau::signer {
namespace {

constexpr std::size_t kFingerprintDigits = 64;

/// Reads one table, collecting every error with its place.
class TableReader {
  public:
    TableReader(const toml::table& root, std::string name, std::string file,
                std::vector<ConfigError>& errors)
        : name_(std::move(name)), file_(std::move(file)), errors_(errors) {
        const auto* node = root.get(name_);
        table_ = node == nullptr ? nullptr : node->as_table();
        if (node != nullptr && table_ == nullptr) {
            wrong(*node, "", "must be a table, written [" + name_ + "]");
        } else if (node == nullptr) {
            errors_.push_back({file_ + ": [" + name_ + "]", "is missing"});
        }
    }

    template <std::size_t N>
    void only(const std::array<std::string_view, N>& known) {
        for (const auto& [key, node] : rows()) {
            if (std::ranges::find(known, key.str()) == known.end()) {
                wrong(node, std::string(key.str()), "is unknown");
            }
        }
    }

    std::string text(const std::string& key, bool needed) {
        const auto* node = rows().get(key);
        if (node != nullptr && node->is_string() && !(needed && node->as_string()->get().empty())) {
            return node->as_string()->get();
        }
        if (node != nullptr) {
            wrong(*node, key, needed ? "must be a string that is not empty" : "must be a string");
        } else if (needed && table_ != nullptr) {
            errors_.push_back({file_ + ": " + name_ + "." + key, "is missing"});
        }
        return {};
    }

    std::int64_t number(const std::string& key, std::int64_t usual, std::int64_t most) {
        const auto* node = rows().get(key);
        if (node == nullptr) {
            return usual;
        }
        const auto* value = node->as_integer();
        if (value != nullptr && value->get() >= 1 && value->get() <= most) {
            return value->get();
        }
        wrong(*node, key, "must be a whole number from 1 to " + std::to_string(most));
        return usual;
    }

    std::vector<std::string> fingerprints(const std::string& key);

    void wrong(const toml::node& node, const std::string& key, const std::string& detail) {
        errors_.push_back({file_ + ":" + std::to_string(node.source().begin.line) + ": " + name_ +
                               (key.empty() ? "" : "." + key),
                           detail});
    }
    [[nodiscard]] const toml::table& rows() const {
        static const toml::table kNone;
        return table_ == nullptr ? kNone : *table_;
    }

  private:
    std::string name_;
    std::string file_;
    std::vector<ConfigError>& errors_;
    const toml::table* table_ = nullptr;
};

bool is_fingerprint(const toml::node& node) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto* text = node.as_string();
    return text != nullptr && text->get().size() == kFingerprintDigits &&
           text->get().find_first_not_of(kHex) == std::string::npos;
}

std::vector<std::string> TableReader::fingerprints(const std::string& key) {
    std::vector<std::string> out;
    const auto* node = rows().get(key);
    if (node == nullptr) {
        return out;
    }
    const auto* list = node->as_array();
    if (list == nullptr) {
        wrong(*node, key, "must be a list of fingerprints");
        return out;
    }
    for (const auto& element : *list) {
        if (is_fingerprint(element)) {
            out.push_back(element.as_string()->get());
        } else {
            wrong(element, key, "must be 64 hexadecimal digits in lower case, in quotes");
        }
    }
    return out;
}

store::Database read_database(TableReader reader) {
    store::Database database;
    reader.only(std::array<std::string_view, 2>{"engine", "location"});
    const auto engine = reader.text("engine", false);
    if (engine == "postgresql") {
        database.engine = store::Engine::postgresql;
    } else if (!engine.empty() && engine != "sqlite") {
        reader.wrong(*reader.rows().get("engine"), "engine", "must be sqlite or postgresql");
    }
    database.location = reader.text("location", true);
    return database;
}

void read_signer(TableReader reader, SignerConfig& config) {
    constexpr std::int64_t kMostPerMinute = 1'000'000;
    constexpr std::int64_t kMostPerHour = 100'000;
    constexpr std::int64_t kDayMin = 1440;
    reader.only(kSignerTable);
    config.socket = reader.text("socket", true);
    config.keys = reader.text("keys", true);
    config.state = reader.text("state", false);
    if (config.state.empty()) {
        config.state = config.keys.parent_path();
    }
    config.client_group = reader.text("client_group", false);
    config.root_fingerprints = reader.fingerprints("root_fingerprints");
    config.longest_guest_pass =
        std::chrono::minutes{reader.number("longest_guest_pass_min", kDayMin, kDayMin)};
    auto& rate = config.rate;
    rate.passes_per_minute =
        reader.number("passes_per_minute", rate.passes_per_minute, kMostPerMinute);
    rate.passes_per_credential_per_hour = reader.number(
        "passes_per_credential_per_hour", rate.passes_per_credential_per_hour, kMostPerHour);
}

void read_badges(const toml::table& root, const std::string& name, SignerConfig& config,
                 std::vector<ConfigError>& errors) {
    if (root.get("badges") == nullptr) {
        return;
    }
    TableReader reader(root, "badges", name, errors);
    reader.only(std::array<std::string_view, 1>{"key_file"});
    config.badge_key_file = reader.text("key_file", true);
}

}  // namespace

tl::expected<SignerConfig, std::vector<ConfigError>> load_signer_config(
    const std::filesystem::path& file) {
    const auto name = file.string();
    std::vector<ConfigError> errors;
    toml::table root;
    if (std::filesystem::is_directory(file)) {
        return tl::unexpected(
            std::vector<ConfigError>{{name, "is a folder; the configuration is a file"}});
    }
    std::ifstream in(file);
    if (!in) {
        return tl::unexpected(std::vector<ConfigError>{{name, "cannot be read"}});
    }
    try {
        root = toml::parse(in, name);
    } catch (const toml::parse_error& problem) {
        const auto line = std::to_string(problem.source().begin.line);
        return tl::unexpected(
            std::vector<ConfigError>{{name + ":" + line, std::string(problem.description())}});
    }
    SignerConfig config;
    if (const auto* town = root.get("town"); town != nullptr && town->is_string()) {
        config.town = town->as_string()->get();
    } else if (town != nullptr) {
        errors.push_back({name + ":" + std::to_string(town->source().begin.line) + ": town",
                          "must be a string in quotes"});
    }
    config.database = read_database(TableReader(root, "database", name, errors));
    read_signer(TableReader(root, "signer", name, errors), config);
    read_badges(root, name, config, errors);
    if (!errors.empty()) {
        return tl::unexpected(std::move(errors));
    }
    return config;
}

}  // namespace creneau::signer
