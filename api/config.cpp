#include "api/config.hpp"

#include "api/mail/mailer.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <toml++/toml.h>

namespace creneau {

namespace {

/// Walks the file once, collecting every error with its place.
class ConfigReader {
  public:
    explicit ConfigReader(std::string file) : file_(std::move(file)) {}

    void error(const toml::node& node, const std::string& key, const std::string& detail) {
        const auto line = node.source().begin.line;
        errors_.push_back({file_ + ":" + std::to_string(line) + ": " + key, detail});
    }
    /// The line of `key` where it stands, or that it is missing.
    void wrong(const toml::table& table, const std::string& name, const std::string& what) {
        const auto* node = table.get(std::string_view(name).substr(name.rfind('.') + 1));
        if (node == nullptr) {
            missing(name, what);
        } else {
            error(*node, name, "must be: " + what);
        }
    }
    void missing(const std::string& key, const std::string& what) {
        errors_.push_back({file_ + ": " + key, "is missing: " + what});
    }

    const toml::table* table(const toml::table& root, const std::string& name) {
        const auto* node = root.get(name);
        if (node == nullptr) {
            return nullptr;
        }
        if (!node->is_table()) {
            error(*node, name, "must be a table, written [" + name + "]");
            return nullptr;
        }
        return node->as_table();
    }

    void only(const toml::table& table, const std::string& prefix,
              const std::set<std::string_view>& known) {
        for (const auto& [key, node] : table) {
            if (!known.contains(key.str())) {
                std::string list;
                for (const auto word : known) {
                    list += (list.empty() ? "" : ", ") + std::string(word);
                }
                error(node, prefix + std::string(key.str()), "is unknown; known here: " + list);
            }
        }
    }

    std::optional<std::string> text(const toml::table* table, const std::string& prefix,
                                    std::string_view key) {
        const auto* node = table == nullptr ? nullptr : table->get(key);
        if (node == nullptr) {
            return std::nullopt;
        }
        if (const auto* value = node->as_string()) {
            return value->get();
        }
        error(*node, prefix + std::string(key), "must be a string in quotes");
        return std::nullopt;
    }

    std::optional<std::int64_t> number(const toml::table* table, const std::string& name,
                                       std::int64_t low, std::int64_t high) {
        const auto key = std::string_view(name).substr(name.rfind('.') + 1);
        const auto* node = table == nullptr ? nullptr : table->get(key);
        if (node == nullptr) {
            return std::nullopt;
        }
        const auto* value = node->as_integer();
        if (value == nullptr || value->get() < low || value->get() > high) {
            error(*node, name,
                  "must be a whole number from " + std::to_string(low) + " to " +
                      std::to_string(high));
            return std::nullopt;
        }
        return value->get();
    }

    std::vector<ConfigError> take_errors() { return std::move(errors_); }
    bool good() const { return errors_.empty(); }

  private:
    std::string file_;
    std::vector<ConfigError> errors_;
};

constexpr std::size_t kLongestSocket = sizeof(sockaddr_un::sun_path) - 1;

bool is_loopback(const std::string& address) {
    in_addr parsed{};
    if (address == "::1") {
        return true;
    }
    return inet_pton(AF_INET, address.c_str(), &parsed) == 1 &&
           (ntohl(parsed.s_addr) >> 24U) == 127U;
}

void read_database(ConfigReader& reader, const toml::table& root, Config& config) {
    const auto* table = reader.table(root, "database");
    if (table == nullptr) {
        reader.missing("[database]", "engine and location say where the town's data rests");
        return;
    }
    reader.only(*table, "database.", {"engine", "location"});
    const auto engine = reader.text(table, "database.", "engine").value_or("sqlite");
    if (engine == "postgresql") {
        config.database.engine = store::Engine::postgresql;
    } else if (engine == "sqlite") {
        config.database.engine = store::Engine::sqlite;
    } else {
        reader.error(*table->get("engine"), "database.engine", "must be sqlite or postgresql");
    }
    config.database.location = reader.text(table, "database.", "location").value_or("");
    if (config.database.location.empty()) {
        reader.wrong(*table, "database.location", "a file for sqlite, a conninfo for postgresql");
    }
}

void read_http(ConfigReader& reader, const toml::table& root, HttpConfig& http) {
    const auto* table = reader.table(root, "http");
    if (table == nullptr) {
        return;
    }
    reader.only(*table, "http.", {"address", "port", "threads", "public_url"});
    http.address = reader.text(table, "http.", "address").value_or(http.address);
    if (!is_loopback(http.address)) {
        reader.error(*table->get("address"), "http.address",
                     "must be a loopback address (127.0.0.1 or ::1): nginx faces the network");
    }
    http.port = static_cast<std::uint16_t>(
        reader.number(table, "http.port", 0, std::numeric_limits<std::uint16_t>::max())
            .value_or(http.port));
    http.threads =
        static_cast<int>(reader.number(table, "http.threads", 1, 64).value_or(http.threads));
    http.public_url = reader.text(table, "http.", "public_url").value_or("");
    const bool is_url =
        http.public_url.starts_with("http://") || http.public_url.starts_with("https://");
    if (!http.public_url.empty() && (!is_url || http.public_url.ends_with('/'))) {
        reader.error(*table->get("public_url"), "http.public_url",
                     "must be like https://salles.example.org, without a final slash");
    }
}

void read_mail(ConfigReader& reader, const toml::table& root, mail::MailSettings& mail) {
    const auto* table = reader.table(root, "mail");
    if (table == nullptr) {
        reader.missing("[mail]", "from, and maildir or smtp_url");
        return;
    }
    reader.only(*table, "mail.",
                {"from", "maildir", "smtp_url", "smtp_user", "smtp_password_file", "smtp_ca_file"});
    const auto take = [&](std::string_view key) {
        return reader.text(table, "mail.", key).value_or("");
    };
    mail.from = take("from");
    mail.maildir = take("maildir");
    mail.smtp_url = take("smtp_url");
    mail.smtp_user = take("smtp_user");
    mail.smtp_password_file = take("smtp_password_file");
    mail.smtp_ca_file = take("smtp_ca_file");
    if (mail.from.find('@') == std::string::npos) {
        reader.wrong(*table, "mail.from", "a mailbox like Salles <salles@example.org>");
    }
    if (mail.maildir.empty() && mail.smtp_url.empty()) {
        reader.wrong(*table, "mail.maildir", "a folder for mails, or smtp_url to send them");
    }
    if (!mail.smtp_url.empty() && !mail.smtp_url.starts_with("smtp://") &&
        !mail.smtp_url.starts_with("smtps://")) {
        reader.error(*table->get("smtp_url"), "mail.smtp_url",
                     "must begin with smtp:// or smtps://");
    }
    if (mail.smtp_user.empty() != mail.smtp_password_file.empty()) {
        reader.missing(mail.smtp_user.empty() ? "mail.smtp_user" : "mail.smtp_password_file",
                       "smtp_user and smtp_password_file go together");
    }
}

void read_accounts(ConfigReader& reader, const toml::table& root, AccountsConfig& accounts) {
    const auto* table = reader.table(root, "accounts");
    if (table == nullptr) {
        return;
    }
    reader.only(*table, "accounts.", {"breached_passwords", "key_file"});
    const auto take = [&](std::string_view key, std::filesystem::path& path) {
        path = reader.text(table, "accounts.", key).value_or(path.string());
    };
    take("breached_passwords", accounts.breached_passwords);
    take("key_file", accounts.key_file);
}

void read_badges(ConfigReader& reader, const toml::table& root, Config& config) {
    const auto* table = reader.table(root, "badges");
    if (table == nullptr) {
        return;
    }
    reader.only(*table, "badges.", {"key_file"});
    config.badge_key_file =
        reader.text(table, "badges.", "key_file").value_or(config.badge_key_file.string());
}

void read_signer(ConfigReader& reader, const toml::table& root, Config& config) {
    const auto* table = reader.table(root, "signer");
    if (table == nullptr) {
        reader.missing("[signer]", "socket says where creneau-signer answers");
        return;
    }
    reader.only(*table, "signer.", {signer::kSignerTable.begin(), signer::kSignerTable.end()});
    config.signer_socket = reader.text(table, "signer.", "socket").value_or("");
    if (config.signer_socket.empty()) {
        reader.wrong(*table, "signer.socket", "the Unix socket of creneau-signer");
    }
}

/// Beside a SQLite file; a database server's is in the folder that the service may write.
void read_audit(ConfigReader& reader, const toml::table& root, Config& config) {
    const bool is_file = config.database.engine == store::Engine::sqlite;
    config.seals_file =
        is_file ? config.database.location + ".seals" : "/var/lib/creneau/audit.seals";
    const auto* table = reader.table(root, "audit");
    if (table == nullptr) {
        return;
    }
    reader.only(*table, "audit.", {"seals_file"});
    config.seals_file =
        reader.text(table, "audit.", "seals_file").value_or(config.seals_file.string());
    if (config.seals_file.empty()) {
        reader.wrong(*table, "audit.seals_file", "a file that the service may write");
    }
}

/// Beside an embedded database unless it is said; a database elsewhere has no such place.
void read_papers(ConfigReader& reader, const toml::table& root, Config& config) {
    if (config.database.engine == store::Engine::sqlite && !config.database.location.empty()) {
        config.papers_folder =
            std::filesystem::path(config.database.location).parent_path() / "papers";
    }
    const auto* table = reader.table(root, "papers");
    if (table == nullptr) {
        return;
    }
    reader.only(*table, "papers.", {"folder", "scanner"});
    config.papers_folder =
        reader.text(table, "papers.", "folder").value_or(config.papers_folder.string());
    if (config.papers_folder.empty()) {
        reader.wrong(*table, "papers.folder", "a folder for the files of papers");
    }
    const auto scanner = reader.text(table, "papers.", "scanner");
    if (scanner && (!scanner->starts_with('/') || scanner->size() > kLongestSocket)) {
        reader.wrong(*table, "papers.scanner",
                     "the Unix socket of clamd, from / on and of at most 107 characters");
    }
    config.papers_scanner = scanner.value_or("");
}

/// Beside a SQLite file, as the audit's seals are.
void read_privacy(ConfigReader& reader, const toml::table& root, Config& config) {
    const bool is_file = config.database.engine == store::Engine::sqlite;
    config.erasures_folder =
        is_file ? config.database.location + ".erasures" : "/var/lib/creneau/erasures";
    const auto* table = reader.table(root, "privacy");
    if (table == nullptr) {
        return;
    }
    reader.only(*table, "privacy.", {"erasures_folder"});
    config.erasures_folder =
        reader.text(table, "privacy.", "erasures_folder").value_or(config.erasures_folder.string());
    if (config.erasures_folder.empty()) {
        reader.wrong(*table, "privacy.erasures_folder", "a folder that the service may write");
    }
}

void read_web(ConfigReader& reader, const toml::table& root, Config& config) {
    const auto* table = reader.table(root, "web");
    if (table == nullptr) {
        return;
    }
    reader.only(*table, "web.", {"folder"});
    config.web_folder = reader.text(table, "web.", "folder").value_or("");
    if (config.web_folder.empty()) {
        reader.wrong(*table, "web.folder", "the folder of the built web application");
    }
}

}  // namespace

tl::expected<Config, std::vector<ConfigError>> load_config(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file)) {
        return tl::make_unexpected(
            std::vector<ConfigError>{{file.string(), "is a folder; the configuration is a file"}});
    }
    toml::table root;
    try {
        root = toml::parse_file(file.string());
    } catch (const toml::parse_error& problem) {
        const auto line = problem.source().begin.line;
        const auto place = line == 0 ? file.string() : file.string() + ":" + std::to_string(line);
        return tl::make_unexpected(
            std::vector<ConfigError>{{place, std::string(problem.description())}});
    }
    ConfigReader reader(file.string());
    Config config;
    reader.only(root, "",
                {"town", "database", "http", "mail", "accounts", "badges", "signer", "audit",
                 "papers", "privacy", "web"});
    config.town = reader.text(&root, "", "town").value_or("");
    read_database(reader, root, config);
    read_http(reader, root, config.http);
    read_mail(reader, root, config.mail);
    read_accounts(reader, root, config.accounts);
    read_badges(reader, root, config);
    read_signer(reader, root, config);
    read_audit(reader, root, config);
    read_papers(reader, root, config);
    read_privacy(reader, root, config);
    read_web(reader, root, config);
    if (!reader.good()) {
        return tl::make_unexpected(reader.take_errors());
    }
    return config;
}

}  // namespace creneau
